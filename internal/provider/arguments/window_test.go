// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

const now = "2026-01-15T12:34:56Z"

var begin = WindowNames{Start: "begin_time", End: "end_time"}

// arguments are window arguments; empty ones are null.
func arguments(start, end, lookback, offset string) WindowArguments {
	return WindowArguments{begin, text(start), text(end), text(lookback), text(offset)}
}

func TestWindowResolves(t *testing.T) {
	tests := []struct {
		name      string
		arguments WindowArguments
		period    Period
		window    string
		warning   string
	}{
		{name: "an hour until the last whole one", arguments: arguments("", "", "1h", ""), period: Hour, window: "2026-01-15T19:00:00+08:00 to 2026-01-15T20:00:00+08:00"},
		{name: "five minutes", arguments: arguments("", "", "10m", ""), period: FiveMinutes, window: "2026-01-15T20:20:00+08:00 to 2026-01-15T20:30:00+08:00"},
		{name: "a week", arguments: arguments("", "", "7d", ""), period: Day, window: "2026-01-08T00:00:00+08:00 to 2026-01-15T00:00:00+08:00"},
		{name: "the week before", arguments: arguments("", "", "7d", "1w"), period: Day, window: "2026-01-01T00:00:00+08:00 to 2026-01-08T00:00:00+08:00"},
		{name: "an offset of zero", arguments: arguments("", "", "168h", "0s"), period: Day, window: "2026-01-08T00:00:00+08:00 to 2026-01-15T00:00:00+08:00"},
		{name: "a day and a half by hour", arguments: arguments("", "", "1d12h", ""), period: Hour, window: "2026-01-14T08:00:00+08:00 to 2026-01-15T20:00:00+08:00"},
		{name: "chained", arguments: arguments("", "2026-01-08T00:00:00+08:00", "168h", ""), period: Day, window: "2026-01-01T00:00:00+08:00 to 2026-01-08T00:00:00+08:00"},
		{name: "an offset from a given end", arguments: arguments("", "2026-01-08T00:00:00+08:00", "1d", "2d"), period: Day, window: "2026-01-05T00:00:00+08:00 to 2026-01-06T00:00:00+08:00"},
		{name: "a whole day of hours", arguments: arguments("2026-01-14T00:00:00Z", "2026-01-15T00:00:00Z", "", ""), period: Hour, window: "2026-01-14T08:00:00+08:00 to 2026-01-15T08:00:00+08:00"},
		{name: "unix seconds", arguments: arguments("1768435200", "1768438800", "", ""), period: Hour, window: "2026-01-15T08:00:00+08:00 to 2026-01-15T09:00:00+08:00"},
		{name: "the last second of a day", arguments: arguments("2026-01-13T16:00:00Z", "2026-01-14T23:59:59+08:00", "", ""), period: Day, window: "2026-01-14T00:00:00+08:00 to 2026-01-15T00:00:00+08:00"},
		{name: "the last second of a month", arguments: arguments("2025-12-01T00:00:00+08:00", "2025-12-31T23:59:59+08:00", "", ""), period: Month, window: "2025-12-01T00:00:00+08:00 to 2026-01-01T00:00:00+08:00"},
		{name: "the last second of a minute", arguments: arguments("", "2026-01-14T12:00:59Z", "1m", ""), period: Minute, window: "2026-01-14T20:00:00+08:00 to 2026-01-14T20:01:00+08:00"},
		{
			name: "midnight UTC is inside a day", arguments: arguments("2026-01-05T00:00:00Z", "1767916800", "", ""), period: Day, window: "2026-01-05T00:00:00+08:00 to 2026-01-10T00:00:00+08:00",
			warning: `warning end_time: end_time = "1767916800" is inside a day; days begin at midnight UTC+8. It was moved to the end of that day: from 2026-01-09T08:00:00+08:00 to 2026-01-10T00:00:00+08:00. Use the second time to avoid this warning.
warning begin_time: begin_time = "2026-01-05T00:00:00Z" is inside a day; days begin at midnight UTC+8. It was moved to the beginning of that day: from 2026-01-05T08:00:00+08:00 to 2026-01-05T00:00:00+08:00. Use the second time to avoid this warning.`,
		},
		{
			name: "half hours by hour", arguments: arguments("2026-01-05T00:00:00+05:30", "2026-01-05T01:00:00Z", "", ""), period: Hour, window: "2026-01-05T02:00:00+08:00 to 2026-01-05T09:00:00+08:00",
			warning: `warning begin_time: begin_time = "2026-01-05T00:00:00+05:30" is inside an hour. It was moved to the beginning of that hour: from 2026-01-05T02:30:00+08:00 to 2026-01-05T02:00:00+08:00. Use the second time to avoid this warning.`,
		},
		{
			name: "an end in the hour that is filling", arguments: arguments("", "2026-01-15T12:34:00Z", "1h", ""), period: Hour, window: "2026-01-15T20:00:00+08:00 to 2026-01-15T21:00:00+08:00",
			warning: `warning end_time: end_time = "2026-01-15T12:34:00Z" is inside an hour. It was moved to the end of that hour: from 2026-01-15T20:34:00+08:00 to 2026-01-15T21:00:00+08:00. Use the second time to avoid this warning. That hour is still filling; without end_time the window ends with the last whole one.`,
		},
		{
			name: "an end in an hour to come", arguments: arguments("1768435200", "2026-01-15T14:30:00Z", "", ""), period: Hour, window: "2026-01-15T08:00:00+08:00 to 2026-01-15T23:00:00+08:00",
			warning: `warning end_time: end_time = "2026-01-15T14:30:00Z" is inside an hour. It was moved to the end of that hour: from 2026-01-15T22:30:00+08:00 to 2026-01-15T23:00:00+08:00. Use the second time to avoid this warning.`,
		},
		{name: "an end in the future", arguments: arguments("2026-01-15T00:00:00+08:00", "2026-02-01T00:00:00+08:00", "", ""), period: Day, window: "2026-01-15T00:00:00+08:00 to 2026-02-01T00:00:00+08:00"},
		{name: "month to date", arguments: arguments("2026-01-01T00:00:00+08:00", "", "", ""), period: Day, window: "2026-01-01T00:00:00+08:00 to 2026-01-15T00:00:00+08:00"},
		{name: "nothing yet", arguments: arguments("2026-01-15T00:00:00+08:00", "", "", ""), period: Day, window: "2026-01-15T00:00:00+08:00 to 2026-01-15T00:00:00+08:00"},
		{name: "since now", arguments: arguments(now, "", "", ""), period: Minute, window: "2026-01-15T20:34:00+08:00 to 2026-01-15T20:34:00+08:00", warning: `warning begin_time: begin_time = "2026-01-15T12:34:56Z" is inside a minute. It was moved to the beginning of that minute: from 2026-01-15T20:34:56+08:00 to 2026-01-15T20:34:00+08:00. Use the second time to avoid this warning.`},
		{name: "from the beginning by hour", arguments: arguments("0", "1670000400", "", ""), period: Hour, window: "1970-01-01T08:00:00+08:00 to 2022-12-03T01:00:00+08:00"},
		{name: "from the beginning by month", arguments: arguments("0", "", "", ""), period: Month, window: "1970-01-01T08:00:00+08:00 to 2026-01-01T00:00:00+08:00"},
		{name: "left to the vendor", arguments: WindowArguments{Names: WindowNames{Optional: true}}, period: Hour, window: "none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, diags := test.arguments.Resolve(at(t, now), test.period)
			expect(t, said(diags), test.warning)
			got := "none"
			if w != nil {
				got = w.String()
			}
			expect(t, got, test.window)
		})
	}
}

