// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

func TestExchangeReturnsAnyAnswer(t *testing.T) {
	for _, status := range []int{200, 204, 400, 404, 429, 500, 503} {
		var got *http.Request
		url := serve(t, func(w http.ResponseWriter, r *http.Request) {
			got = r
			w.Header().Set("X-TC-RequestId", "id")
			w.WriteHeader(status)
			if status != http.StatusNoContent {
				_, _ = io.WriteString(w, "body")
			}
		})
		answer, err := exchange(t.Context(), t, newTestClient(t), url)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Status != status || answer.Host != host(url) || answer.Header.Get("X-TC-RequestId") != "id" {
			t.Errorf("answer %+v to a server that says %d", answer, status)
		}
		if want := map[bool]string{true: "body"}[status != http.StatusNoContent]; string(answer.Body) != want {
			t.Errorf("%d: body %q, want %q", status, answer.Body, want)
		}
		if got.UserAgent() != userAgent {
			t.Errorf("user agent %q", got.UserAgent())
		}
	}
}

// A third large body waits for the end of one of the first two attempts. A small one does not wait.
func TestExchangeBoundsLargeBodies(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		size, err := strconv.Atoi(strings.Trim(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(make([]byte, size))
	})
	client := newTestClient(t)
	get := func(ctx context.Context, size int) error {
		answer, err := exchange(ctx, t, client, fmt.Sprintf("%s/%d", url, size))
		if err == nil && len(answer.Body) != size {
			t.Errorf("got %d bytes, want %d", len(answer.Body), size)
		}
		return err
	}
	first, end := context.WithCancel(t.Context())
	for _, ctx := range []context.Context{first, t.Context()} {
		if err := get(ctx, MaxBody); err != nil {
			t.Fatal(err)
		}
	}
	if err := get(t.Context(), largeBody-1); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if err := get(short, largeBody); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the third large body: %v, want a timeout", err)
	}
	end()
	if err := get(t.Context(), largeBody); err != nil {
		t.Error(err)
	}
}

func TestExchangeKeepsConnections(t *testing.T) {
	addresses := make(map[string]bool)
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		addresses[r.RemoteAddr] = true
		if len(r.URL.Query()) > 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_, _ = io.WriteString(w, strings.Repeat("x", 1<<20))
	})
	client := newTestClient(t)
	for range 5 {
		if _, err := exchange(t.Context(), t, client, url); err != nil {
			t.Fatal(err)
		}
	}
	if len(addresses) != 1 {
		t.Errorf("%d connections for five requests, want one", len(addresses))
	}
}

func TestExchangeLogsNoSecret(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Set-Cookie", canary)
		_, _ = io.WriteString(w, canary)
	})
	var output bytes.Buffer
	client := newTestClient(t)
	ctx := tflogtest.RootLogger(t.Context(), &output)
	if _, err := exchange(ctx, t, client, url); err != nil {
		t.Fatal(err)
	}
	if _, err := exchange(ctx, t, client, "http://127.0.0.1:1"); err == nil {
		t.Fatal("port 1 answers")
	}
	if strings.Contains(output.String(), canary) {
		t.Errorf("a secret is in the log %s", &output)
	}
	for _, want := range []string{`"host":"` + host(url), `"status":200`, fmt.Sprintf(`"bytes":%d`, len(canary)), `"method":"POST"`, `"error":`} {
		if !strings.Contains(output.String(), want) {
			t.Errorf("%s is not in the log %s", want, &output)
		}
	}
}

// zeros writes zeros until the limit is reached or the reader stops.
func zeros(w io.Writer, limit int64) {
	chunk := make([]byte, 1<<20)
	for written := int64(0); written < limit; written += int64(len(chunk)) {
		if _, err := w.Write(chunk[:min(int64(len(chunk)), limit-written)]); err != nil {
			return
		}
	}
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestTheSizeOfADecompressedBodyIsLimited(t *testing.T) {
	const declared = 200 << 20
	for name, handler := range map[string]http.HandlerFunc{
		"declared, and never sent": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(declared))
			stallInBody(w, r)
		},
		"chunked": func(w http.ResponseWriter, _ *http.Request) { zeros(w, declared) },
		"one too many": func(w http.ResponseWriter, _ *http.Request) {
			zeros(w, MaxBody+1)
		},
		"x-gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "x-gzip")
			compressed := gzip.NewWriter(w)
			zeros(compressed, declared)
			_ = compressed.Close()
		},
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			compressed := gzip.NewWriter(w)
			zeros(compressed, 10<<30)
			_ = compressed.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			client, url := newTestClient(t), serve(t, handler)
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			var err error
			size := allocated(func() { _, err = exchange(ctx, t, client, url) })
			content, ok := errors.AsType[*ContentError](err)
			if !ok || content.Host != host(url) || content.Problem != "the body is larger than 32 MiB" {
				t.Errorf("error %v", err)
			}
			if size > 6*MaxBody {
				t.Errorf("%d MiB were allocated", size>>20)
			}
		})
	}
}

func TestExchangeReadsTheLargestBody(t *testing.T) {
	for _, encoding := range []string{"", "gzip", "identity"} {
		url := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", encoding)
			if encoding != "gzip" {
				zeros(w, MaxBody)
				return
			}
			if got := r.Header.Get("Accept-Encoding"); got != "gzip" {
				t.Errorf("accepts %q", got)
			}
			compressed := gzip.NewWriter(w)
			zeros(compressed, MaxBody)
			_ = compressed.Close()
		})
		answer, err := exchange(t.Context(), t, newTestClient(t), url)
		if err != nil || len(answer.Body) != MaxBody {
			t.Errorf("%q: %v", encoding, err)
		}
	}
}

func TestUnsupportedEncodingsAreRefused(t *testing.T) {
	for _, encoding := range []string{"br", "BR", "zstd", "deflate", "compress", "x-compress", "gzip, gzip", "utf-8, br", "x-gzip,gzip"} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", encoding)
			_, _ = io.WriteString(w, "{}")
		})
		_, err := exchange(t.Context(), t, newTestClient(t), url)
		want := fmt.Sprintf("malformed response from %s: content encoding %q is not supported", host(url), encoding)
		if err == nil || err.Error() != want || judge(err).Verdict != Final {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

func TestExchangeRefusesRedirects(t *testing.T) {
	second := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the second server was asked with %v", r.Header)
	}))
	defer second.Close()
	for name, target := range map[string]string{"other host": second.URL + "/", "same host": "/other", "loop": "/", "none": ""} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			calls := 0
			url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				calls++
				w.Header().Set("Location", target)
				w.WriteHeader(status)
			})
			_, err := exchange(t.Context(), t, newTestClient(t), url)
			refused, ok := errors.AsType[*StatusError](err)
			if !ok || refused.Status != status || judge(err).Verdict != Final || calls != 1 {
				t.Errorf("%s, %d: error %v after %d calls", name, status, err, calls)
			}
			if err != nil && strings.Contains(err.Error(), second.URL) {
				t.Errorf("the error shows where the redirect leads: %v", err)
			}
		}
	}
}
