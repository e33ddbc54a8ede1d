// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// statuses sends requests one after the other and returns the statuses of the answers.
func statuses(e *Emulator, requests ...*http.Request) []int {
	var got []int
	for _, r := range requests {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		got = append(got, w.Code)
	}
	return got
}

// failing is a fault that shows by its status.
func failing(status, count int) Fault { return Fault{Kind: FaultAnswer, Status: status, Count: count} }

func TestFaultsQueue(t *testing.T) {
	e := New(Options{Clock: clock.At(noon), Limits: &Limits{}, Faults: []Fault{failing(502, 2)}})
	relayFault := failing(504, 0)
	relayFault.API = CDNetworks
	exportFault := failing(404, 1)
	exportFault.Action = "GetStatisticDataByName"
	e.Inject(relayFault, exportFault, failing(503, 1))

	got := statuses(e, flowCall(), flowCall(), flowCall(), flowCall(), relayRequest(noon, "{}"), relayRequest(noon, "{}"))
	if diff := cmp.Diff([]int{502, 502, 503, 200, 504, 504}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Fault{relayFault, exportFault}, e.Faults()); diff != "" {
		t.Error(diff)
	}
	got = statuses(e, mnaCall("GetStatisticDataByName", object(exportRequest, nil)).request())
	e.ClearFaults()
	got = append(got, statuses(e, relayRequest(noon, "{}"))...)
	if diff := cmp.Diff([]int{404, 200}, got); diff != "" {
		t.Error(diff)
	}
	if left := e.Faults(); len(left) > 0 {
		t.Errorf("%+v are left", left)
	}
}

// TestFaultsSpareMistakes checks that a refused request keeps its own error, and the fault for the next one.
func TestFaultsSpareMistakes(t *testing.T) {
	e := unlimited(noon)
	e.Inject(failing(502, 2), Fault{Kind: FaultTruncated, Count: 1})
	wrongKey, wrongType := mnaCall("GetFlowStatistic", "{}"), object(flowRequest, map[string]any{"Type": 9})
	wrongKey.key = "wrong"
	if got := code(t, e, wrongKey.request()); got != "AuthFailure.SignatureFailure" {
		t.Errorf("a wrong key got %s", got)
	}
	if got := code(t, e, mnaCall("GetFlowStatistic", wrongType).request()); got != "InvalidParameterValue" {
		t.Errorf("a wrong parameter got %s", got)
	}
	unsigned := httptest.NewRequest(http.MethodPost, "/v2/index.php", strings.NewReader("%"))
	unsigned.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if got := askLegacy(t, e, unsigned); got.Code != 4000 {
		t.Errorf("an unreadable request got %+v", got)
	}
	for _, call := range e.Calls() {
		if call.Fault != "" {
			t.Errorf("recorded %+v", call)
		}
	}
	if diff := cmp.Diff([]int{502}, statuses(e, flowCall())); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Fault{failing(502, 1), {Kind: FaultTruncated, Count: 1}}, e.Faults()); diff != "" {
		t.Error(diff)
	}
}

// TestFaultsGoBeforeOverride leaves to Override what no fault concerns.
func TestFaultsGoBeforeOverride(t *testing.T) {
	e := New(Options{Clock: clock.At(noon), Override: func(_ API, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusTeapot)
		return true
	}})
	e.Inject(failing(502, 1), Fault{Kind: FaultTrailing, Body: "x", Count: 1}, Fault{Kind: FaultClock, ClockOffset: time.Second, Count: 1})
	got := statuses(e, flowCall(), flowCall(), flowCall(), flowCall())
	if diff := cmp.Diff([]int{502, 200, http.StatusTeapot, http.StatusTeapot}, got); diff != "" {
		t.Error(diff)
	}
}

func TestFaultProbability(t *testing.T) {
	strikes := func(seed uint64, probability float64) (pattern string, share float64) {
		e := New(Options{Seed: seed, Clock: clock.At(noon), Limits: &Limits{}})
		e.Inject(Fault{Kind: FaultThrottled, Probability: probability})
		drawn := make([]byte, 400)
		for i := range drawn {
			drawn[i] = '.'
			if e.faults.take(MNA, "GetFlowStatistic") != nil {
				drawn[i] = 'x'
			}
		}
		return string(drawn), float64(bytes.Count(drawn, []byte("x"))) / float64(len(drawn))
	}
	for _, probability := range []float64{0.1, 0.5, 0.9, 1} {
		pattern, share := strikes(1, probability)
		if math.Abs(share-probability) > 0.08 {
			t.Errorf("probability %v struck %v of all", probability, share)
		}
		if again, _ := strikes(1, probability); again != pattern {
			t.Errorf("probability %v struck differently with the same seed", probability)
		}
		if other, _ := strikes(2, probability); probability < 1 && other == pattern {
			t.Errorf("probability %v struck alike with another seed", probability)
		}
	}
}

