// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestFlowStatisticReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, flowStatistic, flowStatisticConfig)
	acctest.ExpectState(t, state, map[string]string{
		"net_details.#":               "24",
		"net_details.0.time":          "2026-01-14T20:00:00+08:00",
		"net_details.23.time":         "2026-01-15T19:00:00+08:00",
		"summary.count":               "24",
		"summary.total":               state["total_value"],
		"summary.max":                 state["max_value"],
		"summary.latest":              state["net_details.23.current"],
		"summary.first_time":          "2026-01-14T20:00:00+08:00",
		"summary.last_time":           "2026-01-15T19:00:00+08:00",
		"summary.interval_seconds":    "3600",
		"summary.largest_gap_seconds": "3600",
		"period_seconds":              "3600",
		"request_id":                  "",
		"summary.percentiles.#":       "",
	})
	if state["total_value"] == "" {
		t.Error("total_value is null")
	}
}

// The document's own sample: three points with one time, and totals that do not follow from them.
func TestFlowStatisticDocumentSample(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {
		"MaxValue": 51548, "AvgValue": 15441, "TotalValue": 656546,
		"NetDetails": [
			{"Time": "1659513692", "Current": 3546545},
			{"Time": "1659513692", "Current": 4454864},
			{"Time": "1659513692", "Current": 4848941}
		],
		"RequestId": ""
	}}`)})
	state := acctest.MustRead(t, flowStatistic, acctest.Config{
		"device_id": "mna-dev1", "type": "uplink", "time_granularity": "hour", "begin_time": "2022-08-03T16:00:00+08:00", "end_time": "2022-08-03T17:00:00+08:00",
	})
	acctest.ExpectState(t, state, map[string]string{
		"max_value": "51548", "avg_value": "15441", "total_value": "656546", "request_id": "",
		"net_details.#":      "3",
		"net_details.0.time": "2022-08-03T16:01:32+08:00", "net_details.0.current": "3546545",
		"net_details.1.time": "2022-08-03T16:01:32+08:00", "net_details.1.current": "4454864",
		"net_details.2.time": "2022-08-03T16:01:32+08:00", "net_details.2.current": "4848941",
		"summary.count": "3", "summary.min": "3546545", "summary.max": "4848941", "summary.total": "12850350",
		"summary.average": "4283450", "summary.p95": "4848941", "summary.latest": "4848941",
		"summary.max_time": "2022-08-03T16:01:32+08:00", "summary.first_time": "2022-08-03T16:01:32+08:00", "summary.last_time": "2022-08-03T16:01:32+08:00",
		"summary.interval_seconds": "", "summary.largest_gap_seconds": "",
	})
}

func TestFlowStatisticKeepsEveryDigit(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {
		"MaxValue": 12345678901234567, "AvgValue": 0.1, "TotalValue": "12345678901234567.009",
		"NetDetails": [
			{"Time": "1768392000", "Current": 12345678901234567},
			{"Time": 1768395600, "Current": "0.009"},
			{"Time": "1768399200", "Current": null},
			{"Time": "1768402800"},
			{"Time": "1768406400", "Current": ""},
			{"Time": "1768410000", "Current": 0, "Unit": {"name": "byte"}}
		],
		"RequestId": "r-1"
	}}`)})
	acctest.ExpectState(t, acctest.MustRead(t, flowStatistic, flowStatisticConfig), map[string]string{
		"max_value": "12345678901234567", "avg_value": "0.1", "total_value": "12345678901234567.009",
		"net_details.#":         "6",
		"net_details.0.current": "12345678901234567",
		"net_details.1.current": "0.009", "net_details.1.time": "2026-01-14T21:00:00+08:00",
		"net_details.2.current": "", "net_details.3.current": "", "net_details.4.current": "",
		"net_details.5.current": "0", "net_details.5.time": "2026-01-15T01:00:00+08:00",
		"summary.count": "3", "summary.min": "0", "summary.max": "12345678901234567", "summary.total": "12345678901234567.009",
		"summary.average": "4115226300411522.336333", "summary.latest": "0", "summary.last_time": "2026-01-15T01:00:00+08:00",
		"summary.interval_seconds": "", "summary.largest_gap_seconds": "14400",
	})
}

// withoutDetails is the state of an answer that has none.
var withoutDetails = map[string]string{
	"net_details.#": "0", "summary.count": "0",
	"summary.min": "", "summary.max": "", "summary.max_time": "", "summary.average": "", "summary.total": "", "summary.p95": "",
	"summary.latest": "", "summary.first_time": "", "summary.last_time": "",
	"summary.interval_seconds": "", "summary.largest_gap_seconds": "",
	"bandwidth.max_mbps": "", "bandwidth.average_mbps": "", "bandwidth.p95_mbps": "",
}

