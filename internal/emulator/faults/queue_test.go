// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

func TestProbabilityIsKept(t *testing.T) {
	draws := func(seed uint64, probability float64) (pattern string, share float64) {
		q := NewQueue(figures.Source{Seed: seed})
		q.Add(Fault{Kind: Throttled, Probability: probability})
		drawn := make([]byte, 400)
		for i := range drawn {
			drawn[i] = '.'
			if q.Take(exchange.MNA, "GetFlowStatistic") != nil {
				drawn[i] = 'x'
			}
		}
		return string(drawn), float64(bytes.Count(drawn, []byte("x"))) / float64(len(drawn))
	}
	for _, probability := range []float64{0.1, 0.5, 0.9, 1} {
		pattern, share := draws(1, probability)
		if math.Abs(share-probability) > 0.08 {
			t.Errorf("probability %v drew %v of all requests", probability, share)
		}
		if again, _ := draws(1, probability); again != pattern {
			t.Errorf("probability %v drew other requests with the same seed", probability)
		}
		if other, _ := draws(2, probability); probability < 1 && other == pattern {
			t.Errorf("probability %v drew the same requests with another seed", probability)
		}
	}
}

func TestFaultsAreDrawnIndependently(t *testing.T) {
	q := NewQueue(figures.Source{})
	q.Add(Fault{API: exchange.MNA, Kind: Reset, Probability: 0.5}, Fault{API: exchange.TRRO, Kind: Reset, Probability: 0.5})
	for range 100 {
		if (q.Take(exchange.MNA, "") == nil) != (q.Take(exchange.TRRO, "") == nil) {
			return
		}
	}
	t.Error("both faults were drawn for the same requests")
}

func TestInvalidFaultsAreRefused(t *testing.T) {
	tests := []struct {
		fault Fault
		want  string // a part of the error
	}{
		{Fault{}, `kind "" is unknown; known are answer, clock, `},
		{Fault{Kind: "Reset"}, `kind "Reset" is unknown`},
		{Fault{Kind: Reset, API: "cos"}, `api "cos" is unknown; known are mna, trro, cdn, cdn_legacy, cdnetworks, export`},
		{Fault{Kind: Reset, Count: -1}, "negative"},
		{Fault{Kind: Stall, Delay: -1}, "negative"},
		{Fault{Kind: LargeBody, Size: -1}, "negative"},
		{Fault{Kind: Reset, Probability: 1.1}, "probability 1.1"},
		{Fault{Kind: Reset, Probability: -0.1}, "probability -0.1"},
		{Fault{Kind: Reset, Probability: math.NaN()}, "probability NaN"},
		{Fault{Kind: Answer, Status: 100}, "status 100"},
		{Fault{Kind: Answer, Status: 600}, "status 600"},
		{Fault{Kind: Reset, Status: 500}, "kind reset does not use status"},
		{Fault{Kind: Reset, Header: map[string]string{"A": "b"}}, "kind reset does not use header"},
		{Fault{Kind: Stall, Body: "{}"}, "kind stall does not use body"},
		{Fault{Kind: Answer, Code: "a"}, "kind answer does not use code"},
		{Fault{Kind: Answer, Message: "a"}, "kind answer does not use message"},
		{Fault{Kind: Truncated, Delay: 1}, "kind truncated does not use delay"},
		{Fault{Kind: Truncated, Size: 1}, "kind truncated does not use size"},
		{Fault{Kind: Answer, Member: "a"}, "kind answer does not use member"},
		{Fault{Kind: LargeBody, Body: "a"}, "kind large_body does not use body"},
		{Fault{Kind: Answer, ClockOffset: 1}, "kind answer does not use clock_offset"},
		{Fault{Kind: Stall, ClockOffset: 1}, "kind stall does not use clock_offset"},
		{Fault{Kind: Clock}, "kind clock needs clock_offset"},
		{Fault{Kind: Error, Code: "a"}, "kind error needs api"},
		{Fault{Kind: Error, API: exchange.MNA}, "kind error needs code"},
		{Fault{Kind: Error, API: exchange.CDNLegacy, Code: "InternalError"}, `code "InternalError" is not a number`},
		{Fault{Kind: Member}, "kind member needs member"},
	}
	for _, test := range tests {
		if err := test.fault.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: error %v, want one with %q", test.fault, err, test.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Add took a fault without a kind")
		}
	}()
	NewQueue(figures.Source{}).Add(Fault{})
}

// Every parameter of the table is a field in JSON, and every kind has a behavior.
func TestTablesAgree(t *testing.T) {
	full := Fault{
		API: "a", Status: 1, Header: map[string]string{"a": "b"}, Body: "a", Member: "a", Code: "a", Message: "a", Delay: 1, ClockOffset: 1, Size: 1,
	}
	text, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal(text, &members); err != nil {
		t.Fatal(err)
	}
	delete(members, "kind")
	for _, p := range parameters {
		if !p.isSet(full) || p.isSet(Fault{}) || members[p.name] == nil {
			t.Errorf("%s is not the parameter that it is called in JSON", p.name)
		}
		delete(members, p.name)
		for _, kind := range slices.Concat(p.required, p.optional) {
			if _, ok := behaviors[kind]; !ok {
				t.Errorf("%s is for kind %q, which does not exist", p.name, kind)
			}
		}
	}
	if len(members) > 0 {
		t.Errorf("%v are in no table", members)
	}
}
