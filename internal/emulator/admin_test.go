// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// administer sends a request from a loopback address.
func administer(e *emulator.Emulator, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr, r.Host = "127.0.0.1:40000", "127.0.0.1:4180"
	w := httptest.NewRecorder()
	e.AdminHandler().ServeHTTP(w, r)
	return w
}

func TestAdminAddsListsAndRemovesFaults(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	const (
		first  = `{"api":"mna","action":"GetFlowStatistic","kind":"answer","count":2,"probability":1,"status":503,"header":{"Retry-After":"2"},"body":"a&b"}`
		second = `{"kind":"stall","delay":"1m30s"}`
	)
	for _, fault := range []string{first, second} {
		if w := administer(e, http.MethodPost, "/_emulator/faults", fault); w.Code != http.StatusCreated || w.Body.String() != fault+"\n" {
			t.Errorf("%s: status %d, %s", fault, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, emulatortest.Flow(nil).Request())
	if w.Code != 503 || w.Header().Get("Retry-After") != "2" || w.Body.String() != "a&b" {
		t.Errorf("status %d, %v, %s", w.Code, w.Header(), w.Body)
	}
	want := "[" + strings.Replace(first, `"count":2`, `"count":1`, 1) + "," + second + "]\n"
	list := administer(e, http.MethodGet, "/_emulator/faults", "")
	if diff := cmp.Diff(want, list.Body.String()); diff != "" || list.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%v, %s", list.Header(), diff)
	}
	if w := administer(e, http.MethodDelete, "/_emulator/faults", ""); w.Code != http.StatusNoContent || w.Body.Len() > 0 {
		t.Errorf("status %d, %s", w.Code, w.Body)
	}
	if w := administer(e, http.MethodGet, "/_emulator/faults", ""); w.Code != http.StatusOK || w.Body.String() != "[]\n" {
		t.Errorf("status %d, %s", w.Code, w.Body)
	}
}

func TestAdminHidesSecretsOfCalls(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	e.Inject(emulator.Fault{API: emulator.Export, Kind: emulator.FaultThrottled})
	r := emulatortest.Flow(nil).Request()
	r.Header.Set("X-TC-Token", "canary-token")
	r.Header.Set("User-Agent", "client/1.0")
	e.ServeHTTP(httptest.NewRecorder(), r)
	emulatortest.Send(e, emulatortest.Export(nil).Request())
	emulatortest.Get(e, http.MethodGet, emulatortest.ExportLink(t, emulatortest.Unlimited(emulatortest.Noon), nil))
	emulatortest.Get(e, http.MethodGet, "http://mna.example.com/nowhere?canary=1")

	w := administer(e, http.MethodGet, "/_emulator/calls", "")
	for _, secret := range []string{"canary", "Signature", "signature", emulator.DefaultSecretID} {
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("%s is in %s", secret, w.Body)
		}
	}
	var got []map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	at := emulatortest.Noon.Format(time.RFC3339)
	want := []map[string]any{
		{
			"time": at, "api": "mna", "action": "GetFlowStatistic", "method": "POST", "host": "mna.example.com", "path": "/",
			"user_agent": "client/1.0", "status": 200.0,
		},
		{"time": at, "api": "mna", "action": "GetStatisticDataByName", "method": "POST", "host": "mna.example.com", "path": "/", "status": 200.0},
		{
			"time": at, "api": "export", "action": "GetObject", "method": "GET", "host": "mna.example.com", "status": 503.0,
			"path": "/statistics/device-1-2026-03-09 00:00-2026-03-09 23:59.xlsx", "code": "SlowDown", "fault": "throttled",
		},
		{"time": at, "method": "GET", "host": "mna.example.com", "path": "/nowhere", "status": 404.0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAdminRefusesBadRequests(t *testing.T) {
	tests := map[string]struct {
		method, path, body string
		status             int
		want               string
	}{
		"unknown member": {http.MethodPost, "faults", `{"kind": "reset", "times": 3}`, 400, `unknown field "times"`},
		"field's name":   {http.MethodPost, "faults", `{"kind": "clock", "ClockOffset": "1m"}`, 400, `unknown field "ClockOffset"`},
		"mistyped":       {http.MethodPost, "faults", `{"kind": "reset", "count": "3"}`, 400, "count"},
		"duration":       {http.MethodPost, "faults", `{"kind": "stall", "delay": "soon"}`, 400, `invalid duration "soon"`},
		"not valid":      {http.MethodPost, "faults", `{"kind": "stall", "body": "{}"}`, 400, "kind stall does not use body"},
		"list":           {http.MethodPost, "faults", `[{"kind": "reset"}]`, 400, "array"},
		"two":            {http.MethodPost, "faults", `{"kind": "reset"}{"kind": "reset"}`, 400, "there is more after the object"},
		"rubbish":        {http.MethodPost, "faults", `{"kind": "reset"}]`, 400, "there is more after the object"},
		"empty":          {http.MethodPost, "faults", "", 400, "EOF"},
		"too large":      {http.MethodPost, "faults", strings.Repeat(" ", 10<<20+1), 400, "too large"},
		"method":         {http.MethodPut, "faults", "{}", 405, ""},
		"delete calls":   {http.MethodDelete, "calls", "", 405, ""},
		"path":           {http.MethodGet, "limits", "", 404, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := emulatortest.Unlimited(emulatortest.Noon)
			w := administer(e, test.method, emulator.AdminPath+test.path, test.body)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("status %d, %s", w.Code, w.Body)
			}
			if faults := e.Faults(); len(faults) > 0 {
				t.Errorf("added %+v", faults)
			}
		})
	}
}

func TestAdminIsForLoopback(t *testing.T) {
	for remote, want := range map[string]int{
		"127.0.0.1:40000":          http.StatusOK,
		"127.8.8.8:40000":          http.StatusOK,
		"[::1]:40000":              http.StatusOK,
		"[::ffff:127.0.0.1]:40000": http.StatusOK,
		"192.0.2.1:40000":          http.StatusForbidden,
		"[2001:db8::1]:40000":      http.StatusForbidden,
		"[::ffff:192.0.2.1]:40000": http.StatusForbidden,
		"0.0.0.0:40000":            http.StatusForbidden,
		"localhost:40000":          http.StatusForbidden,
		"":                         http.StatusForbidden,
	} {
		r := httptest.NewRequest(http.MethodGet, "/_emulator/faults", http.NoBody)
		r.RemoteAddr, r.Host = remote, "localhost:4180"
		r.Header.Set("X-Forwarded-For", "127.0.0.1")
		w := httptest.NewRecorder()
		emulatortest.Unlimited(emulatortest.Noon).AdminHandler().ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: status %d, want %d", remote, w.Code, want)
		}
	}
}

