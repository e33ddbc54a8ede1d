// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// newClient returns a client with the emulator's account and two retries.
func newClient(t *testing.T, handler http.Handler, now clock.Clock) *cdnetworks.Client {
	t.Helper()
	return connect(t, serve(t, handler), now, 2)
}

// serve starts a server and returns its URL. Connections end with the answer, so that in a synctest bubble no virtual
// time passes during a call, and time passes between calls.
func serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil // It would be the time of this machine, unless the handler sets one.
		handler.ServeHTTP(w, r)
	}))
	server.Config.SetKeepAlivesEnabled(false)
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func connect(t *testing.T, url string, now clock.Clock, maxRetries int) *cdnetworks.Client {
	t.Helper()
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	return cdnetworks.New(cdnetworks.Config{
		Endpoint: url,
		Username: emulator.DefaultCDNetworksUsername,
		APIKey:   emulator.DefaultCDNetworksAPIKey,
		HTTP:     client,
		Policy:   transport.Policy{API: "relay", Limiter: transport.NewLimiter(cdnetworks.Quota, 1), MaxRetries: maxRetries},
		Clock:    clock.NewCorrected(now),
	})
}

// answers returns one answer after the other, then always the last one.
type answers struct {
	list  []func(http.ResponseWriter)
	calls int
}

func (a *answers) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	answer := a.list[min(a.calls, len(a.list)-1)]
	a.calls++
	answer(w)
}

func reply(status int, body string, headers ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// aDay is the smallest valid request.
var aDay = cdnetworks.RelayTrafficRequest{DateFrom: "2026-01-15", DateTo: "2026-01-15"}

const noTraffic = `{"code": "0", "data": {"report": {"groups": []}}}`

func TestRelayTrafficSendsTheGivenFields(t *testing.T) {
	for _, test := range []struct {
		request cdnetworks.RelayTrafficRequest
		want    string
	}{
		{aDay, `{"dateFrom":"2026-01-15","dateTo":"2026-01-15"}`},
		{
			cdnetworks.RelayTrafficRequest{
				DateFrom: "2024-09-01", DateTo: "2024-09-01", Domains: []string{"a.example.com", "b.example.com"},
			},
			`{"dateFrom":"2024-09-01","dateTo":"2024-09-01","domain":"a.example.com;b.example.com"}`,
		},
		{
			cdnetworks.RelayTrafficRequest{
				DateFrom: "2024-09-01", DateTo: "2024-09-02", Timezone: "GMT-10:00", TimeRounding: "down", ServiceTypes: []string{"web", "web-https"},
				BillingRegions: []string{"cn", "kr"}, Granularity: "1h", GroupBy: []string{"domain"},
			},
			`{"dateFrom":"2024-09-01","dateTo":"2024-09-02","timezone":"GMT-10:00","timeRounding":"down","serviceType":"web;web-https","billingRegion":"cn;kr","granularity":"1h","groupBy":"domain"}`,
		},
	} {
		var got string
		c := newClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got = string(body)
			_, _ = io.WriteString(w, noTraffic)
		}), clock.System{})
		if _, err := c.RelayTraffic(t.Context(), test.request); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestRelayTrafficRefusesTimezoneWithoutACall(t *testing.T) {
	server := &answers{list: []func(http.ResponseWriter){reply(http.StatusOK, noTraffic)}}
	_, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), cdnetworks.RelayTrafficRequest{DateFrom: "2026-01-15", DateTo: "2026-01-15", Timezone: "UTC"})
	if !errors.Is(err, times.ErrZone) || server.calls != 0 {
		t.Errorf("error %v after %d calls, want ErrZone after none", err, server.calls)
	}
}

// These errors end a read at the first answer.
func TestRelayTrafficErrors(t *testing.T) {
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter)
		want   string
	}{
		"argument": {
			reply(http.StatusOK, `{"code": "24001126", "message": "domain does\u0000 not\n exist"}`),
			"code 24001126: domain does not exist",
		},
		"no message":          {reply(http.StatusOK, `{"code": "24001129", "message": null, "data": ""}`), "code 24001129: no message"},
		"gateway":             {reply(http.StatusForbidden, `{"code": "Forbidden", "message": "no permission"}`), "code Forbidden: no permission"},
		"no code":             {reply(http.StatusOK, `{"message": "Success"}`), `malformed response from HOST: there is no "code" in it`},
		"no report":           {reply(http.StatusOK, `{"code": "0"}`), "malformed response from HOST: unexpected value: $.data: report is missing"},
		"no body":             {reply(http.StatusOK, ""), "malformed response from HOST: the body is empty"},
		"two documents":       {reply(http.StatusOK, noTraffic+noTraffic), "malformed response from HOST: not the JSON that is documented: $: invalid character '{' after top-level value"},
		"status without code": {reply(http.StatusNotFound, `{"path": "/"}`), `HOST responded with HTTP 404 Not Found: {"path": "/"}`},
		"status and success":  {reply(http.StatusBadRequest, `{"code": "0"}`), `HOST responded with HTTP 400 Bad Request: {"code": "0"}`},
	} {
		t.Run(name, func(t *testing.T) {
			server := &answers{list: []func(http.ResponseWriter){test.answer}}
			report, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), aDay)
			if err == nil {
				t.Fatalf("%+v, want an error", report)
			}
			if got := withoutHost(err); got != test.want {
				t.Errorf("error %s\n want %s", got, test.want)
			}
			if server.calls != 1 {
				t.Errorf("%d calls, want 1", server.calls)
			}
		})
	}
}

