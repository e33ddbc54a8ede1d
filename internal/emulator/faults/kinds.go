// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

// behavior is the effect of a fault on a request. Exactly one field is set.
type behavior struct {
	// before runs before the checks. It reports whether it has responded.
	before func(x *exchange.Exchange, f Fault) (answered bool)
	// instead writes the response.
	instead func(x *exchange.Exchange, s exchange.Service, f Fault)
	// deliver sends the body of the service's response.
	deliver func(a *exchange.Answer, f Fault, body []byte)
	// growth is the number of entries that are added at the beginning of the action's list after the service's response.
	growth int
}

var behaviors = map[Kind]behavior{
	Reset:     {before: reset},
	Stall:     {before: stall},
	Clock:     {before: shiftClock},
	Answer:    {instead: answerWith},
	Error:     {instead: refuseWith},
	Throttled: {instead: throttle},
	Member:    {deliver: sendEdited},
	LargeBody: {deliver: sendPadded},
	Truncated: {deliver: sendTruncated},
	Grows:     {growth: 1},
	Shrinks:   {growth: -1},
}

// parameter is a field of Fault that only some kinds use.
type parameter struct {
	// name is the name in JSON.
	name  string
	isSet func(f Fault) bool
	// required and optional are the kinds that use the field.
	required, optional []Kind
}

// answering are the kinds that send a response.
var answering = []Kind{Stall, Clock, Answer, Error, Throttled, Member, LargeBody, Truncated, Grows, Shrinks}

var parameters = []parameter{
	{name: "api", isSet: func(f Fault) bool { return f.API != "" }, required: []Kind{Error}, optional: append([]Kind{Reset}, answering...)},
	{name: "status", isSet: func(f Fault) bool { return f.Status != 0 }, optional: answering},
	{name: "header", isSet: func(f Fault) bool { return len(f.Header) > 0 }, optional: answering},
	{name: "body", isSet: func(f Fault) bool { return f.Body != "" }, optional: []Kind{Answer, Member}},
	{name: "member", isSet: func(f Fault) bool { return f.Member != "" }, required: []Kind{Member}},
	{name: "code", isSet: func(f Fault) bool { return f.Code != "" }, required: []Kind{Error}},
	{name: "message", isSet: func(f Fault) bool { return f.Message != "" }, optional: []Kind{Error}},
	{name: "delay", isSet: func(f Fault) bool { return f.Delay != 0 }, optional: []Kind{Stall}},
	{name: "clock_offset", isSet: func(f Fault) bool { return f.ClockOffset != 0 }, required: []Kind{Clock}},
	{name: "size", isSet: func(f Fault) bool { return f.Size != 0 }, optional: []Kind{LargeBody}},
}

// Validate returns an error that says what is wrong with a fault, or nil if it is valid. It uses the names of fields in
// JSON.
func (f Fault) Validate() error {
	_, known := behaviors[f.Kind]
	switch {
	case !known:
		return fmt.Errorf("kind %q is unknown; known are %s", f.Kind, listed(slices.Sorted(maps.Keys(behaviors))))
	case f.API != "" && !slices.Contains(exchange.APIs(), f.API):
		return fmt.Errorf("api %q is unknown; known are %s", f.API, listed(exchange.APIs()))
	case f.Count < 0 || f.Size < 0 || f.Delay < 0:
		return errors.New("count, size and delay must not be negative")
	case !(f.Probability >= 0 && f.Probability <= 1):
		return fmt.Errorf("probability %v is not from 0 to 1", f.Probability)
	case f.Status != 0 && (f.Status < http.StatusOK || f.Status > 599):
		return fmt.Errorf("status %d is not from 200 to 599", f.Status)
	}
	for _, p := range parameters {
		isRequired := slices.Contains(p.required, f.Kind)
		switch isSet := p.isSet(f); {
		case isRequired && !isSet:
			return fmt.Errorf("kind %s needs %s", f.Kind, p.name)
		case isSet && !isRequired && !slices.Contains(p.optional, f.Kind):
			return fmt.Errorf("kind %s does not use %s", f.Kind, p.name)
		}
	}
	if _, err := strconv.Atoi(f.Code); err != nil && f.Kind == Error && f.API == exchange.CDNLegacy {
		return fmt.Errorf("code %q is not a number, as codes of %s are", f.Code, exchange.CDNLegacy)
	}
	return nil
}

// listed returns names separated by commas.
func listed[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = string(name)
	}
	return strings.Join(texts, ", ")
}