// A browser on the same machine must not inject faults for a web page, whatever name the page gives to a loopback address.
func TestAdminRefusesWebPages(t *testing.T) {
	tests := map[string]struct {
		host   string
		header map[string]string
		want   int
	}{
		"curl":                      {"127.0.0.1:4180", nil, http.StatusCreated},
		"IPv6":                      {"[::1]:4180", nil, http.StatusCreated},
		"another loopback address":  {"127.8.8.8:4180", nil, http.StatusCreated},
		"name":                      {"LocalHost:4180", nil, http.StatusCreated},
		"no port":                   {"localhost", nil, http.StatusCreated},
		"own page":                  {"localhost:4180", map[string]string{"Origin": "http://localhost:4180", "Sec-Fetch-Site": "same-origin"}, http.StatusCreated},
		"typed into a browser":      {"localhost:4180", map[string]string{"Sec-Fetch-Site": "none"}, http.StatusCreated},
		"name that was rebound":     {"attacker.example.com:4180", nil, http.StatusForbidden},
		"name that resolves here":   {"127.0.0.1.example.com", nil, http.StatusForbidden},
		"address of another kind":   {"0.0.0.0:4180", nil, http.StatusForbidden},
		"no host":                   {"", nil, http.StatusForbidden},
		"foreign page":              {"localhost:4180", map[string]string{"Origin": "https://attacker.example.com"}, http.StatusForbidden},
		"sandboxed page":            {"localhost:4180", map[string]string{"Origin": "null"}, http.StatusForbidden},
		"empty origin":              {"localhost:4180", map[string]string{"Origin": ""}, http.StatusForbidden},
		"page of another port":      {"localhost:4180", map[string]string{"Origin": "http://localhost:3000"}, http.StatusForbidden},
		"page over HTTPS":           {"localhost:4180", map[string]string{"Origin": "https://localhost:4180"}, http.StatusForbidden},
		"request without an origin": {"localhost:4180", map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		"page of a sister":          {"localhost:4180", map[string]string{"Sec-Fetch-Site": "same-site"}, http.StatusForbidden},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := emulatortest.Unlimited(emulatortest.Noon)
			r := httptest.NewRequest(http.MethodPost, "/_emulator/faults", strings.NewReader(`{"kind": "reset"}`))
			r.RemoteAddr, r.Host = "127.0.0.1:40000", test.host
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			e.AdminHandler().ServeHTTP(w, r)
			if w.Code != test.want || (len(e.Faults()) > 0) != (w.Code == http.StatusCreated) {
				t.Errorf("status %d, want %d; faults are %v", w.Code, test.want, e.Faults())
			}
		})
	}
}

func TestEmulatorHasNoAdminPaths(t *testing.T) {
	w := emulatortest.Get(emulatortest.Unlimited(emulatortest.Noon), http.MethodGet, "http://mna.example.com/_emulator/faults")
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d, want 404", w.Code)
	}
}
