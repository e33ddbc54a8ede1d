// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// askRelay sends a request and decodes the answer.
func askRelay(t *testing.T, e *emulator.Emulator, r *http.Request) (status int, answer cdnetworks.Answer) {
	t.Helper()
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	if w.Header().Get("x-cnc-request-id") == "" {
		t.Error("the answer has no x-cnc-request-id")
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return w.Code, answer
}

// relay asks for a report at noon with the given members, in pairs of name and value.
func relay(t *testing.T, members ...string) cdnetworks.Report {
	t.Helper()
	status, answer := askRelay(t, emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)}), emulatortest.Relay(emulatortest.Noon, relayBody(members...)))
	if status != http.StatusOK || answer.Code != "0" || answer.Message != "Success" {
		t.Fatalf("status %d, code %s: %s", status, answer.Code, answer.Message)
	}
	return answer.Data.Report
}

func relayBody(members ...string) string {
	body := make(map[string]any)
	for i := 0; i < len(members); i += 2 {
		body[members[i]] = members[i+1]
	}
	return emulatortest.Object(body, nil)
}

// count reads a figure with three decimals as a number of thousandths.
func count(t *testing.T, figure string) int64 {
	t.Helper()
	var whole, part int64
	if _, err := fmt.Sscanf(figure, "%d.%3d", &whole, &part); err != nil || len(figure)-strings.Index(figure, ".") != 4 {
		t.Fatalf("%q is no number with three decimals", figure)
	}
	return whole*1000 + part
}

// traffic reads the items of a report's only group by their times.
func traffic(t *testing.T, report cdnetworks.Report) map[string]int64 {
	t.Helper()
	if len(report.Groups) != 1 {
		t.Fatalf("%d groups, want 1", len(report.Groups))
	}
	items := make(map[string]int64)
	for _, item := range report.Groups[0].Items {
		items[item.Time] = count(t, item.RelayTraffic)
	}
	return items
}

func TestRelayAcceptsPublishedVector(t *testing.T) {
	at := time.Date(2012, 5, 17, 19, 37, 58, 0, time.UTC)
	r := emulatortest.Relay(at, "{}")
	r.Header.Set("Authorization", "Basic ZXhhbXBsZV91c2VybmFtZTppaFJneDM0d3hYOFhKTmk4N1EvNmtsMlU0K289")
	e := emulator.New(emulator.Options{CDNetworksUsername: "example_username", CDNetworksAPIKey: "example_apikey", Clock: clock.At(at)})
	if status, answer := askRelay(t, e, r); status != http.StatusOK || answer.Code != "0" {
		t.Errorf("status %d, code %s", status, answer.Code)
	}
}

