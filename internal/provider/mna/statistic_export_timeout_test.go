// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestExcelFilesAreReadWithinTheRead(t *testing.T) {
	f := excelize.NewFile()
	var file bytes.Buffer
	if err := errors.Join(f.SetCellValue("Sheet1", "A1", 1), f.Write(&file), f.Close()); err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for want, ctx := range map[string]context.Context{
		"": t.Context(),
		"The read timed out while reading the downloaded Excel file.\nRaise timeouts.read, or narrow the export.": late,
		"The read was canceled while reading the downloaded Excel file.":                                          canceled,
	} {
		var c statisticExportContent
		got := ""
		if problems := c.flatten(ctx, file.Bytes()); problems != nil {
			got = problems[0].Detail()
		}
		if got != want || c.Sheets.IsNull() != (want != "") {
			t.Errorf("the error is %q, want %q", got, want)
		}
	}
}
