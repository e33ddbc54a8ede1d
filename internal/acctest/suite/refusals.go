// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Refusal is a configuration that the provider must refuse before any call, and the error that it must return.
type Refusal struct {
	Name string
	// Changes are made to Config.
	Changes acctest.Config
	// ByRead says that validation accepts the configuration and only the read, which knows the time, refuses it.
	ByRead bool
	// Attribute is the attribute that the error must point at; empty if the error is about several arguments.
	Attribute string
	// Says are texts that the error must contain.
	Says []string
}

func (d Description) testRefusals(t *testing.T) {
	t.Helper()
	t.Run("accepted", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		acctest.MustRead(t, d.Name, d.Config)
	})
	timeout := func(read string) acctest.Config { return acctest.Config{"timeouts": acctest.Config{"read": read}} }
	refusals := append(
		slices.Clip(d.Refusals),
		refusal("timeout of nothing", timeout("0s"), "timeouts.read", "timeouts.read must be a positive duration such as "+`"30s"`),
		refusal("timeout that is no duration", timeout("soon"), "timeouts.read", `timeouts.read must be a duration with a unit: 30s or 1h30m, got "soon"`),
		refusal("timeout without a unit", timeout("30"), "timeouts.read", `timeouts.read must be a duration with a unit: 30s, got "30"`),
	)
	for _, test := range refusals {
		t.Run(test.Name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			config := d.Config.With(test.Changes)
			problems := acctest.NewServer(t).Validate(t, d.Name, config)
			if test.ByRead {
				if len(problems) > 0 {
					t.Fatalf("refused before the read: %s", problems)
				}
				problems = acctest.ReadProblems(t, d.Name, config)
			}
			acctest.ExpectProblem(t, problems, test.Attribute, test.Says...)
			expectCalls(t, e, 0)
		})
	}
}

func refusal(name string, changes acctest.Config, attribute string, says ...string) Refusal {
	return Refusal{Name: name, Changes: changes, Attribute: attribute, Says: says}
}

// RequiredArguments returns the refusals of configurations without one of the arguments.
func RequiredArguments(names ...string) (refusals []Refusal) {
	for _, name := range names {
		refusals = append(refusals, refusal("no "+name, acctest.Config{name: nil}, name, name))
	}
	return refusals
}

// NonEmptyTexts returns the refusals of empty strings.
func NonEmptyTexts(names ...string) (refusals []Refusal) {
	for _, name := range names {
		refusals = append(refusals, refusal("empty "+name, acctest.Config{name: ""}, name,
			name+" is an empty string; set a value, or null if it is optional"))
	}
	return refusals
}

// Lists returns the refusals of empty lists and of lists with an entry that is null, empty or repeated, each together with
// other changes.
func Lists(entry string, others acctest.Config, names ...string) (refusals []Refusal) {
	for _, name := range names {
		list := func(entries ...any) acctest.Config { return acctest.Config{name: entries}.With(others) }
		first, second := name+"[0]", name+"[1]"
		empty := acctest.Config{name: []any{}}.With(others)
		refusals = append(
			refusals,
			refusal(name+" without entries", empty, name, name+" must have at least one entry"),
			refusal(name+" with null", list(entry, nil), second, second+" is null; remove it with compact()"),
			refusal(name+" with an empty text", list(""), first, first+" is an empty string; remove it with compact()"),
			refusal(name+" with an entry twice", list(entry, entry), second,
				fmt.Sprintf("%s repeats %s, got %q; remove it with distinct()", second, first, entry)),
		)
	}
	return refusals
}

// Includes returns the refusals of include and max_points. values lists the valid values of include as error messages do.
func Includes(values string) []Refusal {
	include := func(entries ...any) acctest.Config { return acctest.Config{"include": entries} }
	refusals := []Refusal{
		refusal("a value that is not included", include("columns"), "include[0]", "include[0] must be "+values+`, got "columns"`),
		refusal("points twice", include("points", "points"), "include[1]", "distinct()"),
		refusal("max_points of nothing", acctest.Config{"max_points": 0}, "max_points", "max_points must be at least 1, got 0"),
		refusal("a fraction of points", acctest.Config{"max_points": 10.5}, "max_points", "max_points must be a whole number, got 10.5"),
	}
	if !strings.Contains(values, "totals") {
		says := "include[1] must be " + values + `, got "totals"`
		refusals = append(refusals, refusal("totals", include("points", "totals"), "include[1]", says))
	}
	return refusals
}

