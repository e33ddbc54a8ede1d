// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// program is a running emulator.
type program struct {
	endpoint string
	stderr   bytes.Buffer
	stop     func() error
}

// start starts the program and waits for its endpoint.
func start(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	p := &program{}
	stdout, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, args, w, &p.stderr)
		_ = w.CloseWithError(err)
		ended <- err
	}()
	lines := bufio.NewScanner(stdout)
	if !lines.Scan() {
		cancel()
		t.Fatalf("no endpoint: %v", <-ended)
	}
	endpoint, ok := strings.CutPrefix(lines.Text(), "EDGESTATS_ENDPOINT_URL=")
	if !ok {
		t.Errorf("printed %q", lines.Text())
	}
	p.endpoint = endpoint
	p.stop = func() error {
		cancel()
		for lines.Scan() {
			t.Errorf("also printed %q", lines.Text())
		}
		return <-ended
	}
	return p
}

// fetch returns the status and the header of an answer. It closes the connection.
func fetch(t *testing.T, transport *http.Transport, url string) (int, http.Header) {
	t.Helper()
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode, resp.Header
}

func TestRunServesAndStops(t *testing.T) {
	p := start(t, "-verbose", "-clock", "2026-03-10T12:00:00+08:00")
	status, header := fetch(t, &http.Transport{}, p.endpoint+"/statistics/a.xlsx?q-signature=hidden")
	if status != http.StatusForbidden {
		t.Errorf("status %d, want 403", status)
	}
	date, err := http.ParseTime(header.Get("Date"))
	if begin := time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC); err != nil || date.Sub(begin) > time.Minute || date.Before(begin) {
		t.Errorf("Date %v, %v", date, err)
	}
	if err := p.stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	log := p.stderr.String()
	if !strings.Contains(log, "path=/statistics/a.xlsx api=export") || strings.Contains(log, "hidden") {
		t.Errorf("logged %q", log)
	}
}

// post sends a body and returns the status.
func post(t *testing.T, url, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func TestRunInjectsFaults(t *testing.T) {
	fault := func(status int) string {
		return fmt.Sprintf(`{"kind": "clock", "clock_offset": "1s", "status": %d, "count": 1}`, status)
	}
	p := start(t, "-fault", fault(502), "-fault", fault(503))
	if status := post(t, p.endpoint+"/_emulator/faults", fault(504)); status != http.StatusCreated {
		t.Errorf("status %d, want 201", status)
	}
	for _, want := range []int{502, 503, 504, 403} {
		if status, _ := fetch(t, &http.Transport{}, p.endpoint+"/statistics/a.xlsx"); status != want {
			t.Errorf("status %d, want %d", status, want)
		}
	}
	if err := p.stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
}

func TestRunStopsWhileStalling(t *testing.T) {
	p := start(t, "-fault", `{"kind": "stall", "count": 1}`)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.endpoint, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		resp, err := (&http.Transport{}).RoundTrip(r)
		if err == nil {
			err = resp.Body.Close()
		}
		ended <- err
	}()
	// When the fault is not listed any more, it has delayed the request.
	for length := "unknown"; length != "3"; {
		_, header := fetch(t, &http.Transport{}, p.endpoint+"/_emulator/faults")
		length = header.Get("Content-Length")
	}
	if err := p.stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if err := <-ended; err == nil {
		t.Error("the request was answered")
	}
}

// The clients neither send the rest of a request nor read an answer.
func TestRunStopsWithHangingClients(t *testing.T) {
	p := start(t, "-fault", `{"kind": "large_body", "size": 100000000}`)
	address := strings.TrimPrefix(p.endpoint, "http://")
	for name, text := range map[string]string{
		"half a request":      "POST / HTTP/1.1\r\nHost: a.example.com\r\nContent-Length: 10\r\n\r\n{",
		"an answer not read":  "GET /latest/meta-data/cam/security-credentials/reader HTTP/1.1\r\nHost: a.example.com\r\n\r\n",
		"half of the headers": "POST / HTTP/1.1\r\nHost: a.example.com\r\n",
		"nothing sent at all": "",
	} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		if _, err := io.WriteString(conn, text); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	// The connections above came first, so they have been accepted by now.
	fetch(t, &http.Transport{}, p.endpoint+"/_emulator/calls")
	if err := p.stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
}

