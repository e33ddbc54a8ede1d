// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdn emulates the Content Delivery Network API, version 2018-06-06.
package cdn

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// service implements the actions. Its figures come from the Source.
type service struct{ figures.Source }

// Actions returns the actions of CDN.
func Actions(source figures.Source) []tencent.Action {
	s := service{source}
	action := tencent.Action{API: exchange.CDN, Version: "2018-06-06"}
	return []tencent.Action{
		action.With("DescribeDistrictIspData", s.districtISPData),
	}
}
