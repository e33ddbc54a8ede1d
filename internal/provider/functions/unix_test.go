// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import "testing"

func TestUnixFunction(t *testing.T) {
	const form = `must be RFC 3339 with an offset, such as "2026-01-15T00:00:00Z", got `
	testCalls(t, "unix", []call{
		{name: "UTC", arguments: []any{"2026-01-15T00:00:00Z"}, want: "1768435200"},
		{name: "offset", arguments: []any{"2026-01-15T00:00:00+08:00"}, want: "1768406400"},
		{name: "first", arguments: []any{"1970-01-01T00:00:00Z"}, want: "0"},
		{name: "beyond 32 bits", arguments: []any{"2286-11-20T17:46:39Z"}, want: "9999999999"},
		{name: "before 1970", arguments: []any{"1969-12-31T23:59:59Z"}, want: "-1"},
		{name: "before there is a plan", arguments: []any{"0001-01-01T00:00:00Z"}, want: "-62135596800"},
		{name: "fraction", arguments: []any{"2026-01-15T00:00:00.5Z"}, problem: `must be a whole second, got "2026-01-15T00:00:00.5Z"; write "2026-01-15T00:00:00Z"`},
		{name: "no offset", arguments: []any{"2026-01-15T00:00:00"}, problem: `must have an offset from UTC, got "2026-01-15T00:00:00"; write "2026-01-15T00:00:00+08:00"`},
		{name: "day that is not", arguments: []any{"2026-02-30T00:00:00Z"}, problem: form},
		{name: "day", arguments: []any{"2026-01-15"}, problem: `must be a time, not a date, got "2026-01-15"; write "2026-01-15T00:00:00+08:00"`},
		{name: "offset without a colon", arguments: []any{"2026-01-15T00:00:00+0800"}, problem: `must have an offset of the form +08:00, got "2026-01-15T00:00:00+0800"; write +08:00`},
		{name: "a day away", arguments: []any{"2026-01-15T00:00:00+24:00"}, problem: `must be from "-23:59" to "+23:59"`},
		{name: "greatest offset", arguments: []any{"2026-01-15T00:00:00-23:59"}, want: "1768521540"},
		{name: "offset of 60 minutes", arguments: []any{"2026-01-15T00:00:00+08:60"}, problem: form},
		{name: "hour of one digit", arguments: []any{"2026-01-15T1:00:00Z"}, problem: form},
		{name: "unix seconds", arguments: []any{"1768435200"}, problem: form},
		{name: "empty", arguments: []any{""}, problem: form},
	})
}
