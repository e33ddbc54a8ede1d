// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// An attempt that runs while a reader with a later deadline joins still has a time limit.
func TestALaterDeadlineKeepsTheTimeLimitOfAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := remembering()
		p.MaxRetries = 4
		var lasted []time.Duration
		stall := stalling(&lasted)
		attempt := func(ctx context.Context) (string, error) {
			if _, ok := ctx.Deadline(); ok {
				t.Error("the attempt sees a deadline that can move")
			}
			if len(lasted) < 1 {
				return stall(ctx)
			}
			return "answer", nil
		}
		var group sync.WaitGroup
		for _, reader := range []struct {
			starts, timeout time.Duration
			answer          string
		}{
			{0, 30 * time.Second, ""},
			{10 * time.Second, 10 * time.Minute, "answer"},
		} {
			group.Go(func() {
				pass(reader.starts)
				ctx, cancel := context.WithTimeout(t.Context(), reader.timeout)
				defer cancel()
				answer, err := Ask(ctx, p, "question", attempt)
				if answer != reader.answer || (err == nil) != (answer != "") {
					t.Errorf("%s: %q, %v", reader.timeout, answer, err)
				}
			})
		}
		group.Wait()
		if want := (10*time.Minute + 10*time.Second) / 5; len(lasted) != 1 || lasted[0] != want {
			t.Errorf("attempts lasted %v, want one of %s", lasted, want)
		}
	})
}

func TestTheLastAttemptFollowsTheLatestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: 8 * time.Minute}
		short, cancelShort := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancelShort()
		long, cancelLong := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancelLong()
		first := ask(short, p, v)
		synctest.Wait()
		(<-ask(long, p, v)).expect(t, "answer 1", 8*time.Minute)
		<-first
		v.expect(t, 1, 0)
	})
}

func TestAReaderThatLeavesReportsTheAttemptsSoFar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: 25 * time.Second, err: unavailable(time.Second), fails: 1}
		p.MaxRetries = 4
		long := ask(t.Context(), p, v)
		short, cancel := context.WithTimeout(t.Context(), 40*time.Second)
		defer cancel()
		o := <-ask(short, p, v)
		if failure := mustFail(t, o.err); failure.Attempts != 2 || !errors.Is(failure.Last, v.err) || !IsTimeout(failure.Err) || failure.Elapsed != 40*time.Second {
			t.Errorf("%+v", failure)
		}
		(<-long).expect(t, "answer 2", 51*time.Second)
	})
}

// A call gives up if its readers have no time for another attempt. A new reader with more time must not get that error.
func TestAReaderWithMoreTimeGetsANewCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, givesUp := NewMemo(), make(chan struct{})
		short, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		ended := make(chan error)
		go func() {
			_, err := Once(short, m, "question", func(ctx context.Context) (string, error) {
				if !giveUpBefore(ctx, time.Now().Add(30*time.Second)) {
					t.Error("the only reader leaves after 5 seconds")
				}
				<-givesUp
				return "", errNoTimeLeft()
			})
			ended <- err
		}()
		synctest.Wait()
		answer, err := Once(t.Context(), m, "question", func(context.Context) (string, error) { return "answer", nil })
		if answer != "answer" || err != nil {
			t.Errorf("%q, %v", answer, err)
		}
		close(givesUp)
		if err := <-ended; !IsTimeout(err) {
			t.Error(err)
		}
		again, err := Once(t.Context(), m, "question", func(context.Context) (string, error) { return "another", nil })
		if again != "answer" || err != nil {
			t.Errorf("%q, %v after the failure of the first call", again, err)
		}
	})
}

// Keys are fetched by a shared call within a shared call, and the deadline of the outer call applies to both.
func TestANestedSharedCallFollowsTheOuterDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outer, inner := remembering(), remembering()
		outer.API = "outer"
		v := &vendor{takes: time.Second, err: tooMany(30 * time.Second), fails: 1}
		outer.Prepare = func(ctx context.Context) error {
			_, err := Ask(ctx, inner, "keys", v.answer)
			return err
		}
		short, cancelShort := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancelShort()
		long, cancelLong := context.WithTimeout(t.Context(), time.Minute)
		defer cancelLong()
		first := ask(short, outer, &vendor{})
		second := ask(long, outer, &vendor{})
		if o := <-first; !IsTimeout(o.err) {
			t.Error(o.err)
		}
		(<-second).expect(t, "answer 1", 32*time.Second)
	})
}

// A call that ignores its context does not keep its last reader.
func TestTheLastReaderDoesNotWaitForAHangingCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		started := time.Now()
		_, err := Ask(ctx, remembering(), "question", func(context.Context) (string, error) {
			pass(time.Hour)
			return "late", nil
		})
		if took := time.Since(started); !IsTimeout(err) || took > 6*time.Second || mustFail(t, err).Attempts != 1 {
			t.Errorf("%v after %s", err, took)
		}
		pass(time.Hour)
	})
}
