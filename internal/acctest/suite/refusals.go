// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Refusal is a configuration that must be refused before any call, and what the error must say.
type Refusal struct {
	Name string
	// Changes are made to Config.
	Changes acctest.Config
	// ByRead says that the configuration is valid in itself and only the time of the read makes it wrong.
	ByRead bool
	// Attribute is where the error must point; empty if it is about several arguments.
	Attribute string
	// Says are texts that must be in the error.
	Says []string
}

func (d Description) testRefusals(t *testing.T) {
	t.Helper()
	t.Run("accepted", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		acctest.MustRead(t, d.Name, d.Config)
	})
	timeout := func(read string) acctest.Config { return acctest.Config{"timeouts": acctest.Config{"read": read}} }
	zero := refusal("timeout of nothing", timeout("0s"), "timeouts.read", "timeouts.read must be a positive duration")
	zero.ByRead = true
	noDuration := refusal("timeout that is no duration", timeout("soon"), "timeouts.read", `"soon" must be`)
	for _, test := range append(d.Refusals, zero, noDuration) {
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

// RequiredArguments are the refusals of configurations without one of the arguments.
func RequiredArguments(names ...string) (refusals []Refusal) {
	for _, name := range names {
		refusals = append(refusals, refusal("no "+name, acctest.Config{name: nil}, name, name))
	}
	return refusals
}

// NonEmptyTexts are the refusals of empty texts.
func NonEmptyTexts(names ...string) (refusals []Refusal) {
	for _, name := range names {
		refusals = append(refusals, refusal("empty "+name, acctest.Config{name: ""}, name, name, "at least 1"))
	}
	return refusals
}

// NonEmptyLists are the refusals of lists without elements and with null, made together with other changes.
func NonEmptyLists(others acctest.Config, names ...string) (refusals []Refusal) {
	for _, name := range names {
		refusals = append(
			refusals,
			refusal(name+" without elements", acctest.Config{name: []any{}}.With(others), name, name, "at least 1"),
			refusal(name+" with null", acctest.Config{name: []any{nil}}.With(others), name, "null value"),
		)
	}
	return refusals
}

// CodeLists are the refusals of lists of numbers: NonEmptyLists, and a number twice.
func CodeLists(names ...string) []Refusal { return uniqueLists([]any{1, 2, 1}, names) }

// TextLists are the refusals of lists of texts: NonEmptyLists, a text twice, and an empty one.
func TextLists(names ...string) []Refusal {
	refusals := uniqueLists([]any{"a.example.com", "b.example.com", "a.example.com"}, names)
	for _, name := range names {
		first := name + "[0]"
		refusals = append(refusals, refusal(name+" with an empty text", acctest.Config{name: []any{""}}, first, first, "at least 1"))
	}
	return refusals
}

func uniqueLists(twice []any, names []string) []Refusal {
	refusals := NonEmptyLists(nil, names...)
	for _, name := range names {
		refusals = append(refusals, refusal(name+" with an element twice", acctest.Config{name: twice}, name, "duplicate"))
	}
	return refusals
}

// Windows are the refusals of windows whose arguments are start, end_time and lookback, which Config has.
func Windows(start string) []Refusal {
	given := func(from, to any) acctest.Config { return acctest.Config{"lookback": nil, start: from, "end_time": to} }
	lookback := func(text string) acctest.Config { return acctest.Config{"lookback": text} }
	const earlier, later, future, milliseconds = "2026-01-13T00:00:00Z", "2026-01-14T16:00:00Z", "2027-01-01T00:00:00Z", "1768478400000"
	early := start + " is " + future + " and must be before 2026-01-1"
	inFuture := refusal("start in the future", given(future, nil), start, early, "default of end_time")
	inFuture.ByRead = true
	offset := start + " must be RFC 3339 with an offset"
	return []Refusal{
		inFuture,
		refusal("an end alone", given(nil, later), "end_time", "end_time needs a start", start+" or lookback"),
		refusal("two starts", acctest.Config{start: earlier}, "lookback", "lookback replaces "+start),
		refusal("time without offset", given("2026-01-14T00:00:00", nil), start, offset, `got: "2026-01-14T00:00:00"`),
		refusal("time without T", given("2026-01-14 00:00:00", nil), start, offset),
		refusal("end in milliseconds", acctest.Config{"end_time": milliseconds}, "end_time", "end_time", "milliseconds", "1768478400"),
		refusal("start in milliseconds", given(milliseconds, nil), start, "milliseconds"),
		refusal("days of lookback", lookback("7d"), "lookback", "lookback", `write "168h" instead of "7d"`),
		refusal("negative lookback", lookback("-24h"), "lookback", "lookback must be a positive duration"),
		refusal("start after end", given(later, earlier), start, start+" is "+later+" and must be before end_time, which is "+earlier),
		refusal("start at the end", given("1768406400", later), start, start+" is "+later+" and must be before end_time, which is "+later),
	}
}
