// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestRelayTrafficReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, relayTraffic, relayTrafficConfig)
	acctest.ExpectState(t, state, map[string]string{
		"report_type":             "get-cdn-relay-traffic",
		"groups.#":                "1",
		"groups.0.domain":         "",
		"groups.0.items.#":        "2",
		"groups.0.items.0.time":   "2026-01-13T00:00:00+08:00",
		"groups.0.items.1.time":   "2026-01-14T00:00:00+08:00",
		"groups.0.summary.count":  "2",
		"groups.0.summary.latest": state["groups.0.items.1.relay_traffic"],
		"missing_domains.#":       "",
		"granularity":             "",
	})
	if state["groups.0.peak_bandwidth"] == "" || state["groups.0.peak_time"] == "" {
		t.Errorf("peak is %q at %q", state["groups.0.peak_bandwidth"], state["groups.0.peak_time"])
	}
}

func TestRelayTrafficTotalsAreExact(t *testing.T) {
	for granularity, items := range map[string]string{"1d": "7", "1h": "168", "5m": "2016"} {
		t.Run(granularity, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			state := acctest.MustRead(t, relayTraffic, acctest.Config{"lookback": "7d", "granularity": granularity, "group_by": []any{"domain"}})
			acctest.ExpectState(t, state, map[string]string{
				"groups.#":        "3",
				"groups.0.domain": "www.example.com", "groups.1.domain": "static.example.com", "groups.2.domain": "download.example.com",
			})
			for i := range 3 {
				group := fmt.Sprintf("groups.%d.", i)
				acctest.ExpectState(t, state, map[string]string{
					group + "items.#":       items,
					group + "summary.count": items,
					group + "summary.total": state[group+"total_relay_traffic"],
				})
				if got := state[group+"peak_bandwidth"]; (got == "") != (granularity == "5m") {
					t.Errorf("%speak_bandwidth is %q", group, got)
				}
			}
		})
	}
}

// The document's own sample: another zone than asked for, periods of five minutes although days are the default.
func TestRelayTrafficDocumentSample(t *testing.T) {
	var items []string
	for i, traffic := range []string{
		"0.000", "0.009", "0.005", "0.005", "0.005", "0.003", "0.004", "0.004", "0.004", "0.003", "0.003", "0.004", "0.004",
	} {
		items = append(items, fmt.Sprintf(`{"time": "2024-09-01 %02d:%02d:00", "relayTraffic": "%s"}`, 1+i/12, i%12*5, traffic))
	}
	group := `{"domain": "%s.example.com", "totalRelayTraffic": "0.053", "peakBandwidth": "0.246", "peakTime": "2024-09-01 01:05:00", "item": [` + strings.Join(items, ",") + `]}`
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": "0", "message": "Success", "data": {"report": {
		"type": "get-cdn-relay-traffic", "dateFrom": "2024-09-01", "dateTo": "2024-09-01", "timezone": "GMT+07:00",
		"groups": [` + fmt.Sprintf(group, "a") + `,` + fmt.Sprintf(group, "b") + `]}}}`)})
	state := acctest.MustRead(t, relayTraffic, acctest.Config{"date_from": "2024-09-01", "date_to": "2024-09-01"})
	acctest.ExpectState(t, state, map[string]string{
		"window.start": "2024-09-01T00:00:00+08:00", "window.end": "2024-09-02T00:00:00+08:00",
		"groups.#": "2", "groups.0.domain": "a.example.com", "groups.1.domain": "b.example.com",
		"groups.1.total_relay_traffic": "0.053",
		"groups.1.peak_bandwidth":      "0.246", "groups.1.peak_time": "2024-09-01T01:05:00+07:00",
		"groups.1.items.#":      "13",
		"groups.1.items.0.time": "2024-09-01T01:00:00+07:00", "groups.1.items.0.relay_traffic": "0",
		"groups.1.items.1.time": "2024-09-01T01:05:00+07:00", "groups.1.items.1.relay_traffic": "0.009",
		"groups.1.items.12.time": "2024-09-01T02:00:00+07:00", "groups.1.items.12.relay_traffic": "0.004",
		"groups.1.summary.count": "13", "groups.1.summary.total": "0.053", "groups.1.summary.average": "0.004077",
		"groups.1.summary.max": "0.009", "groups.1.summary.max_time": "2024-09-01T01:05:00+07:00", "groups.1.summary.p95": "0.009",
		"groups.1.summary.interval_seconds": "300",
	})
}

func TestRelayTrafficKeepsWhatComes(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": 0, "data": {"report": {"type": "other", "groups": {
		"totalRelayTraffic": "12345678901234567.001", "peakBandwidth": "", "item": [
			{"time": "2026-01-14 00:05", "relayTraffic": ".5"},
			{"time": "2026-01-14 00:00:00", "relayTraffic": "1e3"},
			{"time": "2026-01-14 00:00:00", "relayTraffic": ""},
			{"time": "2026-01-14 00:00:00", "relayTraffic": 12345678901234567}
		]}}}}`)})
	acctest.ExpectState(t, acctest.MustRead(t, relayTraffic, relayTrafficConfig), map[string]string{
		"report_type": "other", "groups.#": "1", "groups.0.domain": "",
		"groups.0.total_relay_traffic": "12345678901234567.001", "groups.0.peak_bandwidth": "", "groups.0.peak_time": "",
		"groups.0.items.#":      "4",
		"groups.0.items.0.time": "2026-01-14T00:05:00+08:00", "groups.0.items.0.relay_traffic": "0.5",
		"groups.0.items.1.time": "2026-01-14T00:00:00+08:00", "groups.0.items.1.relay_traffic": "1000",
		"groups.0.items.2.relay_traffic": "", "groups.0.items.3.relay_traffic": "12345678901234567",
		"groups.0.summary.count": "3", "groups.0.summary.latest": "0.5", "groups.0.summary.total": "12345678901235567.5",
	})
}

