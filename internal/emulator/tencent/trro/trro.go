// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package trro emulates the Tencent Real-Time Remote Operations API, version 2022-03-25.
package trro

import (
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// badValue is the code for an invalid parameter.
const badValue = "InvalidParameterValue"

// service implements the actions. Its figures come from the Source.
type service struct {
	figures.Source

	// listed is the number of projects that the account lists. Projects with other names also exist.
	listed int
}

// Actions returns the actions of TRRO for an account that lists the given number of projects. A negative number means none.
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

// projectID returns the ID of the listed project with the given number, counted from 1.
func projectID(n int) string { return "project-" + strconv.Itoa(n) }

// vehicles returns the prefix of the IDs of a project's vehicles. A number follows it.
func vehicles(project string) string { return project + "-vehicle-" }

// seats returns the prefix of the IDs of a project's remote seats. A number follows it.
func seats(project string) string { return project + "-seat-" }
