// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/faults"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/limits"
)

// Types of other packages that users of an Emulator need, so that they import this package only.
type (
	API       = exchange.API
	Call      = exchange.Call
	Fault     = faults.Fault
	FaultKind = faults.Kind
	Limits    = limits.Limits
	Rate      = limits.Rate
)

// The emulated services.
const (
	MNA        = exchange.MNA
	TRRO       = exchange.TRRO
	CDN        = exchange.CDN
	CDNLegacy  = exchange.CDNLegacy
	CDNetworks = exchange.CDNetworks
	Export     = exchange.Export
	STS        = exchange.STS
	Metadata   = exchange.Metadata
)

// The kinds of faults.
const (
	FaultReset     = faults.Reset
	FaultStall     = faults.Stall
	FaultClock     = faults.Clock
	FaultAnswer    = faults.Answer
	FaultError     = faults.Error
	FaultThrottled = faults.Throttled
	FaultMember    = faults.Member
	FaultLargeBody = faults.LargeBody
	FaultTruncated = faults.Truncated
)

// ParseFault reads a fault from JSON, see faults.Parse.
func ParseFault(text []byte) (Fault, error) { return faults.Parse(text) }

// DocumentedLimits returns the limits that the vendors publish.
func DocumentedLimits() Limits { return limits.Documented() }
