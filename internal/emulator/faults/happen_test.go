// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// listening serves an emulator and returns a client that reaches it under every host name and changes no answers.
func listening(t *testing.T, e *emulator.Emulator) *http.Client {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return clientOf(server)
}

func clientOf(server *httptest.Server) *http.Client {
	var trusted *tls.Config
	if transport, ok := server.Client().Transport.(*http.Transport); ok {
		trusted = transport.TLSClientConfig
	}
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}
	return &http.Client{
		Transport:     &http.Transport{DialContext: dial, TLSClientConfig: trusted, DisableKeepAlives: true, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// received is an answer as a client sees it.
type received struct {
	status int
	header http.Header
	body   string
	err    error
}

// send sends a request of a recorder through a client.
func send(client *http.Client, r *http.Request) received {
	r.RequestURI = ""
	resp, err := client.Do(r)
	if err != nil {
		return received{err: err}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return received{status: resp.StatusCode, header: resp.Header, body: string(body), err: err}
}

// trueAnswer is what flowCall gets first from an emulator at noon.
func trueAnswer() string {
	w := httptest.NewRecorder()
	emulatortest.Unlimited(emulatortest.Noon).ServeHTTP(w, emulatortest.Flow(nil).Request())
	return w.Body.String()
}

func TestResetCutsTheConnection(t *testing.T) {
	// The client may see the reset before the call is recorded.
	ended := make(chan emulator.Call, 2)
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Observe: func(c emulator.Call) { ended <- c }})
	client := listening(t, e)
	e.Inject(emulator.Fault{Kind: emulator.FaultReset, Count: 1})
	if got := send(client, emulatortest.Flow(nil).Request()); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", got.err)
	}
	if c := <-ended; c.Fault != emulator.FaultReset || c.Status != 0 || c.API != emulator.MNA || c.Action != "GetFlowStatistic" {
		t.Errorf("recorded %+v", c)
	}
	if got := send(client, emulatortest.Flow(nil).Request()); got.err != nil || got.status != http.StatusOK {
		t.Errorf("then got status %d, %v", got.status, got.err)
	}
}

func TestResetCutsATLSConnection(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	server := httptest.NewTLSServer(e)
	defer server.Close()
	e.Inject(emulator.Fault{Kind: emulator.FaultReset})
	r := emulatortest.Flow(nil).Request()
	r.URL.Scheme = "https"
	r.URL.Host = "example.com"
	if got := send(clientOf(server), r); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", got.err)
	}
}

// Where no connection can be taken over, the handler panics as net/http asks for.
func TestFaultsAbortWithoutConnection(t *testing.T) {
	for _, kind := range []emulator.FaultKind{emulator.FaultReset, emulator.FaultStall} {
		t.Run(string(kind), func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			e := emulatortest.Unlimited(emulatortest.Noon)
			e.Inject(emulator.Fault{Kind: kind})
			defer func() {
				if got, ok := recover().(error); !ok || !errors.Is(got, http.ErrAbortHandler) {
					t.Errorf("panicked with %v", got)
				}
				if c := e.Calls(); len(c) != 1 || c[0].Fault != kind {
					t.Errorf("recorded %+v", c)
				}
			}()
			e.ServeHTTP(httptest.NewRecorder(), emulatortest.Flow(nil).Request().WithContext(ctx))
		})
	}
}

// A client that gives up also ends the handler.
func TestStallEndsWithTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan emulator.Call, 1)
	client := listening(t, emulator.New(emulator.Options{
		Clock:   clock.Func(func() time.Time { cancel(); return emulatortest.Noon }),
		Observe: func(c emulator.Call) { ended <- c },
		Faults:  []emulator.Fault{{Kind: emulator.FaultStall}},
	}))
	if got := send(client, emulatortest.Flow(nil).Request().WithContext(ctx)); !errors.Is(got.err, context.Canceled) || got.status != 0 {
		t.Errorf("got status %d, %v; want no answer", got.status, got.err)
	}
	if c := <-ended; c.Status != 0 {
		t.Errorf("recorded %+v", c)
	}
}

