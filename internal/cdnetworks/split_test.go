// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// generous is an emulator and a client without rate limits.
type generous struct {
	*emulator.Emulator
	client *cdnetworks.Client
}

func newGenerous(t *testing.T, memo *transport.Memo, override func(emulator.API, http.ResponseWriter, *http.Request) bool) generous {
	t.Helper()
	server := emulator.New(emulator.Options{Clock: clock.At(noon), Limits: &emulator.Limits{}, Override: override})
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	return generous{server, cdnetworks.New(cdnetworks.Config{
		Endpoint: serve(t, server), Username: emulator.DefaultCDNetworksUsername, APIKey: emulator.DefaultCDNetworksAPIKey, HTTP: client,
		Policy: transport.Policy{API: "relay", Limiter: transport.NewLimiter(transport.Quota{Calls: 1e9, Window: time.Second}, 1), Memo: memo},
		Clock:  clock.NewCorrected(clock.At(noon)),
	})}
}

func (g generous) read(t *testing.T, r cdnetworks.RelayTrafficRequest) *cdnetworks.RelayTrafficReport {
	t.Helper()
	report, err := g.client.RelayTraffic(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// pieces reads a request day by day and merges the answers itself.
func (g generous) pieces(t *testing.T, r cdnetworks.RelayTrafficRequest, domains []string) cdnetworks.Group {
	t.Helper()
	var whole cdnetworks.Group
	var totals []decimal.Decimal
	for _, date := range dates(t, r.DateFrom, r.DateTo) {
		r.DateFrom, r.DateTo, r.Domains = date, date, domains
		for _, piece := range g.read(t, r).Groups {
			whole.Domain = piece.Domain
			totals = append(totals, piece.Total)
			whole.Items = append(whole.Items, piece.Items...)
			if piece.PeakBandwidth.Cmp(whole.PeakBandwidth) > 0 {
				whole.PeakBandwidth, whole.PeakTime = piece.PeakBandwidth, piece.PeakTime
			}
		}
	}
	whole.Total = decimal.Sum(totals...)
	return whole
}

// dates returns the days from the first to the last.
func dates(t *testing.T, from, to string) []string {
	t.Helper()
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for day := first; len(all) == 0 || all[len(all)-1] != to; day = day.AddDate(0, 0, 1) {
		all = append(all, day.Format(time.DateOnly))
	}
	return all
}

// expectWhole compares the answer to a request with its merged pieces.
func expectWhole(t *testing.T, g generous, r cdnetworks.RelayTrafficRequest) *cdnetworks.RelayTrafficReport {
	t.Helper()
	want := []cdnetworks.Group{}
	if slices.Contains(r.GroupBy, "domain") {
		for _, domain := range r.Domains {
			if group := g.pieces(t, r, []string{domain}); group.Domain != "" {
				want = append(want, group)
			}
		}
	} else if group := g.pieces(t, r, r.Domains); group.Items != nil {
		want = append(want, group)
	}
	report := g.read(t, r)
	if diff := cmp.Diff(want, report.Groups); diff != "" {
		t.Fatalf("%+v (-pieces +whole)\n%s", r, diff)
	}
	return report
}

func daysAgo(n int) string {
	return noon.In(time.FixedZone("", 8*3600)).AddDate(0, 0, -n).Format(time.DateOnly)
}

func TestAnySplitEqualsTheWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 0))
	names := []string{"www.example.com", "idle.example.com", "a.example.com", "b.example.com", "c.example.com"}
	g := newGenerous(t, nil, nil)
	for range 12 {
		from := 1 + random.IntN(729)
		r := cdnetworks.RelayTrafficRequest{
			DateFrom: daysAgo(from), DateTo: daysAgo(max(0, from-random.IntN(80))),
			Timezone:    []string{"", "GMT-10:00", "GMT+05:45", "GMT+13:00"}[random.IntN(4)],
			Domains:     names[:1+random.IntN(len(names))],
			Granularity: []string{"", "1d", "1h", "5m"}[random.IntN(4)],
		}
		if random.IntN(2) == 0 {
			r.GroupBy = []string{"domain"}
		}
		if r.Granularity == "1h" || r.Granularity == "5m" {
			r.TimeRounding = []string{"", "up", "down"}[random.IntN(3)]
		}
		expectWhole(t, g, r)
	}
}

