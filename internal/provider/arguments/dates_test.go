// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
)

// dates are arguments for days, by name.
func dates(rules DateRules, values map[string]string) DateArguments {
	return DateArguments{
		Rules: rules, Date: text(values["date"]), From: text(values["date_from"]), To: text(values["date_to"]),
		Lookback: text(values["lookback"]), Offset: text(values["offset"]),
	}
}

var (
	several = DateRules{MaxBack: 730, Zone: "`timezone`"}
	single  = DateRules{MaxBack: 7300, Zone: "GMT+8", Single: true}
)

func TestDatesResolve(t *testing.T) {
	// Still the 15th in UTC, already the 16th in UTC+8.
	const now = "2026-01-15T20:00:00Z"
	newYork := time.FixedZone("GMT-05:00", -5*60*60)
	type values = map[string]string
	tests := []struct {
		name           string
		rules          DateRules
		values         values
		zone           *time.Location
		window         string
		problem, start string
	}{
		{name: "today", rules: several, window: "2026-01-16T00:00:00+08:00 to 2026-01-17T00:00:00+08:00"},
		{name: "today elsewhere", rules: several, zone: newYork, window: "2026-01-15T00:00:00-05:00 to 2026-01-16T00:00:00-05:00"},
		{name: "yesterday", rules: several, values: values{"lookback": "24h"}, window: "2026-01-15T00:00:00+08:00 to 2026-01-16T00:00:00+08:00", start: "lookback"},
		{name: "a week until yesterday", rules: single, values: values{"lookback": "7d"}, window: "2026-01-09T00:00:00+08:00 to 2026-01-16T00:00:00+08:00", start: "lookback"},
		{name: "the week before", rules: single, values: values{"lookback": "1w", "offset": "168h"}, window: "2026-01-02T00:00:00+08:00 to 2026-01-09T00:00:00+08:00", start: "lookback"},
		{name: "an offset of zero", rules: several, values: values{"lookback": "1d", "offset": "0s"}, window: "2026-01-15T00:00:00+08:00 to 2026-01-16T00:00:00+08:00", start: "lookback"},
		{name: "a week elsewhere", rules: several, zone: newYork, values: values{"lookback": "7d"}, window: "2026-01-08T00:00:00-05:00 to 2026-01-15T00:00:00-05:00", start: "lookback"},
		{name: "one day", rules: single, values: values{"date": "2016-11-20"}, window: "2016-11-20T00:00:00+08:00 to 2016-11-21T00:00:00+08:00", start: "date"},
		{name: "over the end of February", rules: several, values: values{"date_from": "2024-02-28", "date_to": "2024-03-01"}, window: "2024-02-28T00:00:00+08:00 to 2024-03-02T00:00:00+08:00"},
		{name: "until after today", rules: several, values: values{"date_from": "2026-01-10", "date_to": "2030-01-01"}, window: "2026-01-10T00:00:00+08:00 to 2026-01-17T00:00:00+08:00"},
		{name: "the earliest day", rules: several, values: values{"date_from": "2024-01-17", "date_to": "2024-01-17"}, window: "2024-01-17T00:00:00+08:00 to 2024-01-18T00:00:00+08:00"},
		{name: "the longest lookback", rules: several, values: values{"lookback": "730d"}, window: "2024-01-17T00:00:00+08:00 to 2026-01-16T00:00:00+08:00", start: "lookback"},

		{name: "too early", rules: several, values: values{"date_from": "2024-01-16", "date_to": "2024-01-17"}, problem: "error date_from: date_from must not start the window more than 730 days ago: the earliest start is 2024-01-17, got 2024-01-16."},
		{name: "too long a lookback", rules: several, values: values{"lookback": "365d", "offset": "366d"}, start: "lookback", problem: "error lookback: lookback must not start the window more than 730 days ago: the earliest start is 2024-01-17, got 2024-01-16."},
		{name: "an absurd lookback", rules: several, values: values{"lookback": "292y", "offset": "292y"}, start: "lookback", problem: "error lookback: lookback must not start the window more than 730 days ago: the earliest start is 2024-01-17, got 1442-06-07."},
		{name: "tomorrow", rules: single, values: values{"date": "2026-01-17"}, start: "date", problem: `error date: date must not be after today, which is 2026-01-16 in GMT+08:00, got "2026-01-17".`},
		{name: "tomorrow elsewhere", rules: several, zone: newYork, values: values{"date_from": "2026-01-16", "date_to": "2026-01-16"}, problem: `error date_from: date_from must not be after today, which is 2026-01-15 in GMT-05:00, got "2026-01-16".`},
		{name: "reversed", rules: several, values: values{"date_from": "2026-01-02", "date_to": "2026-01-01"}, problem: "error date_from: date_from is 2026-01-02 and must not be after date_to, which is 2026-01-01."},
		{name: "no date", rules: several, values: values{"date_from": "today", "date_to": "2026-01-01"}, problem: `error date_from: date_from must be a date such as "2026-01-15", got "today".`},
		{name: "no last date", rules: several, values: values{"date_from": "2026-01-01", "date_to": "2026-13-01"}, problem: `error date_to: date_to must be a date such as "2026-01-15", got "2026-13-01".`},
		{name: "hours", rules: several, values: values{"lookback": "36h"}, start: "lookback", problem: `error lookback: lookback must be a whole number of days, got "36h"; write "24h" or "48h".`},
		{name: "an offset of hours", rules: several, values: values{"lookback": "1d", "offset": "1h"}, start: "lookback", problem: `error offset: offset must be a whole number of days, got "1h"; write "0s" or "24h".`},
		{name: "nothing where one is needed", rules: single, problem: "error date: Set the days to read: date for one day, date_from and date_to for several, or lookback for the days up to yesterday."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			zone := Beijing
			if test.zone != nil {
				zone = test.zone
			}
			a := dates(test.rules, test.values)
			days, diags := a.Resolve(at(t, now), zone)
			expect(t, said(diags), test.problem)
			if test.start != "" {
				expect(t, a.StartPath().String(), test.start)
			}
			if days == nil {
				expect(t, "", test.window)
				return
			}
			expect(t, days.Window().String(), test.window)
			all := days.All()
			if !all[0].Equal(days.First) || !all[len(all)-1].Equal(days.Last) || len(all) != days.Window().Periods(Day) {
				t.Errorf("the days are %v", all)
			}
		})
	}
}

