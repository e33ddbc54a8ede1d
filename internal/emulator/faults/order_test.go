// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// statuses sends requests one after the other and returns the statuses of the answers.
func statuses(e *emulator.Emulator, requests ...*http.Request) []int {
	var got []int
	for _, r := range requests {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		got = append(got, w.Code)
	}
	return got
}

// failing is a fault with a status to recognize it by.
func failing(status, count int) emulator.Fault {
	return emulator.Fault{Kind: emulator.FaultAnswer, Status: status, Count: count}
}

func TestFaultsHappenInOrder(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Limits: &emulator.Limits{}, Faults: []emulator.Fault{failing(502, 2)}})
	relayFault := failing(504, 0)
	relayFault.API = emulator.CDNetworks
	exportFault := failing(404, 1)
	exportFault.Action = "GetStatisticDataByName"
	e.Inject(relayFault, exportFault, failing(503, 1))

	got := statuses(e, emulatortest.Flow(nil).Request(), emulatortest.Flow(nil).Request(), emulatortest.Flow(nil).Request(), emulatortest.Flow(nil).Request(), emulatortest.Relay(emulatortest.Noon, "{}"), emulatortest.Relay(emulatortest.Noon, "{}"))
	if diff := cmp.Diff([]int{502, 502, 503, 200, 504, 504}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]emulator.Fault{relayFault, exportFault}, e.Faults()); diff != "" {
		t.Error(diff)
	}
	got = statuses(e, emulatortest.Export(nil).Request())
	e.ClearFaults()
	got = append(got, statuses(e, emulatortest.Relay(emulatortest.Noon, "{}"))...)
	if diff := cmp.Diff([]int{404, 200}, got); diff != "" {
		t.Error(diff)
	}
	if left := e.Faults(); len(left) > 0 {
		t.Errorf("%+v are left", left)
	}
}

// A refused request keeps its own error, and leaves the fault to the next one.
func TestFaultsDoNotHideMistakes(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	e.Inject(failing(502, 2), emulator.Fault{Kind: emulator.FaultTruncated, Count: 1})
	wrongKey, wrongType := emulatortest.MNA("GetFlowStatistic", "{}"), emulatortest.Object(emulatortest.FlowMembers, map[string]any{"Type": 9})
	wrongKey.Key = "wrong"
	if got := emulatortest.Code(t, e, wrongKey.Request()); got != "AuthFailure.SignatureFailure" {
		t.Errorf("a wrong key got %s", got)
	}
	if got := emulatortest.Code(t, e, emulatortest.MNA("GetFlowStatistic", wrongType).Request()); got != "InvalidParameterValue" {
		t.Errorf("a wrong parameter got %s", got)
	}
	unsigned := httptest.NewRequest(http.MethodPost, "/v2/index.php", strings.NewReader("%"))
	unsigned.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := emulatortest.Send(e, unsigned); !strings.Contains(w.Body.String(), `"code":4000`) {
		t.Errorf("an unreadable request got %s", w.Body)
	}
	for _, call := range e.Calls() {
		if call.Fault != "" {
			t.Errorf("recorded %+v", call)
		}
	}
	if diff := cmp.Diff([]int{502}, statuses(e, emulatortest.Flow(nil).Request())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]emulator.Fault{failing(502, 1), {Kind: emulator.FaultTruncated, Count: 1}}, e.Faults()); diff != "" {
		t.Error(diff)
	}
}

// Override gets the requests to which no fault happens.
func TestFaultsGoBeforeOverride(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Override: func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusTeapot)
		return true
	}})
	e.Inject(failing(502, 1), emulator.Fault{Kind: emulator.FaultLargeBody, Size: 1, Count: 1}, emulator.Fault{Kind: emulator.FaultClock, ClockOffset: time.Second, Count: 1})
	got := statuses(e, emulatortest.Flow(nil).Request(), emulatortest.Flow(nil).Request(), emulatortest.Flow(nil).Request(), emulatortest.Flow(nil).Request())
	if diff := cmp.Diff([]int{502, 200, http.StatusTeapot, http.StatusTeapot}, got); diff != "" {
		t.Error(diff)
	}
}

func TestImprobableFaultsLetOthersPass(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	for _, status := range []int{502, 503} {
		f := failing(status, 0)
		f.Probability = 0.4
		e.Inject(f)
	}
	seen := make(map[int]int)
	for range 100 {
		seen[statuses(e, emulatortest.Flow(nil).Request())[0]]++
	}
	if seen[502] == 0 || seen[503] == 0 || seen[200] == 0 {
		t.Errorf("statuses %v", seen)
	}
}

func TestConcurrentFaults(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	e.Inject(failing(502, 20), failing(503, 10))
	var (
		all  sync.WaitGroup
		mu   sync.Mutex
		seen = make(map[int]int)
	)
	for range 50 {
		all.Go(func() {
			e.Faults()
			status := statuses(e, emulatortest.Flow(nil).Request())[0]
			mu.Lock()
			defer mu.Unlock()
			seen[status]++
		})
	}
	all.Wait()
	if diff := cmp.Diff(map[int]int{502: 20, 503: 10, 200: 20}, seen); diff != "" || len(e.Faults()) > 0 {
		t.Errorf("%s, left %+v", diff, e.Faults())
	}
}
