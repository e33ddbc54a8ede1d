// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package functions holds the provider's functions, a file each: definition, conversion of arguments and result, and errors that
// name the argument. Functions are pure: they need no configuration, make no call and read no clock. What they compute belongs
// into package stats.
package functions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// All returns the constructors of all functions.
func All() []func() function.Function {
	return []func() function.Function{
		guard(newPercentile),
		guard(newSparkline),
		guard(newUnix),
		guard(newRFC3339),
		guard(newMbps),
		guard(newChange),
		guard(newResample),
		guard(newTop),
	}
}

// guarded runs a function so that a panic becomes an error of that call.
type guarded struct {
	function.Function
}

// guard wraps the functions that a constructor makes.
func guard(newFunction func() function.Function) func() function.Function {
	return func() function.Function { return guarded{newFunction()} }
}

// Run calls the function.
func (g guarded) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	err := rescue.Call(func() error {
		g.Function.Run(ctx, req, resp)
		return nil
	})
	if err != nil {
		resp.Error = function.NewFuncError(fmt.Sprintf(
			"provider bug: the call ended with a %v. Other calls are not affected. Please report this with the provider's version.", err))
	}
}
