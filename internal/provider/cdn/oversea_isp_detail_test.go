// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const overseaISPDetail = "edgestats_cdn_oversea_isp_detail"

var overseaISPDetailConfig = acctest.Config{"date": "2026-01-14", "hosts": []any{"www.example.com"}}

// A response begins and ends like this around the values of a region.
const (
	head = `{"code":0,"data":{"prov_data":{"www.example.com":[{"id":57,"isp_value":`
	tail = `}]}}}`
)

func TestOverseaISPDetail(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:   overseaISPDetail,
		API:    emulator.CDNLegacy,
		Config: overseaISPDetailConfig,
		Another: func(i int) acctest.Config {
			return acctest.Config{"hosts": []any{fmt.Sprintf("name-%d.example.com", i)}}
		},
		Questions: overseaISPDetailQuestions(),
		Refusals:  overseaISPDetailRefusals(),
		Unknowns: append(
			suite.UnknownDates(acctest.Config{"date": nil}),
			acctest.Config{"date": acctest.Unknown, "lookback_days": 1},
			acctest.Config{"date": nil, "lookback_days": acctest.Unknown},
			acctest.Config{"provs": acctest.Unknown, "isps": []any{acctest.Unknown}, "stat_type": acctest.Unknown},
			acctest.Config{"hosts": []any{"www.example.com", acctest.Unknown}},
		),
		Errors: []suite.Error{
			{Config: acctest.Config{"hosts": []any{"missing.example.com"}}, Attribute: "hosts"},
			{Answer: suite.LegacyError(4000, 9105), Attribute: "hosts"},
			{Answer: suite.LegacyError(4000, 9160), Attribute: "stat_type"},
			{Answer: suite.LegacyError(4000, 9003)},
		},
		Malformed: map[string]string{`{"code":0,"data":{"prov_data":true}}`: "$.data.prov_data: unexpected bool"},
		Points:    &suite.Points{Config: acctest.Config{"provs": []any{57}}, Series: "details.0.values", Count: 288 + 1, Groups: 1, Argument: "date"},
		Hostile:   overseaISPDetailHostile(),
		Names: &suite.Names{
			Body: `{"code":0,"data":{"prov_data":{"` + suite.DirtyDomain + `":[
			{"id":57,"name":"` + suite.DirtyName + `","isp_value":{"bandwidth":{"-1":[1]}}},
			{"id":58,"host":"` + suite.DirtyName + `","isp_value":{"bandwidth":{"-1":[1]}}}]}}}`,
			Want: map[string]string{
				"details.0.host": "www.example.com", "details.0.prov_name": suite.CleanName, "details.1.host": suite.CleanName, "missing.#": "0",
			},
		},
		Parts: &suite.Parts{
			Failing:   acctest.Config{"date": nil, "lookback_days": 5},
			Text:      "date=2026-01-12",
			Answer:    `{"code": 4000, "message": "(9160)bad statType"}`,
			Attribute: "stat_type",
			Says:      []string{"failed: part 2026-01-12 of www.example.com: code 4000: (9160)bad statType.", "1 attempt in "},
			// Of 80 calls a minute, 20 start at once.
			TooMany:     acctest.Config{"date": nil, "lookback_days": 100, "hosts": suite.Listed("www%d.example.com", 11)},
			TooManySays: "the rate limit holds 300 calls back for 4m40s, and the read timeout leaves 2m0s",
		},
	})
}

// manyRegions is a response of the maximum size that takes long to decode.
var manyRegions = suite.Full(`{"code":0,"data":{"prov_data":{"www.example.com":[`, `{"id":1}`, `]}}}`)

func overseaISPDetailHostile() map[string]suite.Hostile {
	without := acctest.Config{"include_points": false}
	return map[string]suite.Hostile{
		"as many carriers as are allowed": {Body: suite.Repeated(head+`{"bandwidth":[`, `[1.5]`, `]}`+tail, 10_000)},
		"empty carriers":                  {Body: suite.Full(head+`{"bandwidth":[`, `[]`, `]}`+tail), Says: "more than 10000 series"},
		"carriers without points":         {Config: without, Body: suite.Full(head+`{"bandwidth":[`, `[1]`, `]}`+tail), Says: "more than 10000 series"},
		"values without points":           {Config: without, Body: suite.Full(head+`{"bandwidth":{"-1":[`, `1`, `]}}`+tail), Says: "more than 500000 points"},
		"regions":                         {Body: manyRegions},
	}
}

