// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// behaviour is what faults of a kind do. One of before, instead and deliver is set.
type behaviour struct {
	// needs and uses are the parameters that have to be set and those that may be, by their names in JSON. Status
	// and header may be set with every kind but FaultReset.
	needs, uses []string
	// size and delay are the defaults.
	size  int
	delay time.Duration
	// before acts before the checks and tells whether nothing is left to answer.
	before func(w http.ResponseWriter, r *http.Request, f Fault) (answered bool)
	// instead writes an answer in place of the true one.
	instead func(e *Emulator, w http.ResponseWriter, r *http.Request, f Fault)
	// deliver sends the true answer, whose body it gets.
	deliver func(a *answer, r *http.Request, f Fault, body []byte)
}

var behaviours = map[FaultKind]behaviour{
	FaultReset: {before: reset},
	FaultStall: {before: stall, uses: []string{"delay"}},
	FaultClock: {before: shiftClock, needs: []string{"clock_offset"}},

	FaultAnswer:    {instead: answerWith, uses: []string{"body"}},
	FaultError:     {instead: refuseWith, needs: []string{"api", "code"}, uses: []string{"message"}},
	FaultThrottled: {instead: throttle},

	FaultHeader:      {deliver: edited(unchanged), needs: []string{"header"}},
	FaultMember:      {deliver: edited(replaceMember), needs: []string{"member"}, uses: []string{"body"}},
	FaultDeepJSON:    {deliver: edited(nestLists), uses: []string{"member", "size"}, size: 100_000},
	FaultLongNumber:  {deliver: edited(lengthenNumber), uses: []string{"member", "size"}, size: 1_000_000},
	FaultManyMembers: {deliver: edited(multiplyMembers), uses: []string{"member", "size"}, size: 1_000_000},
	FaultTrailing:    {deliver: edited(appendBody), needs: []string{"body"}},
	FaultLargeBody:   {deliver: sendPadded, uses: []string{"size"}, size: 64 << 20},
	FaultGzipBomb:    {deliver: sendBomb, uses: []string{"size"}, size: 1 << 30},

	FaultTruncated:    {deliver: sendTruncated},
	FaultUnterminated: {deliver: sendUnterminated},
	FaultStalledBody:  {deliver: sendStalled, uses: []string{"delay"}},
	FaultSlowBody:     {deliver: sendSlowly, uses: []string{"size", "delay"}, size: 1, delay: time.Second},
}

// Validate returns an error that says why a fault makes no sense, nil if it does. It calls members by their names
// in JSON.
func (f Fault) Validate() error {
	b, ok := behaviours[f.Kind]
	switch {
	case !ok:
		return fmt.Errorf("kind %q is unknown; known are %s", f.Kind, listed(slices.Sorted(maps.Keys(behaviours))))
	case f.API != "" && !slices.Contains(apis, f.API):
		return fmt.Errorf("api %q is unknown; known are %s", f.API, listed(apis))
	case f.Count < 0 || f.Size < 0 || f.Delay < 0:
		return errors.New("count, size and delay must not be negative")
	case !(f.Probability >= 0 && f.Probability <= 1):
		return fmt.Errorf("probability %v is not from 0 to 1", f.Probability)
	case f.Status != 0 && (f.Status < http.StatusOK || f.Status > 599):
		return fmt.Errorf("status %d is not from 200 to 599", f.Status)
	}
	return b.check(f)
}

// check returns an error if a fault of the kind lacks a parameter or has one that the kind does not use.
func (b behaviour) check(f Fault) error {
	set := f.parameters()
	for _, name := range b.needs {
		if !slices.Contains(set, name) {
			return fmt.Errorf("kind %s needs %s", f.Kind, name)
		}
	}
	known := slices.Concat(b.needs, b.uses, []string{"api"})
	if f.Kind != FaultReset {
		known = append(known, "status", "header")
	}
	for _, name := range set {
		if !slices.Contains(known, name) {
			return fmt.Errorf("kind %s does not use %s", f.Kind, name)
		}
	}
	if _, err := strconv.Atoi(f.Code); err != nil && f.Kind == FaultError && f.API == CDNLegacy {
		return fmt.Errorf("code %q is not a number, as codes of %s are", f.Code, CDNLegacy)
	}
	return nil
}

// parameters returns the names of the parameters that are set, and api if it is.
func (f Fault) parameters() []string {
	var set []string
	for _, parameter := range []struct {
		name  string
		isSet bool
	}{
		{"api", f.API != ""},
		{"status", f.Status != 0},
		{"header", len(f.Header) > 0},
		{"body", f.Body != ""},
		{"member", f.Member != ""},
		{"code", f.Code != ""},
		{"message", f.Message != ""},
		{"delay", f.Delay != 0},
		{"clock_offset", f.ClockOffset != 0},
		{"size", f.Size != 0},
	} {
		if parameter.isSet {
			set = append(set, parameter.name)
		}
	}
	return set
}

// listed writes names for people.
func listed[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, ", ")
}
