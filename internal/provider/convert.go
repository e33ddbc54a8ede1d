// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func pointer[T any](v T) *T { return &v }

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

func requestIDAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The vendor's ID of the call, for its support. It is another one at every read.",
		Computed:            true,
	}
}

// plainStrings returns the texts of a list; nil for one that was not given.
func plainStrings(values []types.String) []string {
	var plain []string
	for _, v := range values {
		plain = append(plain, v.ValueString())
	}
	return plain
}