func TestRelayGatewayChecksRequests(t *testing.T) {
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	password := func(r *http.Request) string { _, p, _ := r.BasicAuth(); return p }
	tests := []struct {
		name   string
		at     time.Time
		change func(*http.Request)
		status int
		code   string
	}{
		{"accepted", emulatortest.Noon, func(*http.Request) {}, 200, "0"},
		{"ten minutes early", emulatortest.Noon.Add(-10 * time.Minute), func(*http.Request) {}, 200, "0"},
		{"too early", emulatortest.Noon.Add(-10*time.Minute - time.Second), func(*http.Request) {}, 401, "Unauthorized"},
		{"too late", emulatortest.Noon.Add(10*time.Minute + time.Second), func(*http.Request) {}, 401, "Unauthorized"},
		{"date in its own header", emulatortest.Noon, func(r *http.Request) {
			r.Header.Set("x-cnc-date", r.Header.Get("Date"))
			r.Header.Set("Date", "Mon, 01 Jan 2001 00:00:00 GMT")
		}, 200, "0"},
		{"no date", emulatortest.Noon, func(r *http.Request) { r.Header.Del("Date") }, 401, "Unauthorized"},
		{"date not in GMT", emulatortest.Noon, set("Date", "Tue, 10 Mar 2026 12:00:00 CST"), 401, "Unauthorized"},
		{"another date than signed", emulatortest.Noon, set("Date", "Tue, 10 Mar 2026 04:00:01 GMT"), 401, "Unauthorized"},
		{"no account", emulatortest.Noon, func(r *http.Request) { r.Header.Del("Authorization") }, 401, "Unauthorized"},
		{"another account", emulatortest.Noon, func(r *http.Request) { r.SetBasicAuth("other", password(r)) }, 401, "Unauthorized"},
		{"one bit off", emulatortest.Noon, func(r *http.Request) {
			p := []byte(password(r))
			p[0] ^= 1
			r.SetBasicAuth(emulator.DefaultCDNetworksUsername, string(p))
		}, 401, "Unauthorized"},
		{"key instead of password", emulatortest.Noon, func(r *http.Request) {
			r.SetBasicAuth(emulator.DefaultCDNetworksUsername, emulator.DefaultCDNetworksAPIKey)
		}, 401, "Unauthorized"},
		{"content type with charset", emulatortest.Noon, set("Content-Type", "application/json; charset=utf-8"), 200, "0"},
		{"JSON sent with curl -d", emulatortest.Noon, set("Content-Type", "application/x-www-form-urlencoded"), 200, "0"},
		{"text", emulatortest.Noon, set("Content-Type", "text/plain"), 415, "UnsupportedMediaType"},
		{"no content type", emulatortest.Noon, func(r *http.Request) { r.Header.Del("Content-Type") }, 415, "UnsupportedMediaType"},
		{"GET", emulatortest.Noon, func(r *http.Request) { r.Method = http.MethodGet }, 405, "MethodNotAllowed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
			r := emulatortest.Relay(test.at, "{}")
			test.change(r)
			status, answer := askRelay(t, e, r)
			if status != test.status || answer.Code != test.code {
				t.Errorf("status %d, code %s, want %d, %s", status, answer.Code, test.status, test.code)
			}
			call := e.CallsTo(emulator.CDNetworks)[0]
			if call.Status != status || call.Action != "GetCdnRelayTraffic" || test.code != "0" && call.Code != test.code {
				t.Errorf("recorded %+v", call)
			}
		})
	}
}

