// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// generous returns an emulator and a client without rate limits.
func generous(t *testing.T, override func(emulator.API, http.ResponseWriter, *http.Request) bool) (*emulator.Emulator, *qcloud.Client) {
	t.Helper()
	server := emulator.New(emulator.Options{Clock: clock.At(now), Limits: &emulator.Limits{}, Override: override})
	c := config(t, server)
	c.Policy.Limiter = transport.NewLimiter(transport.Quota{Calls: 1e9, Window: time.Second}, 1)
	c.Policy.MaxRetries = 0
	return server, qcloud.New(c)
}

// hosts returns n hosts, one of which has no traffic.
func hosts(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("www%02d.example.com", i)
	}
	all[n/2] = "idle.example.com"
	return all
}

// asked returns the numbers of hosts in the calls of each day.
func asked(t *testing.T, e *emulator.Emulator) map[string][]int {
	t.Helper()
	calls := make(map[string][]int)
	for _, call := range e.Calls() {
		form, err := url.ParseQuery(string(call.Body))
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for form.Has(fmt.Sprintf("hosts.%d", count)) {
			count++
		}
		calls[form.Get("date")] = append(calls[form.Get("date")], count)
	}
	for _, counts := range calls {
		slices.Sort(counts)
	}
	return calls
}

func TestAnySplitEqualsTheWhole(t *testing.T) {
	dates := []string{"2026-01-15", "2025-03-09", "2025-11-02"} // In the requested order: today, and days on which clocks change.
	for _, n := range []int{1, 4, 5, 6, 11} {
		for _, statType := range []string{"", "statuscode"} {
			_, client := generous(t, nil)
			request := qcloud.OverseaISPDetailRequest{Dates: dates, Hosts: hosts(n), Provs: []int64{1044, 57, -3}, StatType: statType}
			whole, err := client.OverseaISPDetail(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			pieces := []qcloud.Series{}
			for _, date := range dates {
				for _, host := range request.Hosts {
					piece, err := client.OverseaISPDetail(t.Context(), qcloud.OverseaISPDetailRequest{
						Dates: []string{date}, Hosts: []string{host}, Provs: request.Provs, StatType: statType,
					})
					if err != nil {
						t.Fatal(err)
					}
					pieces = append(pieces, piece...)
				}
			}
			if n > 1 && len(pieces) == 0 {
				t.Fatal("there is no data to compare")
			}
			if diff := cmp.Diff(pieces, append([]qcloud.Series{}, whole...)); diff != "" {
				t.Errorf("%d hosts (-pieces +whole)\n%.2000s", n, diff)
			}
		}
	}
}

func TestTwelveHostsOverTwoDaysAreSixCalls(t *testing.T) {
	server, client := generous(t, nil)
	series, err := client.OverseaISPDetail(t.Context(), qcloud.OverseaISPDetailRequest{
		Dates: []string{"2026-01-13", "2026-01-14"}, Hosts: hosts(12), Provs: []int64{1044}, StatType: "flux",
	})
	if err != nil || len(series) != 2*11 {
		t.Errorf("%d series, %v; want those of 11 hosts on two days", len(series), err)
	}
	want := map[string][]int{"2026-01-13": {2, 5, 5}, "2026-01-14": {2, 5, 5}}
	if diff := cmp.Diff(want, asked(t, server)); diff != "" {
		t.Errorf("hosts per call (-want +got)\n%s", diff)
	}
}

func TestAFailedPartFailsTheRead(t *testing.T) {
	server, client := generous(t, func(_ emulator.API, w http.ResponseWriter, r *http.Request) bool {
		if err := r.ParseForm(); err != nil || r.Form.Get("date") != "2026-01-13" || r.Form.Get("hosts.0") != "www05.example.com" {
			return false
		}
		_, _ = io.WriteString(w, `{"code": 4000, "message": "(9110)no such host"}`)
		return true
	})
	series, err := client.OverseaISPDetail(t.Context(), qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-12", "2026-01-13"}, Hosts: hosts(12)})
	if len(series) > 0 || err == nil {
		t.Fatalf("%d series, %v; want an error", len(series), err)
	}
	const want = "part 2026-01-13 of www05.example.com, idle.example.com, www07.example.com, www08.example.com, www09.example.com: code 4000: (9110)no such host"
	if err.Error() != want {
		t.Errorf("error %s\n want %s", err, want)
	}
	refusal, ok := errors.AsType[*qcloud.APIError](err)
	if _, counted := errors.AsType[*transport.CallError](err); !ok || refusal.ModuleCode != "9110" || !counted {
		t.Errorf("%v is no counted error of the vendor", err)
	}
	if n := len(server.Calls()); n > 6 {
		t.Errorf("%d calls, want at most 6", n)
	}
}

func TestTheOnlyPartIsNotNamed(t *testing.T) {
	_, client := generous(t, nil)
	_, err := client.OverseaISPDetail(t.Context(), qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-12"}, Hosts: []string{"missing.example.com"}})
	if err == nil || strings.Contains(err.Error(), "part") {
		t.Errorf("error %v", err)
	}
}

func TestReadsThatDoNotFitAreRefusedBeforeTheFirstCall(t *testing.T) {
	server := emulator.New(emulator.Options{Clock: clock.At(now)})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	request := qcloud.OverseaISPDetailRequest{Hosts: hosts(50)}
	for day := range 20 {
		request.Dates = append(request.Dates, now.AddDate(0, 0, -day).Format(time.DateOnly))
	}
	_, err := qcloud.New(config(t, server)).OverseaISPDetail(ctx, request)
	refused, ok := errors.AsType[*transport.TooSlowError](err)
	// There are ten calls per day. Of these 200 calls, 25 start at once and 75 per minute.
	if !ok || refused.Calls != 200 || refused.Needs.Round(time.Second) != 140*time.Second || len(server.Calls()) != 0 {
		t.Errorf("error %v after %d calls", err, len(server.Calls()))
	}
}
