// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"compress/gzip"
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
)

// listening serves an emulator and returns a client that finds it under whatever name, and takes answers as they are.
func listening(t *testing.T, e *Emulator) *http.Client {
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

// received is an answer as it comes out of a connection.
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

func flowCall() *http.Request {
	return mnaCall("GetFlowStatistic", object(flowRequest, nil)).request()
}

// trueAnswer is what flowCall gets first from an emulator at noon.
func trueAnswer() string {
	w := httptest.NewRecorder()
	unlimited(noon).ServeHTTP(w, flowCall())
	return w.Body.String()
}

func TestFaultReset(t *testing.T) {
	// The client may see the reset before the call is recorded.
	ended := make(chan Call, 2)
	e := New(Options{Clock: clock.At(noon), Observe: func(c Call) { ended <- c }})
	client := listening(t, e)
	e.Inject(Fault{Kind: FaultReset, Count: 1})
	if got := send(client, flowCall()); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", got.err)
	}
	if c := <-ended; c.Fault != FaultReset || c.Status != 0 || c.API != MNA || c.Action != "GetFlowStatistic" {
		t.Errorf("recorded %+v", c)
	}
	if got := send(client, flowCall()); got.err != nil || got.status != http.StatusOK {
		t.Errorf("then got status %d, %v", got.status, got.err)
	}
}

func TestFaultResetOverTLS(t *testing.T) {
	e := unlimited(noon)
	server := httptest.NewTLSServer(e)
	defer server.Close()
	e.Inject(Fault{Kind: FaultReset})
	r := flowCall()
	r.URL.Scheme = "https"
	r.URL.Host = "example.com"
	if got := send(clientOf(server), r); !errors.Is(got.err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", got.err)
	}
}

// TestFaultWithoutConnection has faults cut what is no connection.
func TestFaultWithoutConnection(t *testing.T) {
	for _, kind := range []FaultKind{FaultReset, FaultUnterminated, FaultStall, FaultStalledBody, FaultSlowBody} {
		t.Run(string(kind), func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			e := unlimited(noon)
			e.Inject(Fault{Kind: kind})
			defer func() {
				if got, ok := recover().(error); !ok || !errors.Is(got, http.ErrAbortHandler) {
					t.Errorf("panicked with %v", got)
				}
				if c := e.Calls(); len(c) != 1 || c[0].Fault != kind {
					t.Errorf("recorded %+v", c)
				}
			}()
			e.ServeHTTP(httptest.NewRecorder(), flowCall().WithContext(ctx))
		})
	}
}

// TestFaultStall has the client give up, which also has to end the handler.
func TestFaultStall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan Call, 1)
	client := listening(t, New(Options{
		Clock:   clock.Func(func() time.Time { cancel(); return noon }),
		Observe: func(c Call) { ended <- c },
		Faults:  []Fault{{Kind: FaultStall}},
	}))
	if got := send(client, flowCall().WithContext(ctx)); !errors.Is(got.err, context.Canceled) || got.status != 0 {
		t.Errorf("got status %d, %v; want no answer", got.status, got.err)
	}
	if c := <-ended; c.Status != 0 {
		t.Errorf("recorded %+v", c)
	}
}

// TestFaultsThatStallTheBody has the client give up once it has what there is.
func TestFaultsThatStallTheBody(t *testing.T) {
	body := trueAnswer()
	for want, fault := range map[string]Fault{
		body[:len(body)/2]: {Kind: FaultStalledBody},
		body[:5]:           {Kind: FaultSlowBody, Size: 5, Delay: time.Hour},
	} {
		ended := make(chan Call, 1)
		e := New(Options{Clock: clock.At(noon), Observe: func(c Call) { ended <- c }, Faults: []Fault{fault}})
		ctx, cancel := context.WithCancel(t.Context())
		r := flowCall().WithContext(ctx)
		r.RequestURI = ""
		resp, err := listening(t, e).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(want))
		if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != want {
			t.Errorf("%s: got %q, %v; want %q", fault.Kind, got, err, want)
		}
		cancel()
		if _, err := io.ReadAll(resp.Body); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: then got %v", fault.Kind, err)
		}
		resp.Body.Close()
		if c := <-ended; c.Fault != fault.Kind || c.Status != http.StatusOK {
			t.Errorf("recorded %+v", c)
		}
	}
}