func TestRelayTrafficMissingDomains(t *testing.T) {
	tests := []struct {
		name   string
		config acctest.Config
		answer string
		want   map[string]string
	}{
		{
			name:   "no traffic",
			config: acctest.Config{"domains": []any{"idle1.example.com", "www.example.com", "idle0.example.com"}, "group_by": []any{"domain"}},
			want: map[string]string{
				"groups.#": "1", "groups.0.domain": "www.example.com",
				"missing_domains.#": "2", "missing_domains.0": "idle1.example.com", "missing_domains.1": "idle0.example.com",
			},
		},
		{
			name: "all came back", config: acctest.Config{"domains": []any{"www.example.com"}, "group_by": []any{"domain"}},
			want: map[string]string{"groups.#": "1", "missing_domains.#": "0"},
		},
		{
			name: "in another case", config: acctest.Config{"domains": []any{"WWW.example.com"}, "group_by": []any{"domain"}},
			answer: `{"code": "0", "data": {"report": {"groups": [{"domain": "www.Example.com"}]}}}`,
			want:   map[string]string{"groups.0.domain": "www.Example.com", "groups.0.items.#": "0", "missing_domains.#": "0"},
		},
		{name: "not grouped", config: acctest.Config{"domains": []any{"idle.example.com"}}, want: map[string]string{"groups.#": "0", "missing_domains.#": ""}},
		{
			name: "none named", config: acctest.Config{"group_by": []any{"domain"}},
			answer: `{"code": "0", "data": {"report": {"groups": null}}}`,
			want:   map[string]string{"groups.#": "0", "missing_domains.#": "", "report_type": ""},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			options := emulator.Options{}
			if test.answer != "" {
				options.Override = acctest.Answer(test.answer)
			}
			acctest.Start(t, options)
			acctest.ExpectState(t, acctest.MustRead(t, relayTraffic, relayTrafficConfig.With(test.config)), test.want)
		})
	}
}

// A domain may hold an invisible character that its script needs. The answer's name is without it.
func TestRelayTrafficInvisibleCharactersMakeNoDomainMissing(t *testing.T) {
	const domain = "نامه\u200cای.example.com"
	body := `{"code":"0","data":{"report":{"groups":[{"domain":"` + domain + `"}]}}}`
	acctest.Start(t, emulator.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = nil // It would be the time of this machine.
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close) // The emulator knows no such domain.
	t.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	config := acctest.Config{"domains": []any{domain}, "group_by": []any{"domain"}}
	acctest.ExpectState(t, acctest.MustRead(t, relayTraffic, relayTrafficConfig.With(config)), map[string]string{"missing_domains.#": "0"})
}

func TestRelayTrafficValues(t *testing.T) {
	grouped := relayTrafficConfig.With(acctest.Config{"group_by": []any{"domain"}})
	for value, want := range map[string]string{`""`: "", `"0.053"`: "0.053", `".5"`: "0.5", `"1e3"`: "1000", "null": ""} {
		state := acctest.MustReadWith(t, relayTraffic, grouped, acctest.Member("relayTraffic", value))
		acctest.ExpectState(t, state, map[string]string{"groups.0.items.0.relay_traffic": want, "groups.0.items.#": "2"})
	}
	for value, place := range map[string]string{"relayTraffic": "item[0].relayTraffic", "totalRelayTraffic": "totalRelayTraffic", "peakBandwidth": "peakBandwidth"} {
		for _, text := range []string{"-", "1,234.567"} {
			_, problems := acctest.ReadWith(t, relayTraffic, grouped, acctest.Member(value, `"`+text+`"`))
			acctest.ExpectProblem(t, problems, "", "malformed response", fmt.Sprintf("groups[0].%s: not a decimal number: %q", place, text), "1 attempt in ")
		}
	}
}

