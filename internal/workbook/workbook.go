// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package workbook reads xlsx files that nobody vouches for into rows of text. What a file may cost is limited before
// a cell of it is read, and nothing is written to disk.
package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// Limits of what is read. The format itself ends a sheet at row 1,048,576 and column 16,384.
const (
	// MaxCells is how many cells the kept rows of all sheets may have; an empty row counts as one.
	MaxCells = 1_000_000
	// maxSheetRows is how many rows all sheets may have, kept or not.
	maxSheetRows = 4 << 20
)

var (
	// ErrNotXLSX is a file that is no zip archive.
	ErrNotXLSX = errors.New("not an xlsx (PK signature missing)")
	// ErrEncrypted is a workbook that needs a password.
	ErrEncrypted = errors.New("the workbook is encrypted")
	// ErrTooManyCells is a workbook whose kept rows have more than MaxCells cells.
	ErrTooManyCells = fmt.Errorf("the rows to keep have more than %d cells", MaxCells)
)

// Sheet is a worksheet, hidden or not.
type Sheet struct {
	Name string
	// Rows are the first rows, each up to its last cell that is not empty. Cells are the stored values: numbers with
	// every digit, dates as serial numbers, "1" and "0" for true and false, the last result of a formula. Of merged
	// cells only the first has a value. A cell whose text is missing from the workbook's table of texts is
	// empty.
	Rows [][]string
	// RowCount is the number of the last row that is not empty, kept or not.
	RowCount int
	// Truncated tells that there are more rows than Rows.
	Truncated bool
}

// CheckSignature returns ErrNotXLSX or ErrEncrypted for a file that does not begin like an xlsx.
func CheckSignature(file []byte) error {
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return nil
	// A workbook with a password is an OLE container with the encrypted one in it.
	case bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return ErrEncrypted
	}
	return ErrNotXLSX
}

// Read returns the sheets in the workbook's order, each with its first maxRows rows.
func Read(file []byte, maxRows int) (sheets []Sheet, err error) {
	if err := CheckSignature(file); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("the zip archive is damaged: %w", err)
	}
	if err := checkArchive(archive); err != nil {
		return nil, err
	}
	err = rescue.Call(func() error {
		sheets, err = read(file, maxRows)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the workbook is malformed: %w", err)
	}
	return sheets, nil
}

func read(file []byte, maxRows int) (sheets []Sheet, err error) {
	// Parts beyond UnzipXMLSizeLimit would go to temporary files. With equal limits there are none.
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	names := book.GetSheetList()
	if len(names) == 0 {
		return nil, errors.New("there is no sheet in it")
	}
	r := reader{book: book, maxRows: maxRows}
	for _, name := range names {
		sheet, err := r.sheet(name)
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

// reader counts what the sheets of a workbook have in all.
type reader struct {
	book        *excelize.File
	maxRows     int
	rows, cells int
}

func (r *reader) sheet(name string) (Sheet, error) {
	rows, err := r.book.Rows(name)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Name: strings.ToValidUTF8(name, "\ufffd")}
	for n := 1; rows.Next(); n++ {
		r.rows++
		if r.rows > maxSheetRows {
			return Sheet{}, fmt.Errorf("more than %d rows in all sheets", maxSheetRows)
		}
		cells, err := rows.Columns()
		if err != nil {
			return Sheet{}, fmt.Errorf("row %d: %w", n, err)
		}
		if err := r.add(&s, n, trimmed(cells)); err != nil {
			return Sheet{}, fmt.Errorf("row %d: %w", n, err)
		}
	}
	s.Truncated = s.RowCount > r.maxRows
	return s, rows.Close()
}

// add takes over a row that is not empty, with the empty ones before it.
func (r *reader) add(s *Sheet, n int, cells []string) error {
	if len(cells) > excelize.MaxColumns {
		return excelize.ErrColumnNumber
	}
	if len(cells) == 0 {
		return nil
	}
	s.RowCount = n
	gap := min(n-1, r.maxRows) - len(s.Rows)
	r.cells += gap
	if n <= r.maxRows {
		r.cells += len(cells)
	}
	if r.cells > MaxCells {
		return ErrTooManyCells
	}
	s.Rows = append(s.Rows, make([][]string, gap)...)
	if n <= r.maxRows {
		s.Rows = append(s.Rows, cells)
	}
	return nil
}

// trimmed returns a row without the empty cells at its end.
func trimmed(cells []string) []string {
	end := 0
	for i, cell := range cells {
		cells[i] = strings.ToValidUTF8(cell, "\ufffd")
		if cell != "" {
			end = i + 1
		}
	}
	return cells[:end]
}
