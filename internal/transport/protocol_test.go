// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
)

// holding sends a text and keeps the connection open until the client closes it.
func holding(text string) func(*net.TCPConn) {
	return func(conn *net.TCPConn) {
		_, _ = io.WriteString(conn, text)
		_, _ = io.Copy(io.Discard, conn)
	}
}

func TestSwitchingProtocolsIsAnErrorAtOnce(t *testing.T) {
	for name, text := range map[string]string{
		"without a protocol": "HTTP/1.1 101 Switching Protocols\r\n\r\n",
		"to a web socket":    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello",
		"with a length":      "HTTP/1.1 101 Switching Protocols\r\nContent-Length: 100\r\n\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			url := serveRaw(t, holding(text))
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := exchange(ctx, t, newTestClient(t), url)
			want := host(url) + " responded with HTTP 101 Switching Protocols: the provider does not switch protocols"
			if err == nil || err.Error() != want || judge(err).Verdict != Final {
				t.Errorf("error %v, want %s", err, want)
			}
		})
	}
}

func TestInformationalResponsesEndWithTheContext(t *testing.T) {
	for _, status := range []int{100, 102, 103} {
		url := serveRaw(t, holding(fmt.Sprintf("HTTP/1.1 %d Wait\r\n\r\n", status)))
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		_, err := exchange(ctx, t, newTestClient(t), url)
		cancel()
		mustNetworkError(t, err, host(url), "no complete response", Final)
	}
}

// newTLSClient returns a client that trusts an authority.
func newTLSClient(t *testing.T, authorities *x509.CertPool) *Client {
	t.Helper()
	client := newTestClient(t)
	pool(t, client).TLSClientConfig = &tls.Config{RootCAs: authorities}
	return client
}

func TestReadingABodyEndsWithTheContext(t *testing.T) {
	send := func(encoding string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Encoding", encoding)
			compressed := gzip.NewWriter(w)
			_, _ = compressed.Write([]byte("{"))
			_ = compressed.Flush()
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}
	}
	for name, handler := range map[string]http.HandlerFunc{"plain": stallInBody, "gzip": send("gzip"), "x-gzip": send("x-gzip")} {
		for _, version := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s, HTTP/%d", name, version), func(t *testing.T) {
				server := httptest.NewUnstartedServer(handler)
				server.EnableHTTP2 = version == 2
				server.StartTLS()
				t.Cleanup(server.Close)
				authorities := x509.NewCertPool()
				authorities.AddCert(server.Certificate())
				ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
				defer cancel()
				_, err := exchange(ctx, t, newTLSClient(t, authorities), server.URL)
				mustNetworkError(t, err, host(server.URL), "no complete response", Final)
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%v does not unwrap to the end of the context", err)
				}
			})
		}
	}
}

// endingBody ends properly, but cancels the context of the request first.
type endingBody struct{ cancel func() }

func (b endingBody) Read([]byte) (int, error) {
	b.cancel()
	return 0, io.EOF
}

func (endingBody) Close() error { return nil }

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// When the client closes the connection, the server may end a chunked body properly before the client stops reading.
func TestABodyThatEndsAfterTheContextIsIncomplete(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	client := &Client{roundTripper: roundTripFunc(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: endingBody{cancel}, Request: req}, nil
	})}
	answer, err := exchange(ctx, t, client, "http://api.example.com")
	if answer != nil {
		t.Errorf("answer %+v", answer)
	}
	mustNetworkError(t, err, "api.example.com", "no complete response", Final)
}

// goAway answers the first HTTP/2 request on a connection with GOAWAY, as if it had not been processed.
func goAway(conn net.Conn) error {
	preface := make([]byte, len(http2.ClientPreface))
	if _, err := io.ReadFull(conn, preface); err != nil {
		return err
	}
	framer := http2.NewFramer(conn, conn)
	if err := framer.WriteSettings(); err != nil {
		return err
	}
	for {
		frame, err := framer.ReadFrame()
		if err != nil {
			return err
		}
		if _, ok := frame.(*http2.HeadersFrame); ok {
			return framer.WriteGoAway(0, http2.ErrCodeNo, nil)
		}
	}
}

func TestConnectionsOfOneAttemptAreLimited(t *testing.T) {
	trusted := newAuthority(t)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{trusted.issue(t, func(*x509.Certificate) {})}, NextProtos: []string{"h2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var connections atomic.Int64
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			go func() {
				_ = goAway(conn)
				_ = conn.Close()
			}()
		}
	}()
	t.Cleanup(func() { _ = listener.Close() })
	client, url := newTLSClient(t, trusted.pool()), "https://"+listener.Addr().String()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for attempt := range int64(3) {
		_, err := exchange(ctx, t, client, url)
		mustNetworkError(t, err, host(url), "the server closed 4 connections without a response", Retry)
		if got := connections.Load(); got > maxDials*(attempt+1) {
			t.Fatalf("%d connections in %d attempts", got, attempt+1)
		}
	}
}

func TestUnregisteredContentEncodingsAreIgnored(t *testing.T) {
	const text = `{"a":1}`
	var compressed strings.Builder
	writer := gzip.NewWriter(&compressed)
	_, _ = io.WriteString(writer, text)
	_ = writer.Close()
	for encoding, body := range map[string]string{
		"utf-8": text, "UTF-8": text, "none": text, "identity": text, "binary": text, "8bit": text, "application/json": text, ",": text,
		"gzip": compressed.String(), "GZIP": compressed.String(), "x-gzip": compressed.String(), "X-GZip": compressed.String(),
		"gzip, utf-8": compressed.String(), "identity,gzip": compressed.String(),
	} {
		url := serveRaw(t, say(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", encoding, len(body), body)))
		answer, err := exchange(t.Context(), t, newTestClient(t), url)
		if err != nil || string(answer.Body) != text {
			t.Errorf("%q: %v", encoding, err)
		}
	}
	for _, encoding := range []string{"gzip", "x-gzip"} {
		url := serveRaw(t, say("HTTP/1.1 200 OK\r\nContent-Encoding: "+encoding+"\r\nContent-Length: 0\r\n\r\n"))
		if answer, err := exchange(t.Context(), t, newTestClient(t), url); err != nil || len(answer.Body) != 0 {
			t.Errorf("%s without a body: %v", encoding, err)
		}
	}
}

func TestOther3xxStatusesAreNotRedirects(t *testing.T) {
	for _, status := range []int{300, 304, 305, 306, 399} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://example.com/")
			w.WriteHeader(status)
		})
		for name, send := range map[string]func() (*Answer, error){
			"Exchange": func() (*Answer, error) { return exchange(t.Context(), t, newTestClient(t), url) },
			"Get":      func() (*Answer, error) { return get(t, url) },
		} {
			answer, err := send()
			if err != nil || answer.Status != status {
				t.Errorf("%s of %d: %v", name, status, err)
				continue
			}
			if text := answer.StatusError(time.Now()).Error(); strings.Contains(text, "redirect") {
				t.Errorf("%s of %d: %s", name, status, text)
			}
		}
	}
}
