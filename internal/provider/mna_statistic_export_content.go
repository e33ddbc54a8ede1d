// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

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
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

const defaultMaxRows = 50_000

// mnaStatisticExportSheets is built like a series, because there may be as much of it.
var mnaStatisticExportSheets = points.NewObjects(
	"Sheets of the workbook, hidden ones too, in its order; null without `download`. Their layout is the vendor's.",
	map[string]schema.Attribute{
		"name": computedText("Name of the sheet."),
		"rows": schema.ListAttribute{
			MarkdownDescription: "Rows from the first on, at most `max_rows`, each with its cells up to the last that is not empty. Cells are " +
				"text, as the file stores it: numbers with every digit, dates as serial numbers, the last result of a formula.",
			Computed:    true,
			ElementType: types.ListType{ElemType: types.StringType},
		},
		"row_count": computedInteger("Number of the sheet's last row that is not empty, whether it is in `rows` or not."),
		"truncated": schema.BoolAttribute{
			MarkdownDescription: "Whether the sheet has more rows than `rows`.",
			Computed:            true,
		},
	})

// mnaStatisticExportContent is the workbook.
type mnaStatisticExportContent struct {
	Download  types.Bool   `tfsdk:"download"`
	MaxRows   types.Int64  `tfsdk:"max_rows"`
	SHA256    types.String `tfsdk:"sha256"`
	SizeBytes types.Int64  `tfsdk:"size_bytes"`
	Sheets    points.List  `tfsdk:"sheets"`
}

// flatten takes over the workbook; nil where it was not asked for.
func (c *mnaStatisticExportContent) flatten(ctx context.Context, file []byte) diag.Diagnostic {
	c.Sheets = mnaStatisticExportSheets.Null()
	if file == nil {
		return nil
	}
	maxRows := defaultMaxRows
	if !c.MaxRows.IsNull() {
		maxRows = int(min(c.MaxRows.ValueInt64(), math.MaxInt32))
	}
	sheets, err := workbook.Read(file, maxRows)
	if err != nil {
		return unreadable(err)
	}
	sum := sha256.Sum256(file)
	c.SHA256 = types.StringValue(hex.EncodeToString(sum[:]))
	c.SizeBytes = types.Int64Value(int64(len(file)))
	c.Sheets, err = mnaStatisticExportSheets.List(ctx, len(sheets), func(i int) (points.Object, error) {
		sheet := sheets[i]
		return points.Object{
			"name": points.Text(sheet.Name), "rows": points.Rows(sheet.Rows),
			"row_count": points.Integer(int64(sheet.RowCount)), "truncated": points.Bool(sheet.Truncated),
		}, nil
	})
	if err != nil {
		return unreadable(err)
	}
	return nil
}

func unreadable(err error) diag.Diagnostic {
	const summary = "Unable to Read MNA Statistic Export"
	if errors.Is(err, workbook.ErrTooManyCells) {
		return diag.NewAttributeErrorDiagnostic(path.Root("max_rows"), summary, fmt.Sprintf(
			"The workbook was fetched and is too large: %v.\nLower max_rows, or narrow what is exported.", err))
	}
	return diag.NewErrorDiagnostic(summary, fmt.Sprintf(
		"The workbook was fetched and cannot be read: %v.\nWithout download, file_path leads to the file, for another program to read.", err))
}
