// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times_test

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

func TestParseDuration(t *testing.T) {
	const form = `must be a duration such as "30m", "24h", "7d" or "1d12h", got `
	tests := []struct{ text, want, problem string }{
		{text: "30m", want: "30m0s"},
		{text: "24h", want: "24h0m0s"},
		{text: "7d", want: "168h0m0s"},
		{text: "2w", want: "336h0m0s"},
		{text: "1y", want: "8760h0m0s"},
		{text: "1d12h", want: "36h0m0s"},
		{text: "90s", want: "1m30s"},
		{text: "1000ms", want: "1s"},
		{text: "0s", want: "0s"},
		{text: "0", want: "0s"},
		{text: "292y", want: "2557920h0m0s"},

		{text: "24", problem: `must have a unit, got "24"; write "24h" for hours or "24d" for days`},
		{text: "00", problem: "must have a unit"},
		{text: "7D", problem: form + `"7D"; write "7d"`},
		{text: "P7D", problem: form + `"P7D"; write "7d"`},
		{text: "PT5M", problem: `; write "5m"`},
		{text: "P1DT12H", problem: `; write "1d12h"`},
		{text: "hour", problem: form + `"hour"; write "1h"`},
		{text: "Day", problem: `; write "1d"`},
		{text: "5min", problem: `; write "5m"`},
		{text: "24 hours", problem: `; write "24h"`},
		{text: "1 day 12 hours", problem: `; write "1d12h"`},
		{text: " 7d ", problem: `; write "7d"`},
		{text: "1.5h", problem: form + `"1.5h"; write "1h30m"`},
		{text: ".5d", problem: `; write "12h"`},
		{text: "30m1h", problem: `; write "1h30m"`},
		{text: "1h1h", problem: `; write "2h"`},
		{text: "-7d", problem: `must not be negative, got "-7d"; write "7d"`},
		{text: "1500ms", problem: `must be whole seconds, got "1500ms"`},
		{text: "293y", problem: `must be at most 292 years, got "293y"`},
		{text: "292y300d", problem: "must be at most 292 years"},
		{text: strings.Repeat("9", 30) + "s", problem: "must be at most 292 years"},
		{text: "1M", problem: form + `"1M"`},
		{text: "P1M", problem: form + `"P1M"`},
		{text: "month", problem: form + `"month"`},
		{text: "", problem: form + `""`},
		{text: "h", problem: `; write "1h"`},
		{text: "1h30", problem: form + `"1h30"`},
		{text: "1..5h", problem: form},
		{text: "1.1h", problem: `; write "1h6m"`},
		{text: "0.1s", problem: form},
		{text: "1.4s", problem: form},
		{text: strings.Repeat("9", 30) + ".5h", problem: form},
		{text: strings.Repeat("1h", 1000), problem: form + `"` + strings.Repeat("1h", 20) + `"`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := times.ParseDuration(test.text)
			expect(t, got.String(), err, test.want, test.problem)
			if strings.Contains(test.problem, form) && !strings.Contains(test.problem, "write") && strings.Contains(err.Error(), "write") {
				t.Errorf("there is nothing to advise, but: %v", err)
			}
		})
	}
}

func TestParsePositiveDuration(t *testing.T) {
	for _, text := range []string{"0", "0s", "0d0h"} {
		got, err := times.ParsePositiveDuration(text)
		expect(t, got.String(), err, "", `must be greater than 0, such as "24h" or "7d"`)
	}
	got, err := times.ParsePositiveDuration("1w")
	expect(t, got.String(), err, "168h0m0s", "")
	got, err = times.ParsePositiveDuration("7D")
	expect(t, got.String(), err, "", `; write "7d"`)
}

// FuzzParseDuration reads any text: a duration that is accepted is at least zero, of whole seconds, and reads the same as
// Prometheus writes it. What an error advises is accepted.
func FuzzParseDuration(f *testing.F) {
	for _, text := range []string{
		"24h", "7d", "1d12h", "2w", "0", "0s", "1500ms", "24", "7D", "P7D", "P1DT12H", "PT1M", "hour", "1.5h", "-1h", "30m1h", "292y", "293y",
		"9223372036s", "１h", "1h 30m", "1e3h", "+1h", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		duration, err := times.ParseDuration(text)
		if err != nil {
			checkAdvice(t, text, err, func(advice string) error {
				_, err := times.ParseDuration(advice)
				return err
			})
			return
		}
		if duration < 0 || duration%time.Second != 0 {
			t.Errorf("%q is %s", text, duration)
		}
		if again, err := times.ParseDuration(model.Duration(duration).String()); err != nil || again != duration {
			t.Errorf("%q is %s, which reads as %s, %v", text, duration, again, err)
		}
	})
}

// checkAdvice parses what an error says to write, up to the next blank.
func checkAdvice(t *testing.T, text string, err error, parse func(string) error) {
	t.Helper()
	if len(err.Error()) > 500 {
		t.Errorf("%.40q: the error has %d characters", text, len(err.Error()))
	}
	_, advice, found := strings.Cut(err.Error(), "; write ")
	if !found || strings.Contains(text, "; write ") || len(text) > 38 {
		return
	}
	advice, _, _ = strings.Cut(advice, " ")
	advice = strings.Trim(advice, `"`)
	if err := parse(advice); err != nil && !strings.Contains(err.Error(), "at most 292 years") {
		t.Errorf("%q is refused with the advice to write %q, which is refused: %v", text, advice, err)
	}
}
