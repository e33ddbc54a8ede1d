// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
)

// sessionTotals implements DescribeSessionStatistics, see https://www.tencentcloud.com/document/product/1252/68096. It
// counts whole hours, so that sessions and durations are the sums of the hourly periods of the same window. Each active
// device counts once.
func (s service) sessionTotals(x *exchange.Exchange, p *params.Params) (func() any, error) {
	now := x.Time.In(figures.ChinaTime)
	q, err := readSessionQuery(p, hourly, now)
	if err != nil {
		return nil, err
	}
	return func() any {
		return s.sessions(q.project, q.device).count(q.start(), hourly.add(hourly.floor(q.to), 1), now)
	}, nil
}