func overseaISPDetailQuestions() []suite.Question {
	const day = "2026-01-14T00:00:00+08:00 2026-01-15T00:00:00+08:00"
	return []suite.Question{
		{Name: "a day", Body: `{"date":"2026-01-14","hosts.0":"www.example.com"}`, Window: day},
		{Name: "yesterday", Changes: acctest.Config{"date": nil, "lookback_days": 1}, Body: `{"date":"2026-01-14","hosts.0":"www.example.com"}`, Window: day},
		{
			Name: "a range of one day", Changes: acctest.Config{"date": nil, "date_from": "2026-01-14", "date_to": "2026-01-14"},
			Body: `{"date":"2026-01-14","hosts.0":"www.example.com"}`, Window: day,
		},
		{
			Name: "a day of years ago", Changes: acctest.Config{"date": "2016-11-20"},
			Body: `{"date":"2016-11-20","hosts.0":"www.example.com"}`, Window: "2016-11-20T00:00:00+08:00 2016-11-21T00:00:00+08:00",
		},
		{
			Name: "everything",
			Changes: acctest.Config{
				"date": "2026-01-15", "hosts": []any{"b.example.com", "a.example.com"}, "provs": []any{1044, -2}, "isps": []any{-1},
				"stat_type": "statuscode",
			},
			Body:   `{"date":"2026-01-15","hosts.0":"b.example.com","hosts.1":"a.example.com","provs.0":"1044","provs.1":"-2","isps.0":"-1","statType":"statuscode"}`,
			Window: "2026-01-15T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
	}
}

func overseaISPDetailRefusals() []suite.Refusal {
	return slices.Concat(suite.RequiredArguments("hosts"), suite.TextLists("hosts"), suite.CodeLists("provs", "isps"), []suite.Refusal{
		{Name: "no day", Changes: acctest.Config{"date": nil}, Attribute: "date", Says: []string{"exactly one of date, lookback_days, or date_from with date_to"}},
		{Name: "two ways to name a day", Changes: acctest.Config{"lookback_days": 1}, Says: []string{"more than one way", "exactly one of date, lookback_days"}},
		{Name: "a day and a range", Changes: acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"}, Says: []string{"more than one way"}},
		{Name: "half a range", Changes: acctest.Config{"date": nil, "date_from": "2026-01-01"}, Attribute: "date_to", Says: []string{"date_to is missing"}},
		{Name: "not a day", Changes: acctest.Config{"date": "yesterday"}, Attribute: "date", Says: []string{`date must be a date such as "2026-01-15", got: "yesterday"`}},
		{Name: "tomorrow", ByRead: true, Changes: acctest.Config{"date": "2026-01-16"}, Attribute: "date", Says: []string{"date must not be after today, which is 2026-01-15"}},
		{Name: "no days back", Changes: acctest.Config{"date": nil, "lookback_days": 0}, Attribute: "lookback_days", Says: []string{"lookback_days", "between 1 and 7300"}},
		{Name: "millions of years back", Changes: acctest.Config{"date": nil, "lookback_days": 1_000_000_000}, Attribute: "lookback_days", Says: []string{"lookback_days", "between 1 and 7300"}},
		{Name: "too long ago", ByRead: true, Changes: acctest.Config{"date": "2006-01-18"}, Attribute: "date", Says: []string{"date must be within the last 7300 days, so 2006-01-20 or later"}},
		{
			Name: "unknown statistic", Changes: acctest.Config{"stat_type": "traffic"}, Attribute: "stat_type",
			Says: []string{"stat_type", `"bandwidth" "requests" "flux" "statuscode" "dlspeed" "dltime" "hitrate"`},
		},
	})
}

func TestOverseaISPDetailOfTwelveHosts(t *testing.T) {
	hosts := suite.Listed("www%02d.example.com", 12)
	hosts[7] = "idle.example.com"
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, overseaISPDetail, acctest.Config{"date_from": "2026-01-13", "date_to": "2026-01-14", "hosts": hosts, "provs": []any{1044}})
	if n := len(e.Calls()); n != 6 {
		t.Errorf("%d calls, want 6", n)
	}
	acctest.ExpectState(t, state, map[string]string{
		"window.start": "2026-01-13T00:00:00+08:00", "window.end": "2026-01-15T00:00:00+08:00",
		"details.#":      "22",
		"details.0.date": "2026-01-13", "details.0.host": "www00.example.com", "details.0.start_time": "2026-01-13T00:00:00+08:00",
		"details.10.date": "2026-01-13", "details.10.host": "www11.example.com", "details.10.values.#": "288",
		"details.11.date": "2026-01-14", "details.11.host": "www00.example.com", "details.11.start_time": "2026-01-14T00:00:00+08:00",
		"details.11.summary.first_time": "2026-01-14T00:00:00+08:00",
		"missing.#":                     "2",
		"missing.0.date":                "2026-01-13", "missing.0.host": "idle.example.com", "missing.0.prov_id": "1044", "missing.0.isp_id": "",
		"missing.1.date": "2026-01-14", "missing.1.host": "idle.example.com",
	})
}

// Decoding takes seconds here, and the read may take a fraction of one.
func TestOverseaISPDetailTimeoutHoldsWhileDecoding(t *testing.T) {
	suite.ServeCompressed(t, manyRegions())
	config := overseaISPDetailConfig.With(acctest.Config{"timeouts": acctest.Config{"read": "300ms"}})
	problems := suite.ReadRaw(t, overseaISPDetail, config, func(read func()) { read() })
	acctest.ExpectProblem(t, problems, "", "the read timed out", "Raise timeouts.read")
}

// The request of the legacy API is a query.
func TestOverseaISPDetailErrorsHoldNoQuery(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: func(emulator.API, http.ResponseWriter, *http.Request) bool {
		panic(http.ErrAbortHandler)
	}})
	t.Setenv("EDGESTATS_MAX_RETRIES", "0")
	problems := acctest.ReadProblems(t, overseaISPDetail, overseaISPDetailConfig)
	acctest.ExpectProblem(t, problems, "")
	acctest.ExpectNone(t, problems.String(), "?", "Signature", "Nonce", emulator.DefaultSecretID)
}
