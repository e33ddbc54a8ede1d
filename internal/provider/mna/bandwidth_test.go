// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"fmt"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

func TestBandwidth(t *testing.T) {
	parse := func(texts ...string) []decimal.Decimal {
		var values []decimal.Decimal
		for _, text := range texts {
			d, err := decimal.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, d)
		}
		return values
	}
	for _, test := range []struct {
		period arguments.Period
		bytes  []decimal.Decimal
		want   string // The greatest, the average and the 95th percentile.
	}{
		{arguments.FiveMinutes, parse("37500000", "75000000"), "2 1.5 2"},
		{arguments.Minute, parse("7500000"), "1 1 1"},
		{arguments.Hour, parse("450000000", "", "0"), "1 0.5 1"},
		{arguments.Day, parse("10800000000"), "1 1 1"},
		{arguments.Minute, parse("1000001", "1000001", "1000000"), "0.133333 0.133333 0.133333"},
		{arguments.Hour, parse(""), "<null> <null> <null>"},
		{arguments.Hour, nil, "<null> <null> <null>"},
	} {
		s, err := stats.Summarize(t.Context(), arguments.Samples(time.Unix(0, 0), time.Minute, test.bytes), stats.Amounts)
		if err != nil {
			t.Fatal(err)
		}
		b := newBandwidth(s, test.period).Attributes()
		if got := fmt.Sprint(b["max_mbps"], b["average_mbps"], b["p95_mbps"]); got != test.want {
			t.Errorf("%v by %s: %s, want %s", test.bytes, test.period, got, test.want)
		}
	}
}
