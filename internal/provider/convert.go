// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// stringPointers returns pointers as typed requests want them; nil for a list that was not given.
func stringPointers(values []types.String) []*string {
	var pointers []*string
	for _, v := range values {
		pointers = append(pointers, v.ValueStringPointer())
	}
	return pointers
}

// text returns null for what the vendor left empty.
func text(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

func computedText(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

func computedNumber(description string) schema.NumberAttribute {
	return schema.NumberAttribute{MarkdownDescription: description, Computed: true}
}

func computedInteger(description string) schema.Int64Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

func requestIDAttribute() schema.StringAttribute {
	return computedText("ID of the call, for the vendor's support. It differs at every read.")
}

// comparableDomain returns a domain name as it is compared: case does not matter, and names in answers have no invisible
// characters.
func comparableDomain(name string) string { return strings.ToLower(transport.Visible(name)) }

// missingDomains returns what was asked for and did not come back.
func missingDomains(asked []types.String, returned []string) []types.String {
	known := make(map[string]bool, len(returned))
	for _, domain := range returned {
		known[comparableDomain(domain)] = true
	}
	missing := []types.String{}
	for _, domain := range asked {
		if !known[comparableDomain(domain.ValueString())] {
			missing = append(missing, domain)
		}
	}
	return missing
}

// plainStrings returns the texts of a list; nil for one that was not given.
func plainStrings(values []types.String) []string {
	var plain []string
	for _, v := range values {
		plain = append(plain, v.ValueString())
	}
	return plain
}

// plainInts returns the numbers of a list; nil for one that was not given.
func plainInts(values []types.Int64) []int64 {
	var plain []int64
	for _, v := range values {
		plain = append(plain, v.ValueInt64())
	}
	return plain
}
