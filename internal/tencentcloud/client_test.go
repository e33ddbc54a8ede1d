// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func timestamp(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

// sent returns the documented headers of a request. A missing header is "-".
func sent(r received) map[string]string {
	headers := make(map[string]string)
	for _, name := range []string{"X-TC-Action", "X-TC-Version", "X-TC-Region", "X-TC-Timestamp", "X-TC-Token", "X-TC-Language", "Content-Type", "User-Agent"} {
		headers[name] = "-"
		if values := r.Header.Values(name); len(values) > 0 {
			headers[name] = strings.Join(values, " and ")
		}
	}
	return headers
}

func TestCallSendsWhatIsGiven(t *testing.T) {
	for name, test := range map[string]struct{ region, token, wantRegion, wantToken string }{
		"neither": {"", "", "-", "-"},
		"region":  {"ap-guangzhou", "", "ap-guangzhou", "-"},
		"token":   {"", "temporary", "-", "temporary"},
	} {
		config, s := newConfig(t, ok(empty))
		config.Credentials = Static{SecretID: secretID, SecretKey: secretKey, Token: test.token}
		if _, err := probe(t, config, test.region); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{
			"X-TC-Action": "DescribeProbe", "X-TC-Version": "2026-01-15", "X-TC-Region": test.wantRegion, "X-TC-Timestamp": timestamp(noon),
			"X-TC-Token": test.wantToken, "X-TC-Language": "en-US", "Content-Type": "application/json", "User-Agent": "test",
		}
		if diff := cmp.Diff(want, sent(s.requests[0])); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if r := s.requests[0]; r.Method != http.MethodPost || r.RequestURI != "/" || len(s.requests) != 1 {
			t.Errorf("%s: %d requests, the first %s %s", name, len(s.requests), r.Method, r.RequestURI)
		}
	}
}

func TestCallLeavesNilOutAndSendsZero(t *testing.T) {
	for want, request := range map[string]probeRequest{
		`{}`:                                     {},
		`{"Name":"","Count":0,"List":["a","b"]}`: {Name: new(""), Count: new(int64(0)), List: []*string{new("a"), new("b")}},
	} {
		config, s := newConfig(t, ok(empty))
		client := New(config)
		build := func() Request {
			request.BaseRequest = &tchttp.BaseRequest{}
			return &request
		}
		if _, err := Call(t.Context(), client, client.Action("probe", "2026-01-15", "DescribeProbe"), asking("", build)); err != nil {
			t.Fatal(err)
		}
		if got := s.requests[0].body; got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
	}
}

func TestEveryAttemptIsBuiltAndSigned(t *testing.T) {
	config, s := newConfig(t, answer{status: http.StatusServiceUnavailable}, answer{status: http.StatusServiceUnavailable}, ok(empty))
	ticks := 0
	config.Clock = clock.NewCorrected(clock.Func(func() time.Time {
		ticks++
		return noon.Add(time.Duration(ticks) * time.Second)
	}))
	var credentials countingSource
	config.Credentials = &credentials
	built := make(map[Request]bool)
	client := New(config)
	_, err := Call(t.Context(), client, client.Action("probe", "2026-01-15", "DescribeProbe"), asking("", func() Request {
		request := newProbe()
		built[request] = true
		return request
	}))
	if err != nil {
		t.Fatal(err)
	}
	timestamps, authorizations, tokens := make(map[string]bool), make(map[string]bool), make(map[string]bool)
	for _, r := range s.requests {
		timestamps[r.Header.Get("X-TC-Timestamp")] = true
		authorizations[r.Header.Get("Authorization")] = true
		tokens[r.Header.Get("X-TC-Token")] = true
	}
	// One more request is built as the question for the memo.
	if len(built) != 4 || len(timestamps) != 3 || len(authorizations) != 3 || len(tokens) != 3 {
		t.Errorf("%d requests built, %d timestamps, %d signatures, %d credentials for 3 attempts",
			len(built), len(timestamps), len(authorizations), len(tokens))
	}
}

