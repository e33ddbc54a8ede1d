// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

// reset closes the connection in a way that makes the system send a TCP reset.
func reset(x *exchange.Exchange, _ Fault) bool {
	conn, _, err := http.NewResponseController(x.Answer).Hijack()
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

func stall(x *exchange.Exchange, f Fault) bool {
	wait(x.Request.Context(), f.Delay)
	return false
}

// wait waits for d, or forever if d is zero. If the context ends first, it cuts the connection.
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

func shiftClock(x *exchange.Exchange, f Fault) bool {
	x.SetTime(x.Time.Add(f.ClockOffset))
	return false
}
