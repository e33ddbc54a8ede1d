// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const relayTraffic = "edgestats_cdn_relay_traffic"

var relayTrafficConfig = acctest.Config{"lookback": "2d"}

// A response begins and ends like this around its groups.
const head, tail = `{"code":"0","data":{"report":{"groups":[`, `]}}}`

func TestRelayTraffic(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:   relayTraffic,
		API:    emulator.CDNetworks,
		Config: relayTrafficConfig,
		Another: func(i int) acctest.Config {
			return acctest.Config{"domains": []any{fmt.Sprintf("name-%d.example.com", i)}}
		},
		Questions: relayTrafficQuestions(),
		Refusals:  relayTrafficRefusals(),
		Unknowns: append(
			append(suite.UnknownDates(nil), suite.UnknownIncludes()...),
			acctest.Config{"domains": acctest.Unknown, "service_types": acctest.Unknown, "billing_regions": acctest.Unknown, "group_by": acctest.Unknown},
			acctest.Config{"domains": []any{acctest.Unknown, acctest.Unknown}, "group_by": []any{acctest.Unknown}},
			acctest.Config{"time_rounding": acctest.Unknown},
			acctest.Config{"time_rounding": "up", "granularity": acctest.Unknown},
			acctest.Config{"timezone": acctest.Unknown},
		),
		Sums: &suite.Sums{
			Config: acctest.Config{"group_by": []any{"domain"}, "domains": []any{"www.example.com", "static.example.com"}},
			Start:  "date_from", End: "date_to", Dates: true, Granularities: []suite.Granularity{
				{Name: "default", Length: 24 * time.Hour},
				{Name: "5m", Changes: acctest.Config{"granularity": "5m"}, Length: 24 * time.Hour},
				{Name: "1h", Changes: acctest.Config{"granularity": "1h"}, Length: 24 * time.Hour},
				{Name: "1d", Changes: acctest.Config{"granularity": "1d"}, Length: 24 * time.Hour},
			},
			Values: []string{`groups\.\d+\.total_relay_traffic`, `groups\.\d+\.summary\.total`, `groups\.\d+\.items\.#`, `groups\.\d+\.items\.\d+\.relay_traffic`},
		},
		Errors:    relayTrafficErrors(),
		Malformed: map[string]string{`{"code":0,"data":{"report":[]}}`: "$.data.report: unexpected array"},
		Points: &suite.Points{
			Config: acctest.Config{"lookback": "3d", "group_by": []any{"domain"}},
			Series: "groups.0.items", Count: 9 + 3, Groups: 3, Argument: "lookback",
		},
		Hostile: relayTrafficHostile(),
		Figure:  "relayTraffic",
		Names: &suite.Names{
			Config: acctest.Config{"domains": []any{"www.example.com"}, "group_by": []any{"domain"}},
			Body: `{"code":"0","data":{"report":{"type":"` + suite.DirtyName + `",
			"groups":[{"domain":"` + suite.DirtyDomain + `"},{"domain":"` + suite.DirtyName + `"}]}}}`,
			Want: map[string]string{
				"report_type": suite.CleanName, "groups.0.domain": "www.example.com", "groups.1.domain": suite.CleanName, "missing_domains.#": "0",
			},
		},
		Parts: &suite.Parts{
			Failing:   acctest.Config{"lookback": "150d", "domains": []any{"a.example.com", "b.example.com"}},
			Text:      `"dateFrom":"2025-10-17"`,
			Answer:    `{"code": "24001126", "message": "domain does not exist"}`,
			Attribute: "domains",
			Says:      []string{"failed: part 2025-10-17 to 2025-11-15 of a.example.com, b.example.com: code 24001126: domain does not exist.", "1 attempt in "},
			// Of 240 calls in five minutes, 60 start at once.
			TooMany:     acctest.Config{"lookback": "730d", "granularity": "5m", "group_by": []any{"domain"}, "domains": suite.Listed("www%d.example.com", 110)},
			TooManySays: "the rate limit delays the last of 250 calls by 5m17s, but the read times out in 2m",
		},
	})
}