// TestFaultsThatDelay runs on a clock of its own.
func TestFaultsThatDelay(t *testing.T) {
	body := trueAnswer()
	tests := []struct {
		fault Fault
		want  time.Duration
	}{
		{Fault{Kind: FaultStall, Delay: time.Hour}, time.Hour},
		{Fault{Kind: FaultStalledBody, Delay: time.Hour}, time.Hour},
		{Fault{Kind: FaultSlowBody}, time.Duration(len(body)-1) * time.Second},
		{Fault{Kind: FaultSlowBody, Size: len(body)/2 + 1, Delay: time.Minute}, time.Minute},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			e := unlimited(noon)
			e.Inject(test.fault)
			w, start := httptest.NewRecorder(), time.Now()
			e.ServeHTTP(w, flowCall())
			if got := time.Since(start); got != test.want || w.Body.String() != body {
				t.Errorf("%+v: %q after %s, want the true answer after %s", test.fault, w.Body, got, test.want)
			}
		})
	}
}

func TestFaultsThatCutTheBody(t *testing.T) {
	e := unlimited(noon)
	client := listening(t, e)
	body := trueAnswer()
	for kind, length := range map[FaultKind]string{FaultTruncated: strconv.Itoa(len(body)), FaultUnterminated: ""} {
		e.Inject(Fault{Kind: kind, Count: 1})
		got := send(client, flowCall())
		if !errors.Is(got.err, io.ErrUnexpectedEOF) || got.header.Get("Content-Length") != length || got.body != body[:len(body)/2] {
			t.Errorf("%s: %d of %d bytes, %v, %v", kind, len(got.body), len(body), got.header, got.err)
		}
	}
}

func TestFaultClock(t *testing.T) {
	link := exportTo(t, unlimited(noon), nil)
	tests := map[string]struct {
		request *http.Request
		fault   Fault
		status  int
		code    string
		date    string
	}{
		"ahead": {flowCall(), Fault{ClockOffset: 7 * time.Minute}, 200, "AuthFailure.SignatureExpire", "Tue, 10 Mar 2026 04:07:00 GMT"},
		"behind, without Date": {
			flowCall(),
			Fault{ClockOffset: -7 * time.Minute, Header: map[string]string{"date": ""}},
			200,
			"AuthFailure.SignatureExpire", "",
		},
		"tolerated":      {flowCall(), Fault{ClockOffset: time.Minute}, 200, "", "Tue, 10 Mar 2026 04:01:00 GMT"},
		"CDNetworks":     {relayRequest(noon, "{}"), Fault{ClockOffset: 20 * time.Minute}, 401, "Unauthorized", "Tue, 10 Mar 2026 04:20:00 GMT"},
		"legacy":         {legacyRequest(), Fault{ClockOffset: 20 * time.Minute}, 200, "4500", "Tue, 10 Mar 2026 04:20:00 GMT"},
		"expired export": {httptest.NewRequest(http.MethodGet, link, http.NoBody), Fault{ClockOffset: 2 * time.Hour}, 403, "AccessDenied", "Tue, 10 Mar 2026 06:00:00 GMT"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := unlimited(noon)
			client := listening(t, e)
			test.fault.Kind = FaultClock
			e.Inject(test.fault)
			got := send(client, test.request)
			if c := e.Calls()[0]; got.status != test.status || c.Code != test.code || c.Fault != FaultClock {
				t.Errorf("status %d, recorded %+v", got.status, c)
			}
			if dates, ok := got.header["Date"]; ok != (test.date != "") || strings.Join(dates, ";") != test.date {
				t.Errorf("Date %q, want %q", dates, test.date)
			}
		})
	}
}

