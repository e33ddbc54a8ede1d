// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package suite contains the tests that every data source must pass: throttling, retries, timeouts, cancellation, shared
// calls, errors, memory, unknown arguments. The test file of each data source contains one Description of it. The package
// is for tests only.
package suite

import (
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Description describes a data source to the shared tests. Name, API, Config, Another, Questions, Refusals, Unknowns,
// Errors and Malformed are required. Sums is required if the data source has the attribute window, and Points and Hostile
// if it has the argument include.
type Description struct {
	// Name is the full name, such as edgestats_mna_flow_statistic.
	Name string
	// API is the API that the data source calls. The provider's argument for the endpoint has the same name.
	API emulator.API
	// Config is a valid configuration. Reading it at acctest.Now takes Calls calls, or one call if Calls is 0.
	Config acctest.Config
	Calls  int
	// Another returns changes to Config that result in a different request for each i.
	Another func(i int) acctest.Config
	// Questions are configurations and the requests that they send to the vendor.
	Questions []Question
	// Refusals are configurations that are refused before any call.
	Refusals []Refusal
	// Unknowns are changes to Config with values that are unknown during plan. Validation must accept all of them. Making a
	// single argument of Config unknown is always tested and need not be listed.
	Unknowns []acctest.Config
	// Sums describes windows and the values that add up over them.
	Sums *Sums
	// Errors are errors of the vendor and the arguments that the provider's errors point at.
	Errors []Error
	// Malformed maps responses to the place that the error must name. Responses that are malformed for all data sources of
	// a vendor need not be listed.
	Malformed map[string]string

	// Points describes the list of points; nil if there is none.
	Points *Points
	// Hostile are responses of the maximum size that are as expensive to read as possible, by name.
	Hostile map[string]Hostile
	// Figure is the JSON member of a figure in the response; empty if there is none.
	Figure string
	// UnixTime is the place in the response of a time in Unix seconds, such as NetDetails[0].Time; empty if there is none.
	UnixTime string
	// Names describes a response with names that contain control characters; nil if the response has no names.
	Names *Names
	// Parts describes failures of reads that are split into several calls; nil if reads are never split.
	Parts *Parts
	// Region says that the data source needs the provider's region.
	Region bool
	// NeverShared says that every read makes its own call.
	NeverShared bool
	// Varies are the attributes that are different in each read, unless they are null.
	Varies []string
	// Stable is how long after acctest.Now reads return the same result; half an hour if 0.
	Stable time.Duration
}

// Run runs all shared tests for a data source.
func Run(t *testing.T, d Description) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"is described completely", d.testCompleteness},
		{"questions", d.testQuestions},
		{"refusals", d.testRefusals},
		{"unknown arguments wait", d.testUnknowns},
		{"only its own credentials are needed", d.testCredentials},
		{"temporary keys", d.testTemporaryKeys},
		{"unknown endpoints", d.testUnknownEndpoints},
		{"endpoint", d.testEndpoint},
		{"the guides have its permissions", d.testPermissions},
		{"connection refused", d.testConnectionRefused},
		{"clocks", d.testClocks},
		{"sums over windows", d.testSums},
		{"throttling pauses all reads", d.testThrottlingPauses},
		{"throttling without Retry-After", d.testThrottlingWithoutRetryAfter},
		{"throttling ends with the read timeout", d.testThrottlingTimeout},
		{"transient server errors are retried", d.testTransientServerErrors},
		{"server errors that persist", d.testPersistentServerErrors},
		{"the last request ID is shown", d.testLastRequestID},
		{"errors of the vendor", d.testErrors},
		{"text of the vendor is cleaned", d.testCleanedText},
		{"errors contain no secrets", d.testSecrets},
		{"login page", d.testLoginPage},
		{"malformed responses", d.testMalformed},
		{"unix times", d.testUnixTimes},
		{"unknown members", d.testUnknownMembers},
		{"names", d.testNames},
		{"points", d.testPoints},
		{"parts", d.testParts},
		{"hostile responses", d.testHostile},
		{"a panic ends one read", d.testPanic},
		{"reading again changes nothing", d.testRepeat},
		{"no goroutine is left behind", d.testLeaks},
		{"equal reads share a call", d.testSharedCalls},
		{"errors are not remembered", d.testErrorsAreNotRemembered},
	} {
		t.Run(test.name, test.run)
	}
}

// calls returns the number of calls for a read of Config.
func (d Description) calls() int { return max(1, d.Calls) }

func (d Description) testCompleteness(t *testing.T) {
	t.Helper()
	server := acctest.NewServer(t)
	hasPoints, hasWindow := server.HasArgument(t, d.Name, "include"), server.HasArgument(t, d.Name, "window")
	for missing, is := range map[string]bool{
		"API": d.API == "", "Config": d.Config == nil, "Another": d.Another == nil, "Questions": d.Questions == nil,
		"Refusals": d.Refusals == nil, "Unknowns": d.Unknowns == nil, "Sums": hasWindow && d.Sums == nil,
		"Errors": d.Errors == nil, "Malformed": d.Malformed == nil,
		"Points": hasPoints && d.Points == nil, "Hostile": hasPoints && d.Hostile == nil,
	} {
		if is {
			t.Errorf("the description has no %s", missing)
		}
	}
}
