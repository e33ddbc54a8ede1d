// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"slices"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// tencent begins a response of API 3.0.
const tencent = `{"Response":{"RequestId":"r-1",`

// includes are the values of include of the data sources for the traffic of one thing.
const includes = `one of "points", "request_id"`

// flowMalformed are malformed responses of the data sources for the traffic of one thing.
var flowMalformed = map[string]string{
	`{"Response":{"NetDetails":{}}}`:  "$.Response.NetDetails: unexpected object",
	`{"Response":{"NetDetails":[7]}}`: "$.Response.NetDetails[0]: unexpected number",
}

// flowSums describes the windows of the data sources for the traffic of one thing.
func flowSums() *suite.Sums { return flowSumsUnder("") }

// flowSumsUnder is flowSums for figures under a path.
func flowSumsUnder(path string) *suite.Sums {
	return &suite.Sums{
		Start: "begin_time", End: "end_time", Granularities: append(
			trafficGranularities(),
			suite.Granularity{Name: "minute", Changes: acctest.Config{"time_granularity": "minute"}, Length: time.Minute},
			suite.Granularity{Name: "5min", Changes: acctest.Config{"time_granularity": "5min"}, Length: 5 * time.Minute},
		),
		Values: []string{
			path + "total_value", path + `summary\.total`, path + `summary\.count`, path + `net_details\.#`, path + `net_details\.\d+\.current`,
		},
	}
}

// trafficGranularities are those that the data sources of traffic have in common.
func trafficGranularities() []suite.Granularity {
	return []suite.Granularity{
		{Name: "hour", Changes: acctest.Config{"time_granularity": "hour"}, Length: time.Hour},
		{Name: "day", Changes: acctest.Config{"time_granularity": "day"}, Length: 24 * time.Hour},
	}
}

// flowUnknowns are the unknown values of arguments that all data sources for traffic have.
func flowUnknowns() []acctest.Config {
	return append(
		append(suite.UnknownWindow("begin_time", "end_time"), suite.UnknownIncludes()...),
		acctest.Config{"percentiles": acctest.Unknown},
		acctest.Config{"percentiles": []any{50, acctest.Unknown}},
		acctest.Config{"access_region": acctest.Unknown, "gateway_type": acctest.Unknown},
	)
}

func flowHostile() map[string]suite.Hostile {
	long := func(head, tail string) func() string {
		return func() string { return head + strings.Repeat("7", transport.MaxBody-100) + tail }
	}
	return map[string]suite.Hostile{
		"details without points": {
			Config: acctest.Config{"include": []any{}},
			Body:   suite.Full(tencent+`"NetDetails":[`, `{"Time":1,"Current":1}`, `]}}`), Says: "more than 500000 points",
		},
		"an unknown list":                {Body: suite.Full(tencent+`"NetDetails":[],"Unknown":[`, `{}`, `]}}`)},
		"a number":                       {Body: long(tencent+`"MaxValue":`, `}}`), Says: "MaxValue: too long"},
		"a name":                         {Body: long(tencent+`"`, `":1}}`)},
		"depth":                          {Body: func() string { return tencent + `"Unknown":` + strings.Repeat("[", transport.MaxBody-100) }, Says: "exceeded max depth"},
		"a point with a million members": {Body: suite.Full(tencent+`"NetDetails":[{"Time":1,`, `"x":1`, `}]}}`)},
	}
}

// flowRefusals are the refusals of arguments that all data sources for traffic have, whose include has the given values, listed
// as in a message. They are for a configuration with lookback = "24h" by hour.
func flowRefusals(includes string) []suite.Refusal {
	return slices.Concat(
		suite.RequiredArguments("type", "time_granularity"), suite.Windows("begin_time"), suite.Includes(includes),
		suite.Percentiles(), flowWords(),
		[]suite.Refusal{
			{Name: "no start", Changes: acctest.Config{"lookback": nil}, Attribute: "begin_time", Says: []string{`set begin_time, or lookback such as "24h"`}},
			{
				Name: "a lookback of parts of days", Changes: acctest.Config{"time_granularity": "day", "lookback": "25h"}, Attribute: "lookback",
				Says: []string{`lookback must be a whole number of days, got "25h"; write "24h" or "48h"`},
			},
			{
				Name: "an offset of parts of days", Changes: acctest.Config{"time_granularity": "day", "lookback": "7d", "offset": "1d12h"}, Attribute: "offset",
				Says: []string{`offset must be a whole number of days, got "1d12h"; write "1d" or "2d"`},
			},
			{
				Name: "too many points", ByRead: true, Changes: acctest.Config{"time_granularity": "minute", "lookback": "60d"}, Attribute: "lookback",
				Says: []string{"This read has 86400 points, and max_points is 50000. To read less, narrow lookback, or choose longer periods with time_granularity"},
			},
			{
				Name: "too many days", ByRead: true, Changes: acctest.Config{"time_granularity": "day", "lookback": "30d", "max_points": 29}, Attribute: "lookback",
				Says: []string{`This read has 30 points, and max_points is 29. To read less, narrow lookback, or remove "points" from include`},
			},
		},
	)
}

// flowWords are words and codes that are not those of the vendor.
func flowWords() (refusals []suite.Refusal) {
	for _, test := range []struct{ argument, value, says string }{
		{"type", "both", `type must be one of "uplink" (or 1), "downlink" (or 2), "total" (or 3), got "both"`},
		{"type", "4", `"total" (or 3), got "4"`},
		{"type", "", `"total" (or 3), got ""`},
		{"type", "up-link", `Did you mean "uplink"?`},
		{"type", "upload", `Did you mean "uplink"?`},
		{"type", "Down", `Did you mean "downlink"?`},
		{"time_granularity", "week", `time_granularity must be one of "hour" (or 1), "day" (or 2), "minute" (or 3), "5min" (or 4), got "week"`},
		{"time_granularity", "1h", `got "1h". Did you mean "hour"?`},
		{"time_granularity", "5m", `got "5m". Did you mean "5min"?`},
		{"time_granularity", "1d", `got "1d". Did you mean "day"?`},
		{"access_region", "mc", `access_region must be one of "MC", "AP", "EU", "AM", got "mc". Did you mean "MC"?`},
		{"access_region", "CN", `got "CN". Did you mean "MC"?`},
		{"gateway_type", "2", `gateway_type must be one of "public" (or 0), "private" (or 1), got "2"`},
	} {
		refusals = append(refusals, suite.Refusal{
			Name: test.argument + " " + test.value, Changes: acctest.Config{test.argument: test.value}, Attribute: test.argument, Says: []string{test.says},
		})
	}
	return refusals
}