func TestFaultAnswer(t *testing.T) {
	const page = "<html><body>Log in</body></html>"
	tests := map[string]struct {
		fault                    Fault
		status                   int
		header, value, mediaType string
	}{
		"gateway page": {Fault{Status: 502, Body: page}, 502, "", "", "text/html; charset=utf-8"},
		"empty":        {Fault{Status: 503}, 503, "Content-Length", "0", ""},
		"login page":   {Fault{Body: page}, 200, "", "", "text/html; charset=utf-8"},
		"XML":          {Fault{Body: "<?xml version='1.0'?><Error/>"}, 200, "", "", "text/xml; charset=utf-8"},
		"object":       {Fault{Body: "{}"}, 200, "", "", "application/json"},
		"BOM": {
			Fault{Body: "\ufeff{}", Header: map[string]string{"content-type": "application/json"}}, 200, "", "", "application/json",
		},
		"UTF-16":      {Fault{Body: "\xff\xfe{\x00}\x00"}, 200, "", "", "text/plain; charset=utf-16le"},
		"retry after": {Fault{Status: 429, Header: map[string]string{"Retry-After": "-1"}}, 429, "Retry-After", "-1", ""},
		"redirect": {
			Fault{Status: 302, Header: map[string]string{"Location": "http://other.example.com/"}},
			302, "Location",
			"http://other.example.com/", "",
		},
		"authenticate": {
			Fault{Status: 401, Body: page, Header: map[string]string{"WWW-Authenticate": "Basic"}},
			401, "Www-Authenticate", "Basic",
			"text/html; charset=utf-8",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := unlimited(noon)
			client := listening(t, e)
			test.fault.Kind = FaultAnswer
			e.Inject(test.fault)
			got := send(client, flowCall())
			if got.err != nil || got.status != test.status || got.body != test.fault.Body ||
				got.header.Get(test.header) != test.value || got.header.Get("Content-Type") != test.mediaType {
				t.Errorf("got %+v", got)
			}
			if c := e.Calls()[0]; c.Status != test.status || c.Fault != FaultAnswer {
				t.Errorf("recorded %+v", c)
			}
		})
	}
}