// TestFaultsAreDrawnApart checks that faults with the same chance do not strike in the same order.
func TestFaultsAreDrawnApart(t *testing.T) {
	e := unlimited(noon)
	e.Inject(Fault{API: MNA, Kind: FaultReset, Probability: 0.5}, Fault{API: TRRO, Kind: FaultReset, Probability: 0.5})
	for range 100 {
		if (e.faults.take(MNA, "") == nil) != (e.faults.take(TRRO, "") == nil) {
			return
		}
	}
	t.Error("both faults struck alike")
}

func TestImprobableFaultsLetOthersPass(t *testing.T) {
	e := unlimited(noon)
	for _, status := range []int{502, 503} {
		f := failing(status, 0)
		f.Probability = 0.4
		e.Inject(f)
	}
	seen := make(map[int]int)
	for range 100 {
		seen[statuses(e, flowCall())[0]]++
	}
	if seen[502] == 0 || seen[503] == 0 || seen[200] == 0 {
		t.Errorf("statuses %v", seen)
	}
}

func TestConcurrentFaults(t *testing.T) {
	e := unlimited(noon)
	e.Inject(failing(502, 20), failing(503, 10))
	var (
		all  sync.WaitGroup
		mu   sync.Mutex
		seen = make(map[int]int)
	)
	for range 50 {
		all.Go(func() {
			e.Faults()
			status := statuses(e, flowCall())[0]
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

func TestValidate(t *testing.T) {
	tests := []struct {
		fault Fault
		want  string // what the error has to hold
	}{
		{Fault{}, `kind "" is unknown; known are answer, clock, `},
		{Fault{Kind: "Reset"}, `kind "Reset" is unknown`},
		{Fault{Kind: FaultReset, API: "cos"}, `api "cos" is unknown; known are mna, trro, cdn, cdn_legacy, cdnetworks, export`},
		{Fault{Kind: FaultReset, Count: -1}, "negative"},
		{Fault{Kind: FaultStall, Delay: -1}, "negative"},
		{Fault{Kind: FaultLargeBody, Size: -1}, "negative"},
		{Fault{Kind: FaultReset, Probability: 1.1}, "probability 1.1"},
		{Fault{Kind: FaultReset, Probability: -0.1}, "probability -0.1"},
		{Fault{Kind: FaultReset, Probability: math.NaN()}, "probability NaN"},
		{Fault{Kind: FaultAnswer, Status: 100}, "status 100"},
		{Fault{Kind: FaultAnswer, Status: 600}, "status 600"},
		{Fault{Kind: FaultReset, Status: 500}, "kind reset does not use status"},
		{Fault{Kind: FaultReset, Header: map[string]string{"A": "b"}}, "kind reset does not use header"},
		{Fault{Kind: FaultStall, Body: "{}"}, "kind stall does not use body"},
		{Fault{Kind: FaultAnswer, Code: "a"}, "kind answer does not use code"},
		{Fault{Kind: FaultAnswer, Message: "a"}, "kind answer does not use message"},
		{Fault{Kind: FaultTruncated, Delay: 1}, "kind truncated does not use delay"},
		{Fault{Kind: FaultTruncated, Size: 1}, "kind truncated does not use size"},
		{Fault{Kind: FaultTrailing, Body: "a", Member: "a"}, "kind trailing does not use member"},
		{Fault{Kind: FaultStall, ClockOffset: 1}, "kind stall does not use clock_offset"},
		{Fault{Kind: FaultClock}, "kind clock needs clock_offset"},
		{Fault{Kind: FaultError, Code: "a"}, "kind error needs api"},
		{Fault{Kind: FaultError, API: MNA}, "kind error needs code"},
		{Fault{Kind: FaultError, API: CDNLegacy, Code: "InternalError"}, `code "InternalError" is not a number`},
		{Fault{Kind: FaultHeader}, "kind header needs header"},
		{Fault{Kind: FaultMember}, "kind member needs member"},
		{Fault{Kind: FaultTrailing}, "kind trailing needs body"},
	}
	for _, test := range tests {
		if err := test.fault.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error %v, want one with %q", test.fault, err, test.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Inject took a fault without a kind")
		}
	}()
	New(Options{Faults: []Fault{{}}})
}
