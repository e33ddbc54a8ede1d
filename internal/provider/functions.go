// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// guardedFunction runs a function so that a panic in it is an error of that call and ends nothing else.
type guardedFunction struct {
	function.Function
}

// guardFunction wraps the functions that a constructor makes.
func guardFunction(newFunction func() function.Function) func() function.Function {
	return func() function.Function { return guardedFunction{newFunction()} }
}

// Run calls the function.
func (g guardedFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	err := rescue.Call(func() error {
		g.Function.Run(ctx, req, resp)
		return nil
	})
	if err != nil {
		resp.Error = function.NewFuncError(fmt.Sprintf(
			"provider bug: the call ended with a %v. Other calls are not affected. Please report this with the provider's version.", err))
	}
}

// numberRange is what an argument must keep to, whatever it is for.
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

// valuesArgument returns the numbers and nulls of the list at position 0. It reports false for a list with an unknown
// number in it, of which nothing can be said yet: Terraform keeps such lists to itself, OpenTofu does not.
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
