// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package leaktest fails tests that leak goroutines. It gives goroutines more time to end than goleak, which they need on a
// busy machine.
package leaktest

import (
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is the maximum time for goroutines to end.
const patience = 30 * time.Second

// Main runs the tests of a package, and fails if goroutines are left after the last test.
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

// Check fails the test if goroutines are left after it. Call it before starting a server: closing the server ends its
// connections and the client's goroutines for them.
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
