// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
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
			append(suite.UnknownDates(acctest.Config{"date": nil}), suite.UnknownIncludes()...),
			acctest.Config{"date": acctest.Unknown, "lookback": "1d"},
			acctest.Config{"date": nil, "lookback": acctest.Unknown},
			acctest.Config{"provs": acctest.Unknown, "isps": []any{acctest.Unknown}, "stat_type": acctest.Unknown},
			acctest.Config{"hosts": []any{"www.example.com", acctest.Unknown}},
		),
		Sums: &suite.Sums{
			Config: acctest.Config{"date": nil, "stat_type": "flux", "provs": []any{"JP", "SG"}},
			Start:  "date_from", End: "date_to", Dates: true, Granularities: []suite.Granularity{{Name: "5 minutes", Length: 24 * time.Hour}},
			Values: []string{`details\.#`, `details\.\d+\.summary\.total`, `details\.\d+\.summary\.count`, `details\.\d+\.values\.\d+`},
		},
		Errors: []suite.Error{
			{Config: acctest.Config{"hosts": []any{"missing.example.com"}}, Attribute: "hosts"},
			{Answer: suite.LegacyError(4000, 9105), Attribute: "hosts"},
			{Answer: suite.LegacyError(4000, 9160), Attribute: "stat_type"},
			{Answer: suite.LegacyError(4000, 9003)},
		},
		Malformed: map[string]string{`{"code":0,"data":{"prov_data":true}}`: "$.data.prov_data: unexpected bool"},
		Points:    &suite.Points{Config: acctest.Config{"provs": []any{"57"}}, Series: "details.0.values", Count: 288 + 1, Groups: 1, Argument: "date"},
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
			Failing:   acctest.Config{"date": nil, "lookback": "5d"},
			Text:      "date=2026-01-12",
			Answer:    `{"code": 4000, "message": "(9160)bad statType"}`,
			Attribute: "stat_type",
			Says:      []string{"failed: part 2026-01-12 of www.example.com: code 4000: (9160)bad statType.", "1 attempt in "},
			// Of 80 calls a minute, 20 start at once.
			TooMany:     acctest.Config{"date": nil, "lookback": "100d", "hosts": suite.Listed("www%d.example.com", 11)},
			TooManySays: "the rate limit delays the last of 300 calls by 4m40s, but the read times out in 2m",
		},
	})
}

// manyRegions is a response of the maximum size that takes long to decode.
var manyRegions = suite.Full(`{"code":0,"data":{"prov_data":{"www.example.com":[`, `{"id":1}`, `]}}}`)

func overseaISPDetailHostile() map[string]suite.Hostile {
	without := acctest.Config{"include": []any{}}
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
		{Name: "yesterday", Changes: acctest.Config{"date": nil, "lookback": "1d"}, Body: `{"date":"2026-01-14","hosts.0":"www.example.com"}`, Window: day},
		{
			Name: "a range of one day", Changes: acctest.Config{"date": nil, "date_from": "2026-01-14", "date_to": "2026-01-14"},
			Body: `{"date":"2026-01-14","hosts.0":"www.example.com"}`, Window: day,
		},
		{
			Name: "the day before yesterday", Changes: acctest.Config{"date": nil, "lookback": "24h", "offset": "1d"},
			Body: `{"date":"2026-01-13","hosts.0":"www.example.com"}`, Window: "2026-01-13T00:00:00+08:00 2026-01-14T00:00:00+08:00",
		},
		{
			Name: "a day of years ago", Changes: acctest.Config{"date": "2016-11-20"},
			Body: `{"date":"2016-11-20","hosts.0":"www.example.com"}`, Window: "2016-11-20T00:00:00+08:00 2016-11-21T00:00:00+08:00",
		},
		{
			Name: "everything",
			Changes: acctest.Config{
				"date": "2026-01-15", "hosts": []any{"b.example.com", "a.example.com"}, "provs": []any{"JP", "-2"}, "isps": []any{"-1"},
				"stat_type": "statuscode",
			},
			Body:   `{"date":"2026-01-15","hosts.0":"b.example.com","hosts.1":"a.example.com","provs.0":"1044","provs.1":"-2","isps.0":"-1","statType":"statuscode"}`,
			Window: "2026-01-15T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
	}
}