func TestRelayTrafficOfFourHundredDays(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, relayTraffic, acctest.Config{
		"lookback": "400d", "domains": []any{"www.example.com", "static.example.com"}, "group_by": []any{"domain"},
	})
	if n := len(e.Calls()); n != 14 {
		t.Errorf("%d calls, want 14", n)
	}
	want := map[string]string{
		"window.start": "2024-12-11T00:00:00+08:00", "window.end": "2026-01-15T00:00:00+08:00",
		"groups.#": "2", "groups.0.domain": "www.example.com", "groups.1.domain": "static.example.com", "missing_domains.#": "0",
	}
	for _, group := range []string{"groups.0.", "groups.1."} {
		want[group+"items.#"], want[group+"summary.count"], want[group+"summary.largest_gap_seconds"] = "400", "400", "86400"
		want[group+"summary.total"] = state[group+"total_relay_traffic"]
		want[group+"items.0.time"], want[group+"items.399.time"] = "2024-12-11T00:00:00+08:00", "2026-01-14T00:00:00+08:00"
	}
	acctest.ExpectState(t, state, want)
	if state["groups.0.peak_bandwidth"] == "" || state["groups.0.peak_time"] == "" {
		t.Errorf("peak is %q at %q", state["groups.0.peak_bandwidth"], state["groups.0.peak_time"])
	}
}

func TestRelayTrafficOfManyDomains(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, relayTraffic, acctest.Config{"lookback": "1d", "domains": suite.Listed("www%d.example.com", 2001)})
	acctest.ExpectState(t, state, map[string]string{
		"groups.#": "1", "groups.0.domain": "", "groups.0.items.#": "1", "groups.0.items.0.relay_traffic": state["groups.0.total_relay_traffic"],
		// The peaks of two parts need not be at one time.
		"groups.0.peak_bandwidth": "", "groups.0.peak_time": "",
	})
	if n := len(e.Calls()); n != 2 || state["groups.0.total_relay_traffic"] == "" {
		t.Errorf("%d calls, total %q", n, state["groups.0.total_relay_traffic"])
	}
}

// An account that has too many domains has to name them.
func TestRelayTrafficOfALargeAccount(t *testing.T) {
	acctest.Start(t, emulator.Options{AccountDomains: make([]string, 2001)})
	problems := acctest.ReadProblems(t, relayTraffic, acctest.Config{"lookback": "31d"})
	acctest.ExpectProblem(t, problems, "domains", "24001125", "list those to read in domains")
}

// An answer about another day than the one asked for is no answer.
func TestRelayTrafficAboutAnotherDay(t *testing.T) {
	for name, answer := range map[string]string{
		"a time":  `{"code": "0", "data": {"report": {"groups": [{"item": [{"time": "2026-01-12 00:00:00", "relayTraffic": "1"}]}]}}}`,
		"a date":  `{"code": "0", "data": {"report": {"dateFrom": "2025-01-13", "dateTo": "2025-01-14", "groups": []}}}`,
		"no days": `{"code": "0", "data": {"report": {"groups": [{"peakTime": "2026-01-16 00:00:00"}]}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(answer)})
			problems := acctest.ReadProblems(t, relayTraffic, relayTrafficConfig)
			acctest.ExpectProblem(t, problems, "", "malformed response", "$.data.report.", "2026-01-13")
		})
	}
}

// The end of a day is the beginning of the next.
func TestRelayTrafficMidnight(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": "0", "data": {"report": {"groups": [{"peakTime": "2026-01-14 24:00:00", "item": [
		{"time": "2026-01-14 23:55:00", "relayTraffic": "1"}, {"time": "2026-01-14 24:00:00", "relayTraffic": "2"}]}]}}}`)})
	state := acctest.MustRead(t, relayTraffic, relayTrafficConfig.With(acctest.Config{"granularity": "5m", "percentiles": []any{50}}))
	acctest.ExpectState(t, state, map[string]string{
		"groups.0.items.1.time": "2026-01-15T00:00:00+08:00", "groups.0.peak_time": "2026-01-15T00:00:00+08:00",
		"groups.0.summary.latest": "2", "groups.0.summary.percentiles.50": "1", "period_seconds": "300",
	})
}