func TestWindowRefuses(t *testing.T) {
	tests := []struct {
		name      string
		arguments WindowArguments
		period    Period
		problem   string
	}{
		{"reversed", arguments("1768435200", "1768435199", "", ""), Hour, "error begin_time: begin_time is 2026-01-15T08:00:00+08:00 and must be before end_time, which is 2026-01-15T07:59:59+08:00."},
		{"no time between", arguments("1768435200", "2026-01-15T00:00:00Z", "", ""), Day, "error begin_time: begin_time is 2026-01-15T08:00:00+08:00 and must be before end_time, which is 2026-01-15T08:00:00+08:00."},
		{"a start after now", arguments("2026-01-15T12:34:57Z", "", "", ""), Hour, `error begin_time: begin_time must not be after now, which is 2026-01-15T20:34:56+08:00, got "2026-01-15T12:34:57Z".`},
		{"a start after now with an end", arguments("2027-01-15T00:00:00Z", "2027-02-15T00:00:00Z", "", ""), Month, `error begin_time: begin_time must not be after now, which is 2026-01-15T20:34:56+08:00, got "2027-01-15T00:00:00Z".`},
		{"a lookback from the future", arguments("", "2026-01-20T00:00:00+08:00", "24h", ""), Day, "error end_time: end_time must not be so late that the window of lookback starts after now, which is 2026-01-15T20:34:56+08:00: it would start at 2026-01-19T00:00:00+08:00."},
		{"before unix time", arguments("", "", "100y", ""), Day, "error lookback: lookback must not start the window before 1970."},
		{"25 hours by day", arguments("", "", "25h", ""), Day, `error lookback: lookback must be a whole number of days, got "25h"; write "24h" or "48h".`},
		{"a day and an hour by day", arguments("", "", "1d1h", ""), Day, `error lookback: lookback must be a whole number of days, got "1d1h"; write "1d" or "2d".`},
		{"an hour by day", arguments("", "", "1h", ""), Day, `error lookback: lookback must be a whole number of days, got "1h"; write "24h".`},
		{"90 minutes by hour", arguments("", "", "90m", ""), Hour, `error lookback: lookback must be a whole number of hours, got "90m"; write "1h" or "2h".`},
		{"7 minutes by five", arguments("", "", "1h7m", ""), FiveMinutes, `error lookback: lookback must be a whole number of 5-minute periods, got "1h7m"; write "1h5m" or "1h10m".`},
		{"30 seconds by minute", arguments("", "", "1m", "30s"), Minute, `error offset: offset must be a whole number of minutes, got "30s"; write "0s" or "1m".`},
		{"an offset of part of a day", arguments("", "", "24h", "36h"), Day, `error offset: offset must be a whole number of days, got "36h"; write "24h" or "48h".`},
		{"lookback by month", arguments("", "", "30d", ""), Month, "error lookback: lookback cannot be used with months, whose length varies; set begin_time instead."},
		{"no lookback", arguments("", "", "0s", ""), Hour, `error lookback: lookback must be greater than 0, such as "24h" or "7d".`},
		{"both starts", arguments("0", "", "1h", ""), Hour, "error lookback: lookback and begin_time cannot be configured together: both set the start of the window."},
		{"offset alone", arguments("", "", "", "1h"), Hour, `error offset: offset requires lookback: set lookback too, such as "24h", or remove offset.`},
		{"offset with a start", arguments("0", "", "", "1h"), Hour, `error offset: offset requires lookback: set lookback too, such as "24h", or remove offset.`},
		{"end alone", arguments("", "1", "", ""), Hour, "error end_time: end_time requires a start: set begin_time or lookback too."},
		{"end alone where optional", WindowArguments{Names: WindowNames{Start: "start_time", End: "end_time", Optional: true}, End: text("1")}, Hour, "error end_time: end_time requires a start: set start_time or lookback too."},
		{"nothing", arguments("", "", "", ""), Hour, `error begin_time: The window requires a start: set begin_time, or lookback such as "24h".`},
		{"bad start", arguments("now", "", "", ""), Hour, `error begin_time: begin_time must be RFC 3339 with an offset, such as "2026-01-15T00:00:00Z", or unix seconds, got "now".`},
		{"bad end", arguments("0", "now", "", ""), Hour, `error end_time: end_time must be RFC 3339 with an offset, such as "2026-01-15T00:00:00Z", or unix seconds, got "now".`},
		{"year 1", arguments("0001-01-01T00:00:00Z", "", "", ""), Hour, `error begin_time: begin_time must be from 1970 to 2286, got "0001-01-01T00:00:00Z".`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, diags := test.arguments.Resolve(at(t, now), test.period)
			expect(t, said(diags), test.problem)
			if w != nil {
				t.Errorf("there is a window too: %s", w)
			}
		})
	}
}