func TestFlowStatisticOfIdleDevice(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	acctest.ExpectState(t, acctest.MustRead(t, flowStatistic, flowStatisticConfig.With(acctest.Config{"device_id": "idle-1"})), withoutDetails)
}

func TestFlowStatisticFiguresMayBeMissing(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"MaxValue": 0, "RequestId": "r-1"}}`)})
	state := acctest.MustRead(t, flowStatistic, flowStatisticConfig)
	acctest.ExpectState(t, state, map[string]string{"max_value": "0", "avg_value": "", "total_value": ""})
}

func TestFlowStatisticWithoutDetails(t *testing.T) {
	complete := acctest.MustReadWith(t, flowStatistic, flowStatisticConfig)
	for name, value := range map[string]string{"null": "null", "missing": "", "empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, flowStatistic, flowStatisticConfig, acctest.Member("NetDetails", value))
			acctest.ExpectState(t, state, withoutDetails)
			for _, figure := range []string{"max_value", "avg_value", "total_value"} {
				if state[figure] == "" || state[figure] != complete[figure] {
					t.Errorf("%s is %q, want the API's own %s", figure, state[figure], complete[figure])
				}
			}
		})
	}
}

func TestFlowStatisticCurrent(t *testing.T) {
	for name, test := range map[string]struct{ value, want, count string }{
		"null":         {"null", "", "23"},
		"missing":      {"", "", "23"},
		"text":         {`"12"`, "12", "24"},
		"negative":     {"-1", "-1", "24"},
		"large":        {"1e308", "1" + strings.Repeat("0", 308), "24"},
		"17 digits":    {"12345678901234567", "12345678901234567", "24"},
		"an empty one": {`""`, "", "23"},
	} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, flowStatistic, flowStatisticConfig, acctest.Member("Current", test.value))
			acctest.ExpectState(t, state, map[string]string{"net_details.#": "24", "net_details.0.current": test.want, "summary.count": test.count})
		})
	}
	for value, want := range map[string]string{
		"1e309":   `NetDetails[0].Current: number out of range: "1e309"`,
		"-1e-309": `NetDetails[0].Current: number out of range: "-1e-309"`,
		"NaN":     "not the JSON that is documented",
		`"NaN"`:   `NetDetails[0].Current: not a decimal number: "NaN"`,
	} {
		t.Run(value, func(t *testing.T) {
			_, problems := acctest.ReadWith(t, flowStatistic, flowStatisticConfig, acctest.Member("Current", value))
			acctest.ExpectProblem(t, problems, "", "malformed response from 127.0.0.1:", want, "1 attempt in ")
		})
	}
}

func TestFlowStatisticRepeatedAndUnsortedTimes(t *testing.T) {
	state := acctest.MustReadWith(t, flowStatistic, flowStatisticConfig, acctest.Member("NetDetails", `[
		{"Time": "1768402800", "Current": 3}, {"Time": "1768392000", "Current": 1}, {"Time": "1768402800", "Current": 3},
		{"Time": "1768402800", "Current": 7}, {"Time": "1768395600", "Current": 2}]`))
	acctest.ExpectState(t, state, map[string]string{
		"net_details.#":      "5",
		"net_details.0.time": "2026-01-14T23:00:00+08:00", "net_details.0.current": "3",
		"net_details.1.time": "2026-01-14T20:00:00+08:00", "net_details.1.current": "1",
		"net_details.2.time": "2026-01-14T23:00:00+08:00", "net_details.2.current": "3",
		"net_details.3.time": "2026-01-14T23:00:00+08:00", "net_details.3.current": "7",
		"net_details.4.time": "2026-01-14T21:00:00+08:00", "net_details.4.current": "2",
		"summary.count": "5", "summary.total": "16", "summary.latest": "7", "summary.max": "7",
		"summary.first_time": "2026-01-14T20:00:00+08:00", "summary.last_time": "2026-01-14T23:00:00+08:00",
		"summary.interval_seconds": "", "summary.largest_gap_seconds": "7200",
	})
}

func TestFlowStatisticRequestID(t *testing.T) {
	const refused = `{"Response": {"Error": {"Code": "InvalidParameter", "Message": "no"}%s}}`
	header := map[string]string{"X-TC-RequestId": "h-1"}
	for name, test := range map[string]struct {
		success emulator.Fault
		failure string
		header  map[string]string
		want    string
	}{
		"in the body":            {acctest.Member("RequestId", `"r-1"`), `, "RequestId": "r-1"`, header, "r-1"},
		"empty":                  {acctest.Member("RequestId", `""`), `, "RequestId": ""`, nil, ""},
		"missing":                {acctest.Member("RequestId", ""), "", nil, ""},
		"empty, in the header":   {acctest.Member("RequestId", `""`), `, "RequestId": ""`, header, "h-1"},
		"missing, in the header": {acctest.Member("RequestId", ""), "", header, "h-1"},
	} {
		t.Run(name, func(t *testing.T) {
			test.success.Header = test.header
			config := flowStatisticConfig.With(acctest.Config{"include": []any{"request_id"}})
			state := acctest.MustReadWith(t, flowStatistic, config, test.success)
			acctest.ExpectState(t, state, map[string]string{"request_id": test.want, "net_details.#": ""})

			_, problems := acctest.ReadWith(t, flowStatistic, flowStatisticConfig, emulator.Fault{
				Kind: emulator.FaultAnswer, Body: strings.Replace(refused, "%s", test.failure, 1), Header: test.header,
			})
			effort := strings.Split(problems[0].Detail, "\n")[1]
			want := "1 attempt in "
			if test.want != "" {
				want = "Request ID " + test.want + ", " + want
			}
			if !strings.HasPrefix(effort, want) {
				t.Errorf("%q, want %q", effort, want)
			}
		})
	}
}

func TestFlowStatisticEncodings(t *testing.T) {
	const text = `{"Response": {"MaxValue": 7, "NetDetails": [], "RequestId": "r-1"}}`
	var utf16 strings.Builder
	for _, b := range []byte(text) {
		utf16.Write([]byte{b, 0})
	}
	answer := func(body string) emulator.Fault { return emulator.Fault{Kind: emulator.FaultAnswer, Body: body} }
	state := acctest.MustReadWith(t, flowStatistic, flowStatisticConfig, answer("\xef\xbb\xbf\r\n"+text))
	acctest.ExpectState(t, state, map[string]string{"max_value": "7", "summary.count": "0"})
	broken := map[string]string{
		"UTF-16 with its mark":    "\xff\xfe" + utf16.String(),
		"UTF-16 without its mark": utf16.String(),
		"NUL between":             strings.ReplaceAll(text, ", ", ",\x00 "),
		"escapes before":          "\x1b[2J" + text,
	}
	for name, body := range broken {
		t.Run(name, func(t *testing.T) {
			_, problems := acctest.ReadWith(t, flowStatistic, flowStatisticConfig, answer(body))
			acctest.ExpectProblem(t, problems, "", "malformed response from 127.0.0.1:")
			suite.ExpectReadable(t, problems)
		})
	}
}

func TestFlowStatisticPercentilesAndBandwidth(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"NetDetails": [
		{"Time": 1768392000, "Current": 450000000}, {"Time": 1768395600, "Current": 900000000}, {"Time": 1768399200, "Current": null},
		{"Time": 1768402800, "Current": 0}
	]}}`)})
	config := flowStatisticConfig.With(acctest.Config{"percentiles": []any{50, 99.9, 1}})
	acctest.ExpectState(t, acctest.MustRead(t, flowStatistic, config), map[string]string{
		"bandwidth.max_mbps": "2", "bandwidth.average_mbps": "1", "bandwidth.p95_mbps": "2",
		"summary.percentiles.50": "450000000", "summary.percentiles.99.9": "900000000", "summary.percentiles.1": "0",
		"percentiles.#": "3", "percentiles.1": "99.9",
	})
	empty := acctest.MustRead(t, flowStatistic, flowStatisticConfig.With(acctest.Config{"percentiles": []any{}}))
	acctest.ExpectState(t, empty, map[string]string{"percentiles.#": "0", "summary.percentiles.50": ""})
}

// A month to date has no whole period yet on the first: nothing is asked for.
func TestFlowStatisticOfAnEmptyWindow(t *testing.T) {
	for granularity, start := range map[string]string{"day": "2026-01-15T00:00:00+08:00", "hour": "2026-01-15T12:00:00Z", "5min": "2026-01-15T12:00:00Z"} {
		e := acctest.Start(t, emulator.Options{})
		config := flowStatisticConfig.With(acctest.Config{"time_granularity": granularity, "lookback": nil, "begin_time": start})
		state := acctest.MustRead(t, flowStatistic, config)
		acctest.ExpectState(t, state, withoutDetails)
		acctest.ExpectState(t, state, map[string]string{"max_value": "", "window.start": state["window.end"], "begin_time": start})
		if calls := len(e.Calls()); calls > 0 || state["window.end"] == "" {
			t.Errorf("%s: %d calls for the window up to %s", granularity, calls, state["window.end"])
		}
	}
}
