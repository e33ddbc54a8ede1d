// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package leaktest

import (
	"testing"
	"time"
)

// goleak by itself gives up after half a second.
func TestFindWaitsForGoroutinesThatEnd(t *testing.T) {
	go func() { <-time.After(2 * time.Second) }()
	if err := find(); err != nil {
		t.Error(err)
	}
}
