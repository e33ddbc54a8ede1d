// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func notEmpty() validator.String { return stringvalidator.LengthAtLeast(1) }

// nameListValidators accept lists of names that can be sent: at least one, none of them null or empty.
func nameListValidators() []validator.List {
	return []validator.List{
		listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(notEmpty()),
	}
}

// isGiven reports whether an argument has a known value. An unknown one may turn out to be null.
func isGiven(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

// choice lists the values of an argument, each with the API's code. Users may give either.
type choice []struct {
	word string
	code int64
}

// code returns the API's code of a validated value, or nil for null.
func (c choice) code(v types.String) *int64 {
	for _, option := range c {
		if v.ValueString() == option.word || v.ValueString() == strconv.FormatInt(option.code, 10) {
			return &option.code
		}
	}
	return nil
}

// word returns the word of a validated value, which may be the code.
func (c choice) word(v types.String) string {
	for _, option := range c {
		if v.ValueString() == strconv.FormatInt(option.code, 10) {
			return option.word
		}
	}
	return v.ValueString()
}

// Description lists the words with their codes.
func (c choice) Description(context.Context) string {
	return "must be one of " + c.list(`"%s" (or %d)`)
}

// MarkdownDescription lists the words with their codes.
func (c choice) MarkdownDescription(context.Context) string {
	return "One of " + c.list("`%s` (or `%d`)")
}

func (c choice) list(format string) string {
	options := make([]string, len(c))
	for i, option := range c {
		options[i] = fmt.Sprintf(format, option.word, option.code)
	}
	return strings.Join(options, ", ")
}

// ValidateString refuses values that are neither a word nor a code.
func (c choice) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if v := req.ConfigValue; v.IsNull() || v.IsUnknown() || c.code(v) != nil {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
		fmt.Sprintf("%s %s, got: %q.", req.Path, c.Description(ctx), req.ConfigValue.ValueString()))
}

// textValidator turns a function that checks a text into a validator.
type textValidator struct {
	description string
	check       func(string) error
}

func (v textValidator) Description(context.Context) string         { return v.description }
func (v textValidator) MarkdownDescription(context.Context) string { return v.description }

func (v textValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value", fmt.Sprintf("%s %v.", req.Path, err))
	}
}

func isEndpoint() validator.String {
	return textValidator{"a URL of scheme, host and optional port", checkEndpoint}
}

func isDomain() validator.String { return textValidator{"a domain name", checkDomain} }

// shareValidator accepts valid shares of a quota.
type shareValidator struct{}

func (shareValidator) Description(context.Context) string         { return shareRange }
func (shareValidator) MarkdownDescription(context.Context) string { return shareRange }

func (shareValidator) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if v := req.ConfigValue; !v.IsNull() && !v.IsUnknown() && !validShare(v.ValueBigFloat()) {
		// The value itself may have an exponent that takes minutes to print.
		f, _ := v.ValueBigFloat().Float64()
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
			fmt.Sprintf("%s must be %s, got: %g.", req.Path, shareRange, f))
	}
}
