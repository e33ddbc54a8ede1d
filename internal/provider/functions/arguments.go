// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// numberRange is the range of every number argument.
const numberRange = "must be 0, or between 1e-308 and 1e309 in magnitude"

// numberArgument returns the number at a position of the arguments.
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

// valuesArgument returns the numbers and nulls of the list at position 0. It reports false where the list has an unknown number,
// so that the result is unknown too: Terraform does not call a function with such a list, OpenTofu does.
func valuesArgument(ctx context.Context, arguments function.ArgumentsData) ([]decimal.Decimal, bool, *function.FuncError) {
	var elements []types.Number
	if err := arguments.GetArgument(ctx, 0, &elements); err != nil {
		return nil, false, err
	}
	values := make([]decimal.Decimal, len(elements))
	for i, element := range elements {
		if element.IsUnknown() {
			return nil, false, nil
		}
		value, err := decimal.FromBigFloat(element.ValueBigFloat())
		if err != nil {
			return nil, false, function.NewArgumentFuncError(0, fmt.Sprintf("values[%d] %s", i, numberRange))
		}
		values[i] = value
	}
	return values, true, nil
}
