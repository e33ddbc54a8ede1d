// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"fmt"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const relayTraffic = "edgestats_cdn_relay_traffic"

var relayTrafficConfig = acctest.Config{"lookback_days": 2}

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
			suite.UnknownDates(nil),
			acctest.Config{"domains": acctest.Unknown, "service_types": acctest.Unknown, "billing_regions": acctest.Unknown, "group_by": acctest.Unknown},
			acctest.Config{"domains": []any{acctest.Unknown, acctest.Unknown}, "group_by": []any{acctest.Unknown}},
			acctest.Config{"time_rounding": acctest.Unknown},
			acctest.Config{"time_rounding": "up", "granularity": acctest.Unknown},
			acctest.Config{"timezone": acctest.Unknown},
		),
		Errors:    relayTrafficErrors(),
		Malformed: map[string]string{`{"code":0,"data":{"report":[]}}`: "$.data.report: unexpected array"},
		Points: &suite.Points{
			Config: acctest.Config{"lookback_days": 3, "group_by": []any{"domain"}},
			Series: "groups.0.items", Count: 9 + 3, Groups: 3, Argument: "lookback_days",
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
			Failing:   acctest.Config{"lookback_days": 150, "domains": []any{"a.example.com", "b.example.com"}},
			Text:      `"dateFrom":"2025-10-17"`,
			Answer:    `{"code": "24001126", "message": "domain does not exist"}`,
			Attribute: "domains",
			Says:      []string{"failed: part 2025-10-17 to 2025-11-15 of a.example.com, b.example.com: code 24001126: domain does not exist.", "1 attempt in "},
			// Of 240 calls in five minutes, 60 start at once.
			TooMany:     acctest.Config{"lookback_days": 730, "granularity": "5m", "group_by": []any{"domain"}, "domains": suite.Listed("www%d.example.com", 110)},
			TooManySays: "the rate limit holds 250 calls back for 5m17s, and the read timeout leaves 2m0s",
		},
	})
}

