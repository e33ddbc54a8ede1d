// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
)

// windowErrors are refusals of a window by MNA, with the argument that the window comes from.
func windowErrors() []suite.Error {
	start := acctest.Config{"lookback": nil, "begin_time": "2026-01-14T00:00:00Z"}
	both := start.With(acctest.Config{"end_time": "2026-01-15T00:00:00Z"})
	shorter, later, earlier := []string{"Choose a shorter window"}, []string{"Choose a later start"}, []string{"Choose an earlier end"}
	return []suite.Error{
		{Code: "InvalidParameterValue.TimeSpanExceeded", Attribute: "lookback", Says: shorter},
		{Code: "InvalidParameterValue.TimeSpanExceeded", Config: start, Attribute: "begin_time", Says: shorter},
		{Code: "InvalidParameterValue.TimeTooEarly", Attribute: "lookback", Says: later},
		{Code: "InvalidParameterValue.TimeTooEarly", Config: both, Attribute: "begin_time", Says: later},
		{Code: "InvalidParameterValue.TimeFuture", Attribute: "end_time", Says: earlier},
		{Code: "InvalidParameterValue.TimeFuture", Config: both, Attribute: "end_time", Says: earlier},
	}
}

// notFound are refusals by MNA of what an argument names, after changes to the configuration.
func notFound(changes acctest.Config, argument string) []suite.Error {
	says := []string{"Check the names and IDs"}
	return []suite.Error{
		{Code: "ResourceNotFound", Config: changes, Attribute: argument, Says: says},
		{Code: "ResourceNotFound.Device", Config: changes, Attribute: argument, Says: says},
		{Code: "OperationDenied.DeviceNotFound", Config: changes, Attribute: argument, Says: says},
	}
}

// checkArguments is the advice about arguments that the vendor refuses.
const checkArguments = "Check the arguments"
