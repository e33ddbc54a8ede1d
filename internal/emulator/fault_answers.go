// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"context"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// reset closes the connection at once, which makes the system send a TCP reset.
func reset(w http.ResponseWriter, _ *http.Request, _ Fault) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	plain := conn
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		plain = secure.NetConn()
	}
	if tcp, ok := plain.(*net.TCPConn); ok {
		// An error here means that the connection is closed.
		_ = tcp.SetLinger(0)
	}
	// Closing a TLS connection would send an alert first.
	_ = plain.Close()
	return true
}

func stall(_ http.ResponseWriter, r *http.Request, f Fault) bool {
	wait(r.Context(), f.Delay)
	return false
}

// wait waits, without end if the time is zero. If the context ends first, it cuts the connection.
func wait(ctx context.Context, d time.Duration) {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
	case <-ctx.Done():
		panic(http.ErrAbortHandler)
	}
}

func shiftClock(w http.ResponseWriter, r *http.Request, f Fault) bool {
	call := callOf(r)
	call.Time = call.Time.Add(f.ClockOffset)
	setDate(w, call.Time)
	return false
}

func answerWith(_ *Emulator, w http.ResponseWriter, _ *http.Request, f Fault) {
	if strings.HasPrefix(f.Body, "{") || strings.HasPrefix(f.Body, "[") {
		w.Header().Set("Content-Type", "application/json")
	}
	// An error here means that the client is gone.
	_, _ = io.WriteString(w, f.Body)
}

func refuseWith(e *Emulator, w http.ResponseWriter, r *http.Request, f Fault) {
	e.refuseAs(w, r, vendorError(f.API, f.Code, cmp.Or(f.Message, "A fault was injected.")))
}

// legacyModule is a module's own code and its message, as messages of the legacy API have them.
var legacyModule = regexp.MustCompile(`(?s)^\((-?\d+)\)(.*)$`)

// vendorError returns the error of an API with a code.
func vendorError(api API, code, message string) error {
	switch api {
	case CDNLegacy:
		refusal := &legacyError{message: message}
		// Validate saw to it that the code is a number, the expression does for the module.
		refusal.code, _ = strconv.Atoi(code)
		if parts := legacyModule.FindStringSubmatch(message); parts != nil {
			refusal.module, _ = strconv.Atoi(parts[1])
			refusal.message = parts[2]
		}
		return refusal
	case CDNetworks:
		return &relayError{status: http.StatusOK, code: code, message: message}
	case Export:
		return &cosError{Code: code, Message: message}
	case Metadata:
		return &metadataError{code: code}
	default:
		return failf(code, "%s", message)
	}
}

func throttle(e *Emulator, w http.ResponseWriter, r *http.Request, _ Fault) {
	const message = "Too many requests."
	switch api := callOf(r).API; api {
	case CDNLegacy:
		e.refuseAs(w, r, vendorError(api, "4400", message))
	case CDNetworks:
		e.refuseAs(w, r, tooFrequent())
	case Export:
		e.refuseAs(w, r, &cosError{status: http.StatusServiceUnavailable, Code: "SlowDown", Message: message})
	case Metadata:
		e.refuseAs(w, r, &metadataError{status: http.StatusTooManyRequests})
	default:
		e.refuseAs(w, r, vendorError(api, "RequestLimitExceeded", message))
	}
}

// refuseAs answers with an error that has the type of the API's own.
func (e *Emulator) refuseAs(w http.ResponseWriter, r *http.Request, err error) {
	switch call := callOf(r); call.API {
	case CDNLegacy:
		refuseLegacy(w, call, err)
	case CDNetworks:
		refuseRelay(w, r, err)
	case Export:
		e.refuseDownload(w, r, err)
	case Metadata:
		refuseMetadata(w, call, err)
	default:
		e.refuse(w, call, err)
	}
}
