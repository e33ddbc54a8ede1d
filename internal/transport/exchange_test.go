// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

const (
	userAgent = "terraform-provider-edgestats/test"
	// canary is a secret that no error and no log may show.
	canary = "canary-s3cr3t"
)

func newTestClient(t *testing.T) *Client {
	t.Helper()
	client := NewClient(userAgent)
	t.Cleanup(client.Close)
	return client
}

// pool gives access to the connections of a client.
func pool(t *testing.T, c *Client) *http.Transport {
	t.Helper()
	transport, ok := c.roundTripper.(*http.Transport)
	if !ok {
		t.Fatalf("round tripper is %T", c.roundTripper)
	}
	return transport
}

// exchange sends a request with the canary in place of every secret, and checks that the error does not show it.
func exchange(ctx context.Context, t *testing.T, c *Client, url string) (*Answer, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/?q-signature="+canary, strings.NewReader(canary))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", canary)
	req.Header.Set("X-TC-Token", canary)
	answer, err := c.Exchange(req)
	if err != nil && strings.Contains(err.Error(), canary) {
		t.Errorf("a secret is in the error %q", err)
	}
	return answer, err
}

// serve starts a server and returns its URL.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// serveRaw starts a server that reads one request from each connection and then runs the connection's script. The last
// script serves all further connections.
func serveRaw(t *testing.T, scripts ...func(*net.TCPConn)) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			script := scripts[min(i, len(scripts)-1)]
			group.Go(func() {
				defer func() { _ = conn.Close() }()
				if req, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					_, _ = io.Copy(io.Discard, req.Body)
				}
				if tcp, ok := conn.(*net.TCPConn); ok {
					script(tcp)
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		group.Wait()
	})
	return "http://" + listener.Addr().String()
}

// say sends the text unchanged and closes the connection.
func say(text string) func(*net.TCPConn) {
	return func(conn *net.TCPConn) { _, _ = io.WriteString(conn, text) }
}

func reset(conn *net.TCPConn) { _ = conn.SetLinger(0) }

const fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

// pipeListener accepts connections from the same process, so that HTTP works in virtual time.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	close(l.done)
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// newPipeClient returns a client whose requests the handler answers. It is for use in a synctest bubble.
func newPipeClient(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	client := newTestClient(t)
	listener := &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
	pool(t, client).DialContext = listener.dial
	server := &http.Server{ErrorLog: log.New(io.Discard, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The server notices that the client has gone only after it has read the whole request.
		_, _ = io.Copy(io.Discard, r.Body)
		handler(w, r)
	})}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return client
}

// mustNetworkError checks that the error is a *NetworkError with these values.
func mustNetworkError(t *testing.T, err error, host, problem string, verdict Verdict) {
	t.Helper()
	network, ok := errors.AsType[*NetworkError](err)
	if !ok {
		t.Fatalf("error is %T (%v), want a *NetworkError", err, err)
	}
	if network.Host != host || !strings.Contains(network.Problem, problem) || network.Verdict != verdict {
		t.Errorf("error of %q with verdict %d: %s; want %q, %d, %q", network.Host, network.Verdict, network.Problem, host, verdict, problem)
	}
}

func host(url string) string {
	_, host, _ := strings.Cut(url, "://")
	return host
}
