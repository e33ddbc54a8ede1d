// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package emulatortest makes signed requests for the tests of the emulator. It implements the published rules for
// signatures independently of the emulator.
package emulatortest

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Noon is the time of most tests: noon in UTC+8.
var Noon = time.Date(2026, time.March, 10, 4, 0, 0, 0, time.UTC)

// Midnight is when the day of Noon began in UTC+8, in Unix seconds.
var Midnight = Noon.Unix() - 12*3600

// Unlimited returns an emulator without rate limits whose clock stands at the given time.
func Unlimited(at time.Time) *emulator.Emulator {
	return emulator.New(emulator.Options{Clock: clock.At(at), Limits: &emulator.Limits{}})
}

// Send sends a request to an emulator and returns the response.
func Send(e *emulator.Emulator, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

// Get sends a request without a body, with any method, to an emulator and returns the response.
func Get(e *emulator.Emulator, method, target string) *httptest.ResponseRecorder {
	return Send(e, httptest.NewRequest(method, target, http.NoBody))
}

// Now returns the time of an emulator.
func Now(t *testing.T, e *emulator.Emulator) time.Time {
	t.Helper()
	now, err := http.ParseTime(Get(e, http.MethodGet, "/time").Header().Get("Date"))
	if err != nil {
		t.Fatal(err)
	}
	return now
}

// Object returns a JSON object of members with changes applied. A change to nil removes a member.
func Object(members, changes map[string]any) string {
	merged := maps.Clone(members)
	maps.Copy(merged, changes)
	maps.DeleteFunc(merged, func(_ string, v any) bool { return v == nil })
	b, err := json.Marshal(merged)
	if err != nil {
		panic(err)
	}
	return string(b)
}
