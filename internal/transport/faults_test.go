// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// do exchanges under a policy whose only delay is the backoff. It returns the number of attempts.
func do(ctx context.Context, t *testing.T, c *Client, url string, retries int) (attempts int, err error) {
	t.Helper()
	_, err = Do(ctx, Policy{API: "test", Limiter: unlimited(), MaxRetries: retries}, func(ctx context.Context) (*Answer, error) {
		attempts++
		answer, err := exchange(ctx, t, c, url)
		if err == nil && answer.Status != http.StatusOK {
			return nil, answer.StatusError(time.Now())
		}
		return answer, err
	})
	return attempts, err
}

func TestRefusedConnectionsAreRetried(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	address := server.Listener.Addr().String()
	_ = server.Listener.Close()
	defer server.Close()
	client, attempts := newTestClient(t), 0
	var output bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &output)
	_, err := Do(ctx, Policy{API: "test", Limiter: unlimited(), MaxRetries: 1}, func(ctx context.Context) (*Answer, error) {
		attempts++
		answer, err := exchange(ctx, t, client, "http://"+address)
		if attempts == 1 {
			mustNetworkError(t, err, address, "connection refused", Retry)
			listener, listenErr := new(net.ListenConfig).Listen(ctx, "tcp", address)
			if listenErr != nil {
				t.Fatal(listenErr)
			}
			server.Listener = listener
			server.Start()
		}
		return answer, err
	})
	if err != nil || attempts != 2 {
		t.Errorf("%d attempts, error %v", attempts, err)
	}
	if got := strings.Count(output.String(), `"@level":"warn"`); got != 1 {
		t.Errorf("%d warnings, want one in %s", got, &output)
	}
	if strings.Contains(output.String(), canary) {
		t.Errorf("a secret is in the log %s", &output)
	}
}

func TestBrokenAnswersAreRetried(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script  func(*net.TCPConn)
		problem string
	}{
		"reset":                          {reset, "connection reset by peer"},
		"closed without an answer":       {say(""), "the response was truncated"},
		"truncated":                      {say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Resp"), "the response was truncated"},
		"chunks without end":             {say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"Resp\r\n"), "the response was truncated"},
		"truncated head":                 {say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"), "the response was truncated"},
		"no HTTP":                        {say("\x1b[31mSSH-2.0-canary\r\n\r\n"), "malformed HTTP response"},
		"compressed answer is truncated": {say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x00"), "the response was truncated"},
		"compressed answer is no gzip":   {say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 13\r\n\r\nno such thing"), "the compressed response is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newTestClient(t)
			url := serveRaw(t, test.script, say(fine))
			_, err := exchange(t.Context(), t, client, url)
			mustNetworkError(t, err, host(url), test.problem, Retry)
			if strings.ContainsRune(err.Error(), '\x1b') {
				t.Errorf("a control character is in the error %q", err)
			}
			url = serveRaw(t, test.script, say(fine))
			if attempts, err := do(t.Context(), t, client, url, 1); err != nil || attempts != 2 {
				t.Errorf("%d attempts, error %v", attempts, err)
			}
		})
	}
}

// nameServer answers every question with the response code.
func nameServer(t *testing.T, code byte) *net.Resolver {
	t.Helper()
	conn, err := new(net.ListenConfig).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		message := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(message)
			if err != nil {
				return
			}
			message[2] |= 0x80 // It is a response.
			message[3] = 0x80 | code
			_, _ = conn.WriteTo(message[:n], from)
		}
	}()
	t.Cleanup(func() {
		_ = conn.Close()
		<-done
	})
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestUnknownHostNamesAreFinalErrors(t *testing.T) {
	const notFound, serverFailure = 3, 2
	for code, verdict := range map[byte]Verdict{notFound: Final, serverFailure: Retry} {
		client := newTestClient(t)
		pool(t, client).DialContext = (&net.Dialer{Resolver: nameServer(t, code)}).DialContext
		_, err := exchange(t.Context(), t, client, "http://mna.invalid")
		mustNetworkError(t, err, "mna.invalid", "the host name cannot be resolved", verdict)
		if _, ok := errors.AsType[*net.DNSError](err); !ok {
			t.Errorf("%v does not unwrap to its cause", err)
		}
	}
}

func TestConnectTimeoutsAreRetried(t *testing.T) {
	client := newTestClient(t)
	pool(t, client).DialContext = (&net.Dialer{Timeout: time.Nanosecond}).DialContext
	_, err := exchange(t.Context(), t, client, "http://192.0.2.1")
	mustNetworkError(t, err, "192.0.2.1", "i/o timeout", Retry)
	if _, err = do(t.Context(), t, client, "http://192.0.2.1", 0); err == nil || IsTimeout(err) {
		t.Errorf("error %v, want one that is not the read timeout", err)
	}
}

