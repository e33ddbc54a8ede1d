// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// check fails unless the sheets are within the limits and consistent.
func check(t *testing.T, sheets []workbook.Sheet, err error, maxRows int) {
	t.Helper()
	if err != nil {
		if sheets != nil || !utf8.ValidString(err.Error()) || len(err.Error()) > 1_000 {
			t.Errorf("%d sheets and the error %.2000q", len(sheets), err)
		}
		return
	}
	maxRows = max(maxRows, 0)
	for _, s := range sheets {
		if len(s.Rows) != min(s.RowCount, maxRows) || s.Truncated != (s.RowCount > maxRows) {
			t.Errorf("%d of %d rows, truncated %t", len(s.Rows), s.RowCount, s.Truncated)
		}
		for i, row := range s.Rows {
			if len(row) > 0 && row[len(row)-1] == "" {
				t.Errorf("row %d ends with an empty cell", i+1)
			}
			if text := strings.Join(row, ""); !utf8.ValidString(text) {
				t.Errorf("row %d is not valid UTF-8: %q", i+1, text)
			}
		}
		if s.RowCount > 0 && len(s.Rows) == s.RowCount && len(s.Rows[s.RowCount-1]) == 0 {
			t.Errorf("the last of %d rows is empty", s.RowCount)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(book(f, `<row r="2"><c r="B2" t="s"><v>0</v></c></row>`), 10)
	f.Add(archived(f, partsOf(`<si><t>_x0000_</t></si>`, greeted), nil), 0)
	f.Add(book(f, `<row r="900"><c r="XFD900"><v>1</v></c></row>`, ""), 1)
	f.Add(archived(f, parts("")[1:], nil), -1)
	f.Add(compound("EncryptedPackage", 2), 1)
	f.Add([]byte("PK\x05\x06"+strings.Repeat("\x00", 18)), 1)
	f.Fuzz(func(t *testing.T, file []byte, maxRows int) {
		sheets, err := workbook.Read(t.Context(), file, maxRows)
		check(t, sheets, err, maxRows)
	})
}

// FuzzSheet reads any content of parts with a valid checksum: a sheet, the shared texts and the list of sheets.
func FuzzSheet(f *testing.F) {
	list := partsOf(greeting, "")
	for _, test := range handMade {
		list := partsOf(test.texts+"<si/>", test.data)
		f.Add(list[0].content, list[1].content, list[4].content, list[5].content, 10)
	}
	f.Add(inUTF16(list[0].content, binary.LittleEndian, true), list[1].content, list[4].content, list[5].content, 2)
	f.Fuzz(func(t *testing.T, sheet, texts, sheets, relations string, maxRows int) {
		list := partsOf("<si/>", "")
		list[0].content, list[1].content, list[4].content, list[5].content = sheet, texts, sheets, relations
		read, err := workbook.Read(t.Context(), archived(t, list, nil), maxRows)
		check(t, read, err, maxRows)
	})
}
