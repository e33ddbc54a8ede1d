// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// midPeriod is 2026-01-15T12:34:56Z, which is inside every kind of period, and in the evening of the same day in UTC+8.
var midPeriod = acctest.Now.Add(34*time.Minute + 56*time.Second)

// Question is a configuration that is read at 2026-01-15T12:34:56Z, and the request that the provider must send to the
// vendor. The arguments in the state must be those of the configuration.
type Question struct {
	Name string
	// Changes are made to Config.
	Changes acctest.Config
	// Body is the JSON that the vendor must receive. For the legacy API, it is the form as JSON.
	Body string
	// Window is the start and end of the attribute window, separated by a space; empty for none.
	Window string
	// Warns are texts that the warnings must contain, one for each warning in order.
	Warns []string
}

func (d Description) testQuestions(t *testing.T) {
	t.Helper()
	for _, test := range d.Questions {
		t.Run(test.Name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{Clock: clock.At(midPeriod)})
			config := d.Config.With(test.Changes)
			state, problems := acctest.Configured(t, nil, provider.WithClock(clock.At(midPeriod))).Read(t.Context(), t, d.Name, config)
			test.expectWarnings(t, problems)
			var want map[string]any
			if err := json.Unmarshal([]byte(test.Body), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, Asked(t, e.CallsTo(d.API)[0])); diff != "" {
				t.Errorf("what the vendor received (-want +got)\n%s", diff)
			}
			if got := strings.TrimSpace(state["window.start"] + " " + state["window.end"]); got != test.Window {
				t.Errorf("window is %q, want %q", got, test.Window)
			}
			for name, value := range config {
				if text, ok := value.(string); ok && state[name] != text {
					t.Errorf("%s is stored as %q, want %q", name, state[name], text)
				}
			}
		})
	}
}

// expectWarnings fails the test unless the problems are exactly the warnings of the question.
func (q Question) expectWarnings(t *testing.T, problems acctest.Problems) {
	t.Helper()
	if problems.HasErrors() || len(problems) != len(q.Warns) {
		t.Fatalf("%d warnings are expected: %s", len(q.Warns), problems)
	}
	for i, text := range q.Warns {
		if !strings.Contains(problems[i].Detail, text) {
			t.Errorf("warning %d is %q, want %q in it", i, problems[i].Detail, text)
		}
	}
}

// Asked returns the parameters of a call, without those that the legacy API's signature adds.
func Asked(t *testing.T, call emulator.Call) map[string]any {
	t.Helper()
	members := map[string]any{}
	if call.API != emulator.CDNLegacy {
		if err := json.Unmarshal(call.Body, &members); err != nil {
			t.Fatal(err)
		}
		return members
	}
	form, err := url.ParseQuery(string(call.Body))
	if err != nil {
		t.Fatal(err)
	}
	for name := range form {
		switch name {
		case "Action", "SecretId", "Timestamp", "Nonce", "SignatureMethod", "Signature":
		default:
			members[name] = form.Get(name)
		}
	}
	return members
}

// expectCalls fails the test unless the emulator received the given number of calls.
func expectCalls(t *testing.T, e *acctest.Emulator, want int) {
	t.Helper()
	if calls := len(e.Calls()); calls != want {
		t.Errorf("%d calls, want %d", calls, want)
	}
}

// UnknownWindow returns, for Unknowns, combinations of unknown values for lookback, offset, timeouts and the arguments
// named start and end.
func UnknownWindow(start, end string) []acctest.Config {
	const unknown = acctest.Unknown
	return []acctest.Config{
		{start: unknown, end: unknown, "lookback": unknown},
		{start: unknown, end: unknown, "lookback": "24h"},
		{start: "2026-01-14T00:00:00Z", end: unknown, "lookback": unknown},
		{start: unknown, end: "2026-01-14T00:00:00Z", "lookback": nil},
		{"offset": unknown},
		{start: unknown, "lookback": unknown, "offset": unknown},
		{start: nil, "lookback": unknown, "offset": "7d"},
		{"timeouts": unknown},
		{"timeouts": acctest.Config{"read": unknown}},
	}
}

// UnknownDates returns, for Unknowns, combinations of unknown values for date_from, date_to, lookback and offset, each with
// the given changes.
func UnknownDates(changes acctest.Config) []acctest.Config {
	const unknown = acctest.Unknown
	dates := func(from, to, lookback any) acctest.Config {
		return acctest.Config{"date_from": from, "date_to": to, "lookback": lookback}.With(changes)
	}
	return []acctest.Config{
		dates(unknown, unknown, unknown), dates(unknown, nil, "3d"), dates(unknown, "2026-01-14", nil), dates("2026-01-14", unknown, nil),
		dates(nil, unknown, nil), dates(nil, nil, "3d").With(acctest.Config{"offset": unknown}),
		dates(nil, nil, unknown).With(acctest.Config{"offset": "7d"}),
	}
}

// UnknownIncludes returns, for Unknowns, unknown values of include and max_points.
func UnknownIncludes() []acctest.Config {
	return []acctest.Config{
		{"include": acctest.Unknown, "max_points": acctest.Unknown}, {"include": []any{acctest.Unknown, acctest.Unknown}},
	}
}

// An argument that is unknown during plan may turn out to be null, so validation must accept it. Modules rely on that,
// because Terraform validates them before their variables are known.
func (d Description) testUnknowns(t *testing.T) {
	t.Helper()
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, nil)
	changes := d.Unknowns
	for name := range d.Config {
		changes = append(changes, acctest.Config{name: acctest.Unknown})
	}
	for _, change := range changes {
		if problems := s.Validate(t, d.Name, d.Config.With(change)); len(problems) > 0 {
			t.Errorf("%q: %s", change, problems)
		}
	}
	expectCalls(t, e, 0)
}
