// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/faults"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/limits"
)

// This file defines aliases for names of other packages, so that users of an Emulator import only this package.

type (
	// API is the name of an emulated service.
	API = exchange.API
	// Call is the record of a request.
	Call = exchange.Call
	// Fault makes requests fail.
	Fault = faults.Fault
	// FaultKind is a kind of fault.
	FaultKind = faults.Kind
	// Limits are the rate limits of the APIs.
	Limits = limits.Limits
	// Rate is the maximum number of calls in a window.
	Rate = limits.Rate
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
	FaultGrows     = faults.Grows
	FaultShrinks   = faults.Shrinks
)

// ParseFault reads a fault from JSON, see faults.Parse.
func ParseFault(text []byte) (Fault, error) { return faults.Parse(text) }

// DocumentedLimits returns the limits that the vendors publish.
func DocumentedLimits() Limits { return limits.Documented() }
