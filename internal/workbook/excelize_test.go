// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// ordinary writes Excel files with excelize, which is independent of this package.
var ordinary = map[string]func(*excelize.File) error{
	"numbers and texts": func(f *excelize.File) error {
		for n := 1; n <= 300; n++ {
			row := []any{fmt.Sprintf("device-%d", n%7), n * 1_000_003, float64(n) / 7, n%2 == 0, nil, "漢字 & <tags> \"'", " spaces ", "lines\nand\ttabs"}
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n), &row); err != nil {
				return err
			}
		}
		return nil
	},
	"gaps": func(f *excelize.File) error {
		return errors.Join(f.SetCellValue("Sheet1", "C3", "c"), f.SetCellValue("Sheet1", "XFD9", 1), f.SetCellValue("Sheet1", "A12", "a"))
	},
	"types": func(f *excelize.File) error {
		return errors.Join(
			f.SetCellValue("Sheet1", "A1", time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)), f.SetCellValue("Sheet1", "B1", 36*time.Hour),
			f.SetCellValue("Sheet1", "D1", 1e15+0.3), f.SetCellValue("Sheet1", "E1", "_x000D_ and \r"),
			f.SetCellRichText("Sheet1", "F1", []excelize.RichTextRun{{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: "and not"}}),
			f.SetCellValue("Sheet1", "A2", "merged"), f.MergeCell("Sheet1", "A2", "C4"), f.SetCellValue("Sheet1", "A5", "=1+1"),
		)
	},
	"sheets": func(f *excelize.File) error {
		_, hidden := f.NewSheet("Hidden 漢字")
		_, empty := f.NewSheet("Empty")
		return errors.Join(hidden, empty, f.SetCellValue("Hidden 漢字", "B2", true), f.SetSheetVisible("Hidden 漢字", false),
			f.SetColWidth("Empty", "A", "C", 30), f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "a", Text: "b"}),
			f.AddTable("Hidden 漢字", &excelize.Table{Range: "D1:E3", Name: "Table1"}), f.MoveSheet("Empty", "Sheet1"))
	},
	"a stream": func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		return errors.Join(
			w.SetRow("A1", []any{"time", "bytes"}), w.SetRow("B2", []any{excelize.Cell{Value: 12345678901234567}, "text"}), w.Flush(),
		)
	},
}

func TestReadAgreesWithExcelize(t *testing.T) {
	for name, write := range ordinary {
		t.Run(name, func(t *testing.T) {
			f := excelize.NewFile()
			var file bytes.Buffer
			if err := errors.Join(write(f), f.Write(&file), f.Close()); err != nil {
				t.Fatal(err)
			}
			got, err := workbook.Read(t.Context(), file.Bytes(), 1_000)
			if err != nil {
				t.Fatal(err)
			}
			reader, err := excelize.OpenReader(&file, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := reader.Close(); err != nil {
					t.Error(err)
				}
			})
			var want []workbook.Sheet
			for _, name := range reader.GetSheetList() {
				rows, err := reader.GetRows(name)
				if err != nil {
					t.Fatal(err)
				}
				for i, row := range rows {
					if len(row) == 0 {
						rows[i] = nil
					}
				}
				if len(rows) == 0 {
					rows = nil
				}
				want = append(want, workbook.Sheet{Name: name, Rows: rows, RowCount: len(rows)})
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-excelize +got)\n%s", diff)
			}
		})
	}
}

func TestReadKeepsTheStoredValues(t *testing.T) {
	f := excelize.NewFile()
	date1904 := true
	var file bytes.Buffer
	day := time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)
	err := errors.Join(
		f.SetCellValue("Sheet1", "A1", day), f.SetCellValue("Sheet1", "B1", 1e15+0.3), f.SetCellValue("Sheet1", "C1", true),
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}), f.SetCellValue("Sheet1", "D1", day),
		f.Write(&file), f.Close(),
	)
	if err != nil {
		t.Fatal(err)
	}
	got, err := workbook.Read(t.Context(), file.Bytes(), 10)
	want := []workbook.Sheet{{Name: "Sheet1", Rows: [][]string{{"46037.5", "1000000000000000.2", "1", "44575.5"}}, RowCount: 1}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}
