// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Option is one value of a Choice.
type Option struct {
	// Word is what users write, and Code what the API is sent.
	Word string
	Code int64
}

// Choice is the values of an argument. Users write a word or the API's code.
type Choice struct{ options []Option }

// Codes returns a choice whose options have the API's codes.
func Codes(options ...Option) Choice { return Choice{options} }

// Code returns the API's code of a validated value, or nil for null.
func (c Choice) Code(v types.String) *int64 {
	for _, option := range c.options {
		if v.ValueString() == option.Word || v.ValueString() == strconv.FormatInt(option.Code, 10) {
			return &option.Code
		}
	}
	return nil
}

// Word returns the word of a validated value, which may be the code.
func (c Choice) Word(v types.String) string {
	for _, option := range c.options {
		if v.ValueString() == strconv.FormatInt(option.Code, 10) {
			return option.Word
		}
	}
	return v.ValueString()
}

// Description lists the words with their codes.
func (c Choice) Description(context.Context) string {
	return "must be one of " + c.list(`"%s" (or %d)`)
}

// MarkdownDescription lists the words with their codes.
func (c Choice) MarkdownDescription(context.Context) string {
	return "One of " + c.list("`%s` (or `%d`)")
}

func (c Choice) list(format string) string {
	options := make([]string, len(c.options))
	for i, option := range c.options {
		options[i] = fmt.Sprintf(format, option.Word, option.Code)
	}
	return strings.Join(options, ", ")
}

// ValidateString refuses values that are neither a word nor a code.
func (c Choice) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if v := req.ConfigValue; v.IsNull() || v.IsUnknown() || c.Code(v) != nil {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
		fmt.Sprintf("%s %s, got: %q.", req.Path, c.Description(ctx), req.ConfigValue.ValueString()))
}
