// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Points is a configuration that returns points, and the number of points.
type Points struct {
	// Config contains changes to Description.Config.
	Config acctest.Config
	// Series is the attribute with the first list of points, such as groups.0.items.
	Series string
	// Count is the total number of points plus the number of series.
	Count int
	// Groups is the number of series, or 0 if the points are not in series.
	Groups int
	// Argument is the argument that the error tells the user to narrow.
	Argument string
}

var index = regexp.MustCompile(`\\\.\d+\\\.`)

// Without points, the long lists are null and points do not count toward max_points. Everything else is the same as with
// points.
func (d Description) testPoints(t *testing.T) {
	t.Helper()
	if d.Points == nil {
		return
	}
	test := *d.Points
	config := d.Config.With(test.Config)
	acctest.Start(t, emulator.Options{})
	with := acctest.MustRead(t, d.Name, config)
	without := acctest.MustRead(t, d.Name, config.With(acctest.Config{"include": []any{}, "max_points": max(1, test.Groups)}))
	if _, ok := without[test.Series+".#"]; ok || with[test.Series+".#"] == "" {
		t.Errorf("%s has %q points, and %q without", test.Series, with[test.Series+".#"], without[test.Series+".#"])
	}
	lists := regexp.MustCompile("^" + index.ReplaceAllString(regexp.QuoteMeta(test.Series), `\.\d+\.`) + `\.`)
	own := append([]string{"include", "max_points"}, d.Varies...)
	with, without = with.Without(own...), without.Without(own...)
	for name, value := range with {
		if !lists.MatchString(name) && without[name] != value {
			t.Errorf("%s is %s, want %s", name, without[name], value)
		}
	}
	for name := range without {
		if _, ok := with[name]; !ok {
			t.Errorf("%s is there only without points", name)
		}
	}

	server := acctest.Configured(t, nil)
	read := func(changes acctest.Config) acctest.Problems {
		_, problems := server.Read(t.Context(), t, d.Name, config.With(changes))
		return problems
	}
	says := []string{fmt.Sprintf("max_points is %d", test.Count-1), "narrow " + test.Argument}
	acctest.ExpectProblem(t, read(acctest.Config{"max_points": test.Count - 1}), test.Argument, says...)
	if problems := read(acctest.Config{"max_points": test.Count}); len(problems) > 0 {
		t.Error(problems)
	}
	if test.Groups > 1 {
		problems := read(acctest.Config{"include": []any{}, "max_points": test.Groups - 1})
		says := []string{fmt.Sprintf("more than %d series, each of which counts as a point", test.Groups-1), "narrow " + test.Argument}
		acctest.ExpectProblem(t, problems, test.Argument, says...)
	}
}

// Listed returns n names, each formatted with its index.
func Listed(format string, n int) []any {
	names := make([]any, n)
	for i := range names {
		names[i] = fmt.Sprintf(format, i)
	}
	return names
}

// repeated returns n repetitions of an element, separated by commas.
func repeated(element string, n int) string {
	return strings.TrimSuffix(strings.Repeat(element+",", n), ",")
}