func relayTrafficErrors() []suite.Error {
	errors := []suite.Error{
		{Config: acctest.Config{"domains": []any{"missing.example.com"}}, Attribute: "domains"},
		{Config: acctest.Config{"domains": []any{"not a domain"}}, Attribute: "domains"},
		{Config: acctest.Config{"billing_regions": []any{"nowhere"}}, Attribute: "billing_regions"},
	}
	for _, e := range []struct{ code, attribute, advice string }{
		{"24001125", "domains", "has to list them in domains"},
		{"24001126", "domains", "Check the arguments"},
		{"24001127", "domains", "Check the arguments"},
		{"24001128", "billing_regions", "Check the arguments"},
		{"24001129", "", "Check the arguments"},
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
	const group = `{"domain":"www.example.com","totalRelayTraffic":"1.5","peakBandwidth":1.5,"peakTime":"2026-01-15 00:00","item":{"time":"2026-01-15 00:00","relayTraffic":"1.5"}}`
	without := acctest.Config{"include_points": false}
	return map[string]suite.Hostile{
		"as many groups as are allowed": {Body: suite.Repeated(head, group, tail, 10_000)},
		"empty groups":                  {Body: suite.Full(head, `{}`, tail), Says: "more than 10000 series"},
		"empty groups without points":   {Config: without, Body: suite.Full(head, `{}`, tail), Says: "more than 10000 series"},
		"items without points":          {Config: without, Body: suite.Full(head+`{"item":[`, `{"time":"2026-01-15 00:00"}`, `]}`+tail), Says: "more than 500000 points"},
	}
}

func relayTrafficQuestions() []suite.Question {
	return []suite.Question{
		{
			Name: "today", Changes: acctest.Config{"lookback_days": nil}, Body: `{"dateFrom":"2026-01-15","dateTo":"2026-01-15","timezone":"GMT+08:00"}`,
			Window: "2026-01-15T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
		{
			Name: "today is another day elsewhere", Changes: acctest.Config{"lookback_days": nil, "timezone": "GMT+14:00"},
			Body:   `{"dateFrom":"2026-01-16","dateTo":"2026-01-16","timezone":"GMT+14:00"}`,
			Window: "2026-01-16T00:00:00+14:00 2026-01-17T00:00:00+14:00",
		},
		{
			Name: "days until yesterday", Changes: acctest.Config{"lookback_days": 30, "timezone": "GMT-05:30"},
			Body:   `{"dateFrom":"2025-12-16","dateTo":"2026-01-14","timezone":"GMT-05:30"}`,
			Window: "2025-12-16T00:00:00-05:30 2026-01-15T00:00:00-05:30",
		},
		{
			Name: "everything",
			Changes: acctest.Config{
				"lookback_days": nil, "date_from": "2026-01-01", "date_to": "2026-01-02", "granularity": "5m", "time_rounding": "down",
				"domains": []any{"b.example.com", "a.example.com"}, "group_by": []any{"domain"},
				"service_types": []any{"web-https", "web"}, "billing_regions": []any{"kr", "cn"},
			},
			Body:   `{"dateFrom":"2026-01-01","dateTo":"2026-01-02","timezone":"GMT+08:00","granularity":"5m","timeRounding":"down","domain":"b.example.com;a.example.com","groupBy":"domain","serviceType":"web-https;web","billingRegion":"kr;cn"}`,
			Window: "2026-01-01T00:00:00+08:00 2026-01-03T00:00:00+08:00",
		},
		{
			Name: "no day after today", Changes: acctest.Config{"lookback_days": nil, "date_from": "2026-01-10", "date_to": "2026-12-31"},
			Body:   `{"dateFrom":"2026-01-10","dateTo":"2026-01-15","timezone":"GMT+08:00"}`,
			Window: "2026-01-10T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
		{
			Name: "the earliest day", Changes: acctest.Config{"lookback_days": nil, "date_from": "2024-01-16", "date_to": "2024-01-16"},
			Body:   `{"dateFrom":"2024-01-16","dateTo":"2024-01-16","timezone":"GMT+08:00"}`,
			Window: "2024-01-16T00:00:00+08:00 2024-01-17T00:00:00+08:00",
		},
	}
}

func relayTrafficRefusals() []suite.Refusal {
	dates := func(from, to any) acctest.Config {
		return acctest.Config{"lookback_days": nil, "date_from": from, "date_to": to}
	}
	refusals := []suite.Refusal{
		{Name: "one date", Changes: dates("2026-01-01", nil), Attribute: "date_to", Says: []string{"date_to is missing", "go together"}},
		{Name: "the other date", Changes: dates(nil, "2026-01-01"), Attribute: "date_from", Says: []string{"date_from is missing", "go together"}},
		{Name: "dates and lookback", Changes: acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"}, Says: []string{"more than one way", "lookback_days, or date_from with date_to"}},
		{Name: "no such day", Changes: dates("2026-02-30", "2026-03-01"), Attribute: "date_from", Says: []string{`date_from must be a date such as "2026-01-15", got: "2026-02-30"`}},
		{Name: "a time", Changes: dates("2026-01-01", "2026-01-01T00:00:00Z"), Attribute: "date_to", Says: []string{"date_to must be a date"}},
		{Name: "dates reversed", Changes: dates("2026-01-02", "2026-01-01"), Attribute: "date_from", Says: []string{"date_from is 2026-01-02 and must not be after date_to, which is 2026-01-01"}},
		{Name: "tomorrow", ByRead: true, Changes: dates("2026-01-16", "2026-01-16"), Attribute: "date_from", Says: []string{"date_from must not be after today, which is 2026-01-15"}},
		{
			Name: "too long ago", ByRead: true, Changes: dates("2024-01-15", "2024-01-15"), Attribute: "date_from",
			Says: []string{"date_from must be within the last 730 days", "2024-01-16 or later"},
		},
		{Name: "no days back", Changes: acctest.Config{"lookback_days": 0}, Attribute: "lookback_days", Says: []string{"lookback_days", "between 1 and 730"}},
		{Name: "too many days back", Changes: acctest.Config{"lookback_days": 731}, Attribute: "lookback_days", Says: []string{"lookback_days", "between 1 and 730"}},
		{Name: "rounding", Changes: acctest.Config{"granularity": "1h", "time_rounding": "nearest"}, Attribute: "time_rounding", Says: []string{"time_rounding", `"up" "down"`}},
		{Name: "rounding of days", Changes: acctest.Config{"granularity": "1d", "time_rounding": "up"}, Attribute: "time_rounding", Says: []string{"time_rounding", `"5m" or "1h"`}},
		{Name: "rounding of days by default", Changes: acctest.Config{"time_rounding": "up"}, Attribute: "time_rounding", Says: []string{"time_rounding", `"5m" or "1h"`}},
		{Name: "granularity", Changes: acctest.Config{"granularity": "1m"}, Attribute: "granularity", Says: []string{"granularity", `"5m" "1h" "1d"`}},
		{Name: "group", Changes: acctest.Config{"group_by": []any{"service"}}, Attribute: "group_by[0]", Says: []string{"group_by[0]", `"domain"`}},
		{Name: "group twice", Changes: acctest.Config{"group_by": []any{"domain", "domain"}}, Attribute: "group_by", Says: []string{"duplicate"}},
	}
	for _, zone := range []string{"", "GMT+8", "GMT08:00", "Asia/Shanghai", "UTC", "GMT+15:00", "GMT+08:60"} {
		refusals = append(refusals, suite.Refusal{
			Name: "zone " + zone, Changes: acctest.Config{"timezone": zone}, Attribute: "timezone",
			Says: []string{"timezone must be a fixed offset such as", fmt.Sprintf("got: %q", zone)},
		})
	}
	for _, list := range []string{"domains", "service_types", "billing_regions"} {
		refusals = append(
			refusals,
			suite.Refusal{Name: list + " with a semicolon", Changes: acctest.Config{list: []any{"b", "a;b"}}, Attribute: list + "[1]", Says: []string{list + "[1] must be a single entry", `got: "a;b"`}},
			suite.Refusal{Name: list + " with a comma", Changes: acctest.Config{list: []any{"a,b"}}, Attribute: list + "[0]", Says: []string{list + "[0] must be a single entry"}},
		)
	}
	return append(refusals, suite.TextLists("domains", "service_types", "billing_regions")...)
}