func relayTrafficErrors() []suite.Error {
	errors := []suite.Error{
		{Config: acctest.Config{"domains": []any{"missing.example.com"}}, Attribute: "domains"},
		{Config: acctest.Config{"domains": []any{"not a domain"}}, Attribute: "domains"},
		{Config: acctest.Config{"billing_regions": []any{"nowhere"}}, Attribute: "billing_regions"},
		{
			Config: acctest.Config{"service_types": []any{"gopher"}}, Attribute: "service_types",
			Says: []string{"code 24001129", "Check service_types: the vendor's names are those of its products, such as web, web-https"},
		},
	}
	for _, e := range []struct{ code, attribute, advice string }{
		{"24001125", "domains", "list those to read in domains"},
		{"24001126", "domains", "Check the names and IDs"},
		{"24001127", "domains", "Check the names and IDs"},
		{"24001128", "billing_regions", "Check the names and IDs"},
		{"24001129", "", "Check the arguments"},
		{"24001130", "", "Check the names and IDs"},
	} {
		errors = append(errors, suite.Error{Code: e.code, Attribute: e.attribute, Says: []string{
			"Unable to Read CDNetworks Relay Traffic",
			"POST /cdn/traffic/relay for 2026-01-13T00:00:00+08:00 to 2026-01-15T00:00:00+08:00 failed: code " + e.code + ": It is refused.",
			"Request ID c-1, 1 attempt in ", e.advice,
		}})
	}
	return errors
}

func relayTrafficHostile() map[string]suite.Hostile {
	const group = `{"domain":"www.example.com","totalRelayTraffic":"1.5","peakBandwidth":1.5,"peakTime":"2026-01-14 00:00","item":{"time":"2026-01-14 00:00","relayTraffic":"1.5"}}`
	without := acctest.Config{"include": []any{}}
	return map[string]suite.Hostile{
		"as many groups as are allowed": {Body: suite.Repeated(head, group, tail, 10_000)},
		"empty groups":                  {Body: suite.Full(head, `{}`, tail), Says: "more than 10000 series"},
		"empty groups without points":   {Config: without, Body: suite.Full(head, `{}`, tail), Says: "more than 10000 series"},
		"items without points":          {Config: without, Body: suite.Full(head+`{"item":[`, `{"time":"2026-01-14 00:00"}`, `]}`+tail), Says: "more than 500000 points"},
	}
}

