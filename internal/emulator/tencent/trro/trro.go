// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package trro is the emulated remote-driving service TRRO, version 2022-03-25.
package trro

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// service answers for the actions with figures of a source.
type service struct{ figures.Source }

// Actions returns the actions of TRRO.
func Actions(source figures.Source) []tencent.Action {
	s := service{source}
	action := tencent.Action{API: exchange.TRRO, Version: "2022-03-25", Regional: true}
	return []tencent.Action{
		action.With("DescribeSessionStatisticsByInterval", s.sessionStatisticsByInterval),
	}
}
