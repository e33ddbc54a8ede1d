// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// brokenClock panics on the call that counts left down to zero. A provider calls it once for the windows of all reads, and
// once for every signature.
type brokenClock struct{ left atomic.Int64 }

func (c *brokenClock) Now() time.Time {
	if c.left.Add(-1) == 0 {
		panic("with " + emulator.DefaultSecretKey)
	}
	return acctest.Now
}

// Three reads need the time for each signature, and together once for their windows if they have any. Whichever call
// panics, only one read fails.
func (d Description) testPanic(t *testing.T) {
	t.Helper()
	bug := []string{"Provider Bug", "panic at concurrency.go:", "a value of type string", "Other reads are not affected"}
	asks := 3 * d.calls()
	if acctest.NewServer(t).HasArgument(t, d.Name, "window") {
		asks++
	}
	for asked := range asks {
		t.Run(strconv.Itoa(asked+1), func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			var broken brokenClock
			s := acctest.Configured(t, nil, provider.WithClock(&broken))
			broken.left.Store(int64(asked + 1))
			type failure struct {
				config   acctest.Config
				problems acctest.Problems
			}
			failed := make(chan failure, 3)
			var group sync.WaitGroup
			for i := range cap(failed) {
				group.Go(func() {
					config := d.Config.With(d.Another(i))
					if _, problems := s.Read(t.Context(), t, d.Name, config); len(problems) > 0 {
						failed <- failure{config, problems}
					}
				})
			}
			group.Wait()
			close(failed)
			if len(failed) != 1 {
				t.Errorf("%d reads failed, want 1", len(failed))
			}
			for f := range failed {
				acctest.ExpectProblem(t, f.problems, "", bug...)
				expect.None(t, f.problems.String(), emulator.DefaultSecretKey)
				if _, problems := s.Read(t.Context(), t, d.Name, f.config); len(problems) > 0 {
					t.Errorf("after its panic: %s", problems)
				}
			}
		})
	}
}

// trouble responds instead of the emulator, and may cancel the read.
type trouble func(w http.ResponseWriter, r *http.Request, cancel func())

func refuses(w http.ResponseWriter, _ *http.Request, _ func()) { w.WriteHeader(http.StatusForbidden) }

func cuts(http.ResponseWriter, *http.Request, func()) { panic(http.ErrAbortHandler) }

func stalls(_ http.ResponseWriter, r *http.Request, cancel func()) {
	cancel()
	<-r.Context().Done()
}

func stallsInBody(w http.ResponseWriter, r *http.Request, cancel func()) {
	_, _ = w.Write([]byte("{"))
	stalls(flushed(w), r, cancel)
}

func tooMany(w http.ResponseWriter, _ *http.Request, cancel func()) {
	w.Header().Set("Retry-After", "60")
	w.WriteHeader(http.StatusTooManyRequests)
	flushed(w)
	cancel()
}

// flushed sends what was written so far and returns w.
func flushed(w http.ResponseWriter) http.ResponseWriter {
	_ = http.NewResponseController(w).Flush()
	return w
}

// The timeouts are long enough for a busy machine to make the call.
func (d Description) testLeaks(t *testing.T) {
	t.Helper()
	const timedOut, canceled, stopped = "the read timed out", "the read was canceled", "The run was interrupted."
	stalled := []string{timedOut, "1 attempt in ", "Raise timeouts.read, or read less at once."}
	for name, test := range map[string]struct {
		trouble trouble
		timeout string
		says    []string
	}{
		"success":              {nil, "10m", nil},
		"refused":              {refuses, "10m", []string{"HTTP 403"}},
		"cut":                  {cuts, "10m", []string{"the response was truncated"}},
		"timed out":            {stalls, "3s", stalled},
		"timed out in a body":  {stallsInBody, "3s", stalled},
		"timed out in a pause": {tooMany, "50s", []string{timedOut}}, // The pause of a minute does not fit, so nothing waits for it.
		"canceled":             {stalls, "10m", []string{canceled, stopped}},
		"canceled in a body":   {stallsInBody, "10m", []string{canceled, stopped}},
		"canceled in a pause":  {tooMany, "10m", []string{canceled, stopped}},
	} {
		t.Run(name, func(t *testing.T) {
			leaktest.Check(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			stop := func() {}
			if slices.Contains(test.says, canceled) {
				stop = cancel
			}
			acctest.Start(t, emulator.Options{Override: func(_ emulator.API, w http.ResponseWriter, r *http.Request) bool {
				if test.trouble != nil {
					test.trouble(w, r, stop)
				}
				return test.trouble != nil
			}})
			s := acctest.Configured(t, acctest.Config{"max_retries": 0})
			config := d.Config.With(acctest.Config{"timeouts": acctest.Config{"read": test.timeout}})
			_, problems := s.Read(ctx, t, d.Name, config)
			if test.says != nil {
				acctest.ExpectProblem(t, problems, "", test.says...)
			} else if len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
}