func TestFourHundredDaysAreFourteenCalls(t *testing.T) {
	g := newGenerous(t, nil, nil)
	r := cdnetworks.RelayTrafficRequest{
		DateFrom: daysAgo(400), DateTo: daysAgo(1), Domains: []string{"www.example.com", "static.example.com"}, GroupBy: []string{"domain"},
	}
	g.read(t, r)
	if n := len(g.Calls()); n != 14 {
		t.Errorf("%d calls, want 14", n)
	}
	for _, group := range expectWhole(t, g, r).Groups {
		var traffic []decimal.Decimal
		for _, item := range group.Items {
			traffic = append(traffic, item.Traffic)
		}
		if total := decimal.Sum(traffic...); len(traffic) != 400 || total != group.Total {
			t.Errorf("%s: %d days with %s in all, the total is %s", group.Domain, len(traffic), total, group.Total)
		}
	}
}

// names returns n domains, one of which has no traffic.
func names(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("www%d.example.com", i)
	}
	all[n-1] = "idle.example.com"
	return all
}

func TestMoreDomainsThanOneCallAllows(t *testing.T) {
	all := names(2001)
	for name, test := range map[string]struct {
		request cdnetworks.RelayTrafficRequest
		calls   int
	}{
		"by domain":           {cdnetworks.RelayTrafficRequest{DateTo: daysAgo(1), GroupBy: []string{"domain"}}, 2},
		"together":            {cdnetworks.RelayTrafficRequest{DateTo: daysAgo(1)}, 2},
		"by domain, in hours": {cdnetworks.RelayTrafficRequest{DateTo: daysAgo(1), Granularity: "1h", GroupBy: []string{"domain"}}, 2},
		"together, in hours":  {cdnetworks.RelayTrafficRequest{DateTo: daysAgo(2), Granularity: "1h"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := test.request
			r.DateFrom, r.Domains = daysAgo(2), all
			g := newGenerous(t, nil, nil)
			report := g.read(t, r)
			if n := len(g.Calls()); n != test.calls {
				t.Errorf("%d calls, want %d", n, test.calls)
			}
			// The reference is read domain by domain.
			r.GroupBy, r.Domains = []string{"domain"}, all[:1000]
			groups := g.read(t, r).Groups
			r.Domains = all[1000:]
			groups = append(groups, g.read(t, r).Groups...)
			if len(groups) != 2000 {
				t.Fatalf("%d domains have traffic, want 2000", len(groups))
			}
			if test.request.GroupBy == nil {
				groups = []cdnetworks.Group{added(groups)}
			}
			if !reflect.DeepEqual(groups, report.Groups) { // cmp.Diff would be slow.
				t.Errorf("(-domains +whole)\n%.2000s", cmp.Diff(groups, report.Groups))
			}
		})
	}
}

// added returns the sum of groups with the same times, without a peak.
func added(groups []cdnetworks.Group) cdnetworks.Group {
	var totals []decimal.Decimal
	traffic := make([][]decimal.Decimal, len(groups[0].Items))
	for _, group := range groups {
		totals = append(totals, group.Total)
		for i, item := range group.Items {
			traffic[i] = append(traffic[i], item.Traffic)
		}
	}
	all := cdnetworks.Group{Total: decimal.Sum(totals...)}
	for i, item := range groups[0].Items {
		all.Items = append(all.Items, cdnetworks.Item{Time: item.Time, Traffic: decimal.Sum(traffic[i]...)})
	}
	return all
}

// The places of these zones have daylight saving time, but the vendor's zones are fixed offsets.
func TestWindowsIgnoreDaylightSavingTime(t *testing.T) {
	for _, window := range [][2]string{{"2025-02-20", "2025-03-21"}, {"2025-02-20", "2025-03-22"}, {"2025-10-15", "2025-11-20"}} {
		for _, zone := range []string{"GMT-05:00", "GMT+01:00", "GMT-03:30", "GMT+14:00"} {
			r := cdnetworks.RelayTrafficRequest{
				DateFrom: window[0], DateTo: window[1], Timezone: zone, Granularity: "1h", TimeRounding: "down", Domains: []string{"www.example.com"},
			}
			report := expectWhole(t, newGenerous(t, nil, nil), r)
			all := report.Groups[0].Items
			if want := 24 * len(dates(t, window[0], window[1])); len(all) != want {
				t.Errorf("%s in %s: %d hours, want %d", window, zone, len(all), want)
			}
			for i, item := range all {
				if want := all[0].Time.Add(time.Duration(i) * time.Hour); !item.Time.Equal(want) {
					t.Fatalf("%s in %s: hour %d is %s, want %s", window, zone, i, item.Time, want)
				}
			}
			if first := all[0].Time.Format("2006-01-02T15:04:05Z07:00"); first != window[0]+"T00:00:00"+zone[3:] {
				t.Errorf("%s in %s begins at %s", window, zone, first)
			}
		}
	}
}

