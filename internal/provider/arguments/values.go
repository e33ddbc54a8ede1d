// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// StringPointers returns the texts of a list as typed requests want them, and nil for a list that was not given.
func StringPointers(values []types.String) []*string {
	var pointers []*string
	for _, v := range values {
		pointers = append(pointers, v.ValueStringPointer())
	}
	return pointers
}

// NullText returns a text, and null for what the vendor left empty.
func NullText(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// ComputedText describes a text that a data source returns.
func ComputedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedNumber describes a measured value that a data source returns.
func ComputedNumber(description string) schema.NumberAttribute {
	return schema.NumberAttribute{MarkdownDescription: description, Computed: true}
}

// ComputedInteger describes a count that a data source returns.
func ComputedInteger(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

// RequestIDAttribute describes request_id.
func RequestIDAttribute() schema.StringAttribute {
	return ComputedText("ID of the call, for the vendor's support. It differs at every read.")
}

// ComparableDomain returns a domain name in lower case and without invisible characters, for comparison with names in responses.
func ComparableDomain(name string) string { return strings.ToLower(transport.Visible(name)) }

// MissingDomains returns the domains that were asked for and are not in the response.
func MissingDomains(asked []types.String, returned []string) []types.String {
	known := make(map[string]bool, len(returned))
	for _, domain := range returned {
		known[ComparableDomain(domain)] = true
	}
	missing := []types.String{}
	for _, domain := range asked {
		if !known[ComparableDomain(domain.ValueString())] {
			missing = append(missing, domain)
		}
	}
	return missing
}

// Strings returns the texts of a list, and nil for one that was not given.
func Strings(values []types.String) []string {
	var plain []string
	for _, v := range values {
		plain = append(plain, v.ValueString())
	}
	return plain
}

// Ints returns the numbers of a list, and nil for one that was not given.
func Ints(values []types.Int64) []int64 {
	var plain []int64
	for _, v := range values {
		plain = append(plain, v.ValueInt64())
	}
	return plain
}

// Number returns a measured value as Terraform has it, with every digit; null stays null.
func Number(d decimal.Decimal) types.Number {
	if d.IsNull() {
		return types.NumberNull()
	}
	return types.NumberValue(d.BigFloat())
}