func TestFaultErrors(t *testing.T) {
	export := func() *http.Request {
		return httptest.NewRequest(http.MethodGet, exportTo(t, unlimited(noon), nil), http.NoBody)
	}
	legacy := func() *http.Request { return legacyRequest() }
	relay := func() *http.Request { return relayRequest(noon, "{}") }
	tests := []struct {
		request func() *http.Request
		fault   Fault
		status  int
		code    string
		body    string // what it has to hold
	}{
		{
			flowCall,
			Fault{API: MNA, Kind: FaultError, Code: "InternalError.MonitorDataRequestError", Message: "No data."},
			200, "InternalError.MonitorDataRequestError",
			`{"Response":{"Error":{"Code":"InternalError.MonitorDataRequestError","Message":"No data."},"RequestId":"`,
		},
		{flowCall, Fault{Kind: FaultThrottled}, 200, "RequestLimitExceeded", `{"Code":"RequestLimitExceeded",`},
		{
			relay,
			Fault{API: CDNetworks, Kind: FaultError, Code: "24002001"},
			200, "24002001",
			`{"code":"24002001","message":"A fault was injected."}`,
		},
		{
			relay,
			Fault{API: CDNetworks, Kind: FaultError, Code: "Unauthorized", Status: 401},
			401, "Unauthorized",
			`{"code":"Unauthorized",`,
		},
		{relay, Fault{Kind: FaultThrottled}, 446, "WPLUS_AccountApiTooFrequence", `"code":"WPLUS_AccountApiTooFrequence"`},
		{
			legacy,
			Fault{API: CDNLegacy, Kind: FaultError, Code: "6000"},
			200, "6000",
			`{"code":6000,"message":"A fault was injected."}`,
		},
		{
			legacy,
			Fault{API: CDNLegacy, Kind: FaultError, Code: "4000", Message: "(9163)too\noften"},
			200, "4000",
			`{"code":4000,"message":"(9163)too\noften","codeDesc":9163}`,
		},
		{legacy, Fault{Kind: FaultThrottled}, 200, "4400", `"codeDesc":"RequestLimitExceeded"}`},
		{export, Fault{API: Export, Kind: FaultError, Code: "AccessDenied"}, 403, "AccessDenied", "<Code>AccessDenied</Code>"},
		{
			export,
			Fault{API: Export, Kind: FaultError, Code: "InternalError", Status: 500},
			500, "InternalError",
			"<Code>InternalError</Code>",
		},
		{export, Fault{Kind: FaultThrottled}, 503, "SlowDown", "<Code>SlowDown</Code>"},
	}
	for _, test := range tests {
		e := unlimited(noon)
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

func TestFaultsThatEditTheAnswer(t *testing.T) {
	body := trueAnswer()
	_, id, _ := strings.Cut(body, `,"RequestId"`)
	id = `,"RequestId"` + id
	first := body[strings.Index(body, `{"Time"`) : strings.Index(body, "}")+1]
	list := body[strings.Index(body, "[") : strings.Index(body, "]")+1]
	tests := map[string]struct {
		fault Fault
		want  string
	}{
		"header":         {Fault{Kind: FaultHeader, Header: map[string]string{"X-Example": "a"}}, body},
		"value":          {Fault{Kind: FaultMember, Member: "NetDetails", Body: "null"}, strings.Replace(body, list, "null", 1)},
		"inner value":    {Fault{Kind: FaultMember, Member: "Current", Body: "NaN"}, strings.Replace(body, first, first[:strings.LastIndex(first, ":")+1]+"NaN}", 1)},
		"removed first":  {Fault{Kind: FaultMember, Member: "NetDetails"}, strings.Replace(body, `"NetDetails":`+list+",", "", 1)},
		"removed last":   {Fault{Kind: FaultMember, Member: "RequestId"}, strings.Replace(body, id, "}}\n", 1)},
		"removed only":   {Fault{Kind: FaultMember, Member: "Response"}, "{}\n"},
		"no such member": {Fault{Kind: FaultMember, Member: "Request", Body: "1"}, body},
		"deep":           {Fault{Kind: FaultDeepJSON, Size: 3}, "[[[]]]"},
		"deep member":    {Fault{Kind: FaultDeepJSON, Size: 2, Member: "NetDetails"}, strings.Replace(body, list, "[[]]", 1)},
		"long number":    {Fault{Kind: FaultLongNumber, Member: "RequestId", Size: 5}, strings.Replace(body, id, `,"RequestId":77777}}`+"\n", 1)},
		"many members":   {Fault{Kind: FaultManyMembers, Member: "Response", Size: 2}, `{"Response":{"member0":0,"member1":0}}` + "\n"},
		"trailing":       {Fault{Kind: FaultTrailing, Body: "{}"}, body + "{}"},
		"padded":         {Fault{Kind: FaultLargeBody, Size: 100_000}, strings.Repeat(" ", 100_000) + body},
	}
	for name, test := range tests {
		e := unlimited(noon)
		client := listening(t, e)
		e.Inject(test.fault)
		got := send(client, flowCall())
		if got.err != nil || got.status != http.StatusOK || got.header.Get("X-Example") != test.fault.Header["X-Example"] {
			t.Errorf("%s: got status %d, %v, %v", name, got.status, got.header, got.err)
		}
		if diff := cmp.Diff(test.want, got.body); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestFaultDefaultSizes(t *testing.T) {
	for kind, size := range map[FaultKind]int{
		FaultDeepJSON: 200_000, FaultLongNumber: 1_000_000, FaultLargeBody: 64<<20 + len(trueAnswer()),
	} {
		e := unlimited(noon)
		e.Inject(Fault{Kind: kind})
		if got := send(listening(t, e), flowCall()); len(got.body) != size || got.err != nil {
			t.Errorf("%s: %d bytes, %v; want %d", kind, len(got.body), got.err, size)
		}
	}
}

func TestFaultGzipBomb(t *testing.T) {
	e := unlimited(noon)
	client := listening(t, e)
	const size = 8 << 20
	e.Inject(Fault{Kind: FaultGzipBomb, Size: size})
	got := send(client, flowCall())
	if got.header.Get("Content-Encoding") != "gzip" || len(got.body) > size/500 {
		t.Errorf("%d bytes, %v", len(got.body), got.header)
	}
	z, err := gzip.NewReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil || len(plain) != size+len(trueAnswer()) || strings.TrimSpace(string(plain))+"\n" != trueAnswer() {
		t.Errorf("%d bytes, %v", len(plain), err)
	}
}

// TestFaultOfAnExport damages a download, for which there is a whole workbook to damage.
func TestFaultOfAnExport(t *testing.T) {
	e := unlimited(noon)
	client := listening(t, e)
	link := exportTo(t, e, nil)
	e.Inject(
		Fault{API: Export, Kind: FaultAnswer, Body: "<html>", Count: 1},
		Fault{API: Export, Kind: FaultTruncated, Count: 1},
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
