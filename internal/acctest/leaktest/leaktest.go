// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package leaktest fails tests that leave goroutines behind. It gives goroutines that are about to end more time than
// goleak does by itself, which on a busy machine they need.
package leaktest

import (
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is how long goroutines may take to end.
const patience = 30 * time.Second

// Main runs the tests of a package, and fails if goroutines outlive them all.
func Main(m *testing.M) {
	code := m.Run()
	if code == 0 {
		if err := find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// Check fails the test if a goroutine outlives it. Call it before a server is started: the connections end with the
// server, and with them the client's goroutines for them.
func Check(t *testing.T) {
	t.Helper()
	others := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		if err := find(others); err != nil {
			t.Error(err)
		}
	})
}

func find(options ...goleak.Option) (err error) {
	for started := time.Now(); time.Since(started) < patience; {
		if err = goleak.Find(options...); err == nil { // It waits for about half a second.
			return nil
		}
	}
	return err
}