// failing answers the part that begins on the given day with an error.
func failing(day, code string) func(emulator.API, http.ResponseWriter, *http.Request) bool {
	return func(_ emulator.API, w http.ResponseWriter, r *http.Request) bool {
		var asked struct{ DateFrom string }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || asked.DateFrom != day {
			return false
		}
		_, _ = io.WriteString(w, `{"code": "`+code+`", "message": "no"}`)
		return true
	}
}

func TestAFailedPartFailsTheRead(t *testing.T) {
	for code, calls := range map[string]int{"24001123": 5, "24002001": 5} {
		g := newGenerous(t, nil, failing("2025-10-30", code))
		report, err := g.client.RelayTraffic(t.Context(), cdnetworks.RelayTrafficRequest{
			DateFrom: "2025-08-31", DateTo: "2026-01-14", Domains: []string{"www.example.com", "static.example.com"},
		})
		if report != nil || err == nil {
			t.Fatalf("%+v, %v; want an error", report, err)
		}
		if want := "part 2025-10-30 to 2025-11-28 of www.example.com, static.example.com: code " + code + ": no"; err.Error() != want {
			t.Errorf("error %s\n want %s", err, want)
		}
		refusal, ok := errors.AsType[*cdnetworks.APIError](err)
		if _, counted := errors.AsType[*transport.CallError](err); !ok || refusal.Code != code || !counted {
			t.Errorf("%v is no counted error of the vendor", err)
		}
		if n := len(g.Calls()); n > calls {
			t.Errorf("%d calls, want at most %d", n, calls)
		}
	}
}

func TestTheOnlyPartIsNotNamed(t *testing.T) {
	g := newGenerous(t, nil, failing("2025-10-30", "24001123"))
	_, err := g.client.RelayTraffic(t.Context(), cdnetworks.RelayTrafficRequest{DateFrom: "2025-10-30", DateTo: "2025-10-30"})
	if err == nil || strings.Contains(err.Error(), "part") {
		t.Errorf("error %v", err)
	}
}

// Reads share the answers of parts, so merging must not change them.
func TestPartsAreShared(t *testing.T) {
	g := newGenerous(t, transport.NewMemo(), nil)
	r := cdnetworks.RelayTrafficRequest{DateFrom: daysAgo(61), DateTo: daysAgo(1), Domains: []string{"www.example.com"}, Granularity: "1h"}
	first := g.read(t, r)
	longer := r
	longer.DateTo = daysAgo(0)
	g.read(t, longer)
	if diff := cmp.Diff(first.Groups, g.read(t, r).Groups); diff != "" {
		t.Errorf("(-first +again)\n%.2000s", diff)
	}
	if n := len(g.Calls()); n != 4 {
		t.Errorf("%d calls, want three for the first read and one for the longer", n)
	}
}

func TestReadsThatDoNotFitAreRefusedBeforeTheFirstCall(t *testing.T) {
	server := emulator.New(emulator.Options{Clock: clock.At(noon)})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := newClient(t, server, clock.At(noon)).RelayTraffic(ctx, cdnetworks.RelayTrafficRequest{
		DateFrom: daysAgo(729), DateTo: daysAgo(1), Domains: names(100), Granularity: "5m", GroupBy: []string{"domain"},
	})
	refused, ok := errors.AsType[*transport.TooSlowError](err)
	// There are 25 windows of 30 days and 10 lists of 11 domains. Of these 250 calls, 75 start at once and 225 per five minutes.
	if !ok || refused.Calls != 250 || refused.Needs.Round(time.Second) != 233*time.Second || len(server.Calls()) != 0 {
		t.Errorf("error %v after %d calls", err, len(server.Calls()))
	}
}
