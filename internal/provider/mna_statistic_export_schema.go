// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// mnaStatisticExportAttributes describes an export, however it is read.
func mnaStatisticExportAttributes(ctx context.Context) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"device_name": schema.StringAttribute{
			MarkdownDescription: "Name of one device. Without it, no particular device is meant, which the API is told as `-1`.",
			Optional:            true,
			Validators:          []validator.String{notEmpty()},
		},
		"device_list": schema.ListAttribute{
			MarkdownDescription: fmt.Sprintf("Names (not IDs) of several devices, at most %d.", mna.MaxExportDevices),
			Optional:            true,
			ElementType:         types.StringType,
			Validators:          append(nameListValidators(), listvalidator.SizeAtMost(mna.MaxExportDevices)),
		},
		"group_id": schema.StringAttribute{
			MarkdownDescription: "ID of a device group.",
			Optional:            true,
			Validators:          []validator.String{notEmpty()},
		},
		"mp_application_id": schema.StringAttribute{
			MarkdownDescription: "ID of an application.",
			Optional:            true,
			Validators:          []validator.String{notEmpty()},
		},
		"window": windowAttribute(),
		"file_path": schema.StringAttribute{
			MarkdownDescription: "Presigned URL of the Excel file. Anyone who has it can download the file until `expires_at`. It differs at every read.",
			Computed:            true,
			Sensitive:           true,
		},
		"expires_at": computedText("When the URL expires according to its signature, RFC 3339 in UTC; null if it has no signature."),
		"request_id": requestIDAttribute(),
	}
	mnaWindow.attributes(attributes)
	mnaAttributes(ctx, attributes)
	return attributes
}

// mnaStatisticExportContentAttributes adds the attributes for the content of the Excel file.
func mnaStatisticExportContentAttributes(into map[string]schema.Attribute) {
	into["download"] = schema.BoolAttribute{
		MarkdownDescription: "Whether to download the Excel file and return its content. Defaults to `false`.",
		Optional:            true,
	}
	into["max_rows"] = schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("Maximum number of rows of a sheet to return. A longer sheet is cut, and its `truncated` is true. Defaults to `%d`.",
			defaultMaxRows),
		Optional:   true,
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
	into["sha256"] = computedText("SHA-256 of the Excel file in hexadecimal digits; null without `download`.")
	into["size_bytes"] = computedInteger("Size of the Excel file in bytes; null without `download`.")
	into["sheets"] = mnaStatisticExportSheets.Attribute()
}