func TestWindowValidator(t *testing.T) {
	names := WindowNames{Start: "begin_time", End: "end_time", Granularity: "granularity", Granularities: Words("hour", "month"), Period: func(v types.String) Period {
		return map[string]Period{"": Day, "hour": Hour, "month": Month}[v.ValueString()]
	}}
	optional := names
	optional.Optional = true
	type values = map[string]string
	tests := []struct {
		name    string
		names   WindowNames
		values  values
		problem string
	}{
		{"start", names, values{"begin_time": "0"}, ""},
		{"start and end", names, values{"begin_time": "0", "end_time": "1"}, ""},
		{"lookback", names, values{"lookback": "24h"}, ""},
		{"lookback, offset and end", names, values{"lookback": "24h", "offset": "0s", "end_time": "unknown"}, ""},
		{"none", names, nil, `error begin_time: The window requires a start: set begin_time, or lookback such as "24h".`},
		{"none where optional", optional, nil, ""},
		{"unknown start", names, values{"begin_time": "unknown", "end_time": "0"}, ""},
		{"unknown end", names, values{"begin_time": "1", "end_time": "unknown"}, ""},
		{"unknown lookback beside an offset", names, values{"lookback": "unknown", "offset": "1d"}, ""},
		{"unknown start beside lookback", names, values{"begin_time": "unknown", "lookback": "24h"}, ""},
		{"unknown end alone", names, values{"end_time": "unknown"}, `error begin_time: The window requires a start: set begin_time, or lookback such as "24h".`},
		{"unknown end alone where optional", optional, values{"end_time": "unknown"}, ""},
		{"both starts", names, values{"begin_time": "0", "lookback": "24h"}, "error lookback: lookback and begin_time cannot be configured together: both set the start of the window."},
		{"reversed", names, values{"begin_time": "1", "end_time": "0"}, "error begin_time: begin_time is 1970-01-01T08:00:01+08:00 and must be before end_time, which is 1970-01-01T08:00:00+08:00."},
		{"a malformed time is another validator's", names, values{"begin_time": "now", "end_time": "0"}, ""},
		{"a start without a plan", names, values{"begin_time": "2026-01-15T00:00:00Z", "end_time": "0001-01-01T00:00:00Z"}, ""},
		{"a malformed duration is another validator's", names, values{"lookback": "yesterday"}, ""},
		{"part of a day", names, values{"lookback": "25h"}, `error lookback: lookback must be a whole number of days, got "25h"; write "24h" or "48h".`},
		{"an offset of part of a day", names, values{"lookback": "unknown", "offset": "25h"}, `error offset: offset must be a whole number of days, got "25h"; write "24h" or "48h".`},
		{"whole hours", names, values{"lookback": "25h", "granularity": "hour"}, ""},
		{"by an unknown period", names, values{"lookback": "25h", "granularity": "unknown"}, ""},
		{"by a period that another validator refuses", names, values{"lookback": "25h", "granularity": "week"}, ""},
		{"by month", names, values{"lookback": "30d", "granularity": "month"}, "error lookback: lookback cannot be used with months, whose length varies; set begin_time instead."},
		{"without a period to check", begin, values{"lookback": "25h"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := validateConfig(t, test.names.Validator(), []string{"begin_time", "end_time", "lookback", "offset", "granularity"}, test.values)
			expect(t, got, test.problem)
		})
	}
}

