// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// The errors of Percentile. Match them with errors.Is.
var (
	// ErrNoValues is the error of an empty list.
	ErrNoValues = errors.New("no values")
	// ErrNullValue is the error of a list with a null.
	ErrNullValue = errors.New("null is not a value")
	// ErrPercentile is the error of a percentile that is null or out of range.
	ErrPercentile = errors.New("percentile must be greater than 0 and at most 100")
)

// Percentile returns the percentile p of values by nearest rank: the smallest value that at least p percent of the values do
// not exceed. Values can be in any order and are not changed.
//
// The error is ErrPercentile unless 0 < p <= 100, ErrNoValues for an empty list, or ErrNullValue with the index of a null.
func Percentile(values []decimal.Decimal, p decimal.Decimal) (decimal.Decimal, error) {
	if p.Cmp(decimal.FromInt(0)) <= 0 || p.Cmp(decimal.FromInt(100)) > 0 {
		return decimal.Decimal{}, fmt.Errorf("%w, got %s", ErrPercentile, excerpt.Of(p.String()))
	}
	if len(values) == 0 {
		return decimal.Decimal{}, ErrNoValues
	}
	if i := slices.IndexFunc(values, decimal.Decimal.IsNull); i >= 0 {
		return decimal.Decimal{}, fmt.Errorf("values[%d]: %w", i, ErrNullValue)
	}
	return nearestRank(slices.SortedFunc(slices.Values(values), decimal.Decimal.Cmp), p), nil
}

// nearestRank returns the first of the ascending values whose rank is at least p percent of their number.
func nearestRank(ascending []decimal.Decimal, p decimal.Decimal) decimal.Decimal {
	hundredfoldRank := p.Mul(decimal.FromInt(int64(len(ascending))))
	return ascending[sort.Search(len(ascending)-1, func(i int) bool {
		return decimal.FromInt(int64(i+1)*100).Cmp(hundredfoldRank) >= 0
	})]
}