func TestStallDelaysTheAnswer(t *testing.T) {
	body := trueAnswer()
	synctest.Test(t, func(t *testing.T) {
		e := emulatortest.Unlimited(emulatortest.Noon)
		e.Inject(emulator.Fault{Kind: emulator.FaultStall, Delay: time.Hour})
		start := time.Now()
		w := emulatortest.Send(e, emulatortest.Flow(nil).Request())
		if got := time.Since(start); got != time.Hour || w.Body.String() != body {
			t.Errorf("%q after %s, want the true answer after an hour", w.Body, got)
		}
	})
}

func TestTruncatedSendsHalfOfTheBody(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	body := trueAnswer()
	e.Inject(emulator.Fault{Kind: emulator.FaultTruncated})
	got := send(listening(t, e), emulatortest.Flow(nil).Request())
	if !errors.Is(got.err, io.ErrUnexpectedEOF) || got.header.Get("Content-Length") != strconv.Itoa(len(body)) || got.body != body[:len(body)/2] {
		t.Errorf("%d of %d bytes, %v, %v", len(got.body), len(body), got.header, got.err)
	}
}

func TestLargeBodyIsLarge(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	e.Inject(emulator.Fault{Kind: emulator.FaultLargeBody})
	if got, want := send(listening(t, e), emulatortest.Flow(nil).Request()), 64<<20+len(trueAnswer()); len(got.body) != want || got.err != nil {
		t.Errorf("%d bytes, %v; want %d", len(got.body), got.err, want)
	}
}

func TestClockShiftsTimeAndDate(t *testing.T) {
	link := emulatortest.ExportLink(t, emulatortest.Unlimited(emulatortest.Noon), nil)
	tests := map[string]struct {
		request *http.Request
		fault   emulator.Fault
		status  int
		code    string
		date    string
	}{
		"ahead": {emulatortest.Flow(nil).Request(), emulator.Fault{ClockOffset: 7 * time.Minute}, 200, "AuthFailure.SignatureExpire", "Tue, 10 Mar 2026 04:07:00 GMT"},
		"behind, without Date": {
			emulatortest.Flow(nil).Request(),
			emulator.Fault{ClockOffset: -7 * time.Minute, Header: map[string]string{"date": ""}},
			200,
			"AuthFailure.SignatureExpire", "",
		},
		"tolerated":      {emulatortest.Flow(nil).Request(), emulator.Fault{ClockOffset: time.Minute}, 200, "", "Tue, 10 Mar 2026 04:01:00 GMT"},
		"CDNetworks":     {emulatortest.Relay(emulatortest.Noon, "{}"), emulator.Fault{ClockOffset: 20 * time.Minute}, 401, "Unauthorized", "Tue, 10 Mar 2026 04:20:00 GMT"},
		"legacy":         {emulatortest.Legacy(), emulator.Fault{ClockOffset: 20 * time.Minute}, 200, "4500", "Tue, 10 Mar 2026 04:20:00 GMT"},
		"expired export": {httptest.NewRequest(http.MethodGet, link, http.NoBody), emulator.Fault{ClockOffset: 2 * time.Hour}, 403, "AccessDenied", "Tue, 10 Mar 2026 06:00:00 GMT"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := emulatortest.Unlimited(emulatortest.Noon)
			client := listening(t, e)
			test.fault.Kind = emulator.FaultClock
			e.Inject(test.fault)
			got := send(client, test.request)
			if c := e.Calls()[0]; got.status != test.status || c.Code != test.code || c.Fault != emulator.FaultClock {
				t.Errorf("status %d, recorded %+v", got.status, c)
			}
			if dates, ok := got.header["Date"]; ok != (test.date != "") || strings.Join(dates, ";") != test.date {
				t.Errorf("Date %q, want %q", dates, test.date)
			}
		})
	}
}

