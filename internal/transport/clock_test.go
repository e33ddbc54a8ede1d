// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"errors"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

func TestCheckClock(t *testing.T) {
	local := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	failed := &StatusError{Host: "api.example.com", Status: http.StatusTooManyRequests}
	refused := SignatureRefusal(&StatusError{Host: "api.example.com", Status: http.StatusForbidden})
	const skew = "the clock of this machine says 2026-01-15T12:00:00Z and the server's says "
	for name, test := range map[string]struct {
		off     time.Duration
		result  error
		learned bool
		verdict Verdict
		says    []string
	}{
		"success in time":     {0, nil, false, Final, nil},
		"success an hour off": {-time.Hour, nil, true, Final, nil},
		"failure in time":     {30 * time.Second, failed, false, Throttled, []string{"HTTP 429"}},
		"failure an hour off": {time.Hour, failed, true, Throttled, []string{"HTTP 429"}},
		"refusal in time":     {-time.Minute, refused, false, Final, []string{"HTTP 403"}},
		"refusal an hour off": {time.Hour, refused, true, SignAgain, []string{"HTTP 403"}},
		"success a day off":   {25 * time.Hour, nil, false, Final, []string{skew + "2026-01-16T13:00:00Z"}},
		"failure a day off":   {25 * time.Hour, failed, false, Final, []string{"HTTP 429", skew + "2026-01-16T13:00:00Z"}},
		"refusal a day off": {-25 * time.Hour, refused, false, Final, []string{
			skew + "2026-01-14T11:00:00Z: they differ by more than 24 hours; the response was: api.example.com responded with HTTP 403",
		}},
		"success just a day off":  {24 * time.Hour, nil, true, Final, nil},
		"success 61 seconds off":  {61 * time.Second, nil, true, Final, nil},
		"success 60 seconds late": {-60 * time.Second, nil, false, Final, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := clock.NewCorrected(clock.At(local))
			answer := &Answer{Header: http.Header{"Date": {local.Add(test.off).Format(http.TimeFormat)}}}
			err := answer.CheckClock(c, local, test.result)
			if (err != nil) != (test.says != nil) {
				t.Fatalf("the error is %v", err)
			}
			for _, text := range test.says {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("%v, want %q in it", err, text)
				}
			}
			if err != nil && judge(err).Verdict != test.verdict {
				t.Errorf("%v has the verdict %d, want %d", err, judge(err).Verdict, test.verdict)
			}
			if got := c.Now(); got.Equal(local.Add(test.off)) != (test.learned || test.off == 0) {
				t.Errorf("the clock says %s", got)
			}
		})
	}
	c := clock.NewCorrected(clock.At(local))
	if err := (&Answer{Header: http.Header{}}).CheckClock(c, local, failed); !errors.Is(err, failed) || !c.Now().Equal(local) {
		t.Errorf("without a date: %v at %s", err, c.Now())
	}
}

// What keeps a call from the vendor is said before how long it took.
func TestARefusedConnectionLeadsTheError(t *testing.T) {
	refused := &NetworkError{Host: "127.0.0.1:9", Problem: "connection refused", Verdict: Retry, Err: syscall.ECONNREFUSED}
	other := &NetworkError{Host: "127.0.0.1:9", Problem: "the response was truncated", Verdict: Retry}
	for last, want := range map[*NetworkError]string{
		refused: "127.0.0.1:9: connection refused, until the read timed out",
		other:   "the read timed out; the last attempt failed: 127.0.0.1:9: the response was truncated",
	} {
		err := &CallError{Err: errReadTimeout, Last: last}
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
		if found, ok := ConnectionRefused(err); ok != (last == refused) || ok && found.Host != "127.0.0.1:9" {
			t.Errorf("%v is refused: %t", err, ok)
		}
	}
}