func relayTrafficQuestions() []suite.Question {
	return []suite.Question{
		{
			Name: "today", Changes: acctest.Config{"lookback": nil}, Body: `{"dateFrom":"2026-01-15","dateTo":"2026-01-15","timezone":"GMT+08:00"}`,
			Window: "2026-01-15T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
		{
			Name: "today is another day elsewhere", Changes: acctest.Config{"lookback": nil, "timezone": "GMT+14:00"},
			Body:   `{"dateFrom":"2026-01-16","dateTo":"2026-01-16","timezone":"GMT+14:00"}`,
			Window: "2026-01-16T00:00:00+14:00 2026-01-17T00:00:00+14:00",
		},
		{
			Name: "days until yesterday", Changes: acctest.Config{"lookback": "30d", "timezone": "GMT-05:30"},
			Body:   `{"dateFrom":"2025-12-16","dateTo":"2026-01-14","timezone":"GMT-05:30"}`,
			Window: "2025-12-16T00:00:00-05:30 2026-01-15T00:00:00-05:30",
		},
		{
			Name: "the week before", Changes: acctest.Config{"lookback": "1w", "offset": "7d"},
			Body:   `{"dateFrom":"2026-01-01","dateTo":"2026-01-07","timezone":"GMT+08:00"}`,
			Window: "2026-01-01T00:00:00+08:00 2026-01-08T00:00:00+08:00",
		},
		{
			Name: "everything",
			Changes: acctest.Config{
				"lookback": nil, "date_from": "2026-01-01", "date_to": "2026-01-02", "granularity": "5m", "time_rounding": "down",
				"domains": []any{"b.example.com", "a.example.com"}, "group_by": []any{"domain"},
				"service_types": []any{"web-https", "web"}, "billing_regions": []any{"kr", "cn"},
			},
			Body:   `{"dateFrom":"2026-01-01","dateTo":"2026-01-02","timezone":"GMT+08:00","granularity":"5m","timeRounding":"down","domain":"b.example.com;a.example.com","groupBy":"domain","serviceType":"web-https;web","billingRegion":"kr;cn"}`,
			Window: "2026-01-01T00:00:00+08:00 2026-01-03T00:00:00+08:00",
		},
		{
			Name: "no day after today", Changes: acctest.Config{"lookback": nil, "date_from": "2026-01-10", "date_to": "2026-12-31"},
			Body:   `{"dateFrom":"2026-01-10","dateTo":"2026-01-15","timezone":"GMT+08:00"}`,
			Window: "2026-01-10T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
		{
			Name: "the earliest day", Changes: acctest.Config{"lookback": nil, "date_from": "2024-01-16", "date_to": "2024-01-16"},
			Body:   `{"dateFrom":"2024-01-16","dateTo":"2024-01-16","timezone":"GMT+08:00"}`,
			Window: "2024-01-16T00:00:00+08:00 2024-01-17T00:00:00+08:00",
		},
	}
}

func relayTrafficRefusals() []suite.Refusal {
	const choice = "Set the days only once: date_from and date_to, or lookback for the days up to yesterday, or none of them for today."
	dates := func(from, to any) acctest.Config {
		return acctest.Config{"lookback": nil, "date_from": from, "date_to": to}
	}
	refusals := slices.Concat(
		suite.Lists("a.example.com", nil, "domains", "service_types", "billing_regions"), suite.Includes(`"points"`), suite.Percentiles(), suite.Durations("1d"),
	)
	for _, test := range []struct{ argument, value, says string }{
		{"time_rounding", "nearest", `time_rounding must be one of "up", "down", got "nearest"`},
		{"granularity", "week", `granularity must be one of "5m", "1h", "1d", got "week"`},
		{"granularity", "hour", `Did you mean "1h"?`},
		{"granularity", "5min", `Did you mean "5m"?`},
		{"granularity", "day", `Did you mean "1d"?`},
		{"timezone", "", `got ""`},
		{"timezone", "GMT+8", `write "GMT+08:00"`},
		{"timezone", "UTC+8", `write "GMT+08:00"`},
		{"timezone", "GMT08:00", `got "GMT08:00"`},
		{"timezone", "Asia/Shanghai", `write "GMT+08:00"`},
		{"timezone", "UTC", `write "GMT+00:00"`},
		{"timezone", "+0800", `write "GMT+08:00"`},
		{"timezone", "GMT+15:00", `timezone must be a fixed offset GMT±hh:mm, such as "GMT+08:00" or "GMT-05:30", got "GMT+15:00"`},
		{"timezone", "GMT+08:60", `got "GMT+08:60"`},
	} {
		refusals = append(refusals, suite.Refusal{
			Name:    test.argument + " " + test.value,
			Changes: acctest.Config{"granularity": "1h", test.argument: test.value}, Attribute: test.argument, Says: []string{test.says},
		})
	}
	for _, list := range []string{"domains", "service_types", "billing_regions"} {
		refusals = append(
			refusals,
			suite.Refusal{Name: list + " with a semicolon", Changes: acctest.Config{list: []any{"b", "a;b"}}, Attribute: list + "[1]", Says: []string{list + "[1] must be a single entry", `got "a;b"`}},
			suite.Refusal{Name: list + " with a comma", Changes: acctest.Config{list: []any{"a,b"}}, Attribute: list + "[0]", Says: []string{list + "[0] must be a single entry"}},
		)
	}
	const twoCases = `domains[1] means the same as domains[0], got "B.example.com"`
	return append(refusals, []suite.Refusal{
		{Name: "one date", Changes: dates("2026-01-01", nil), Attribute: "date_to", Says: []string{"date_to is missing", "must be set together"}},
		{Name: "the other date", Changes: dates(nil, "2026-01-01"), Attribute: "date_from", Says: []string{"date_from is missing", "must be set together"}},
		{Name: "dates and lookback", Changes: acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"}, Attribute: "lookback", Says: []string{choice}},
		{Name: "dates and offset", Changes: dates("2026-01-01", "2026-01-02").With(acctest.Config{"offset": "1d"}), Attribute: "offset", Says: []string{"offset requires lookback"}},
		{Name: "no such day", Changes: dates("2026-02-30", "2026-03-01"), Attribute: "date_from", Says: []string{"date_from must be a date", `got "2026-02-30"`}},
		{Name: "a time", Changes: dates("2026-01-01", "2026-01-01T00:00:00Z"), Attribute: "date_to", Says: []string{"date_to must be a date"}},
		{Name: "dates reversed", Changes: dates("2026-01-02", "2026-01-01"), Attribute: "date_from", Says: []string{"date_from is 2026-01-02 and must not be after date_to, which is 2026-01-01"}},
		{Name: "tomorrow", ByRead: true, Changes: dates("2026-01-16", "2026-01-16"), Attribute: "date_from", Says: []string{"date_from must not be after today, which is 2026-01-15 in GMT+08:00"}},
		{
			Name: "too long ago", ByRead: true, Changes: dates("2024-01-15", "2024-01-15"), Attribute: "date_from",
			Says: []string{"date_from must not start the window more than 730 days ago", "the earliest start is 2024-01-16"},
		},
		{Name: "too many days back", ByRead: true, Changes: acctest.Config{"lookback": "731d"}, Attribute: "lookback", Says: []string{"lookback must not start the window more than 730 days ago"}},
		{Name: "too far back", ByRead: true, Changes: acctest.Config{"lookback": "1d", "offset": "730d"}, Attribute: "lookback", Says: []string{"lookback must not start the window more than 730 days ago"}},
		{Name: "parts of days", Changes: acctest.Config{"lookback": "12h", "granularity": "1h"}, Attribute: "lookback", Says: []string{`lookback must be a whole number of days, got "12h"; write "24h"`}},
		{Name: "rounding of days", Changes: acctest.Config{"granularity": "1d", "time_rounding": "up"}, Attribute: "time_rounding", Says: []string{"time_rounding", `"5m" or "1h"`}},
		{Name: "rounding of days by default", Changes: acctest.Config{"time_rounding": "up"}, Attribute: "time_rounding", Says: []string{"time_rounding", `"5m" or "1h"`}},
		{Name: "group", Changes: acctest.Config{"group_by": []any{"service"}}, Attribute: "group_by[0]", Says: []string{`group_by[0] must be "domain", got "service"`}},
		{Name: "group twice", Changes: acctest.Config{"group_by": []any{"domain", "domain"}}, Attribute: "group_by[1]", Says: []string{"distinct()"}},
		{Name: "no group", Changes: acctest.Config{"group_by": []any{}}, Attribute: "group_by", Says: []string{"for one group for all domains, remove it or set it to null"}},
		{Name: "a domain in two cases", Changes: acctest.Config{"domains": []any{"b.example.com", "B.example.com"}}, Attribute: "domains[1]", Says: []string{twoCases}},
		{
			Name: "too many points", ByRead: true, Changes: acctest.Config{"lookback": "200d", "granularity": "5m"}, Attribute: "lookback",
			Says: []string{"This read has 57601 points, one for the series included, and max_points is 50000. To read less, narrow lookback, or choose longer periods with granularity"},
		},
		{
			Name: "too many days", ByRead: true, Changes: acctest.Config{"lookback": "10d", "max_points": 10}, Attribute: "lookback",
			Says: []string{`and max_points is 10. To read less, narrow lookback, or remove "points" from include`},
		},
	}...)
}