func TestAnswerReplacesTheAnswer(t *testing.T) {
	const page = "<html><body>Log in</body></html>"
	tests := map[string]struct {
		fault                    emulator.Fault
		status                   int
		header, value, mediaType string
	}{
		"gateway page": {emulator.Fault{Status: 502, Body: page}, 502, "", "", "text/html; charset=utf-8"},
		"empty":        {emulator.Fault{Status: 503}, 503, "Content-Length", "0", ""},
		"login page":   {emulator.Fault{Body: page}, 200, "", "", "text/html; charset=utf-8"},
		"XML":          {emulator.Fault{Body: "<?xml version='1.0'?><Error/>"}, 200, "", "", "text/xml; charset=utf-8"},
		"object":       {emulator.Fault{Body: "{}"}, 200, "", "", "application/json"},
		"BOM": {
			emulator.Fault{Body: "\ufeff{}", Header: map[string]string{"content-type": "application/json"}}, 200, "", "", "application/json",
		},
		"UTF-16":      {emulator.Fault{Body: "\xff\xfe{\x00}\x00"}, 200, "", "", "text/plain; charset=utf-16le"},
		"retry after": {emulator.Fault{Status: 429, Header: map[string]string{"Retry-After": "-1"}}, 429, "Retry-After", "-1", ""},
		"redirect": {
			emulator.Fault{Status: 302, Header: map[string]string{"Location": "http://other.example.com/"}},
			302, "Location",
			"http://other.example.com/", "",
		},
		"authenticate": {
			emulator.Fault{Status: 401, Body: page, Header: map[string]string{"WWW-Authenticate": "Basic"}},
			401, "Www-Authenticate", "Basic",
			"text/html; charset=utf-8",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := emulatortest.Unlimited(emulatortest.Noon)
			client := listening(t, e)
			test.fault.Kind = emulator.FaultAnswer
			e.Inject(test.fault)
			got := send(client, emulatortest.Flow(nil).Request())
			if got.err != nil || got.status != test.status || got.body != test.fault.Body ||
				got.header.Get(test.header) != test.value || got.header.Get("Content-Type") != test.mediaType {
				t.Errorf("got %+v", got)
			}
			if c := e.Calls()[0]; c.Status != test.status || c.Fault != emulator.FaultAnswer {
				t.Errorf("recorded %+v", c)
			}
		})
	}
}

func TestErrorsHaveTheFormOfTheVendor(t *testing.T) {
	flow := func() *http.Request { return emulatortest.Flow(nil).Request() }
	export := func() *http.Request {
		return httptest.NewRequest(http.MethodGet, emulatortest.ExportLink(t, emulatortest.Unlimited(emulatortest.Noon), nil), http.NoBody)
	}
	legacy := func() *http.Request { return emulatortest.Legacy() }
	relay := func() *http.Request { return emulatortest.Relay(emulatortest.Noon, "{}") }
	tests := []struct {
		request func() *http.Request
		fault   emulator.Fault
		status  int
		code    string
		body    string // a part of it
	}{
		{
			flow,
			emulator.Fault{API: emulator.MNA, Kind: emulator.FaultError, Code: "InternalError.MonitorDataRequestError", Message: "No data."},
			200, "InternalError.MonitorDataRequestError",
			`{"Response":{"Error":{"Code":"InternalError.MonitorDataRequestError","Message":"No data."},"RequestId":"`,
		},
		{flow, emulator.Fault{Kind: emulator.FaultThrottled}, 200, "RequestLimitExceeded", `{"Code":"RequestLimitExceeded",`},
		{
			relay,
			emulator.Fault{API: emulator.CDNetworks, Kind: emulator.FaultError, Code: "24002001"},
			200, "24002001",
			`{"code":"24002001","message":"A fault was injected."}`,
		},
		{
			relay,
			emulator.Fault{API: emulator.CDNetworks, Kind: emulator.FaultError, Code: "Unauthorized", Status: 401},
			401, "Unauthorized",
			`{"code":"Unauthorized",`,
		},
		{relay, emulator.Fault{Kind: emulator.FaultThrottled}, 446, "WPLUS_AccountApiTooFrequence", `"code":"WPLUS_AccountApiTooFrequence"`},
		{
			legacy,
			emulator.Fault{API: emulator.CDNLegacy, Kind: emulator.FaultError, Code: "6000"},
			200, "6000",
			`{"code":6000,"message":"A fault was injected."}`,
		},
		{
			legacy,
			emulator.Fault{API: emulator.CDNLegacy, Kind: emulator.FaultError, Code: "4000", Message: "(9163)too\noften"},
			200, "4000",
			`{"code":4000,"message":"(9163)too\noften","codeDesc":9163}`,
		},
		{legacy, emulator.Fault{Kind: emulator.FaultThrottled}, 200, "4400", `"codeDesc":"RequestLimitExceeded"}`},
		{export, emulator.Fault{API: emulator.Export, Kind: emulator.FaultError, Code: "AccessDenied"}, 403, "AccessDenied", "<Code>AccessDenied</Code>"},
		{
			export,
			emulator.Fault{API: emulator.Export, Kind: emulator.FaultError, Code: "InternalError", Status: 500},
			500, "InternalError",
			"<Code>InternalError</Code>",
		},
		{export, emulator.Fault{Kind: emulator.FaultThrottled}, 503, "SlowDown", "<Code>SlowDown</Code>"},
	}
	for _, test := range tests {
		e := emulatortest.Unlimited(emulatortest.Noon)
		client := listening(t, e)
		e.Inject(test.fault)
		got := send(client, test.request())
		if got.err != nil || got.status != test.status || !strings.Contains(got.body, test.body) {
			t.Errorf("%+v: got %+v", test.fault, got)
		}
		if calls := e.Calls(); calls[0].Code != test.code {
			t.Errorf("%+v: recorded code %s", test.fault, calls[0].Code)
		}
	}
}

