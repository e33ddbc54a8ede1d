// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

func TestPercentilesArgument(t *testing.T) {
	validators := PercentilesAttribute().Validators
	if len(validators) != 1 {
		t.Fatalf("%d validators", len(validators))
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprintf("50.%03d", i+1)
	}
	for _, test := range []struct {
		list    types.List
		problem string
	}{
		{types.ListNull(types.NumberType), ""},
		{numbers(t), ""},
		{numbers(t, "1", "50", "99.9", "99.999999", "100"), ""},
		{numbers(t, many[:100]...), ""},
		{numbers(t, many...), "error argument: argument must have at most 100 entries, got 101."},
		{numbers(t, "50", "0.95"), "error argument[1]: argument[1] must be from 1 to 100, got 0.95; write 95 for the 95th percentile."},
		{numbers(t, "0.999"), "error argument[0]: argument[0] must be from 1 to 100, got 0.999; write 99.9 for the 99.9th percentile."},
		{numbers(t, "0.001"), "error argument[0]: argument[0] must be from 1 to 100, got 0.001."},
		{numbers(t, "0"), "error argument[0]: argument[0] must be from 1 to 100, got 0."},
		{numbers(t, "-1"), "error argument[0]: argument[0] must be from 1 to 100, got -1."},
		{numbers(t, "100.000001"), "error argument[0]: argument[0] must be from 1 to 100, got 100.000001."},
		{numbers(t, "99.9999999"), "error argument[0]: argument[0] must have at most 6 decimals, got 99.9999999."},
		{numbers(t, "50", "50.0"), "error argument[1]: argument[1] repeats argument[0], got 50; remove it with distinct()."},
		{numbers(t, "null"), "error argument[0]: argument[0] is null; remove it with [for v in … : v if v != null]."},
	} {
		expect(t, validateList(t, validators[0], test.list), test.problem)
	}
}

// decimals reads numbers; the empty text is null.
func decimals(t *testing.T, texts ...string) []decimal.Decimal {
	t.Helper()
	values := make([]decimal.Decimal, len(texts))
	for i, text := range texts {
		var err error
		if values[i], err = decimal.Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	return values
}

// summary summarizes samples as the state of a data source.
func summary(t *testing.T, samples []stats.Sample, kind stats.Kind, percentiles ...string) types.Object {
	t.Helper()
	var asked []types.Number
	for _, text := range percentiles {
		asked = append(asked, number(t, text))
	}
	if percentiles != nil && asked == nil {
		asked = []types.Number{}
	}
	object, _, err := NewSummary(t.Context(), samples, kind, asked)
	if err != nil {
		t.Fatal(err)
	}
	return object
}

func TestPercentiles(t *testing.T) {
	start := at(t, "2026-01-15T00:00:00+08:00")
	some := Samples(start, time.Minute, decimals(t, "3", "", "0.009", "10", "1"))
	for _, test := range []struct {
		name    string
		samples []stats.Sample
		asked   []string
		want    string
	}{
		{"not asked for", some, nil, "<null>"},
		{"none", some, []string{}, "{}"},
		{"some", some, []string{"1", "50", "50.0001", "99.9", "100"}, `{"1":0.009,"100":10,"50":1,"50.0001":3,"99.9":10}`},
		{"of no samples", nil, []string{"50", "99.9"}, `{"50":<null>,"99.9":<null>}`},
		{"of nulls", Samples(start, time.Minute, decimals(t, "", "")), []string{"50"}, `{"50":<null>}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			expect(t, summary(t, test.samples, stats.Amounts, test.asked...).Attributes()["percentiles"].String(), test.want)
		})
	}
	if some[0].Value.String() != "3" {
		t.Error("the samples were sorted")
	}
}

// The p95 of a summary is the percentile 95, and 100 is its maximum.
func TestPercentilesAgreeWithTheSummary(t *testing.T) {
	values := make([]decimal.Decimal, 1000)
	for i := range values {
		values[i] = decimal.FromInt(int64(i * 7919 % 1009))
	}
	s := summary(t, Samples(time.Unix(0, 0), time.Hour, values), stats.Levels, "95", "100").Attributes()
	expect(t, s["percentiles"].String(), fmt.Sprintf(`{"100":%s,"95":%s}`, s["max"], s["p95"]))
}

// A summary becomes state as its attribute describes it.
func TestSummaryAsState(t *testing.T) {
	start := at(t, "2026-01-15T00:00:00+08:00")
	for _, test := range []struct {
		name    string
		samples []stats.Sample
		kind    stats.Kind
		want    string
	}{
		{"amounts", Samples(start, time.Hour, decimals(t, "1", "2.5", "")), stats.Amounts, `{"average":1.75,"count":2,` +
			`"first_time":"2026-01-15T00:00:00+08:00","interval_seconds":3600,"largest_gap_seconds":3600,"last_time":"2026-01-15T01:00:00+08:00",` +
			`"latest":2.5,"max":2.5,"max_time":"2026-01-15T01:00:00+08:00","min":1,"p95":2.5,"percentiles":{"99.9":2.5},"total":3.5}`},
		{"nothing", nil, stats.Levels, `{"average":<null>,"count":0,"first_time":<null>,"interval_seconds":<null>,"largest_gap_seconds":<null>,` +
			`"last_time":<null>,"latest":<null>,"max":<null>,"max_time":<null>,"min":<null>,"p95":<null>,"percentiles":{"99.9":<null>},"total":<null>}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			expect(t, summary(t, test.samples, test.kind, "99.9").String(), test.want)
			inList, err := Summarize(t.Context(), test.samples, test.kind, []types.Number{number(t, "99.9")})
			if err != nil {
				t.Fatal(err)
			}
			value, err := SummaryAttribute("values", "bytes").GetType().ValueFromTerraform(t.Context(), inList)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, value.String(), test.want)
		})
	}
}

func TestSummariesEndWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	samples := Samples(time.Unix(0, 0), time.Hour, decimals(t, "1"))
	if _, err := Summarize(ctx, samples, stats.Amounts, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("in a list: %v", err)
	}
	if _, _, err := NewSummary(ctx, samples, stats.Amounts, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("of a model: %v", err)
	}
}
