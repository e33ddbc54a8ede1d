// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const districtISPData = "edgestats_cdn_district_isp_data"

var districtISPDataConfig = acctest.Config{
	"domains": []any{"www.example.com"}, "metric": "flux", "lookback": "1h", "districts": []any{"4"}, "isps": []any{"2"},
}

func TestDistrictISPData(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:   districtISPData,
		API:    emulator.CDN,
		Config: districtISPDataConfig,
		Another: func(i int) acctest.Config {
			return acctest.Config{"domains": []any{fmt.Sprintf("name-%d.example.com", i)}}
		},
		Questions: districtISPDataQuestions(),
		Refusals:  districtISPDataRefusals(),
		Unknowns: append(
			append(suite.UnknownWindow("start_time", "end_time"), suite.UnknownIncludes()...),
			acctest.Config{"percentiles": acctest.Unknown},
			acctest.Config{"domains": []any{"www.example.com", acctest.Unknown}},
			acctest.Config{"districts": acctest.Unknown, "isps": acctest.Unknown, "ip_protocol": "ipv4"},
			acctest.Config{"ip_protocol": acctest.Unknown, "protocol": acctest.Unknown, "interval": acctest.Unknown},
		),
		Sums: &suite.Sums{
			Start: "start_time", End: "end_time", Granularities: []suite.Granularity{
				{Name: "default", Length: 5 * time.Minute},
				{Name: "min", Changes: acctest.Config{"interval": "min"}, Length: time.Minute},
				{Name: "5min", Changes: acctest.Config{"interval": "5min"}, Length: 5 * time.Minute},
			},
			Values: []string{`details\.\d+\.summary\.total`, `details\.\d+\.summary\.count`, `details\.\d+\.values\.#`, `details\.\d+\.values\.\d+`},
		},
		Errors: []suite.Error{
			{Code: "InvalidParameter.CdnStatInvalidDate", Attribute: "lookback"},
			{Code: "InvalidParameter.CdnStatInvalidDate", Attribute: "start_time", Config: acctest.Config{"lookback": nil, "start_time": "2026-01-15T11:00:00Z"}},
			{Code: "InvalidParameter.CdnStatInvalidMetric", Attribute: "metric"},
			{Code: "InvalidParameter.CdnInvalidParamInterval", Attribute: "interval"},
			{Code: "InvalidParameter.CdnStatTooManyDomains", Attribute: "domains"},
			{Config: acctest.Config{"domains": []any{"missing.example.com"}}, Attribute: "domains"},
			{Code: "InvalidParameter.CdnParamError"},
		},
		Malformed: map[string]string{
			`{"Response":{"Data":{}}}`:  "$.Response.Data: unexpected object",
			`{"Response":{"Data":[7]}}`: "$.Response.Data[0]: unexpected number",
		},
		Points: &suite.Points{Series: "details.0.values", Count: 12 + 1, Groups: 1, Argument: "lookback"},
		Hostile: map[string]suite.Hostile{
			"as many districts as are allowed": {Config: acctest.Config{"max_points": 200_000}, Body: allDistricts},
			"districts": {
				Config: acctest.Config{"include": []any{}},
				Body:   suite.Full(`{"Response":{"RequestId":"r-1","Data":[`, `{"Interval":5,"StartTime":"2026-01-15 19:00:00"}`, `]}}`),
				Says:   "more than 10000 series",
			},
		},
		Names: &suite.Names{
			Body: `{"Response":{"RequestId":"` + suite.DirtyName + `","Data":[{"Domain":"` + suite.DirtyDomain + `","Interval":5,
			"StartTime":"2026-01-15 19:00:00","Protocol":"` + suite.DirtyName + `","IpProtocol":"` + suite.DirtyName + `",
			"Metric":"` + suite.DirtyName + `","DistrictName":"` + suite.DirtyName + `","IspName":"` + suite.DirtyName + `"}]}}`,
			Want: map[string]string{
				"details.0.domain": "www.example.com", "details.0.protocol": suite.CleanName,
				"details.0.ip_protocol": suite.CleanName, "details.0.metric": suite.CleanName, "details.0.district_name": suite.CleanName,
				"details.0.isp_name": suite.CleanName, "missing_domains.#": "0",
			},
		},
		Stable: 4 * time.Minute,
	})
}

