// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestCodesDecideAboutRetries(t *testing.T) {
	const database = `{"code": "24002001", "message": "Mysql querying encounter error"}`
	for name, test := range map[string]struct {
		bodies []string
		calls  int
		code   string // of the error; empty for success
	}{
		"success as text":           {[]string{noTraffic}, 1, ""},
		"success as a number":       {[]string{`{"code": 0, "data": {"report": {"groups": []}}}`}, 1, ""},
		"too much data":             {[]string{`{"code": "24001125", "message": "too much"}`, noTraffic}, 1, cdnetworks.CodeTooMuchData},
		"too much, as a number":     {[]string{`{"code": 24001125, "message": "too much"}`, noTraffic}, 1, cdnetworks.CodeTooMuchData},
		"database error, then OK":   {[]string{database, database, noTraffic}, 3, ""},
		"database error every time": {[]string{database}, 3, "24002001"},
		"an undocumented code":      {[]string{`{"code": "99999999", "message": "?"}`, noTraffic}, 1, "99999999"},
	} {
		t.Run(name, func(t *testing.T) {
			server := &answers{}
			for _, body := range test.bodies {
				server.list = append(server.list, reply(http.StatusOK, body))
			}
			url := serve(t, server)
			synctest.Test(t, func(t *testing.T) {
				_, err := connect(t, url, clock.System{}, 2).RelayTraffic(t.Context(), aDay)
				refusal, refused := errors.AsType[*cdnetworks.APIError](err)
				if server.calls != test.calls || (err != nil) != refused || refused != (test.code != "") || refused && refusal.Code != test.code {
					t.Errorf("error %v after %d calls, want code %q after %d", err, server.calls, test.code, test.calls)
				}
			})
		})
	}
}

func TestALoginPageIsAStatusError(t *testing.T) {
	server := &answers{list: []func(http.ResponseWriter){
		reply(http.StatusUnauthorized, "<html><title>Sign in</title>", "WWW-Authenticate", `Basic realm="api"`),
	}}
	_, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), aDay)
	if status, ok := errors.AsType[*transport.StatusError](err); !ok || status.Status != http.StatusUnauthorized || server.calls != 1 {
		t.Fatalf("error %v after %d calls, want HTTP 401 after one", err, server.calls)
	}
	if got, want := withoutHost(err), `HOST responded with HTTP 401 Unauthorized: a page titled "Sign in"`; got != want {
		t.Errorf("error %s, want %s", got, want)
	}
}