func TestMemberEditsTheAnswer(t *testing.T) {
	body := trueAnswer()
	_, id, _ := strings.Cut(body, `,"RequestId"`)
	id = `,"RequestId"` + id
	first := body[strings.Index(body, `{"Time"`) : strings.Index(body, "}")+1]
	list := body[strings.Index(body, "[") : strings.Index(body, "]")+1]
	tests := map[string]struct {
		fault emulator.Fault
		want  string
	}{
		"value":          {emulator.Fault{Kind: emulator.FaultMember, Member: "NetDetails", Body: "null"}, strings.Replace(body, list, "null", 1)},
		"inner value":    {emulator.Fault{Kind: emulator.FaultMember, Member: "Current", Body: "NaN"}, strings.Replace(body, first, first[:strings.LastIndex(first, ":")+1]+"NaN}", 1)},
		"removed first":  {emulator.Fault{Kind: emulator.FaultMember, Member: "NetDetails"}, strings.Replace(body, `"NetDetails":`+list+",", "", 1)},
		"removed last":   {emulator.Fault{Kind: emulator.FaultMember, Member: "RequestId"}, strings.Replace(body, id, "}}\n", 1)},
		"removed only":   {emulator.Fault{Kind: emulator.FaultMember, Member: "Response"}, "{}\n"},
		"no such member": {emulator.Fault{Kind: emulator.FaultMember, Member: "Request", Body: "1"}, body},
		"padded":         {emulator.Fault{Kind: emulator.FaultLargeBody, Size: 100_000}, strings.Repeat(" ", 100_000) + body},
	}
	for name, test := range tests {
		e := emulatortest.Unlimited(emulatortest.Noon)
		client := listening(t, e)
		e.Inject(test.fault)
		got := send(client, emulatortest.Flow(nil).Request())
		if got.err != nil || got.status != http.StatusOK {
			t.Errorf("%s: got status %d, %v", name, got.status, got.err)
		}
		if diff := cmp.Diff(test.want, got.body); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestFaultsHappenToDownloads(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	client := listening(t, e)
	link := emulatortest.ExportLink(t, e, nil)
	e.Inject(
		emulator.Fault{API: emulator.Export, Kind: emulator.FaultAnswer, Body: "<html>", Count: 1},
		emulator.Fault{API: emulator.Export, Kind: emulator.FaultTruncated, Count: 1},
	)
	for i, check := range []func(received) bool{
		func(got received) bool { return got.body == "<html>" },
		func(got received) bool {
			return errors.Is(got.err, io.ErrUnexpectedEOF) && strings.HasPrefix(got.body, "PK")
		},
		func(got received) bool { return got.err == nil && strings.HasPrefix(got.body, "PK") },
	} {
		if got := send(client, httptest.NewRequest(http.MethodGet, link, http.NoBody)); !check(got) {
			t.Errorf("download %d: status %d, %d bytes, %v", i, got.status, len(got.body), got.err)
		}
	}
}