// allDistricts is a response with as many series as are allowed.
func allDistricts() string {
	const series = `{"Interval":5,"StartTime":"2026-01-15 19:00:00","DataPoints":[1.5],"District":%d}`
	all := make([]string, 10_000)
	for i := range all {
		all[i] = fmt.Sprintf(series, i)
	}
	return `{"Response":{"RequestId":"r-1","Data":[` + strings.Join(all, ",") + `]}}`
}

func districtISPDataQuestions() []suite.Question {
	const window = "2026-01-15T20:00:00+08:00 2026-01-15T20:30:00+08:00"
	return []suite.Question{
		{
			Name: "half an hour back", Changes: acctest.Config{"lookback": "30m", "districts": nil, "isps": nil},
			Body:   `{"Domains":["www.example.com"],"Metric":"flux","Interval":"5min","StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:29:59"}`,
			Window: window,
		},
		{
			Name: "minutes", Changes: acctest.Config{"metric": "404", "lookback": "10m", "interval": "min", "districts": nil, "isps": nil},
			Body:   `{"Domains":["www.example.com"],"Metric":"404","Interval":"min","StartTime":"2026-01-15 20:24:00","EndTime":"2026-01-15 20:33:59"}`,
			Window: "2026-01-15T20:24:00+08:00 2026-01-15T20:34:00+08:00",
		},
		{
			Name: "everything, and a given end",
			Changes: acctest.Config{
				"domains": []any{"b.example.com", "a.example.com"}, "metric": "statusCode", "districts": []any{"4", "22"}, "isps": []any{"26"},
				"protocol": "https", "interval": "5min", "lookback": nil, "start_time": "2026-01-15T20:00:00+08:00", "end_time": "1768480200",
			},
			Body:   `{"Domains":["b.example.com","a.example.com"],"Metric":"statusCode","Interval":"5min","Protocol":"https","Districts":[4,22],"Isps":[26],"StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:29:59"}`,
			Window: window,
		},
		{
			Name: "a version of IP, and a start within a period",
			Changes: acctest.Config{
				"metric": "2xx", "ip_protocol": "ipv6", "districts": nil, "isps": nil,
				"lookback": nil, "start_time": "2026-01-15T11:58:00Z", "end_time": "2026-01-15T12:03:00Z",
			},
			Body:   `{"Domains":["www.example.com"],"Metric":"2xx","Interval":"5min","IpProtocol":"ipv6","StartTime":"2026-01-15 19:55:00","EndTime":"2026-01-15 20:04:59"}`,
			Window: "2026-01-15T19:55:00+08:00 2026-01-15T20:05:00+08:00",
			Warns: []string{
				`end_time = "2026-01-15T12:03:00Z" is inside a 5-minute period. It was moved to the end of that 5-minute period`,
				`start_time = "2026-01-15T11:58:00Z" is inside a 5-minute period. It was moved to the beginning of that 5-minute period`,
			},
		},
	}
}