// Percentiles returns the refusals of invalid percentiles.
func Percentiles() []Refusal {
	percentiles := func(entries ...any) acctest.Config { return acctest.Config{"percentiles": entries} }
	return []Refusal{
		refusal("a share", percentiles(50, 0.95), "percentiles[1]", "percentiles[1] must be from 1 to 100, got 0.95; write 95 for the 95th percentile"),
		refusal("more than all", percentiles(101), "percentiles[0]", "percentiles[0] must be from 1 to 100, got 101"),
		refusal("a percentile twice", percentiles(50, 50), "percentiles[1]", "distinct()"),
		refusal("a null percentile", percentiles(nil), "percentiles[0]", "percentiles[0] is null"),
	}
}

// durations maps invalid values of lookback and offset to what the error says to write instead.
var durations = map[string]string{
	"30": `write "30h" for hours or "30d" for days`, "24": "24h", "7D": `"7d"`, "P7D": `"7d"`, "7 d": `"7d"`,
	"-24h": "", "1.5h": "", "soon": "",
}

// Durations returns the refusals of lookback and offset. length is a valid lookback.
func Durations(length string) (refusals []Refusal) {
	for text, instead := range durations {
		says := []string{instead, fmt.Sprintf("%q", text)}
		refusals = append(
			refusals,
			refusal("lookback of "+text, acctest.Config{"lookback": text}, "lookback", says...),
			refusal("offset of "+text, acctest.Config{"lookback": length, "offset": text}, "offset", says...),
		)
	}
	return append(
		refusals,
		refusal("no lookback", acctest.Config{"lookback": "0s"}, "lookback", "lookback"),
		refusal("a negative offset", acctest.Config{"lookback": length, "offset": "-1d"}, "offset", "offset"),
	)
}

// Windows returns the refusals of windows. start is the name of the argument for the start; the others are end_time,
// lookback and offset. Description.Config must have a lookback.
func Windows(start string) []Refusal {
	given := func(from, to any) acctest.Config { return acctest.Config{"lookback": nil, start: from, "end_time": to} }
	const earlier, later = "2026-01-13T00:00:00+08:00", "2026-01-15T00:00:00+08:00"
	const future, milliseconds = "2027-01-01T00:00:00Z", "1768478400000"
	inFuture := refusal("start in the future", given(future, nil), start,
		start+" must not be after now, which is 2026-01-15T20:00:00+08:00, got \""+future+"\"")
	inFuture.ByRead = true
	refusals := []Refusal{
		inFuture,
		refusal("an end alone", given(nil, later), "end_time", "end_time requires a start", start+" or lookback"),
		refusal("two starts", acctest.Config{start: earlier}, "lookback", "lookback and "+start+" cannot be configured together"),
		refusal("an offset without lookback", given(earlier, nil).With(acctest.Config{"offset": "7d"}), "offset",
			"offset requires lookback"),
		refusal("end in milliseconds", acctest.Config{"end_time": milliseconds}, "end_time", "end_time", "milliseconds", "1768478400"),
		refusal("start in milliseconds", given(milliseconds, nil), start, "milliseconds"),
		refusal("start after end", given(later, earlier), start, start+" is "+later+" and must be before end_time, which is "+earlier),
		refusal("start at the end", given("1768406400", later), start, start+" is "+later+" and must be before end_time, which is "+later),
	}
	for text, says := range map[string]string{
		"2026-01-14T00:00:00":         `must have an offset from UTC, got "2026-01-14T00:00:00"; write "2026-01-14T00:00:00+08:00" for the vendor's time, or "2026-01-14T00:00:00Z" for UTC`,
		"2026-01-14 00:00:00":         `must have an offset from UTC, got "2026-01-14 00:00:00"; write "2026-01-14T00:00:00+08:00"`,
		"2026-01-14T00:00:00+0800":    "write +08:00",
		"2026-01-14T00:00:00.5+08:00": `must be a whole second, got "2026-01-14T00:00:00.5+08:00"; write "2026-01-14T00:00:00+08:00"`,
		"2026-01-14":                  `must be a time, not a date, got "2026-01-14"; write "2026-01-14T00:00:00+08:00"`,
		"yesterday":                   "RFC 3339",
	} {
		refusals = append(refusals, refusal("start "+text, given(text, nil), start, start, says, fmt.Sprintf("got %q", text)))
	}
	return append(refusals, Durations("24h")...)
}
