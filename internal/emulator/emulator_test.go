// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

func TestCallsAreRecorded(t *testing.T) {
	var observed []emulator.Call
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Observe: func(c emulator.Call) { observed = append(observed, c) }})
	body := emulatortest.Object(emulatortest.FlowMembers, map[string]any{"Type": 9})
	e.ServeHTTP(httptest.NewRecorder(), emulatortest.MNA("GetFlowStatistic", body).Request())
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://api.example.com/nowhere?a=b", http.NoBody))
	if w.Code != http.StatusNotFound || w.Header().Get("Date") != "Tue, 10 Mar 2026 04:00:00 GMT" {
		t.Errorf("an unknown path got status %d, Date %q", w.Code, w.Header().Get("Date"))
	}

	calls := e.Calls()
	if len(calls) != 2 || !cmp.Equal(calls, observed) {
		t.Fatalf("%d calls recorded, %d observed", len(calls), len(observed))
	}
	if c := calls[0]; c.API != emulator.MNA || c.Action != "GetFlowStatistic" || c.Host != "mna.example.com" ||
		string(c.Body) != body || !c.Time.Equal(emulatortest.Noon) || c.Status != 200 || c.Code != "InvalidParameterValue" ||
		c.Header.Get("Authorization") == "" {
		t.Errorf("recorded %+v", c)
	}
	if c := calls[1]; c.API != "" || c.Path != "/nowhere" || c.Query.Get("a") != "b" || c.Status != 404 {
		t.Errorf("recorded %+v", c)
	}
	if got := e.CallsTo(emulator.MNA); !cmp.Equal(got, calls[:1]) {
		t.Errorf("calls to MNA: %+v", got)
	}
}

func TestCutConnectionIsRecorded(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Override: func(emulator.API, http.ResponseWriter, *http.Request) bool {
		panic(http.ErrAbortHandler)
	}})
	func() {
		defer func() { _ = recover() }()
		e.ServeHTTP(httptest.NewRecorder(), emulatortest.MNA("GetFlowStatistic", emulatortest.Object(emulatortest.FlowMembers, nil)).Request())
	}()
	if calls := e.Calls(); len(calls) != 1 || calls[0].API != emulator.MNA || calls[0].Status != 0 {
		t.Errorf("recorded %+v", calls)
	}
}

func TestBodiesAreLimited(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat(" ", 10<<20+1))))
	if w.Code != http.StatusRequestEntityTooLarge || e.Calls()[0].Status != w.Code {
		t.Errorf("status %d", w.Code)
	}
}

func TestConcurrentCallsHaveDifferentIDs(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	var all sync.WaitGroup
	ids := make([]string, 50)
	for i := range ids {
		all.Go(func() {
			ids[i] = emulatortest.Result[struct {
				RequestID string `json:"RequestId"`
			}](t, e, emulatortest.Flow(nil)).RequestID
		})
	}
	all.Wait()
	shape := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := make(map[string]bool)
	for _, id := range ids {
		if seen[id] || !shape.MatchString(id) {
			t.Errorf("request ID %q is repeated or has the wrong shape", id)
		}
		seen[id] = true
	}
	if got := len(e.CallsTo(emulator.MNA)); got != len(ids) {
		t.Errorf("%d calls recorded", got)
	}
}

func TestOverrideAnswersAcceptedRequests(t *testing.T) {
	var seen string
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Override: func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
		var body struct {
			DeviceID string `json:"DeviceId"`
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		seen += string(api) + " " + body.DeviceID + ";"
		w.WriteHeader(http.StatusBadGateway)
		return body.DeviceID == "device-1"
	}})
	w := httptest.NewRecorder()
	e.ServeHTTP(w, emulatortest.Flow(nil).Request())
	if w.Code != http.StatusBadGateway || w.Body.Len() != 0 {
		t.Errorf("status %d, body %q", w.Code, w.Body)
	}
	e.ServeHTTP(httptest.NewRecorder(), emulatortest.Flow(map[string]any{"Type": 9}).Request())
	if want := "mna device-1;"; seen != want {
		t.Errorf("override saw %q, want %q", seen, want)
	}
}

// Every service leaves accepted requests to Override.
func TestOverrideIsForAllServices(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Override: func(api emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-Api", string(api))
		w.WriteHeader(http.StatusTeapot)
		return true
	}})
	for api, r := range map[emulator.API]*http.Request{
		emulator.MNA:        emulatortest.Flow(nil).Request(),
		emulator.CDNetworks: emulatortest.Relay(emulatortest.Noon, "{}"),
		emulator.CDNLegacy:  emulatortest.Legacy(),
		emulator.Export:     httptest.NewRequest(http.MethodGet, emulatortest.ExportLink(t, emulatortest.Unlimited(emulatortest.Noon), nil), http.NoBody),
		emulator.Metadata:   httptest.NewRequest(http.MethodGet, "/latest/meta-data/cam/security-credentials/reader", http.NoBody),
	} {
		if w := emulatortest.Send(e, r); w.Code != http.StatusTeapot || w.Header().Get("X-Api") != string(api) {
			t.Errorf("%s: status %d, %v", api, w.Code, w.Header())
		}
	}
}