func TestWindowOnTheWire(t *testing.T) {
	w := Window{at(t, "2026-01-01T00:00:00+08:00"), at(t, "2026-01-08T00:00:00+08:00")}
	expect(t, w.LastSecond().Format(time.RFC3339), "2026-01-07T23:59:59+08:00")
	expect(t, w.Model().Start.ValueString()+" "+w.Model().End.ValueString(), "2026-01-01T00:00:00+08:00 2026-01-08T00:00:00+08:00")
	if (*Window)(nil).Model() != nil {
		t.Error("a window that was left to the vendor is not null")
	}
	if len(WindowAttribute("UTC+8").Attributes) != 2 {
		t.Error("window has not the attributes of its model")
	}
}

func TestPeriodsOfAWindow(t *testing.T) {
	tests := []struct {
		start, end string
		period     Period
		all, until int
	}{
		{"2026-01-01T00:00:00+08:00", "2026-01-08T00:00:00+08:00", Day, 7, 7},
		{"2026-01-15T20:00:00+08:00", "2026-01-15T22:00:00+08:00", Minute, 120, 35},
		{"2026-01-15T00:00:00+08:00", "2026-02-01T00:00:00+08:00", Day, 17, 1},
		{"2025-11-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00", Month, 4, 3},
		{"1970-01-01T00:00:00Z", "1970-03-01T00:00:00+08:00", Month, 2, 2},
		{"1970-01-01T00:00:00Z", "1970-01-03T00:00:00+08:00", Day, 2, 2},
		{"2026-01-15T00:00:00+08:00", "2026-01-15T00:00:00+08:00", Day, 0, 0},
		{"2026-02-01T00:00:00+08:00", "2026-02-03T00:00:00+08:00", Day, 2, 0},
	}
	for _, test := range tests {
		w := Window{at(t, test.start), at(t, test.end)}
		if all, until := w.Periods(test.period), w.PeriodsUntil(at(t, now), test.period); all != test.all || until != test.until {
			t.Errorf("%s has %d %ss, %d of them until now, want %d and %d", &w, all, test.period, until, test.all, test.until)
		}
		if w.IsEmpty() != (test.all == 0) {
			t.Errorf("%s: empty is %t", &w, w.IsEmpty())
		}
	}
}

func TestStartPath(t *testing.T) {
	expect(t, arguments("0", "", "", "").StartPath().String(), "begin_time")
	expect(t, arguments("", "", "1h", "").StartPath().String(), "lookback")
}