func TestRunServesHTTPS(t *testing.T) {
	file := filepath.Join(t.TempDir(), "certificate.pem")
	p := start(t, "-address", "localhost:0", "-tls", "-tls-certificate", file)
	if !strings.HasPrefix(p.endpoint, "https://") {
		t.Errorf("endpoint %q", p.endpoint)
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		t.Fatal("the file holds no certificate")
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	if status, _ := fetch(t, transport, p.endpoint+"/nowhere"); status != http.StatusNotFound {
		t.Errorf("status %d, want 404", status)
	}
	if err := p.stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if log := p.stderr.String(); log != "" {
		t.Errorf("logged %q without -verbose", log)
	}
}

func TestRunRefusesBadArguments(t *testing.T) {
	busy := start(t)
	tests := map[string][]string{
		"all addresses":     {"-address", ":8080"},
		"unspecified":       {"-address", "0.0.0.0:0"},
		"another machine":   {"-address", "192.0.2.1:0"},
		"name":              {"-address", "emulator.example.com:0"},
		"no port":           {"-address", "127.0.0.1"},
		"no devices":        {"-devices", "0"},
		"too many devices":  {"-devices", "10001"},
		"no projects":       {"-projects", "-1"},
		"taken":             {"-address", strings.TrimPrefix(busy.endpoint, "http://")},
		"argument":          {"serve"},
		"unknown flag":      {"-port", "1"},
		"clock":             {"-clock", "yesterday"},
		"seed":              {"-seed", "-1"},
		"fault":             {"-fault", `{"kind": "resets"}`},
		"TLS alone":         {"-tls"},
		"certificate alone": {"-tls-certificate", "certificate.pem"},
		"unwritable":        {"-tls", "-tls-certificate", filepath.Join(t.TempDir(), "no", "such", "folder.pem")},
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			var stdout bytes.Buffer
			if err := run(t.Context(), args, &stdout, io.Discard); err == nil || errors.Is(err, flag.ErrHelp) {
				t.Errorf("got %v", err)
			}
			if stdout.Len() > 0 {
				t.Errorf("printed %q", stdout.String())
			}
		})
	}
	if err := busy.stop(); err != nil {
		t.Error(err)
	}
}

func TestVersionIsPrinted(t *testing.T) {
	var stdout bytes.Buffer
	if err := run(t.Context(), []string{"-version"}, &stdout, io.Discard); err != nil {
		t.Fatal(err)
	}
	if got, want := stdout.String(), "edgestats-emulator dev\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestHelpExplainsEveryKind(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), []string{"-help"}, &stdout, &stderr); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("got %v", err)
	}
	_, err := emulator.ParseFault([]byte("{}"))
	_, kinds, _ := strings.Cut(err.Error(), "known are ")
	for kind := range strings.SplitSeq(kinds, ", ") {
		if !regexp.MustCompile(`(?m)^    (.*, )?` + kind + `(,| |$)`).MatchString(stderr.String()) {
			t.Errorf("the help does not explain the kind %q", kind)
		}
	}
	for _, kind := range regexp.MustCompile(`(?m)^    ([a-z_]+)  `).FindAllStringSubmatch(stderr.String(), -1) {
		if !strings.Contains(kinds, kind[1]) {
			t.Errorf("the help explains the unknown kind %q", kind[1])
		}
	}
	for _, want := range []string{"idle", "missing", "-tls-certificate", "AKIDexample", "curl -d"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("the help does not mention %q", want)
		}
	}
}
