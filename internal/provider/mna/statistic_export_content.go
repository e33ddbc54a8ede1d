// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

const defaultMaxRows = 50_000

// statisticExportSheets is built like a series, because there may be as much of it.
var statisticExportSheets = points.NewObjects(
	"Sheets of the Excel file in the order of their tabs, hidden ones included; null without `download`. The vendor does not document "+
		"their layout. Chart sheets have no rows.",
	map[string]schema.Attribute{
		"name": arguments.ComputedText("Name of the sheet. Several sheets can have the same name."),
		"rows": schema.ListAttribute{
			MarkdownDescription: "First rows of the sheet, at most `max_rows`, each up to its last cell that is not empty. Cells are the " +
				"stored values as strings: numbers with every digit, dates as serial numbers, the last result of a formula. Strings are not " +
				"sanitized: they keep control characters and text direction marks; only invalid Unicode becomes U+FFFD.",
			Computed:    true,
			ElementType: types.ListType{ElemType: types.StringType},
		},
		"row_count": arguments.ComputedInteger("Number of the last row that is not empty, even if it is not in `rows`."),
		"truncated": schema.BoolAttribute{
			MarkdownDescription: "Whether the sheet has more rows than `rows`.",
			Computed:            true,
		},
	})

// statisticExportContent is the content of the Excel file.
type statisticExportContent struct {
	Download  types.Bool   `tfsdk:"download"`
	MaxRows   types.Number `tfsdk:"max_rows"`
	SHA256    types.String `tfsdk:"sha256"`
	SizeBytes types.Int64  `tfsdk:"size_bytes"`
	Sheets    points.List  `tfsdk:"sheets"`
}

// flatten reads the Excel file until the context ends. The file is nil if it was not downloaded.
func (c *statisticExportContent) flatten(ctx context.Context, file []byte) diag.Diagnostics {
	c.Sheets = statisticExportSheets.Null()
	if file == nil {
		return nil
	}
	maxRows := min(arguments.Int64Or(c.MaxRows, defaultMaxRows), math.MaxInt32)
	sheets, err := workbook.Read(ctx, file, int(maxRows))
	if err != nil {
		return diag.Diagnostics{unreadable(err)}
	}
	sum := sha256.Sum256(file)
	c.SHA256 = types.StringValue(hex.EncodeToString(sum[:]))
	c.SizeBytes = types.Int64Value(int64(len(file)))
	c.Sheets, err = statisticExportSheets.List(ctx, len(sheets), func(i int) (points.Object, error) {
		sheet := sheets[i]
		return points.Object{
			"name": points.Text(sheet.Name), "rows": points.Rows(sheet.Rows),
			"row_count": points.Integer(int64(sheet.RowCount)), "truncated": points.Bool(sheet.Truncated),
		}, nil
	})
	if err != nil {
		return diag.Diagnostics{unreadable(err)}
	}
	return nil
}

func unreadable(err error) diag.Diagnostic {
	const summary = "Unable to Read MNA Statistic Export"
	reason := transport.Clean(err.Error())
	switch {
	case errors.Is(err, workbook.ErrTooManyCells), errors.Is(err, workbook.ErrTooMuchText):
		return diag.NewAttributeErrorDiagnostic(path.Root("max_rows"), summary,
			"The Excel file was downloaded, but has too much in it: "+reason+".\nLower max_rows, or narrow the export.")
	case errors.Is(err, context.DeadlineExceeded):
		return diag.NewErrorDiagnostic(summary,
			"The read timed out while reading the downloaded Excel file.\nRaise timeouts.read, or narrow the export.")
	case errors.Is(err, context.Canceled):
		return diag.NewErrorDiagnostic(summary, "The read was canceled while reading the downloaded Excel file.")
	}
	return diag.NewErrorDiagnostic(summary, "The Excel file was downloaded, but cannot be read: "+reason+
		".\nSet download to false to get only file_path, and read the file with another program.")
}

// statisticExportContentAttributes adds the attributes for the content of the Excel file.
func statisticExportContentAttributes(into map[string]schema.Attribute) {
	into["download"] = schema.BoolAttribute{
		MarkdownDescription: "Whether to download the Excel file and return its content. Defaults to `false`.",
		Optional:            true,
	}
	into["max_rows"] = schema.NumberAttribute{
		MarkdownDescription: fmt.Sprintf("Maximum number of rows of a sheet to return. A longer sheet is cut, and its `truncated` is true. Defaults to `%d`.",
			defaultMaxRows),
		Optional:   true,
		Validators: []validator.Number{arguments.WholeNumberAtLeast(1)},
	}
	into["sha256"] = arguments.ComputedText("SHA-256 of the Excel file in hexadecimal digits; null without `download`.")
	into["size_bytes"] = arguments.ComputedInteger("Size of the Excel file in bytes; null without `download`.")
	into["sheets"] = statisticExportSheets.Attribute()
}