func TestRelayChecksParameters(t *testing.T) {
	many := func(n int) string {
		return relayBody("dateFrom", "2026-03-09", "dateTo", "2026-03-09", "domain", strings.Repeat("a.example.com;", n-1)+"b.example.com")
	}
	days := func(from, to string) string { return relayBody("dateFrom", from, "dateTo", to) }
	tests := []struct {
		name, body, code string
	}{
		{"nothing", `{}`, "0"},
		{"no JSON", `dateFrom=2026-03-01`, cdnetworks.CodeFormat},
		{"no object", `[]`, cdnetworks.CodeFormat},
		{"unknown", relayBody("datefrom", "2026-03-01"), cdnetworks.CodeNotAllowed},
		{"number for text", `{"domain":1}`, cdnetworks.CodeFormat},
		{"null", `{"domain":null}`, cdnetworks.CodeFormat},
		{"one date", relayBody("dateFrom", "2026-03-01"), cdnetworks.CodeMissing},
		{"the other date", relayBody("dateTo", "2026-03-01"), cdnetworks.CodeMissing},
		{"not a date", days("2026-02-30", "2026-03-01"), cdnetworks.CodeFormat},
		{"a time", days("2026-03-01", "2026-03-01 00:00:00"), cdnetworks.CodeFormat},
		{"dates the wrong way round", days("2026-03-02", "2026-03-01"), cdnetworks.CodeRange},
		{"one day", days("2026-03-01", "2026-03-01"), "0"},
		{"30 days", days("2026-02-01", "2026-03-02"), "0"},
		{"31 days", days("2026-02-01", "2026-03-03"), cdnetworks.CodeRange},
		{"730 days ago", days("2024-03-10", "2024-03-10"), "0"},
		{"731 days ago", days("2024-03-09", "2024-03-10"), cdnetworks.CodeRange},
		{"tomorrow", days("2026-03-11", "2026-03-11"), cdnetworks.CodeRange},
		{"up to a day after today", days("2026-03-01", "2026-12-31"), "0"},
		{"tomorrow there", relayBody("dateFrom", "2026-03-10", "dateTo", "2026-03-10", "timezone", "GMT-05:00"), cdnetworks.CodeRange},
		{"zone without minutes", relayBody("timezone", "GMT+8"), cdnetworks.CodeFormat},
		{"zone without sign", relayBody("timezone", "GMT08:00"), cdnetworks.CodeFormat},
		{"zone of a place", relayBody("timezone", "Asia/Shanghai"), cdnetworks.CodeFormat},
		{"zone off the slots", relayBody("timezone", "GMT+08:01"), cdnetworks.CodeRange},
		{"zone too far", relayBody("timezone", "GMT-15:00"), cdnetworks.CodeRange},
		{"granularity", relayBody("granularity", "1m"), cdnetworks.CodeBadValue},
		{"rounding", relayBody("granularity", "5m", "timeRounding", "near"), cdnetworks.CodeBadValue},
		{"rounding of days", relayBody("timeRounding", "up"), cdnetworks.CodeBadValue},
		{"group by", relayBody("groupBy", "domain;isp"), cdnetworks.CodeBadValue},
		{"no domain name", relayBody("domain", "a b.example.com"), cdnetworks.CodeBadDomain},
		{"empty domain", relayBody("domain", "a.example.com;"), cdnetworks.CodeBadDomain},
		{"domains by comma", relayBody("domain", "a.example.com,b.example.com"), cdnetworks.CodeBadDomain},
		{"missing domain", relayBody("domain", "a.example.com;missing.example.com"), cdnetworks.CodeNoDomain},
		{"2000 domains", many(2000), "0"},
		{"2001 domains", many(2001), cdnetworks.CodeTooMuch},
		{"service type", relayBody("serviceType", "web;gopher"), cdnetworks.CodeBadValue},
		{"service types by comma", relayBody("serviceType", "web,web-https"), "0"},
		{"every service type", relayBody("serviceType", "web;web-https;wsa;wsa-https;vodstream;vod-https;download;dl-https;livestream;"+
			"live-https;cloudv-live;appa;s-appa;1028;1115;1369;1391;1348;1551"), "0"},
		{"another number", relayBody("serviceType", "1029"), cdnetworks.CodeBadValue},
		{"billing regions", relayBody("billingRegion", "hk;apac;cn;kr"), "0"},
		{"billing regions by comma", relayBody("billingRegion", "cn,hk"), "0"},
		{"billing region", relayBody("billingRegion", "cn;atlantis"), cdnetworks.CodeBadRegion},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
			status, answer := askRelay(t, e, emulatortest.Relay(emulatortest.Noon, test.body))
			if status != http.StatusOK || answer.Code != test.code {
				t.Errorf("status %d, code %s (%s), want 200, %s", status, answer.Code, answer.Message, test.code)
			}
			if refused := answer.Code != "0"; refused != (answer.Data == nil) {
				t.Errorf("code %s with data %v", answer.Code, answer.Data)
			}
		})
	}
}

func TestRelayRefusesTooManyAccountDomains(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), AccountDomains: make([]string, 2001)})
	if _, answer := askRelay(t, e, emulatortest.Relay(emulatortest.Noon, "{}")); answer.Code != cdnetworks.CodeTooMuch {
		t.Errorf("code %s, want %s", answer.Code, cdnetworks.CodeTooMuch)
	}
}