func TestXMLInsteadOfJSONIsAContentError(t *testing.T) {
	var accepted string
	_, err := newClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		accepted = r.Header.Get("Accept")
		w.Header().Set("Content-Type", "application/xml;charset=UTF-8")
		_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><response><code>0</code></response>`)
	}), clock.System{}).RelayTraffic(t.Context(), aDay)
	if accepted != "application/json" {
		t.Errorf("asked for %q, want JSON", accepted)
	}
	if _, ok := errors.AsType[*transport.ContentError](err); !ok {
		t.Fatalf("error %v, want a *transport.ContentError", err)
	}
	if got, want := withoutHost(err), "malformed response from HOST: not JSON (application/xml): a page of markup"; got != want {
		t.Errorf("error %s, want %s", got, want)
	}
}

// The gateway may answer in XML although the request asks for JSON.
func TestErrorsInXMLAreErrorsOfTheAPI(t *testing.T) {
	const tooMuch = "code 24001125: too much"
	for name, test := range map[string]struct {
		status     int
		body, want string
		calls      int
	}{
		"plain":                    {http.StatusOK, `<response><code>24001125</code><message>too much</message></response>`, tooMuch, 1},
		"declaration":              {http.StatusOK, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<response><message>too much</message><code> 24001125 </code></response>`, tooMuch, 1},
		"byte order mark":          {http.StatusOK, "\xef\xbb\xbf" + `<response><code>24001125</code><message>too much</message></response>`, tooMuch, 1},
		"other root and namespace": {http.StatusBadRequest, `<w:Error xmlns:w="urn:example"><w:code>24001125</w:code><w:message><![CDATA[too much]]></w:message></w:Error>`, tooMuch, 1},
		"other encoding":           {http.StatusOK, `<?xml version="1.0" encoding="GBK"?><response><code>24001125</code><message>too` + "\xb6" + `much</message></response>`, "code 24001125: too\ufffdmuch", 1},
		"no message":               {http.StatusBadRequest, `<response><code>WPLUS_Forbidden</code></response>`, "code WPLUS_Forbidden: no message", 1},
		"control":                  {http.StatusOK, `<response><code>24001125</code><message>&#x202e;too &#x9b;much</message></response>`, tooMuch, 1},
		"cut off":                  {http.StatusOK, `<response><code>24001125</code><message>too much</message><data>`, tooMuch, 1},
		"long":                     {http.StatusOK, `<response><code>24001125</code><message>too much</message>` + strings.Repeat("<data>x</data>", 100_000), tooMuch, 1},
		"database error":           {http.StatusOK, `<response><code>24002001</code><message>failed</message></response>`, "code 24002001: failed", 3},
		"page":                     {http.StatusOK, `<html><code>24001125</code></html>`, "malformed response from HOST: not JSON (text/xml): a page of markup", 1},
		"deep":                     {http.StatusOK, `<a><b><code>24001125</code></b></a>`, "malformed response from HOST: not JSON (text/xml): a page of markup", 1},
		"deeper":                   {http.StatusOK, strings.Repeat(`<code>`, 100_000), "malformed response from HOST: not JSON (text/xml): a page of markup", 1},
		"text":                     {http.StatusOK, `no <response><code>24001125</code></response>`, "malformed response from HOST: not JSON (text/xml): no <response><code>24001125</code></response>", 1},
	} {
		t.Run(name, func(t *testing.T) {
			server := &answers{list: []func(http.ResponseWriter){reply(test.status, test.body, "Content-Type", "text/xml", "x-cnc-request-id", "c-1")}}
			url := serve(t, server)
			synctest.Test(t, func(t *testing.T) {
				_, err := connect(t, url, clock.System{}, 2).RelayTraffic(t.Context(), aDay)
				if err == nil || withoutHost(err) != test.want || server.calls != test.calls {
					t.Fatalf("error %v after %d calls, want %s after %d", err, server.calls, test.want, test.calls)
				}
				if refusal, ok := errors.AsType[*cdnetworks.APIError](err); ok && (refusal.RequestID != "c-1" || refusal.Status != test.status) {
					t.Errorf("%+v, want HTTP %d and the request ID", refusal, test.status)
				}
			})
		})
	}
}

func TestErrorsInXMLAreShort(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, body := range []string{
		"<response><code>24001125</code><message>" + long + "</message></response>",
		"<response><code>" + long + "</code><message>" + long + "</message></response>",
		"<response><message>" + long + "</message><code>24001125</code></response>",
		"<" + long + "><code>24001125</code></" + long + ">",
	} {
		server := &answers{list: []func(http.ResponseWriter){reply(http.StatusOK, body)}}
		_, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), aDay)
		if err == nil || len(err.Error()) > 1200 {
			t.Errorf("%.40s: %.1300v", body, err)
		}
	}
}

