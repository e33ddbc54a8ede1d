// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestCDNRelayTrafficOfFourHundredDays(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnRelayTraffic, acctest.Config{
		"lookback_days": 400, "domains": []any{"www.example.com", "static.example.com"}, "group_by": []any{"domain"},
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
	expectState(t, state, want)
	if state["groups.0.peak_bandwidth"] == "" || state["groups.0.peak_time"] == "" {
		t.Errorf("peak is %q at %q", state["groups.0.peak_bandwidth"], state["groups.0.peak_time"])
	}
}

func TestCDNRelayTrafficOfManyDomains(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnRelayTraffic, acctest.Config{"lookback_days": 1, "domains": listed("www%d.example.com", 2001)})
	expectState(t, state, map[string]string{
		"groups.#": "1", "groups.0.domain": "", "groups.0.items.#": "1", "groups.0.items.0.relay_traffic": state["groups.0.total_relay_traffic"],
		// The peaks of two parts need not be at one time.
		"groups.0.peak_bandwidth": "", "groups.0.peak_time": "",
	})
	if n := len(e.Calls()); n != 2 || state["groups.0.total_relay_traffic"] == "" {
		t.Errorf("%d calls, total %q", n, state["groups.0.total_relay_traffic"])
	}
}

// An account that has too many domains has to name them.
func TestCDNRelayTrafficOfALargeAccount(t *testing.T) {
	acctest.Start(t, emulator.Options{AccountDomains: make([]string, 2001)})
	problems := readProblems(t, acctest.NewServer(t), cdnRelayTraffic, acctest.Config{"lookback_days": 31})
	expectProblem(t, problems, "domains", "24001125", "has to list them in domains")
}

func TestCDNOverseaISPDetailOfTwelveHosts(t *testing.T) {
	hosts := listed("www%02d.example.com", 12)
	hosts[7] = "idle.example.com"
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnOverseaISPDetail, acctest.Config{
		"date_from": "2026-01-13", "date_to": "2026-01-14", "hosts": hosts, "provs": []any{1044},
	})
	if n := len(e.Calls()); n != 6 {
		t.Errorf("%d calls, want 6", n)
	}
	expectState(t, state, map[string]string{
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

// refusing answers calls whose body has the text with an error of the vendor.
func refusing(text, answer string) override {
	return func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
		body, err := io.ReadAll(r.Body)
		if err != nil || !strings.Contains(string(body), text) {
			return false
		}
		return acctest.Answer(answer)(api, w, r)
	}
}

func TestFault_54_TheErrorNamesThePart(t *testing.T) {
	for dataSource, test := range map[string]struct {
		config       acctest.Config
		text, answer string
		attribute    string
		says         []string
	}{
		cdnRelayTraffic: {
			acctest.Config{"lookback_days": 150, "domains": []any{"a.example.com", "b.example.com"}},
			`"dateFrom":"2025-10-17"`, `{"code": "24001126", "message": "domain does not exist"}`,
			"domains",
			[]string{"failed: part 2025-10-17 to 2025-11-15 of a.example.com, b.example.com: code 24001126: domain does not exist.", "1 attempt in "},
		},
		cdnOverseaISPDetail: {
			acctest.Config{"date": nil, "lookback_days": 5},
			`date=2026-01-12`, `{"code": 4000, "message": "(9160)bad statType"}`,
			"stat_type",
			[]string{"failed: part 2026-01-12 of www.example.com: code 4000: (9160)bad statType.", "1 attempt in "},
		},
	} {
		t.Run(dataSource, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{Override: refusing(test.text, test.answer)})
			problems := readProblems(t, acctest.NewServer(t), dataSource, reads[dataSource].With(test.config))
			expectProblem(t, problems, test.attribute, test.says...)
			if n := len(e.Calls()); n > 5 {
				t.Errorf("%d calls, want at most one a part", n)
			}
		})
	}
}

func TestReadsThatCannotFitAreRefused(t *testing.T) {
	for dataSource, test := range map[string]struct {
		config acctest.Config
		says   string
	}{
		// Of 240 calls in five minutes, 60 start at once.
		cdnRelayTraffic: {
			acctest.Config{"lookback_days": 730, "granularity": "5m", "group_by": []any{"domain"}, "domains": listed("www%d.example.com", 110)},
			"the rate limit holds 250 calls back for 5m17s, and the read timeout leaves 2m0s",
		},
		// Of 80 calls a minute, 20 start at once.
		cdnOverseaISPDetail: {
			acctest.Config{"date": nil, "lookback_days": 100, "hosts": listed("www%d.example.com", 11)},
			"the rate limit holds 300 calls back for 4m40s, and the read timeout leaves 2m0s",
		},
	} {
		t.Run(dataSource, func(t *testing.T) {
			config := reads[dataSource].With(test.config).With(acctest.Config{"include_points": false, "timeouts": acctest.Config{"read": "2m"}})
			e := inBubble(t, 0, nil, func(b bubble) {
				_, problems := b.read(dataSource, config)
				expectProblem(b.T, problems, "", test.says+".\nRaise timeouts.read or quota_share, or read less at once.")
			})
			if calls := e.Calls(); len(calls) > 0 {
				t.Errorf("the vendor was asked %d times", len(calls))
			}
		})
	}
}

// listed returns so many names of a format.
func listed(format string, n int) []any {
	names := make([]any, n)
	for i := range names {
		names[i] = fmt.Sprintf(format, i)
	}
	return names
}