func districtISPDataRefusals() []suite.Refusal {
	const metrics = `metric must be one of "bandwidth", "flux", "request", "statusCode", "2xx", "3xx", "4xx", "5xx", or a status code such as 404, got `
	const table = `must be an ISO 3166-1 alpha-2 country code such as "TH", or a code such as 4 (Guangdong) from https://`
	given := func(start, end string) acctest.Config {
		return acctest.Config{"lookback": nil, "start_time": start, "end_time": end}
	}
	refusals := slices.Concat(
		suite.RequiredArguments("domains", "metric"), suite.Lists("a.example.com", nil, "domains"), suite.Lists("4", nil, "districts"),
		suite.Lists("2", nil, "isps"), suite.Windows("start_time"), suite.Includes(`one of "points", "request_id"`), suite.Percentiles(),
	)
	for _, test := range []struct {
		argument string
		value    any
		at, says string
	}{
		{"metric", "volume", "metric", metrics + `"volume"`},
		{"metric", "traffic", "metric", metrics + `"traffic". Did you mean "flux"?`},
		{"metric", "2XX", "metric", `Did you mean "2xx"?`},
		{"metric", "4040", "metric", metrics + `"4040"`},
		{"protocol", "quic", "protocol", `protocol must be one of "all", "http", "https", got "quic"`},
		{"interval", "hour", "interval", `interval must be one of "min", "5min", got "hour"`},
		{"interval", "5m", "interval", `Did you mean "5min"?`},
		{"districts", []any{"Thailand"}, "districts[0]", `Did you mean "TH"?`},
		{"districts", []any{"XX"}, "districts[0]", "districts[0] " + table},
		{"districts", []any{"TH", "57"}, "districts[1]", `districts[1] means the same as districts[0], got "57"`},
		{"isps", []any{"China Mobile"}, "isps[0]", "Did you mean 1046 (China Mobile)?"},
	} {
		refusals = append(refusals, suite.Refusal{
			Name: fmt.Sprint(test.argument, " ", test.value), Changes: acctest.Config{test.argument: test.value}, Attribute: test.at, Says: []string{test.says},
		})
	}
	return append(refusals, []suite.Refusal{
		{Name: "no window", Changes: acctest.Config{"lookback": nil}, Attribute: "start_time", Says: []string{"start_time, or lookback"}},
		{
			Name: "over 60 days ago", ByRead: true, Changes: given("2025-11-15T23:55:00+08:00", "2025-11-16T01:00:00+08:00"), Attribute: "start_time",
			Says: []string{"start_time must not start the window more than 60 days ago: the earliest start is 2025-11-16T00:00:00+08:00, got "},
		},
		{Name: "over 60 days back", ByRead: true, Changes: acctest.Config{"lookback": "1500h"}, Attribute: "lookback", Says: []string{"lookback must not start the window more than 60 days ago"}},
		{Name: "parts of periods", Changes: acctest.Config{"lookback": "7m"}, Attribute: "lookback", Says: []string{`whole number of 5-minute periods, got "7m"; write "5m" or "10m"`}},
		{
			Name: "too many points", ByRead: true, Changes: acctest.Config{"lookback": "480m", "max_points": 96},
			Attribute: "lookback", Says: []string{"This read has 97 points, one for the series included, and max_points is 96. To read less, narrow lookback, or remove"},
		},
		{
			Name: "too many calls", ByRead: true, Changes: acctest.Config{"lookback": "1440h", "interval": "min", "include": []any{}, "timeouts": acctest.Config{"read": "1m"}},
			Says: []string{"delays the last of 8640 calls", "Raise timeouts.read"},
		},
		{
			Name: "unknown version of IP", Changes: acctest.Config{"districts": nil, "isps": nil, "ip_protocol": "ipv5"}, Attribute: "ip_protocol",
			Says: []string{`ip_protocol must be one of "all", "ipv4", "ipv6", got "ipv5"`},
		},
		{
			Name: "version of IP with districts", Changes: acctest.Config{"isps": nil, "ip_protocol": "ipv4"}, Attribute: "districts",
			Says: []string{"ip_protocol and districts cannot be configured together. Set ip_protocol for one version of IP in all districts and ISPs together or districts for some districts."},
		},
		{Name: "version of IP with carriers", Changes: acctest.Config{"districts": nil, "ip_protocol": "all"}, Attribute: "isps", Says: []string{"ip_protocol and isps cannot be configured together"}},
	}...)
}
