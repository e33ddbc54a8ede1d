// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestMain(m *testing.M) {
	if err := acctest.SetUp(); err != nil {
		panic(err)
	}
	m.Run()
}