func TestRelayReportHasTheFormOfTheVendor(t *testing.T) {
	w := httptest.NewRecorder()
	emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)}).ServeHTTP(w, emulatortest.Relay(emulatortest.Noon, relayBody(
		"dateFrom", "2026-03-01", "dateTo", "2026-03-02", "domain", "a.example.com;idle.example.com;b.example.com;a.example.com",
		"groupBy", "domain", "timezone", "GMT-05:30",
	)))
	got := regexp.MustCompile(`"[0-9]+\.[0-9]{3}"`).ReplaceAllString(w.Body.String(), `"N"`)
	got = regexp.MustCompile(`"2026-03-0[123] [0-9]{2}:[0-9][05]:00","item"`).ReplaceAllString(got, `"T","item"`)
	want := `{"code":"0","message":"Success","data":{"report":{` +
		`"type":"get-cdn-relay-traffic","dateFrom":"2026-03-01","dateTo":"2026-03-02","timezone":"GMT-05:30","groups":[` +
		relayGroupText("a.example.com") + "," + relayGroupText("b.example.com") + "]}}}\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func relayGroupText(domain string) string {
	return `{"domain":"` + domain + `","totalRelayTraffic":"N","peakBandwidth":"N","peakTime":"T","item":[` +
		`{"time":"2026-03-01 00:00:00","relayTraffic":"N"},{"time":"2026-03-02 00:00:00","relayTraffic":"N"}]}`
}

func TestRelayLabelsFollowTheRounding(t *testing.T) {
	tests := []struct {
		granularity, rounding string
		items                 int
		first, last           string
	}{
		{"5m", "", 288, "2026-03-09 00:05:00", "2026-03-10 00:00:00"},
		{"5m", "up", 288, "2026-03-09 00:05:00", "2026-03-10 00:00:00"},
		{"5m", "down", 288, "2026-03-09 00:00:00", "2026-03-09 23:55:00"},
		{"1h", "", 24, "2026-03-09 01:00:00", "2026-03-10 00:00:00"},
		{"1h", "down", 24, "2026-03-09 00:00:00", "2026-03-09 23:00:00"},
		{"1d", "", 1, "2026-03-09 00:00:00", "2026-03-09 00:00:00"},
	}
	for _, test := range tests {
		t.Run(test.granularity+test.rounding, func(t *testing.T) {
			group := relay(t, "dateFrom", "2026-03-09", "dateTo", "2026-03-09",
				"granularity", test.granularity, "timeRounding", test.rounding).Groups[0]
			if got := len(group.Items); got != test.items {
				t.Fatalf("%d items, want %d", got, test.items)
			}
			if first, last := group.Items[0].Time, group.Items[test.items-1].Time; first != test.first || last != test.last {
				t.Errorf("items from %s to %s, want from %s to %s", first, last, test.first, test.last)
			}
			if group.Domain != "" {
				t.Errorf("the group of all domains has domain %q", group.Domain)
			}
			if absent := group.PeakBandwidth == "" && group.PeakTime == ""; absent != (test.granularity == "5m") {
				t.Errorf("peak %q at %q", group.PeakBandwidth, group.PeakTime)
			}
		})
	}
}

