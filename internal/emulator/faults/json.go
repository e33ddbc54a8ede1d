// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// faultJSON is a fault with durations as strings, such as "1m30s".
type faultJSON struct {
	fields

	Delay       duration `json:"delay,omitzero"`
	ClockOffset duration `json:"clock_offset,omitzero"`
}

// fields is a Fault without its methods.
type fields Fault

type duration time.Duration

func (d duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

func (d *duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	*d = duration(parsed)
	return err
}

// MarshalJSON returns a fault in the form that Parse reads.
func (f Fault) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(faultJSON{fields: fields(f), Delay: duration(f.Delay), ClockOffset: duration(f.ClockOffset)})
	return text.Bytes(), err
}

// Parse reads a fault from a JSON object such as {"api": "mna", "kind": "stall", "delay": "1m30s", "count": 3}. Its members are
// named after the fields, in snake_case. The error says what is unknown, mistyped or invalid.
func Parse(text []byte) (Fault, error) {
	var wire faultJSON
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return Fault{}, fmt.Errorf("read a fault: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Fault{}, errors.New("read a fault: there is more after the object")
	}
	f := Fault(wire.fields)
	f.Delay, f.ClockOffset = time.Duration(wire.Delay), time.Duration(wire.ClockOffset)
	return f, f.Validate()
}
