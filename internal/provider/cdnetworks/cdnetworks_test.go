// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
)

// described are the data sources of this package.
var described suite.Set

func TestDataSources(t *testing.T) { described.Run(t) }