var localHost = regexp.MustCompile(`127\.0\.0\.1:\d+`)

// withoutHost replaces the host in the text of an error.
func withoutHost(err error) string { return localHost.ReplaceAllString(err.Error(), "HOST") }

func TestAPIErrorCarriesTheRequestID(t *testing.T) {
	server := &answers{list: []func(http.ResponseWriter){
		reply(http.StatusOK, `{"code": "24001130", "message": "no such customer"}`, "x-cnc-request-id", "0123-abcd"),
	}}
	_, err := newClient(t, server, clock.System{}).RelayTraffic(t.Context(), aDay)
	var got *cdnetworks.APIError
	if !errors.As(err, &got) || got.RequestID != "0123-abcd" || got.Code != "24001130" || got.Status != http.StatusOK {
		t.Errorf("%+v, want code 24001130 of request 0123-abcd with status 200", got)
	}
}

func TestAPIErrorJudge(t *testing.T) {
	for _, test := range []struct {
		status int
		code   string
		want   transport.Verdict
	}{
		{http.StatusOK, "24002001", transport.Retry},
		{http.StatusOK, "24001121", transport.Final},
		{http.StatusOK, "24001125", transport.Final},
		{http.StatusOK, "WPLUS_AccountApiTooFrequence", transport.Throttled},
		{446, "unknown", transport.Throttled},
		{http.StatusTooManyRequests, "unknown", transport.Throttled},
		{http.StatusBadGateway, "unknown", transport.Retry},
		{http.StatusUnauthorized, "unknown", transport.Final},
		{http.StatusForbidden, "unknown", transport.Final},
	} {
		if got := (&cdnetworks.APIError{Status: test.status, Code: test.code}).Judge().Verdict; got != test.want {
			t.Errorf("HTTP %d code %s: verdict %d, want %d", test.status, test.code, got, test.want)
		}
	}
}

func TestErrorsHoldNoSecret(t *testing.T) {
	const canary = "canary-secret"
	server := httptest.NewServer(&answers{list: []func(http.ResponseWriter){reply(http.StatusUnauthorized, "{}")}})
	defer server.Close()
	for _, endpoint := range []string{server.URL, "http://127.0.0.1:1", "http://api.example.com:port", "://"} {
		_, err := cdnetworks.New(cdnetworks.Config{
			Endpoint: endpoint, Username: "example_username", APIKey: canary, HTTP: transport.NewClient("test"),
			Policy: transport.Policy{Limiter: transport.NewLimiter(cdnetworks.Quota, 1)}, Clock: clock.NewCorrected(clock.System{}),
		}).RelayTraffic(t.Context(), aDay)
		if err == nil || strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "/cdn/traffic") {
			t.Errorf("%s: error %v, want one without the key and the URL", endpoint, err)
		}
	}
}

// A day has the same total in every granularity.
func TestRelayTrafficFromTheEmulator(t *testing.T) {
	server := emulator.New(emulator.Options{Clock: clock.At(noon)})
	c := newClient(t, server, clock.At(noon))
	request := cdnetworks.RelayTrafficRequest{
		DateFrom: "2026-01-10", DateTo: "2026-01-10", Timezone: "GMT-10:00",
		Domains: []string{"www.example.com", "idle.example.com"}, GroupBy: []string{"domain"},
	}
	var total string
	for granularity, count := range map[string]int{"5m": 288, "1h": 24, "1d": 1} {
		request.Granularity = granularity
		report, err := c.RelayTraffic(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Groups) == 0 || report.Groups[0].Domain != "www.example.com" || len(report.Groups[0].Items) != count {
			t.Fatalf("%s: %d groups, want www.example.com first with %d items", granularity, len(report.Groups), count)
		}
		g := report.Groups[0]
		if total == "" {
			total = g.Total.String()
		}
		if g.Total.String() != total {
			t.Errorf("%s: total %s, elsewhere %s", granularity, g.Total, total)
		}
		if _, offset := g.Items[0].Time.Zone(); offset != -10*3600 {
			t.Errorf("%s: first item at %s, want a time in GMT-10:00", granularity, g.Items[0].Time)
		}
	}
}

func TestRelayTrafficReportsARefusal(t *testing.T) {
	c := newClient(t, emulator.New(emulator.Options{Clock: clock.At(noon)}), clock.At(noon))
	request := aDay
	request.Domains = []string{"missing.example.com"}
	_, err := c.RelayTraffic(t.Context(), request)
	var got *cdnetworks.APIError
	if !errors.As(err, &got) || got.Code != "24001126" || got.RequestID == "" {
		t.Errorf("error %+v, want code 24001126 with a request id", err)
	}
}