// Hours and days are sums of slots, the peak is the largest slot, and labels differ by the rounding only.
func TestRelayAddsUp(t *testing.T) {
	ask := func(granularity, rounding string) cdnetworks.Report {
		return relay(t, "dateFrom", "2026-03-08", "dateTo", "2026-03-09", "granularity", granularity, "timeRounding", rounding)
	}
	slots := ask("5m", "down")
	hours, days := make(map[string]int64), make(map[string]int64)
	var total, peak int64
	var at string
	for _, item := range slots.Groups[0].Items {
		v := count(t, item.RelayTraffic)
		hours[item.Time[:13]+":00:00"] += v
		days[item.Time[:10]+" 00:00:00"] += v
		total += v
		if v > peak {
			peak, at = v, item.Time
		}
	}
	if diff := cmp.Diff(hours, traffic(t, ask("1h", "down"))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(days, traffic(t, ask("1d", ""))); diff != "" {
		t.Error(diff)
	}
	group := ask("1h", "down").Groups[0]
	if got := count(t, group.TotalRelayTraffic); got != total || got == 0 {
		t.Errorf("total %d, want %d", got, total)
	}
	if got, want := count(t, group.PeakBandwidth), peak*8_000_000/300/1000; got != want || group.PeakTime != at {
		t.Errorf("peak %d at %s, want %d at %s", got, group.PeakTime, want, at)
	}
	start, err := time.Parse(time.DateTime, at)
	if err != nil {
		t.Fatal(err)
	}
	end := start.Add(5 * time.Minute).Format(time.DateTime)
	if up := ask("1h", "up").Groups[0].PeakTime; up != end {
		t.Errorf("peak time rounded up is %s, want %s", up, end)
	}
}

// An hour has the same traffic in every window, zone and selection.
func TestRelayIsDeterministic(t *testing.T) {
	hour := func(label string, members ...string) int64 {
		members = append(members, "granularity", "1h", "timeRounding", "down")
		v, ok := traffic(t, relay(t, members...))[label]
		if !ok {
			t.Fatalf("no item %s", label)
		}
		return v
	}
	want := hour("2026-03-09 20:00:00", "dateFrom", "2026-03-09", "dateTo", "2026-03-09")
	if got := hour("2026-03-09 20:00:00", "dateFrom", "2026-02-20", "dateTo", "2026-03-10"); got != want {
		t.Errorf("in a longer window: %d, want %d", got, want)
	}
	if got := hour("2026-03-09 07:00:00", "dateFrom", "2026-03-09", "dateTo", "2026-03-09", "timezone", "GMT-05:00"); got != want {
		t.Errorf("in another zone: %d, want %d", got, want)
	}
	for name, parts := range map[string][]string{
		"domain":        {"www.example.com", "static.example.com;idle.example.com", "download.example.com"},
		"serviceType":   {"web", "web-https,download", "wsa;wsa-https;vodstream;vod-https;1028", "dl-https,livestream,live-https,cloudv-live,appa,s-appa,1115,1348,1369,1391,1551"},
		"billingRegion": {"cn", "kr,us", "eu", "hk;apac"},
	} {
		var got int64
		for _, part := range parts {
			v := hour("2026-03-09 20:00:00", "dateFrom", "2026-03-09", "dateTo", "2026-03-09", name, part)
			if v == 0 {
				t.Errorf("nothing for %s %s", name, part)
			}
			got += v
		}
		if got != want {
			t.Errorf("by %s: %d, want %d", name, got, want)
		}
	}
}

func TestRelayTodayEndsNow(t *testing.T) {
	// At noon in UTC+8, 144 slots have begun; the next one begins only after.
	if got := len(relay(t, "granularity", "5m").Groups[0].Items); got != 144 {
		t.Errorf("%d slots at emulatortest.Noon, want 144", got)
	}
	report := relay(t, "dateFrom", "2026-03-10", "dateTo", "2026-03-12", "timezone", "GMT+08:30", "granularity", "1h")
	if report.DateTo != "2026-03-10" {
		t.Errorf("dateTo %s is after today", report.DateTo)
	}
	if behind := relay(t, "timezone", "GMT-05:00"); behind.DateFrom != "2026-03-09" {
		t.Errorf("today is %s where it is still yesterday", behind.DateFrom)
	}
	items := report.Groups[0].Items
	if len(items) != 13 || items[12].Time != "2026-03-10 13:00:00" {
		t.Errorf("%d hours up to %s, want 13 up to 13:00", len(items), items[len(items)-1].Time)
	}
}

func TestRelayWithoutTrafficHasNoGroups(t *testing.T) {
	dayBreak := emulatortest.Noon.Add(12 * time.Hour)
	for name, call := range map[string]struct {
		e *emulator.Emulator
		r *http.Request
	}{
		"idle domain":        {emulatortest.Unlimited(emulatortest.Noon), emulatortest.Relay(emulatortest.Noon, relayBody("domain", "idle.example.com"))},
		"idle domain, group": {emulatortest.Unlimited(emulatortest.Noon), emulatortest.Relay(emulatortest.Noon, relayBody("domain", "idle.example.com", "groupBy", "domain"))},
		"day just begun":     {emulatortest.Unlimited(dayBreak), emulatortest.Relay(dayBreak, "{}")},
	} {
		_, answer := askRelay(t, call.e, call.r)
		if answer.Data == nil || answer.Data.Report.Groups == nil || len(answer.Data.Report.Groups) != 0 {
			t.Errorf("%s: answered %+v, want an empty list of groups", name, answer)
		}
	}
}

func TestRelayAnswersInXML(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	r := emulatortest.Relay(emulatortest.Noon, relayBody("dateFrom", "2026-03-08", "dateTo", "2026-03-09", "groupBy", "domain"))
	r.Header.Set("Accept", "application/xml")
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	if got := w.Header().Get("Content-Type"); got != "application/xml" {
		t.Errorf("content type %q", got)
	}
	var got cdnetworks.Answer
	if err := xml.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := relay(t, "dateFrom", "2026-03-08", "dateTo", "2026-03-09", "groupBy", "domain")
	if diff := cmp.Diff(&cdnetworks.Data{Report: want}, got.Data); diff != "" || got.Code != "0" {
		t.Errorf("code %s, %s", got.Code, diff)
	}
	r = emulatortest.Relay(emulatortest.Noon, "{}")
	r.Header.Del("Accept")
	if status, answer := askRelay(t, e, r); status != http.StatusOK || answer.Code != "0" {
		t.Errorf("without Accept: status %d, code %s", status, answer.Code)
	}
}

func TestRelayRateLimitHoldsInAnyFiveMinutes(t *testing.T) {
	now := emulatortest.Noon
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	ask := func() (int, string) {
		status, answer := askRelay(t, e, emulatortest.Relay(now, relayBody("granularity", "none")))
		return status, answer.Code
	}
	for n := range 300 {
		if status, code := ask(); status != http.StatusOK {
			t.Fatalf("call %d: status %d, code %s", n, status, code)
		}
	}
	now = now.Add(5*time.Minute - time.Second)
	if status, code := ask(); status != 446 || code != "WPLUS_AccountApiTooFrequence" {
		t.Errorf("status %d, code %s after 300 calls", status, code)
	}
	now = now.Add(time.Second)
	if status, code := ask(); status != http.StatusOK {
		t.Errorf("status %d, code %s after five minutes", status, code)
	}
}

func TestRelayAnswersTenCallsAtATime(t *testing.T) {
	var e *emulator.Emulator
	depth, refused := 0, 0
	// Every call makes another call before it is answered.
	e = emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Override: func(emulator.API, http.ResponseWriter, *http.Request) bool {
		depth++
		if status, answer := askRelay(t, e, emulatortest.Relay(emulatortest.Noon, "{}")); status == 446 && answer.Code == "WPLUS_AccountApiTooFrequence" {
			refused++
		}
		return false
	}})
	if status, _ := askRelay(t, e, emulatortest.Relay(emulatortest.Noon, "{}")); status != http.StatusOK || depth != 10 || refused != 1 {
		t.Errorf("status %d, %d calls at once, %d refused, want 200, 10, 1", status, depth, refused)
	}
	depth = 0
	if status, _ := askRelay(t, e, emulatortest.Relay(emulatortest.Noon, "{}")); status != http.StatusOK || depth != 10 {
		t.Errorf("status %d, %d calls at once after the first ones left", status, depth)
	}
}
