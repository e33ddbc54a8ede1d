// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// ReadWith reads a data source from an emulator with faults, without retries.
func ReadWith(t *testing.T, dataSource string, c Config, faults ...emulator.Fault) (State, Problems) {
	t.Helper()
	Start(t, emulator.Options{Faults: faults})
	return Configured(t, Config{"max_retries": 0}).Read(t.Context(), t, dataSource, c)
}

// MustReadWith is like ReadWith, but fails the test if there are errors or warnings.
func MustReadWith(t *testing.T, dataSource string, c Config, faults ...emulator.Fault) State {
	t.Helper()
	state, problems := ReadWith(t, dataSource, c, faults...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return state
}

// Member returns a fault that replaces the value of the first member with that name in a response. An empty value removes
// the member.
func Member(name, value string) emulator.Fault {
	return emulator.Fault{Kind: emulator.FaultMember, Member: name, Body: value}
}
