// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const (
	// headerTimeout is the maximum time for a client to send its headers.
	headerTimeout = 10 * time.Second
	// stopTimeout is the maximum time for running requests when the program stops. Responses take milliseconds, so a longer
	// request has a client that hangs.
	stopTimeout = time.Second
)

// run serves until the context ends. It prints one line: the endpoint, or the version for -version.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, err := parseArgs(args, stderr)
	if err != nil {
		return err
	}
	if c.version {
		_, err := fmt.Fprintln(stdout, "edgestats-emulator", version)
		return err
	}
	if c.verbose {
		c.options.Observe = observer(slog.New(slog.NewTextHandler(stderr, nil)))
	}
	scheme, listener, err := listen(ctx, c)
	if err != nil {
		return err
	}
	e := emulator.New(c.options)
	mux := http.NewServeMux()
	mux.Handle("/", e)
	mux.Handle(emulator.AdminPath, e.AdminHandler())
	server := &http.Server{
		Handler:           mux,
		ReadHeaderTimeout: headerTimeout,
		ErrorLog:          log.New(stderr, "", log.LstdFlags),
		// Requests that wait for a fault end with the program.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	if _, err := fmt.Fprintf(stdout, "EDGESTATS_ENDPOINT_URL=%s://%s\n", scheme, listener.Addr()); err != nil {
		return errors.Join(fmt.Errorf("print the endpoint: %w", err), listener.Close())
	}
	return serve(ctx, server, listener)
}

// listen opens the address. For -tls, it writes the certificate.
func listen(ctx context.Context, c config) (scheme string, _ net.Listener, err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.address)
	if err != nil || !c.tls {
		return "http", listener, err
	}
	certificate, err := newCertificate(c.certificate, listener.Addr())
	if err != nil {
		return "", nil, errors.Join(err, listener.Close())
	}
	return "https", tls.NewListener(listener, &tls.Config{
		Certificates: []tls.Certificate{certificate},
		MinVersion:   tls.VersionTLS12,
	}), nil
}

// serve serves until the context ends. Then it lets running requests finish, but closes their connections after
// stopTimeout.
func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// observer logs requests without headers, queries and bodies, which may contain secrets.
func observer(logger *slog.Logger) func(emulator.Call) {
	return func(c emulator.Call) {
		logger.Info("request", "method", c.Method, "path", c.Path, "api", string(c.API),
			"action", c.Action, "status", c.Status, "code", c.Code, "fault", string(c.Fault))
	}
}
