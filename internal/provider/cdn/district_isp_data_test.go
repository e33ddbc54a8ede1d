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
	"domains": []any{"www.example.com"}, "metric": "flux", "lookback": "1h", "districts": []any{4}, "isps": []any{2},
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
			suite.UnknownWindow("start_time", "end_time"),
			acctest.Config{"domains": []any{"www.example.com", acctest.Unknown}},
			acctest.Config{"districts": acctest.Unknown, "isps": acctest.Unknown, "ip_protocol": "ipv4"},
			acctest.Config{"ip_protocol": acctest.Unknown, "protocol": acctest.Unknown, "interval": acctest.Unknown},
		),
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
				Config: acctest.Config{"include_points": false},
				Body:   suite.Full(`{"Response":{"RequestId":"r-1","Data":[`, `{"Interval":5,"StartTime":"2026-01-15 19:00:00"}`, `]}}`),
				Says:   "more than 10000 series",
			},
		},
		Names: &suite.Names{
			Body: `{"Response":{"RequestId":"` + suite.DirtyName + `","Data":[{"Domain":"` + suite.DirtyDomain + `","Interval":5,
			"StartTime":"2026-01-15 19:00:00","Protocol":"` + suite.DirtyName + `","IpProtocol":"` + suite.DirtyName + `",
			"Metric":"` + suite.DirtyName + `","DistrictName":"` + suite.DirtyName + `","IspName":"` + suite.DirtyName + `"}]}}`,
			Want: map[string]string{
				"request_id": suite.CleanName, "details.0.domain": "www.example.com", "details.0.protocol": suite.CleanName,
				"details.0.ip_protocol": suite.CleanName, "details.0.metric": suite.CleanName, "details.0.district_name": suite.CleanName,
				"details.0.isp_name": suite.CleanName, "missing_domains.#": "0",
			},
		},
		Stable: 4 * time.Minute,
		Varies: []string{"request_id"},
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
	const window = "2026-01-15T12:00:00Z 2026-01-15T12:30:00Z"
	return []suite.Question{
		{
			Name: "half an hour back", Changes: acctest.Config{"lookback": "30m", "districts": nil, "isps": nil},
			Body:   `{"Domains":["www.example.com"],"Metric":"flux","Interval":"5min","StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:29:59"}`,
			Window: window,
		},
		{
			Name: "minutes", Changes: acctest.Config{"metric": "404", "lookback": "10m", "interval": "min", "districts": nil, "isps": nil},
			Body:   `{"Domains":["www.example.com"],"Metric":"404","Interval":"min","StartTime":"2026-01-15 20:24:00","EndTime":"2026-01-15 20:33:59"}`,
			Window: "2026-01-15T12:24:00Z 2026-01-15T12:34:00Z",
		},
		{
			Name: "everything, and the end as given",
			Changes: acctest.Config{
				"domains": []any{"b.example.com", "a.example.com"}, "metric": "statusCode", "districts": []any{4, 22}, "isps": []any{26},
				"protocol": "https", "interval": "5min", "lookback": nil, "start_time": "2026-01-15T20:00:00+08:00", "end_time": "1768480200",
			},
			Body:   `{"Domains":["b.example.com","a.example.com"],"Metric":"statusCode","Interval":"5min","Protocol":"https","Districts":[4,22],"Isps":[26],"StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:30:00"}`,
			Window: window,
		},
		{
			Name: "a version of IP, and a start within a period",
			Changes: acctest.Config{
				"metric": "2xx", "ip_protocol": "ipv6", "districts": nil, "isps": nil,
				"lookback": nil, "start_time": "2026-01-15T11:58:00Z", "end_time": "2026-01-15T12:03:00Z",
			},
			Body:   `{"Domains":["www.example.com"],"Metric":"2xx","Interval":"5min","IpProtocol":"ipv6","StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:03:00"}`,
			Window: "2026-01-15T11:58:00Z 2026-01-15T12:03:00Z",
		},
	}
}

func districtISPDataRefusals() []suite.Refusal {
	metrics := `must be one of ["bandwidth" "flux" "request" "statusCode" "2xx" "3xx" "4xx" "5xx"] or a status code such as "404"`
	window := func(start, end string) acctest.Config {
		return acctest.Config{"lookback": nil, "start_time": start, "end_time": end}
	}
	return slices.Concat(suite.RequiredArguments("domains", "metric"), suite.TextLists("domains"), suite.CodeLists("districts", "isps"), suite.Windows("start_time"), []suite.Refusal{
		{Name: "no window", Changes: acctest.Config{"lookback": nil}, Attribute: "start_time", Says: []string{"start_time, or lookback"}},
		{
			Name: "over 60 days ago", ByRead: true, Changes: window("2025-11-15T15:59:59Z", "2025-11-15T17:00:00Z"), Attribute: "start_time",
			Says: []string{"start_time begins before the vendor's data, which goes back 60 days, to 2025-11-16T00:00:00+08:00."},
		},
		{Name: "over 60 days back", ByRead: true, Changes: acctest.Config{"lookback": "1500h"}, Attribute: "lookback", Says: []string{"lookback begins before the vendor's data"}},
		{
			Name: "no period", ByRead: true, Changes: window("2026-01-15T10:00:01Z", "2026-01-15T10:04:59Z"), Attribute: "start_time",
			Says: []string{"start_time leaves no room for a period: none of 5min begins from 2026-01-15T10:00:01Z to 2026-01-15T10:04:59Z."},
		},
		{
			Name: "too many points", ByRead: true, Changes: acctest.Config{"lookback": "480m", "districts": []any{4, 22}, "isps": []any{2, 26, 1046}, "max_points": 575},
			Attribute: "lookback", Says: []string{"576 points", "max_points is 575", "Narrow lookback"},
		},
		{
			Name: "too many calls", ByRead: true, Changes: acctest.Config{"lookback": "1440h", "interval": "min", "include_points": false, "timeouts": acctest.Config{"read": "1m"}},
			Says: []string{"holds 8640 calls back", "Raise timeouts.read"},
		},
		{Name: "unknown metric", Changes: acctest.Config{"metric": "traffic"}, Attribute: "metric", Says: []string{"metric " + metrics, `got: "traffic"`}},
		{Name: "class in capitals", Changes: acctest.Config{"metric": "2XX"}, Attribute: "metric", Says: []string{metrics}},
		{Name: "no status code", Changes: acctest.Config{"metric": "4040"}, Attribute: "metric", Says: []string{metrics}},
		{Name: "unknown protocol", Changes: acctest.Config{"protocol": "quic"}, Attribute: "protocol", Says: []string{`"all" "http" "https"`}},
		{Name: "unknown version of IP", Changes: acctest.Config{"districts": nil, "isps": nil, "ip_protocol": "ipv5"}, Attribute: "ip_protocol", Says: []string{`"all" "ipv4" "ipv6"`}},
		{Name: "version of IP with districts", Changes: acctest.Config{"isps": nil, "ip_protocol": "ipv4"}, Attribute: "ip_protocol", Says: []string{`"districts" cannot be specified when "ip_protocol"`}},
		{Name: "version of IP with carriers", Changes: acctest.Config{"districts": nil, "ip_protocol": "all"}, Attribute: "ip_protocol", Says: []string{`"isps" cannot be specified when "ip_protocol"`}},
		{Name: "unknown interval", Changes: acctest.Config{"interval": "hour"}, Attribute: "interval", Says: []string{`"min" "5min"`}},
	})
}
