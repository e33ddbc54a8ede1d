// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type top struct{}

func newTop() function.Function { return top{} }

// entryType is the type of an element of top's result.
func entryType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{"key": types.StringType, "value": types.NumberType}}
}

type entryModel struct {
	Key   types.String `tfsdk:"key"`
	Value types.Number `tfsdk:"value"`
}

func (top) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "top"
}

func (top) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Return the entries of a map with the greatest numbers",
		MarkdownDescription: "Returns the `n` entries with the greatest numbers as a list of objects with `key` and `value`, greatest " +
			"first. Equal numbers are sorted by key. Nulls are left out. The list is shorter if the map has fewer numbers.",
		Parameters: []function.Parameter{
			function.MapParameter{
				Name:                "values",
				ElementType:         types.NumberType,
				MarkdownDescription: "Map of numbers. Nulls are left out.",
			},
			function.NumberParameter{
				Name:                "n",
				MarkdownDescription: "Maximum number of entries to return: a whole number, at least 0.",
			},
		},
		Return: function.ListReturn{ElementType: entryType()},
	}
}

func (top) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	values, known, failure := valueMapArgument(ctx, req.Arguments)
	if failure != nil {
		resp.Error = failure
		return
	}
	n, failure := numberArgument(ctx, req.Arguments, 1)
	if failure != nil {
		resp.Error = failure
		return
	}
	count, err := wholeCount(n, len(values))
	if err != nil {
		resp.Error = function.NewArgumentFuncError(1, err.Error())
		return
	}
	if !known {
		resp.Error = resp.Result.Set(ctx, types.ListUnknown(entryType()))
		return
	}
	entries := []entryModel{}
	for _, entry := range stats.Top(values, count) {
		entries = append(entries, entryModel{types.StringValue(entry.Key), types.NumberValue(entry.Value.BigFloat())})
	}
	resp.Error = resp.Result.Set(ctx, entries)
}

// valueMapArgument returns the numbers and nulls of the map at position 0. It reports false where one of them is unknown, as
// valuesArgument does.
func valueMapArgument(
	ctx context.Context, arguments function.ArgumentsData,
) (values map[string]decimal.Decimal, known bool, failure *function.FuncError) {
	var elements map[string]types.Number
	if err := arguments.GetArgument(ctx, 0, &elements); err != nil {
		return nil, false, err
	}
	if err := checkSize(len(elements), 0); err != nil {
		return nil, false, err
	}
	known = true
	values = make(map[string]decimal.Decimal, len(elements))
	for key, element := range elements {
		value, err := decimal.FromBigFloat(element.ValueBigFloat())
		if err != nil {
			return nil, false, function.NewArgumentFuncError(0, fmt.Sprintf("values[%.40q] %s", key, numberRange))
		}
		values[key] = value
		known = known && !element.IsUnknown()
	}
	return values, known, nil
}

// wholeCount returns n as an int, and at most the limit.
func wholeCount(n decimal.Decimal, limit int) (int, error) {
	switch {
	case strings.Contains(n.String(), "."):
		return 0, fmt.Errorf("must be a whole number, got %.40s", n)
	case n.Cmp(decimal.FromInt(0)) < 0:
		return 0, fmt.Errorf("must be at least 0, got %.40s", n)
	case n.Cmp(decimal.FromInt(int64(limit))) > 0:
		return limit, nil
	}
	return strconv.Atoi(n.String())
}