func TestDateValidator(t *testing.T) {
	type values = map[string]string
	const oneOf = "date for one day, date_from and date_to for several, or lookback for the days up to yesterday."
	const orNone = "date_from and date_to, or lookback for the days up to yesterday, or none of them for today."
	tests := []struct {
		name    string
		rules   DateRules
		values  values
		problem string
	}{
		{"none", several, nil, ""},
		{"none where one is needed", single, nil, "error date: Set the days to read: " + oneOf},
		{"range", several, values{"date_from": "2026-01-01", "date_to": "2026-01-01"}, ""},
		{"lookback", single, values{"lookback": "3d", "offset": "3d"}, ""},
		{"date", single, values{"date": "2026-01-01"}, ""},
		{"range and lookback", several, values{"date_from": "2026-01-01", "date_to": "2026-01-02", "lookback": "3d"}, "error lookback: Set the days only once: " + orNone},
		{"half a range and lookback", several, values{"date_to": "2026-01-02", "lookback": "3d"}, "error lookback: Set the days only once: " + orNone},
		{"date and lookback", single, values{"date": "2026-01-01", "lookback": "3d"}, "error lookback: Set the days only once: " + oneOf},
		{"date and range", single, values{"date": "2026-01-01", "date_from": "unknown", "date_to": "2026-01-01"}, "error date: Set the days only once: " + oneOf},
		{"from alone", several, values{"date_from": "2026-01-01"}, "error date_to: date_to is missing: date_from and date_to must be set together. For a single day, set both to that day."},
		{"to alone", single, values{"date_to": "2026-01-01"}, "error date_from: date_from is missing: date_from and date_to must be set together. For a single day, set both to that day."},
		{"reversed", several, values{"date_from": "2026-01-02", "date_to": "2026-01-01"}, "error date_from: date_from is 2026-01-02 and must not be after date_to, which is 2026-01-01."},
		{"reversed without a plan", several, values{"date_from": "2026-01-02", "date_to": "0001-01-01"}, ""},
		{"offset alone", several, values{"offset": "1d"}, `error offset: offset requires lookback: set lookback too, such as "7d", or remove offset.`},
		{"hours", several, values{"lookback": "36h"}, `error lookback: lookback must be a whole number of days, got "36h"; write "24h" or "48h".`},
		{"unknown from", several, values{"date_from": "unknown", "date_to": "2026-01-01"}, ""},
		{"unknown lookback", single, values{"lookback": "unknown", "offset": "1d"}, ""},
		{"unknown lookback beside a range", single, values{"date_from": "2026-01-01", "date_to": "2026-01-02", "lookback": "unknown"}, ""},
		{"unknown to alone", several, values{"date_to": "unknown"}, ""},
		{"a malformed date is another validator's", several, values{"date_from": "today", "date_to": "2026-01-01"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			names := []string{"date_from", "date_to", "lookback", "offset"}
			if test.rules.Single {
				names = append(names, "date")
			}
			expect(t, validateConfig(t, test.rules.Validator(), names, test.values), test.problem)
		})
	}
}

func TestAttributesOfTime(t *testing.T) {
	for name, add := range map[string]struct {
		to   func(map[string]schema.Attribute)
		want []string
	}{
		"window":           {begin.Attributes, []string{"begin_time", "end_time", "lookback", "offset"}},
		"optional window":  {WindowNames{Start: "start_time", End: "end_time", Optional: true}.Attributes, []string{"start_time", "end_time", "lookback", "offset"}},
		"dates":            {several.Attributes, []string{"date_from", "date_to", "lookback", "offset"}},
		"dates and a date": {single.Attributes, []string{"date", "date_from", "date_to", "lookback", "offset"}},
	} {
		into := make(map[string]schema.Attribute)
		add.to(into)
		if len(into) != len(add.want) {
			t.Errorf("%s: %d attributes, want %v", name, len(into), add.want)
		}
		for _, attribute := range add.want {
			a, ok := into[attribute].(schema.StringAttribute)
			if !ok || !a.Optional || a.MarkdownDescription == "" || len(a.Validators) != 1 {
				t.Errorf("%s: %s is %v", name, attribute, into[attribute])
			}
		}
	}
}
