// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"errors"
	"strings"
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
	for name, test := range map[string]struct {
		ctx  context.Context
		text string
	}{
		"in time":  {t.Context(), ""},
		"late":     {late, "The read timed out while reading the downloaded Excel file.\nRaise timeouts.read"},
		"canceled": {canceled, "The read was canceled while reading the downloaded Excel file."},
	} {
		t.Run(name, func(t *testing.T) {
			var c mnaStatisticExportContent
			problem := c.flatten(test.ctx, file.Bytes())
			detail := ""
			if problem != nil {
				detail = problem.Detail()
			}
			if !strings.HasPrefix(detail, test.text) || test.text == "" && detail != "" || c.Sheets.IsNull() != (detail != "") {
				t.Errorf("the error is %q, want %q", detail, test.text)
			}
		})
	}
}
