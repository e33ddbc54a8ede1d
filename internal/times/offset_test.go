// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times_test

import (
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

func TestParseOffset(t *testing.T) {
	const form = `must be hours and minutes such as "+08:00", or "Z" for UTC, got `
	tests := []struct{ text, want, problem string }{
		{text: "Z", want: "1970-01-01T00:00:00Z"},
		{text: "+00:00", want: "1970-01-01T00:00:00Z"},
		{text: "-00:00", want: "1970-01-01T00:00:00Z"},
		{text: "+08:00", want: "1970-01-01T08:00:00+08:00"},
		{text: "-03:30", want: "1969-12-31T20:30:00-03:30"},
		{text: "+23:59", want: "1970-01-01T23:59:00+23:59"},
		{text: "-23:59", want: "1969-12-31T00:01:00-23:59"},

		{text: "+24:00", problem: `must be from "-23:59" to "+23:59", got "+24:00"`},
		{text: "+08:60", problem: `must be from "-23:59" to "+23:59", got "+08:60"`},
		{text: "+0800", problem: form + `"+0800"; write "+08:00"`},
		{text: "-0330", problem: `; write "-03:30"`},
		{text: "+08", problem: `; write "+08:00"`},
		{text: "+8", problem: `; write "+08:00"`},
		{text: "8", problem: `; write "+08:00"`},
		{text: "08:00", problem: `; write "+08:00"`},
		{text: "UTC+8", problem: form + `"UTC+8"; write "+08:00"`},
		{text: "GMT+8", problem: form + `"GMT+8"; write "+08:00"`},
		{text: "GMT+08:00", problem: `; write "+08:00"`},
		{text: "utc-3:30", problem: `; write "-03:30"`},
		{text: " +08:00", problem: `; write "+08:00"`},
		{text: "UTC", problem: `; write "Z"`},
		{text: "gmt", problem: `; write "Z"`},
		{text: "z", problem: `; write "Z"`},
		{text: "Asia/Shanghai", problem: form + `"Asia/Shanghai"; names of time zones are not accepted, because their offset can change`},
		{text: "Etc/GMT-8", problem: "names of time zones"},
		{text: "CST", problem: "names of time zones"},
		{text: "UTC+25", problem: form + `"UTC+25"`},
		{text: "+8:5", problem: form + `"+8:5"`},
		{text: "+08:00:00", problem: form},
		{text: " ", problem: form + `" "`},
		{text: "", problem: form + `""`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			zone, err := times.ParseOffset(test.text)
			var got string
			if zone != nil {
				got = time.Unix(0, 0).In(zone).Format(time.RFC3339)
			}
			expect(t, got, err, test.want, test.problem)
		})
	}
}

// FuzzParseOffset reads any text: an offset that is accepted is less than a day. What an error advises is accepted.
func FuzzParseOffset(f *testing.F) {
	for _, text := range []string{"Z", "+08:00", "-23:59", "+24:00", "+0800", "UTC+8", "GMT+08:00", "Asia/Shanghai", "+8", "+", "", "+०८:००"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		zone, err := times.ParseOffset(text)
		if err != nil {
			checkAdvice(t, text, err, func(advice string) error {
				_, err := times.ParseOffset(advice)
				return err
			})
			return
		}
		if _, seconds := time.Unix(0, 0).In(zone).Zone(); seconds <= -24*60*60 || seconds >= 24*60*60 {
			t.Errorf("%q is %d seconds", text, seconds)
		}
		if len(text) != len("+08:00") && text != "Z" {
			t.Errorf("%q is accepted", text)
		}
	})
}
