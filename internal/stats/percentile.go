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
	// ErrPercentile says that a percentile is null or out of range.
	ErrPercentile = errors.New("must be from 1 to 100")
)

// Percentile returns the percentile p of values by nearest rank: the smallest value that at least p percent of the values
// do not exceed. Nulls are ignored. The values may be in any order and are not changed.
//
// The error is ErrPercentile unless 1 <= p <= 100, and ErrNoValues if there are no values or only nulls. A p between 0 and
// 1 is an error, because it is nearly always a ratio such as 0.95 instead of 95, and would return the minimum.
func Percentile(values []decimal.Decimal, p decimal.Decimal) (decimal.Decimal, error) {
	switch {
	case p.Cmp(decimal.FromInt(0)) > 0 && p.Cmp(decimal.FromInt(1)) < 0:
		return decimal.Decimal{}, fmt.Errorf("%w, got %s; write 95 for the 95th percentile", ErrPercentile, excerpt.Of(p.String()))
	case p.Cmp(decimal.FromInt(1)) < 0 || p.Cmp(decimal.FromInt(100)) > 0:
		return decimal.Decimal{}, fmt.Errorf("%w, got %s", ErrPercentile, excerpt.Of(p.String()))
	}
	ascending := withoutNulls(values)
	if len(ascending) == 0 {
		return decimal.Decimal{}, ErrNoValues
	}
	slices.SortFunc(ascending, decimal.Decimal.Cmp)
	return nearestRank(ascending, p), nil
}

// withoutNulls returns a copy of the values that are not null.
func withoutNulls(values []decimal.Decimal) []decimal.Decimal {
	return slices.DeleteFunc(slices.Clone(values), decimal.Decimal.IsNull)
}

// nearestRank returns the first of the ascending values whose rank is at least p percent of their number.
func nearestRank(ascending []decimal.Decimal, p decimal.Decimal) decimal.Decimal {
	hundredfoldRank := p.Mul(decimal.FromInt(int64(len(ascending))))
	return ascending[sort.Search(len(ascending)-1, func(i int) bool {
		return decimal.FromInt(int64(i+1)*100).Cmp(hundredfoldRank) >= 0
	})]
}
