// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
)

// TestMain fails if a test leaves a goroutine behind.
func TestMain(m *testing.M) { leaktest.Main(m) }
