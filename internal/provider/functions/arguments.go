// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

const (
	// numberRange is the range of every number argument.
	numberRange = "must be 0, or between 1e-308 and 1e309 in magnitude"
	// maxElements is the maximum number of elements in a list or map.
	maxElements = 1_000_000
)

// numberArgument returns the number at a position of the arguments. It is null where the parameter allows null.
func numberArgument(ctx context.Context, arguments function.ArgumentsData, position int) (decimal.Decimal, *function.FuncError) {
	var argument types.Number
	if err := arguments.GetArgument(ctx, position, &argument); err != nil {
		return decimal.Decimal{}, err
	}
	number, err := decimal.FromBigFloat(argument.ValueBigFloat())
	if err != nil {
		return decimal.Decimal{}, function.NewArgumentFuncError(int64(position), numberRange)
	}
	return number, nil
}

// valuesArgument returns the numbers and nulls of the list of values at a position. It reports false where one of them is unknown,
// so that the result is unknown too: Terraform does not call a function with such a list, OpenTofu does.
func valuesArgument(ctx context.Context, arguments function.ArgumentsData, position int) ([]decimal.Decimal, bool, *function.FuncError) {
	var elements []types.Number
	if err := arguments.GetArgument(ctx, position, &elements); err != nil {
		return nil, false, err
	}
	if err := checkSize(len(elements), position); err != nil {
		return nil, false, err
	}
	known := true
	values := make([]decimal.Decimal, len(elements))
	for i, element := range elements {
		value, err := decimal.FromBigFloat(element.ValueBigFloat())
		if err != nil {
			return nil, false, function.NewArgumentFuncError(int64(position), fmt.Sprintf("values[%d] %s", i, numberRange))
		}
		values[i] = value
		known = known && !element.IsUnknown()
	}
	return values, known, nil
}

// checkSize refuses a list or map with too many elements.
func checkSize(elements, position int) *function.FuncError {
	if elements <= maxElements {
		return nil
	}
	return function.NewArgumentFuncError(int64(position), fmt.Sprintf("must have at most %d elements, got %d", maxElements, elements))
}

// offsetParameter is the optional offset from UTC, the last parameter of a function. Null counts as not given.
func offsetParameter(fallback string) function.StringParameter {
	return function.StringParameter{
		Name:           "offset",
		AllowNullValue: true,
		MarkdownDescription: "Offset from UTC, such as `\"+08:00\"`, or `\"Z\"`; at most one. Defaults to " + fallback + ". Names of time " +
			"zones are not accepted.",
	}
}

// offsetArgument returns the zone of the optional offset at a position of the arguments.
func offsetArgument(
	ctx context.Context, arguments function.ArgumentsData, position int, fallback *time.Location,
) (*time.Location, *function.FuncError) {
	var offsets []types.String
	if err := arguments.GetArgument(ctx, position, &offsets); err != nil {
		return nil, err
	}
	switch {
	case len(offsets) > 1:
		return nil, function.NewArgumentFuncError(int64(position+1), fmt.Sprintf("must be at most one offset, got %d", len(offsets)))
	case len(offsets) == 0 || offsets[0].IsNull():
		return fallback, nil
	}
	zone, err := times.ParseOffset(offsets[0].ValueString())
	if err != nil {
		return nil, function.NewArgumentFuncError(int64(position), err.Error())
	}
	return zone, nil
}