func overseaISPDetailRefusals() []suite.Refusal {
	const choice = "date for one day, date_from and date_to for several, or lookback for the days up to yesterday."
	const final = " must be "
	back := func(lookback string) acctest.Config { return acctest.Config{"date": nil, "lookback": lookback} }
	refusals := slices.Concat(
		suite.RequiredArguments("hosts"), suite.Lists("a.example.com", nil, "hosts"), suite.Lists("57", nil, "provs"), suite.Lists("-1", nil, "isps"),
		suite.Includes(`"points"`), suite.Percentiles(),
	)
	for _, refused := range suite.Durations("1d") {
		refused.Changes = refused.Changes.With(acctest.Config{"date": nil})
		refusals = append(refusals, refused)
	}
	return append(refusals, []suite.Refusal{
		{Name: "no day", Changes: acctest.Config{"date": nil}, Attribute: "date", Says: []string{"Set the days to read: " + choice}},
		{Name: "a day and days back", Changes: acctest.Config{"lookback": "1d"}, Attribute: "lookback", Says: []string{"Set the days only once: " + choice}},
		{Name: "a day and a range", Changes: acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"}, Attribute: "date", Says: []string{choice}},
		{Name: "a range and days back", Changes: back("1d").With(acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"}), Attribute: "lookback", Says: []string{choice}},
		{Name: "a day and an offset", Changes: acctest.Config{"offset": "1d"}, Attribute: "offset", Says: []string{"offset requires lookback"}},
		{Name: "half a range", Changes: acctest.Config{"date": nil, "date_from": "2026-01-01"}, Attribute: "date_to", Says: []string{"date_to is missing"}},
		{Name: "not a day", Changes: acctest.Config{"date": "yesterday"}, Attribute: "date", Says: []string{"date must be a date", `got "yesterday"`}},
		{Name: "a time", Changes: acctest.Config{"date": "2026-01-14T00:00:00Z"}, Attribute: "date", Says: []string{"date must be a date", "2026-01-14"}},
		{
			Name: "tomorrow", ByRead: true, Changes: acctest.Config{"date": "2026-01-16"}, Attribute: "date",
			Says: []string{`date must not be after today, which is 2026-01-15 in GMT+08:00, got "2026-01-16"`},
		},
		{Name: "parts of days", Changes: back("36h"), Attribute: "lookback", Says: []string{`lookback must be a whole number of days, got "36h"; write "24h" or "48h"`}},
		{Name: "thousands of years back", ByRead: true, Changes: back("99999d"), Attribute: "lookback", Says: []string{"lookback must not start the window more than 7300 days ago"}},
		{
			Name: "too long ago", ByRead: true, Changes: acctest.Config{"date": "2006-01-18"}, Attribute: "date",
			Says: []string{"date must not start the window more than 7300 days ago: the earliest start is 2006-01-20, got 2006-01-18"},
		},
		{
			Name: "unknown statistic", Changes: acctest.Config{"stat_type": "traffic"}, Attribute: "stat_type",
			Says: []string{`stat_type must be one of "bandwidth", "requests", "flux", "statuscode", "dlspeed", "dltime", "hitrate", got "traffic". Did you mean "flux"?`},
		},
		{Name: "no such country", Changes: acctest.Config{"provs": []any{"75"}}, Attribute: "provs[0]", Says: []string{"provs[0]" + final + `one of "TH" (or 57), "IN" (or 73)`, `got "75"`}},
		{Name: "a country by its name", Changes: acctest.Config{"provs": []any{"TH", "Japan"}}, Attribute: "provs[1]", Says: []string{`Did you mean "JP"?`}},
		{Name: "a country twice", Changes: acctest.Config{"provs": []any{"TH", "57"}}, Attribute: "provs[1]", Says: []string{`provs[1] means the same as provs[0], got "57"`}},
		{Name: "a carrier of the mainland", Changes: acctest.Config{"isps": []any{"2"}}, Attribute: "isps[0]", Says: []string{"isps[0]" + final + "-1"}},
		{
			Name: "too many points", ByRead: true, Changes: back("200d"), Attribute: "lookback",
			Says: []string{`This read has 57800 points, one for each of 200 series included, and max_points is 50000. To read less, narrow lookback, or remove "points" from include`},
		},
		{
			Name: "too many names", ByRead: true, Changes: back("7000d").With(acctest.Config{"include": []any{}, "hosts": suite.Listed("www%d.example.com", 100)}), Attribute: "hosts",
			Says: []string{"hosts and the other arguments ask for more than 200000 series by name"},
		},
	}...)
}

func TestOverseaISPDetailOfTwelveHosts(t *testing.T) {
	hosts := suite.Listed("www%02d.example.com", 12)
	hosts[7] = "idle.example.com"
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, overseaISPDetail, acctest.Config{"date_from": "2026-01-13", "date_to": "2026-01-14", "hosts": hosts, "provs": []any{"1044"}})
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
	expect.None(t, problems.String(), "?", "Signature", "Nonce", emulator.DefaultSecretID)
}
