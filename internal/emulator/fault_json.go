// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// faultJSON is a fault with durations as text, such as "1m30s".
type faultJSON struct {
	Fault
	Delay       duration `json:"delay,omitzero"`
	ClockOffset duration `json:"clock_offset,omitzero"`
}

type duration time.Duration

func (d duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

func (d *duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	*d = duration(parsed)
	return err
}

// ParseFault reads a fault from a JSON object such as {"api": "mna", "kind": "stall", "delay": "1m30s", "count": 3}.
// Members are named after the fields, in snake_case. The error says what is unknown, mistyped or not valid.
func ParseFault(text []byte) (Fault, error) {
	var wire faultJSON
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return Fault{}, fmt.Errorf("read a fault: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Fault{}, errors.New("read a fault: there is more after the object")
	}
	f := wire.Fault
	f.Delay, f.ClockOffset = time.Duration(wire.Delay), time.Duration(wire.ClockOffset)
	return f, f.Validate()
}

// faultsJSON returns faults as ParseFault reads them.
func faultsJSON(faults []Fault) []faultJSON {
	list := make([]faultJSON, len(faults))
	for i, f := range faults {
		list[i] = faultJSON{Fault: f, Delay: duration(f.Delay), ClockOffset: duration(f.ClockOffset)}
	}
	return list
}
