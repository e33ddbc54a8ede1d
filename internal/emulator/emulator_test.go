// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

func TestCallsAreRecorded(t *testing.T) {
	var observed []Call
	e := New(Options{Clock: clock.At(noon), Observe: func(c Call) { observed = append(observed, c) }})
	body := object(flowRequest, map[string]any{"Type": 9})
	e.ServeHTTP(httptest.NewRecorder(), mnaCall("GetFlowStatistic", body).request())
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://api.example.com/nowhere?a=b", http.NoBody))
	if w.Code != http.StatusNotFound || w.Header().Get("Date") != "Tue, 10 Mar 2026 04:00:00 GMT" {
		t.Errorf("an unknown path got status %d, Date %q", w.Code, w.Header().Get("Date"))
	}

	calls := e.Calls()
	if len(calls) != 2 || !cmp.Equal(calls, observed) {
		t.Fatalf("%d calls recorded, %d observed", len(calls), len(observed))
	}
	if c := calls[0]; c.API != MNA || c.Action != "GetFlowStatistic" || c.Host != "mna.example.com" ||
		string(c.Body) != body || !c.Time.Equal(noon) || c.Status != 200 || c.Code != "InvalidParameterValue" ||
		c.Header.Get("Authorization") == "" {
		t.Errorf("recorded %+v", c)
	}
	if c := calls[1]; c.API != "" || c.Path != "/nowhere" || c.Query.Get("a") != "b" || c.Status != 404 {
		t.Errorf("recorded %+v", c)
	}
	if got := e.CallsTo(MNA); !cmp.Equal(got, calls[:1]) {
		t.Errorf("calls to MNA: %+v", got)
	}
}

func TestCutConnectionIsRecorded(t *testing.T) {
	e := New(Options{Clock: clock.At(noon), Override: func(API, http.ResponseWriter, *http.Request) bool {
		panic(http.ErrAbortHandler)
	}})
	func() {
		defer func() { _ = recover() }()
		e.ServeHTTP(httptest.NewRecorder(), mnaCall("GetFlowStatistic", object(flowRequest, nil)).request())
	}()
	if calls := e.Calls(); len(calls) != 1 || calls[0].API != MNA || calls[0].Status != 0 {
		t.Errorf("recorded %+v", calls)
	}
}

func TestOverrideReadsTheBodyAgain(t *testing.T) {
	var got []byte
	e := New(Options{Override: func(_ API, _ http.ResponseWriter, r *http.Request) (answered bool) {
		got, _ = io.ReadAll(r.Body)
		return true
	}})
	e.mux.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		if first, _ := io.ReadAll(r.Body); string(first) != "a=b" || !e.overridden(w, r) {
			t.Errorf("read %q first", first)
		}
	})
	e.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/form", strings.NewReader("a=b")))
	if string(got) != "a=b" {
		t.Errorf("Override read %q", got)
	}
}

func TestBodyTooLarge(t *testing.T) {
	e := New(Options{Clock: clock.At(noon)})
	w := httptest.NewRecorder()
	e.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.Repeat(" ", maxBody+1))))
	if w.Code != http.StatusRequestEntityTooLarge || e.Calls()[0].Status != w.Code {
		t.Errorf("status %d", w.Code)
	}
}

func TestOldCallsAreForgotten(t *testing.T) {
	e := New(Options{})
	for range maxCalls + 1 {
		e.record(Call{})
	}
	if got, want := len(e.Calls()), maxCalls-maxCalls/10+1; got != want {
		t.Errorf("%d calls kept, want %d", got, want)
	}
}

func TestConcurrentCalls(t *testing.T) {
	e := unlimited(noon)
	var all sync.WaitGroup
	ids := make([]string, 50)
	for i := range ids {
		all.Go(func() { ids[i] = flow(t, e, nil).RequestID })
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
	if got := len(e.CallsTo(MNA)); got != len(ids) {
		t.Errorf("%d calls recorded", got)
	}
}
