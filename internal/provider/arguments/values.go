// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Number returns a measured value as Terraform has it, with every digit; null stays null.
func Number(d decimal.Decimal) types.Number {
	if d.IsNull() {
		return types.NumberNull()
	}
	return types.NumberValue(d.BigFloat())
}

// Time returns RFC 3339 in the time's own zone, and null for the zero time.
func Time(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.Format(time.RFC3339))
}

// BeijingTime is Time in the zone of Tencent Cloud's day.
func BeijingTime(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return Time(t.In(Beijing))
}

// NullText returns a text, and null for what the vendor left empty.
func NullText(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// Strings returns the texts of a list, and nil for one that was not given.
func Strings(values []types.String) []string {
	var plain []string
	for _, v := range values {
		plain = append(plain, v.ValueString())
	}
	return plain
}

// StringPointers returns the texts of a list as typed requests want them, and nil for one that was not given.
func StringPointers(values []types.String) []*string {
	var pointers []*string
	for _, v := range values {
		pointers = append(pointers, v.ValueStringPointer())
	}
	return pointers
}

// ComparableName returns a name of a domain or host as it is compared: case does not matter, and names in answers have
// no invisible characters.
func ComparableName(name string) string { return strings.ToLower(transport.Visible(name)) }

// Missing returns the names that were asked for and did not come back, in the order asked for.
func Missing(asked []types.String, returned []string) []types.String {
	known := make(map[string]bool, len(returned))
	for _, name := range returned {
		known[ComparableName(name)] = true
	}
	missing := []types.String{}
	for _, name := range asked {
		if !known[ComparableName(name.ValueString())] {
			missing = append(missing, name)
		}
	}
	return missing
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

// RequestIDAttribute describes request_id of a data source with include.
func RequestIDAttribute() schema.StringAttribute {
	return ComputedText("ID of the call, for the vendor's support; null unless `include` has `\"request_id\"`. It differs at every read.")
}