// countingSource returns another token for every attempt.
type countingSource struct {
	Static

	calls int
}

func (s *countingSource) Credential(context.Context) (Credential, error) {
	s.calls++
	return Credential{SecretID: secretID, SecretKey: secretKey, Token: strconv.Itoa(s.calls)}, nil
}

// noCredential is a source without keys.
type noCredential struct {
	Static

	err error
}

func (s noCredential) Credential(context.Context) (Credential, error) { return Credential{}, s.err }

func TestCallReturnsTheErrorOfTheCredential(t *testing.T) {
	config, s := newConfig(t, ok(empty))
	missing := errors.New("secret_id is not set")
	config.Credentials = noCredential{err: missing}
	if _, err := probe(t, config, ""); !errors.Is(err, missing) || len(s.requests) != 0 {
		t.Errorf("error %v after %d requests", err, len(s.requests))
	}
}

func TestCallReportsMalformedValues(t *testing.T) {
	config, s := newConfig(t, ok(empty))
	client, wrong := New(config), errors.New("Values[0]: wrong")
	question := asking("", newProbe)
	question.Finish = func(*probeResult, string) error { return wrong }
	got, err := Call(t.Context(), client, client.Action("probe", "2026-01-15", "DescribeProbe"), question)
	content, ok := errors.AsType[*transport.ContentError](err)
	if !ok || content.Host != s.requests[0].Host || !errors.Is(err, wrong) || got != nil || len(s.requests) != 1 {
		t.Errorf("%v, error %v after %d requests", got, err, len(s.requests))
	}
}

func TestEachActionHasItsOwnLimiter(t *testing.T) {
	config, _ := newConfig(t, ok(empty))
	config.MaxRetries = 7
	client := New(config)
	a, b := client.Action("probe", "2026-01-15", "DescribeProbe"), client.Action("probe", "2026-01-15", "DescribeOther")
	if a.policy.Limiter == b.policy.Limiter {
		t.Error("two actions share a limiter, but the vendor counts each by itself")
	}
	if a.policy.API != "probe DescribeProbe" || a.policy.MaxRetries != 7 {
		t.Errorf("policy %+v", a.policy)
	}
}

func TestCallIsSafeForConcurrentUse(t *testing.T) {
	config, s := newConfig(t, ok(empty))
	client := New(config)
	action := client.Action("probe", "2026-01-15", "DescribeProbe")
	var group sync.WaitGroup
	for i := range 10 {
		group.Go(func() {
			region := "region-" + strconv.Itoa(i)
			if _, err := Call(t.Context(), client, action, asking(region, newProbe)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	regions := make(map[string]bool)
	for _, r := range s.requests {
		regions[r.Header.Get("X-TC-Region")] = true
	}
	if len(regions) != 10 {
		t.Errorf("regions %v, want ten different ones", regions)
	}
}

// allocated returns how many bytes f allocates.
func allocated(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// Reading or parsing the body twice would need twice the memory.
func TestCallReadsAndParsesTheBodyOnce(t *testing.T) {
	body := `{"Response":{"Values":[` + strings.Repeat("12345678,", 4<<20/9) + `0],"RequestId":"r-1"}}`
	config, _ := newConfig(t, ok(body))
	once := allocated(func() {
		read, err := io.ReadAll(strings.NewReader(body))
		if err != nil {
			t.Error(err)
		}
		var document struct {
			Response struct{ Values []json.Number }
		}
		if err := json.Unmarshal(read, &document); err != nil {
			t.Error(err)
		}
	})
	call := allocated(func() {
		if _, err := probe(t, config, ""); err != nil {
			t.Error(err)
		}
	})
	if ratio := call / once; ratio > 2.5 {
		t.Errorf("a call allocates %.2f times what reading and parsing its body once does (%.0f MB)", ratio, once/1e6)
	}
}