func TestNumbersAreReadExactly(t *testing.T) {
	const malformed = "malformed response from HOST: unexpected value: $.data.report.groups[1].item[2].relayTraffic: "
	for value, want := range map[string]string{
		`""`:                      "null",
		`null`:                    "null",
		`"0"`:                     "0",
		`"0.000"`:                 "0",
		`"0.053"`:                 "0.053",
		`".5"`:                    "0.5",
		`"1e3"`:                   "1000",
		`12345678901234567.001`:   "12345678901234567.001",
		`"-1.5"`:                  "-1.5",
		`"-"`:                     malformed + `not a decimal number: "-"`,
		`"1,234.567"`:             malformed + `not a decimal number: "1,234.567"`,
		`"1 GB"`:                  malformed + `not a decimal number: "1 GB"`,
		`[1]`:                     malformed + `not a decimal number: "[1]"`,
		`"1e309"`:                 malformed + `number out of range: "1e309"`,
		`"\u001b[31m1\u001b[0m"`:  malformed + `not a decimal number: "\x1b[31m1\x1b[0m"`,
		`"<script>1</script>"`:    malformed + `not a decimal number: "<script>1</script>"`,
		`"\uff11\uff12 and more"`: malformed + `not a decimal number: "１２ and more"`,
	} {
		const item = `{"time": "2026-01-15 00:00:00", "relayTraffic": %s}`
		items := fmt.Sprintf(item+","+item+","+item, "1", `"2"`, value)
		server := &answers{list: []func(http.ResponseWriter){
			reply(http.StatusOK, `{"code": "0", "data": {"report": {"groups": [{}, {"item": [`+items+`]}]}}}`),
		}}
		report, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), aDay)
		var got string
		if err != nil {
			got = withoutHost(err)
		} else {
			got = report.Groups[1].Items[2].Traffic.String()
		}
		if got != want || server.calls != 1 {
			t.Errorf("%s: %s after %d calls, want %s after one", value, got, server.calls, want)
		}
	}
}

