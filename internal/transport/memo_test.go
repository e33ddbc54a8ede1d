// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// vendor answers questions after some time and counts the attempts.
type vendor struct {
	takes time.Duration
	// err is the error of the first attempts, and fails is the number of these.
	err   error
	fails int64

	attempts, cancelled atomic.Int64
}

// answer is an attempt. It ends early if its context does.
func (v *vendor) answer(ctx context.Context) (string, error) {
	n := v.attempts.Add(1)
	select {
	case <-time.After(v.takes):
	case <-ctx.Done():
		v.cancelled.Add(1)
		return "", ctx.Err()
	}
	if n <= v.fails {
		return "", v.err
	}
	return fmt.Sprintf("answer %d", n), nil
}

// expect checks the numbers of all attempts and of cancelled ones.
func (v *vendor) expect(t *testing.T, attempts, cancelled int64) {
	t.Helper()
	synctest.Wait()
	if a, c := v.attempts.Load(), v.cancelled.Load(); a != attempts || c != cancelled {
		t.Errorf("%d attempts, %d of them cancelled; want %d and %d", a, c, attempts, cancelled)
	}
}

func remembering() Policy {
	return Policy{API: "api", Limiter: unlimited(), Memo: NewMemo()}
}

// outcome is the answer or error of a reader and the time that it took.
type outcome struct {
	answer string
	err    error
	after  time.Duration
}

// ask asks the question in the background.
func ask(ctx context.Context, p Policy, v *vendor) <-chan outcome {
	started, done := time.Now(), make(chan outcome, 1)
	go func() {
		answer, err := Ask(ctx, p, "question", v.answer)
		done <- outcome{answer, err, time.Since(started)}
	}()
	return done
}

// expect checks the answer and the time that it took.
func (o outcome) expect(t *testing.T, answer string, after time.Duration) {
	t.Helper()
	if o.answer != answer || o.err != nil || o.after != after {
		t.Errorf("%q, %v after %s; want %q after %s", o.answer, o.err, o.after, answer, after)
	}
}

func TestQuestionsAskedTogetherAreOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: 10 * time.Second}
		var readers []<-chan outcome
		for range 20 {
			readers = append(readers, ask(t.Context(), p, v))
		}
		for _, reader := range readers {
			(<-reader).expect(t, "answer 1", 10*time.Second)
		}
		(<-ask(t.Context(), p, v)).expect(t, "answer 1", 0)
		v.expect(t, 1, 0)
	})
}

func TestQuestionsThatDifferAreNotShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{}
		other := func(change func(*Policy)) Policy {
			changed := p
			change(&changed)
			return changed
		}
		for i, test := range []struct {
			policy   Policy
			question string
		}{
			{p, "question"},
			{p, "another question"},
			{other(func(p *Policy) { p.API = "another api" }), "question"},
			{other(func(p *Policy) { p.Memo = NewMemo() }), "question"},
			{other(func(p *Policy) { p.Memo = nil }), "question"},
			{other(func(p *Policy) { p.Memo = nil }), "question"},
			// Joined, the API and the question are the same text as the first ones.
			{other(func(p *Policy) { p.API = "ap" }), "iquestion"},
		} {
			if answer, err := Ask(t.Context(), test.policy, test.question, v.answer); err != nil || answer != fmt.Sprintf("answer %d", i+1) {
				t.Errorf("question %d: %q, %v", i+1, answer, err)
			}
		}
	})
}

func TestErrorsAreSharedButNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: time.Second, err: &StatusError{Status: 404}, fails: 1}
		first, second := ask(t.Context(), p, v), ask(t.Context(), p, v)
		for _, reader := range []<-chan outcome{first, second} {
			o := <-reader
			if failure := mustFail(t, o.err); failure.Attempts != 1 || !errors.Is(o.err, v.err) || o.after != time.Second {
				t.Errorf("%v after %s", o.err, o.after)
			}
		}
		(<-ask(t.Context(), p, v)).expect(t, "answer 2", time.Second)
		(<-ask(t.Context(), p, v)).expect(t, "answer 2", 0)
		v.expect(t, 2, 0)
	})
}

func TestTheCallEndsWithItsLastReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: time.Minute / 2}
		var readers []<-chan outcome
		var leave []context.CancelFunc
		for range 3 {
			ctx, cancel := context.WithCancel(t.Context())
			readers, leave = append(readers, ask(ctx, p, v)), append(leave, cancel)
			synctest.Wait()
		}
		for i := range readers {
			v.expect(t, 1, 0) // Another reader still waits.
			<-time.After(time.Second)
			leave[i]()
			o := <-readers[i]
			if failure := mustFail(t, o.err); !IsCancelled(o.err) || o.after != time.Duration(i+1)*time.Second || failure.Elapsed != o.after {
				t.Errorf("reader %d: %v after %s", i, o.err, o.after)
			}
		}
		v.expect(t, 1, 1)
		// A later reader gets a new call.
		(<-ask(t.Context(), p, v)).expect(t, "answer 2", time.Minute/2)
	})
}

// A canceled call may need time to end. A reader that asks meanwhile starts another call.
func TestNoReaderJoinsACanceledCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: time.Second}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			_, err := Ask(ctx, p, "question", func(ctx context.Context) (string, error) {
				<-ctx.Done()
				<-time.After(10 * time.Second)
				return "", ctx.Err()
			})
			ended <- err
		}()
		synctest.Wait()
		cancel()
		synctest.Wait()
		(<-ask(t.Context(), p, v)).expect(t, "answer 1", time.Second)
		if err := <-ended; !IsCancelled(err) {
			t.Errorf("%v, want that it was cancelled", err)
		}
		pass(10 * time.Second)
	})
}

func TestTheLastReaderReportsTheAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{err: tooMany(40 * time.Second), fails: 10}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		o := <-ask(ctx, p, v)
		if failure := mustFail(t, o.err); failure.Attempts != 2 || !IsTimeout(o.err) || failure.Last == nil {
			t.Errorf("%+v", failure)
		}
	})
}

func TestEveryReaderHasItsOwnDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{takes: 30 * time.Second}
		short, cancelShort := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancelShort()
		long, cancelLong := context.WithTimeout(t.Context(), time.Minute)
		defer cancelLong()
		first, second := ask(short, p, v), ask(long, p, v)
		o := <-first
		if failure := mustFail(t, o.err); !IsTimeout(o.err) || !errors.Is(o.err, context.DeadlineExceeded) || failure.Elapsed != 5*time.Second {
			t.Errorf("%v after %s, want the read timeout after 5 s", o.err, o.after)
		}
		(<-second).expect(t, "answer 1", 30*time.Second)
		v.expect(t, 1, 0)
	})
}

// The deadline of a shared call is the latest deadline of its readers.
func TestTheCallHasTheLatestDeadline(t *testing.T) {
	for name, order := range map[string][2]time.Duration{
		"the first reader stays":  {time.Minute, 5 * time.Second},
		"the second reader stays": {5 * time.Second, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, v := remembering(), &vendor{takes: time.Second, err: tooMany(30 * time.Second), fails: 1}
				var readers []<-chan outcome
				for _, timeout := range order {
					ctx, cancel := context.WithTimeout(t.Context(), timeout)
					t.Cleanup(cancel)
					readers = append(readers, ask(ctx, p, v))
					synctest.Wait()
				}
				for i, timeout := range order {
					o := <-readers[i]
					if timeout == time.Minute {
						o.expect(t, "answer 2", 32*time.Second)
					} else if !IsTimeout(o.err) || o.after != timeout {
						t.Errorf("%v after %s, want the read timeout after %s", o.err, o.after, timeout)
					}
				}
			})
		})
	}
	t.Run("no reader stays", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p, v := remembering(), &vendor{takes: time.Second, err: tooMany(30 * time.Second), fails: 1}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			o := <-ask(ctx, p, v)
			if !IsTimeout(o.err) || o.after >= 5*time.Second {
				t.Errorf("%v after %s, want the read timeout before the deadline", o.err, o.after)
			}
		})
	})
	t.Run("one reader has no deadline", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			p, v := remembering(), &vendor{takes: time.Second, err: tooMany(30 * time.Second), fails: 1}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			first := ask(ctx, p, v)
			synctest.Wait()
			(<-ask(t.Context(), p, v)).expect(t, "answer 2", 32*time.Second)
			<-first
		})
	})
}

func TestAPanicInTheCallIsAnErrorForEachReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{}
		panicking := func(context.Context) (string, error) {
			<-time.After(time.Second)
			panic("on purpose")
		}
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				_, err := Ask(t.Context(), p, "question", panicking)
				if _, ok := errors.AsType[*rescue.Error](mustFail(t, err)); !ok {
					t.Errorf("%v, want a rescued panic", err)
				}
			})
		}
		group.Wait()
		(<-ask(t.Context(), p, v)).expect(t, "answer 1", 0)
	})
}

func TestAKeptAnswerIsReturnedAfterTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, v := remembering(), &vendor{}
		(<-ask(t.Context(), p, v)).expect(t, "answer 1", 0)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		(<-ask(gone, p, v)).expect(t, "answer 1", 0)
	})
}

// Many readers ask the same few questions, some leave, and some calls fail.
func TestMemoUnderStress(t *testing.T) {
	p := remembering()
	var group sync.WaitGroup
	for worker := range 16 {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(worker), 0))
			for round := range 500 {
				question := fmt.Sprintf("question %d", round/10)
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(200))*time.Microsecond)
				fails, takes := random.IntN(3) == 0, time.Duration(random.IntN(100))*time.Microsecond
				answer, err := Ask(ctx, p, question, func(ctx context.Context) (string, error) {
					select {
					case <-time.After(takes):
					case <-ctx.Done():
						return "", ctx.Err()
					}
					if fails {
						return "", errors.New("failed")
					}
					return question, nil
				})
				cancel()
				if err == nil && answer != question || err != nil && answer != "" {
					t.Errorf("%s: %q, %v", question, answer, err)
				}
			}
		})
	}
	group.Wait()
	for question, c := range p.Memo.calls {
		<-c.done
		if c.err != nil {
			t.Errorf("%s: the memo keeps the error %v", question, c.err)
		}
	}
}

// A reader that asks while the call completes gets its answer without another call.
func TestMemoMakesOneCallUnderStress(t *testing.T) {
	const questions = 5000
	p := remembering()
	var calls atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range questions {
				answer, err := Ask(t.Context(), p, strconv.Itoa(i), func(context.Context) (int, error) {
					calls.Add(1)
					return i, nil
				})
				if answer != i || err != nil {
					t.Errorf("question %d: %d, %v", i, answer, err)
				}
			}
		})
	}
	group.Wait()
	if n := calls.Load(); n != questions {
		t.Errorf("%d calls for %d questions", n, questions)
	}
}
