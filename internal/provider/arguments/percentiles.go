// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
)

const (
	percentilesName = "percentiles"
	// maxPercentiles bounds the work of a summary, of which there can be thousands.
	maxPercentiles = 100
	// percentilePlaces is how many decimals a percentile may have.
	percentilePlaces = 6
)

// PercentilesAttribute describes the argument percentiles.
func PercentilesAttribute() schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: "Percentiles to compute for `summary.percentiles`: at most 100 numbers from 1 to 100 with at most 6 decimals, such as `[50, 99.9]`.",
		Optional:            true,
		ElementType:         types.NumberType,
		Validators:          []validator.List{Entries{MayBeEmpty: true, Max: maxPercentiles, Rule: isPercentile()}},
	}
}

// isPercentile accepts numbers from 1 to 100 with at most 6 decimals.
func isPercentile() NumberRule {
	return NumberRule{"a number from 1 to 100 with at most 6 decimals", func(f *big.Float) error {
		if f.Cmp(big.NewFloat(1)) < 0 || f.Cmp(big.NewFloat(100)) > 0 {
			return fmt.Errorf("must be from 1 to 100, got %s%s", numberText(f), percentAdvice(f))
		}
		p, err := decimal.FromBigFloat(f)
		if err != nil {
			return err
		}
		if rounded := p.DivRound(decimal.FromInt(1), percentilePlaces); !rounded.Equal(p) {
			return fmt.Errorf("must have at most %d decimals, got %s", percentilePlaces, numberText(f))
		}
		return nil
	}}
}

// percentAdvice says what is meant by a share such as 0.95.
func percentAdvice(f *big.Float) string {
	percent, err := decimal.FromBigFloat(f)
	if err != nil || f.Sign() <= 0 || f.Cmp(big.NewFloat(1)) >= 0 {
		return ""
	}
	percent = percent.Mul(decimal.FromInt(100))
	if percent.Cmp(decimal.FromInt(1)) < 0 {
		return ""
	}
	return fmt.Sprintf("; write %s for the %sth percentile", percent, percent)
}

// percentilesOf returns the validated numbers of percentiles.
func percentilesOf(asked []types.Number) []decimal.Decimal {
	percentiles := make([]decimal.Decimal, len(asked))
	for i, v := range asked {
		percentiles[i], _ = decimal.FromBigFloat(v.ValueBigFloat()) // The validator has done the same.
	}
	return percentiles
}

// percentilesByText returns a map of values by Terraform's text of the number that was asked for. It is null where none
// were asked for.
func percentilesByText(asked []types.Number, values []decimal.Decimal) tftypes.Value {
	mapType := tftypes.Map{ElementType: tftypes.Number}
	if asked == nil {
		return tftypes.NewValue(mapType, nil)
	}
	byText := make(map[string]tftypes.Value, len(asked))
	for i, v := range asked {
		byText[numberText(v.ValueBigFloat())] = points.Number(values[i])
	}
	return tftypes.NewValue(mapType, byText)
}