// drip sends one byte per second until the client goes away.
func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		_, _ = w.Write([]byte{' '})
		_ = http.NewResponseController(w).Flush()
		select {
		case <-time.After(time.Second):
		case <-r.Context().Done():
		}
	}
}

func stall(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func stallInBody(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	_, _ = w.Write([]byte(`{"Resp`))
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

func TestSlowServersEndAtTheTimeLimit(t *testing.T) {
	for name, slow := range map[string]http.HandlerFunc{"no answer": stall, "stalled body": stallInBody, "a byte per second": drip} {
		t.Run(name, func(t *testing.T) {
			t.Run("attempts", func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					started := time.Now()
					attempts, err := do(t.Context(), t, newPipeClient(t, slow), "http://api.example.com", 2)
					mustNetworkError(t, err, "api.example.com", "no complete response within 1m", Retry)
					if took := time.Since(started); attempts != 3 || took < 3*time.Minute || took > 3*time.Minute+2*time.Second {
						t.Errorf("%d attempts in %s", attempts, took)
					}
					if failure := mustFail(t, err); failure.Elapsed != time.Since(started) || IsTimeout(err) {
						t.Errorf("failure %+v", failure)
					}
				})
			})
			t.Run("read", func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
					defer cancel()
					attempts, err := do(ctx, t, newPipeClient(t, slow), "http://api.example.com", 2)
					if failure := mustFail(t, err); attempts != 1 || failure.Elapsed != 30*time.Second || !IsTimeout(err) {
						t.Errorf("%d attempts, %v after %s", attempts, err, failure.Elapsed)
					}
					if failure := mustFail(t, err); failure.Last == nil || failure.Last.Error() != "api.example.com: no complete response" {
						t.Errorf("last error %v", failure.Last)
					}
				})
			})
			t.Run("retry succeeds", func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					calls := 0
					client := newPipeClient(t, func(w http.ResponseWriter, r *http.Request) {
						calls++
						if calls == 1 {
							slow(w, r)
						}
					})
					if attempts, err := do(t.Context(), t, client, "http://api.example.com", 1); err != nil || attempts != 2 {
						t.Errorf("%d attempts, error %v", attempts, err)
					}
				})
			})
		})
	}
}

func TestRetryAfterDelaysTheNextAttempt(t *testing.T) {
	waited := func(retryAfter string) (wait time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			var calls []time.Time
			client := newPipeClient(t, func(w http.ResponseWriter, _ *http.Request) {
				if calls = append(calls, time.Now()); len(calls) == 1 {
					w.Header().Set("Retry-After", retryAfter)
					w.WriteHeader(http.StatusTooManyRequests)
				}
			})
			if _, err := do(t.Context(), t, client, "http://api.example.com", 0); err != nil {
				t.Fatal(err)
			}
			wait = calls[1].Sub(calls[0])
		})
		return wait
	}
	// Virtual time starts at midnight of 2000-01-01, and the server's Date is in virtual time.
	for retryAfter, want := range map[string]time.Duration{
		"2":                             2 * time.Second,
		"Sat, 01 Jan 2000 00:00:07 GMT": 7 * time.Second,
		"86400":                         time.Minute,
		"18446744073709551615":          time.Minute,
		"99999999999999999999":          time.Minute,
		"99999999999999999999999":       time.Minute,
		"Fri, 31 Dec 9999 23:59:59 GMT": time.Minute,
	} {
		if got := waited(retryAfter); got != want {
			t.Errorf("Retry-After %q: waited %s, want %s", retryAfter, got, want)
		}
	}
	for _, ignored := range []string{"", "0", "-5", "soon", "1.5", "1e9", "-99999999999999999999", "Fri, 31 Dec 1999 23:59:59 GMT"} {
		if got := waited(ignored); got < initialBackoff/2 || got > initialBackoff {
			t.Errorf("Retry-After %q: waited %s, want a pause as without the header", ignored, got)
		}
	}
}

func TestServerErrorsAreRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		statuses := []int{408, 500, 502, 503, 504, 200}
		var got []int
		client := newPipeClient(t, func(w http.ResponseWriter, _ *http.Request) {
			got = append(got, statuses[len(got)])
			w.WriteHeader(got[len(got)-1])
		})
		if _, err := do(t.Context(), t, client, "http://api.example.com", 5); err != nil || !slices.Equal(got, statuses) {
			t.Errorf("answers %v, error %v", got, err)
		}
	})
}
