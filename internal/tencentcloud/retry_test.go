// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestTransientFailuresAreRetried(t *testing.T) {
	t.Parallel()
	page := "<html><title>Bad Gateway</title>" + strings.Repeat("<p>", 10_000)
	for name, failure := range map[string]answer{
		"500":                              {status: 500, body: `{"message":"no"}`},
		"502 page":                         {status: 502, body: page},
		"503 empty":                        {status: 503},
		"504":                              {status: 504, body: "late"},
		"throttled user":                   ok(failed("RequestLimitExceeded.UinLimitExceeded")),
		"throttled action":                 ok(failed("LimitExceeded.RateLimitExceeded")),
		"internal error":                   ok(failed("InternalError")),
		"internal error of the statistics": ok(failed("InternalError.MonitorDataRequestError")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, s := newConfig(t, failure, failure, ok(empty))
			if got, err := probe(t, config, ""); err != nil || got.RequestID != "r-1" || len(s.requests) != 3 {
				t.Errorf("%+v, %v after %d requests", got, err, len(s.requests))
			}
		})
	}
}

func TestPersistentFailuresAreReturned(t *testing.T) {
	t.Parallel()
	internal := func(id string) answer {
		return ok(`{"Response":{"Error":{"Code":"InternalError","Message":"It failed."},"RequestId":"` + id + `"}}`)
	}
	config, s := newConfig(t, internal("r-1"), internal("r-2"), internal("r-3"))
	config.MaxRetries = 1
	_, err := probe(t, config, "")
	failure, isFailure := errors.AsType[*transport.CallError](err)
	got, isAPI := errors.AsType[*APIError](err)
	if !isFailure || !isAPI || failure.Attempts != 2 || len(s.requests) != 2 || got.RequestID != "r-2" {
		t.Errorf("%+v after %d requests", err, len(s.requests))
	}

	config, s = newConfig(t, answer{status: 502, body: "<html><title>Bad</title><p>" + strings.Repeat("text ", 10_000)})
	config.MaxRetries = 0
	_, err = probe(t, config, "")
	if want := s.requests[0].Host + ` responded with HTTP 502 Bad Gateway: a page titled "Bad"`; err == nil || err.Error() != want || len(s.requests) != 1 {
		t.Errorf("error %v after %d requests, want %s", err, len(s.requests), want)
	}
}

func TestWrongKeysAreNotRetried(t *testing.T) {
	for _, code := range []string{"AuthFailure.SecretIdNotFound", "AuthFailure.SignatureFailure", "AuthFailure.TokenFailure"} {
		config, s := newConfig(t, ok(failed(code)))
		_, err := probe(t, config, "")
		if got, ok := errors.AsType[*APIError](err); !ok || got.Code != code || len(s.requests) != 1 {
			t.Errorf("%s: %v after %d requests", code, err, len(s.requests))
		}
		if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, secretKey) || strings.Contains(text, secretID) {
			t.Errorf("the keys are in the error %s", text)
		}
	}
}

// expired is the answer of a server whose clock differs.
func expired(date time.Time) answer {
	a := ok(failed("AuthFailure.SignatureExpire"))
	if !date.IsZero() {
		a.headers = map[string]string{"Date": date.Format(http.TimeFormat)}
	}
	return a
}

func TestTheClockOffsetIsLearned(t *testing.T) {
	server := noon.Add(7 * time.Minute)
	config, s := newConfig(t, expired(server), ok(empty))
	config.MaxRetries = 0
	client := New(config)
	action := client.Action("probe", "2026-01-15", "DescribeProbe")
	for range 2 {
		if _, err := Call(t.Context(), client, action, asking("", newProbe)); err != nil {
			t.Fatal(err)
		}
	}
	// Another service of the same configuration shares the clock.
	if _, err := probe(t, config, ""); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range s.requests {
		got = append(got, r.Header.Get("X-TC-Timestamp"))
	}
	if want := []string{timestamp(noon), timestamp(server), timestamp(server), timestamp(server)}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("timestamps %v, want %v", got, want)
	}
}

func TestAnExpiredSignatureIsSignedAgainOnce(t *testing.T) {
	for name, test := range map[string]struct {
		answers []answer
		want    int
	}{
		"without a date":               {[]answer{expired(time.Time{})}, 1},
		"within the tolerance":         {[]answer{expired(noon.Add(59 * time.Second))}, 1},
		"signed again once":            {[]answer{expired(noon.Add(7 * time.Minute)), expired(noon.Add(20 * time.Minute)), ok(empty)}, 2},
		"the server's clock was right": {[]answer{expired(noon.Add(7 * time.Minute))}, 2},
	} {
		config, s := newConfig(t, test.answers...)
		_, err := probe(t, config, "")
		if got, ok := errors.AsType[*APIError](err); !ok || !got.HasCode("AuthFailure.SignatureExpire") || len(s.requests) != test.want {
			t.Errorf("%s: %v after %d requests, want %d", name, err, len(s.requests), test.want)
		}
	}
}

// No server may make the provider sign requests for another year.
func TestAClockThatIsDaysOffIsAnError(t *testing.T) {
	for _, server := range []time.Time{time.Date(2319, 1, 1, 0, 0, 0, 0, time.UTC), noon.Add(-25 * time.Hour)} {
		config, s := newConfig(t, expired(server), ok(empty))
		_, err := probe(t, config, "")
		skew, isSkew := errors.AsType[*clock.SkewError](err)
		if !isSkew || !skew.Server.Equal(server) || !skew.Local.Equal(noon) || len(s.requests) != 1 {
			t.Errorf("%v after %d requests, want one that names both clocks after one request", err, len(s.requests))
		}
		if now := config.Clock.Now(); !now.Equal(noon) {
			t.Errorf("the clock says %v", now)
		}
		if got, isAPI := errors.AsType[*APIError](err); !isAPI || got.Code != "AuthFailure.SignatureExpire" {
			t.Errorf("%v does not hold the vendor's error", err)
		}
	}
}
