// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
)

// IDsAttribute describes the IDs of an inventory.
func IDsAttribute(description string) schema.ListAttribute {
	return schema.ListAttribute{MarkdownDescription: description, Computed: true, ElementType: types.StringType}
}

// IDs returns the IDs of the entries of an inventory, in their order. The result is never nil.
func IDs[T any](entries []T, id func(T) string) []types.String {
	ids := make([]types.String, len(entries))
	for i, entry := range entries {
		ids[i] = types.StringValue(id(entry))
	}
	return ids
}

// BeijingPoint is BeijingTime as an attribute of an entry.
func BeijingPoint(t time.Time) tftypes.Value { return points.Time(t.In(Beijing)) }

// PointOf returns the word of a code in an answer as an attribute of an entry. A code that the choice does not have stays a
// code. An empty text is null.
func (c Choice) PointOf(code string) tftypes.Value {
	for _, option := range c.options {
		if code == strconv.FormatInt(option.Code, 10) {
			return points.Text(option.Word)
		}
	}
	return points.TextOrNull(code)
}
