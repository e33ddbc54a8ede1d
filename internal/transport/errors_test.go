// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestCallErrorHasTheTextsOfBothErrors(t *testing.T) {
	answer := &StatusError{Host: "api.example.com", Status: http.StatusTooManyRequests, Text: "slow down"}
	only := &CallError{Err: answer, Attempts: 2}
	if got, want := only.Error(), "api.example.com responded with HTTP 429 Too Many Requests: slow down"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	both := &CallError{Err: contextError(ctx), Last: answer}
	want := "the read was canceled; the last attempt failed: api.example.com responded with HTTP 429 Too Many Requests: slow down"
	if got := both.Error(); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if got, ok := errors.AsType[*StatusError](error(both)); !ok || got != answer || !IsCancelled(both) || !errors.Is(both, context.Canceled) {
		t.Errorf("%v does not unwrap to both of its errors", both)
	}
}

// An attempt that waited for a call for keys ends with the read. Then the text says once that the read has ended.
func TestCallErrorSaysOnceThatTheReadEnded(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	inner := &CallError{Err: contextError(ctx), Last: &NetworkError{Host: "sts.example.com", Problem: "no complete response"}}
	outer := &CallError{Err: contextError(ctx), Last: fmt.Errorf("no keys: %w", inner)}
	const want = "no keys: the read timed out; the last attempt failed: sts.example.com: no complete response"
	if got := outer.Error(); got != want || !errors.Is(outer, context.DeadlineExceeded) || !IsTimeout(outer) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestStatusErrorWithoutStandardText(t *testing.T) {
	if got, want := (&StatusError{Host: "api.example.com", Status: 446}).Error(), "api.example.com responded with HTTP 446"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestJudgeStatus(t *testing.T) {
	want := map[int]Verdict{429: Throttled, 408: Retry, 500: Retry, 502: Retry, 503: Retry, 504: Retry}
	for status := 100; status < 600; status++ {
		if got := JudgeStatus(status); got != want[status] {
			t.Errorf("%d: verdict %d, want %d", status, got, want[status])
		}
	}
}

func TestContentErrorIsClean(t *testing.T) {
	quoted := errors.New(strings.Repeat("1 ", 500) + "\x1b[31m")
	got := (&ContentError{Host: "api.example.com", Problem: "not\x00 JSON", Err: quoted}).Error()
	if want := "malformed response from api.example.com: not JSON: " + strings.Repeat("1 ", 250) + "…"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestEnded(t *testing.T) {
	if err := Ended(t.Context()); err != nil {
		t.Errorf("a context that lasts: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Ended(ctx); !IsCancelled(err) {
		t.Errorf("a cancelled context: %v", err)
	}
	ctx, cancel = context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if err := Ended(ctx); !IsTimeout(err) {
		t.Errorf("a context past its deadline: %v", err)
	}
}
