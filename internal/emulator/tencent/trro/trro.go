// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package trro is the emulated remote-driving service TRRO, version 2022-03-25.
package trro

import (
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// badValue is the code for a parameter that is not valid.
const badValue = "InvalidParameterValue"

// service answers for the actions with figures of a source.
type service struct {
	figures.Source

	// listed is the number of projects that the account lists. Projects with other names exist too.
	listed int
}

// Actions returns the actions of TRRO for an account that lists a number of projects; none if it is negative.
func Actions(source figures.Source, projects int) []tencent.Action {
	s := service{Source: source, listed: max(0, projects)}
	action := tencent.Action{API: exchange.TRRO, Version: "2022-03-25", Regional: true}
	return []tencent.Action{
		action.With("DescribeProjectList", s.projects),
		action.With("DescribeSessionStatistics", s.sessionTotals),
		action.With("DescribeSessionStatisticsByInterval", s.sessionStatisticsByInterval),
		action.With("GetDevices", s.devices),
	}
}

// projectID returns the ID of the listed project with a number, counted from 1.
func projectID(n int) string { return "project-" + strconv.Itoa(n) }

// vehicles returns how the IDs of a project's vehicles begin. They end with a number.
func vehicles(project string) string { return project + "-vehicle-" }

// seats returns how the IDs of a project's remote seats begin. They end with a number.
func seats(project string) string { return project + "-seat-" }