func TestTheAnswersZoneAndTypeCount(t *testing.T) {
	for name, test := range map[string]struct {
		asked, members string
		wantType, want string
	}{
		"another zone and type": {"GMT+08:00", `"timezone": "GMT-10:00", "type": "other-report",`, "other-report", "2026-01-15T00:00:00-10:00"},
		"the zone asked for":    {"GMT-03:30", `"timezone": "GMT-03:30",`, "", "2026-01-15T00:00:00-03:30"},
		"no zone":               {"GMT-10:00", ``, "", "2026-01-15T00:00:00-10:00"},
		"an empty zone":         {"GMT-10:00", `"timezone": "", "type": null,`, "", "2026-01-15T00:00:00-10:00"},
		"no zone anywhere":      {"", ``, "", "2026-01-15T00:00:00+08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			server := &answers{list: []func(http.ResponseWriter){reply(http.StatusOK, `{"code": "0", "data": {"report": {`+test.members+`
				"groups": [{"peakTime": "2026-01-15 00:00", "item": {"time": "2026-01-15 00:00:00"}}]}}}`)}}
			request := aDay
			request.Timezone = test.asked
			report, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []time.Time{report.Groups[0].PeakTime, report.Groups[0].Items[0].Time} {
				if got := at.Format(time.RFC3339); got != test.want {
					t.Errorf("time %s, want %s", got, test.want)
				}
			}
			if report.Type != test.wantType {
				t.Errorf("type %q, want %q", report.Type, test.wantType)
			}
		})
	}
}

// The client is 20 minutes off, and the server allows ten. It refuses with and without the vendor's body.
func TestTheClockOffsetIsLearned(t *testing.T) {
	for name, off := range map[string]time.Duration{"slow": -20 * time.Minute, "fast": 20 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			server := emulator.New(emulator.Options{Clock: clock.At(noon)})
			c := newClient(t, server, clock.At(noon.Add(off)))
			for range 2 {
				if _, err := c.RelayTraffic(t.Context(), aDay); err != nil {
					t.Fatal(err)
				}
			}
			var got []int
			for _, call := range server.Calls() {
				got = append(got, call.Status)
			}
			if diff := cmp.Diff([]int{401, 200, 200}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("page", func(t *testing.T) {
		date := noon.Format(http.TimeFormat)
		server := &answers{list: []func(http.ResponseWriter){reply(http.StatusForbidden, "<html>", "Date", date)}}
		_, err := newClient(t, server, clock.At(noon.Add(-20*time.Minute))).RelayTraffic(t.Context(), aDay)
		if got, ok := errors.AsType[*transport.StatusError](err); !ok || got.Status != http.StatusForbidden || server.calls != 2 {
			t.Errorf("error %v after %d calls, want HTTP 403 after one more call", err, server.calls)
		}
	})
	t.Run("days", func(t *testing.T) {
		server := emulator.New(emulator.Options{Clock: clock.At(noon)})
		_, err := newClient(t, server, clock.At(noon.AddDate(0, 0, -3))).RelayTraffic(t.Context(), aDay)
		if _, ok := errors.AsType[*clock.SkewError](err); !ok || len(server.Calls()) != 1 {
			t.Errorf("error %v after %d calls, want one that names both clocks after one call", err, len(server.Calls()))
		}
	})
}

// The status or the code alone means throttling.
func TestThrottledCallsWait(t *testing.T) {
	const inXML = `<?xml version="1.0"?><response><code>WPLUS_AccountApiTooFrequence</code><message>too many requests</message></response>`
	for body, status := range map[string]int{
		`{"code": "WPLUS_AccountApiTooFrequence", "message": "too many requests"}`: 446, "<html>": 446, "": 446, inXML: http.StatusOK,
	} {
		for retryAfter, want := range map[string][2]time.Duration{
			"50": {100 * time.Second, 100 * time.Second},
			// Without the header, the pauses are up to half a second and up to a second.
			"": {750 * time.Millisecond, 1500 * time.Millisecond},
		} {
			tooFrequent := reply(status, body, "Retry-After", retryAfter)
			server := &answers{list: []func(http.ResponseWriter){tooFrequent, tooFrequent, reply(http.StatusOK, noTraffic)}}
			url := serve(t, server)
			synctest.Test(t, func(t *testing.T) {
				started := time.Now()
				c := connect(t, url, clock.System{}, 0)
				if _, err := c.RelayTraffic(t.Context(), aDay); err != nil {
					t.Error(err)
				}
				if took := time.Since(started); took < want[0] || took > want[1] || server.calls != 3 {
					t.Errorf("Retry-After %q, body %q: %d calls in %s, want 3 in %s", retryAfter, body, server.calls, took, want)
				}
			})
		}
	}
}

// crowd is an emulator that holds all answers until a number of calls are concurrent or one is refused.
type crowd struct {
	*emulator.Emulator
	url string

	mu                              sync.Mutex
	signed, arrived, answered, most int
}

var noon = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

func newCrowd(t *testing.T, atOnce int) *crowd {
	t.Helper()
	full := make(chan struct{})
	open := sync.OnceFunc(func() { close(full) })
	c := &crowd{}
	c.Emulator = emulator.New(emulator.Options{
		Clock: clock.At(noon),
		Override: func(emulator.API, http.ResponseWriter, *http.Request) bool {
			if c.add(&c.arrived) == atOnce {
				open()
			}
			<-full
			return false
		},
		Observe: func(call emulator.Call) {
			c.add(&c.answered)
			if call.Code != "" {
				open()
			}
		},
	})
	c.url = serve(t, c.Emulator)
	return c
}

func (c *crowd) add(counter *int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	*counter++
	c.most = max(c.most, c.signed-c.answered)
	return *counter
}

// Now counts the signed calls.
func (c *crowd) Now() time.Time {
	c.add(&c.signed)
	return noon
}

// read makes concurrent calls with several clients without retries. All calls must succeed. It returns the number of
// throttled attempts.
func (c *crowd) read(t *testing.T, calls, clients int) (refused int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var all []*cdnetworks.Client
		for range clients {
			all = append(all, connect(t, c.url, c, 0))
		}
		var group sync.WaitGroup
		for i := range calls {
			group.Go(func() {
				if _, err := all[i%clients].RelayTraffic(t.Context(), aDay); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
	for _, call := range c.Calls() {
		if call.Status == 446 {
			refused++
		}
	}
	return refused
}

func TestOneClientMakesAtMostTenConcurrentCalls(t *testing.T) {
	c := newCrowd(t, 10)
	if refused := c.read(t, 30, 1); refused != 0 || c.most > 10 {
		t.Errorf("%d calls at once, of which %d were refused; want 10 and none", c.most, refused)
	}
}

// Two clients, such as those of two plans, do not share a limiter.
func TestThrottledConcurrentCallsSucceedInTheEnd(t *testing.T) {
	c := newCrowd(t, 11)
	if refused := c.read(t, 11, 2); refused == 0 {
		t.Error("no call was refused, want one")
	}
}
