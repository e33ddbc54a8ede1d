// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package workbook reads untrusted Excel files (xlsx) into rows of text.
//
// Parts are unzipped and parsed as a stream. The constants of this package and the context limit the memory and time for a
// file, and nothing is written to disk. Every cell is placed by its own reference. Content that a spreadsheet program would
// not show or would repair is an error.
//
// The format is ECMA-376 (ISO/IEC 29500), Transitional and Strict:
// https://ecma-international.org/publications-and-standards/standards/ecma-376/.
package workbook

import (
	"context"
	"errors"
	"fmt"
)

// Limits of the result, because Terraform values need several times as much memory. With these limits, a read needs less
// than 300 MiB.
const (
	// MaxCells is the maximum number of rows plus cells in all sheets. In each row, the cells up to the last one that is
	// not empty count.
	MaxCells = 400_000
	// MaxText is the maximum number of bytes of text in all cells and sheet names. A shared text counts for each cell that
	// uses it.
	MaxText = 16 << 20
)

var (
	// ErrTooManyCells is the error of a result with more than MaxCells rows and cells.
	ErrTooManyCells = fmt.Errorf("there are more than %d rows and cells to keep", MaxCells)
	// ErrTooMuchText is the error of a result with more than MaxText bytes of text.
	ErrTooMuchText = fmt.Errorf("the cells to keep have more than %d MiB of text", MaxText>>20)
)

// Sheet is a visible or hidden sheet of an Excel file. A chart sheet or dialog sheet has no rows.
type Sheet struct {
	// Name is a label. It may be empty, and several sheets may have the same name.
	Name string
	// Rows are the first rows, each up to its last cell that is not empty. Cells are the stored values: numbers with every
	// digit, dates as serial numbers, "1" and "0" for true and false, and the last results of formulas. Of merged cells, only
	// the first has a value. A cell that refers to a missing shared text is empty.
	Rows [][]string
	// RowCount is the number of the last row that is not empty. That row may be missing in Rows; see Truncated.
	RowCount int
	// Truncated says that the sheet has more rows than Rows.
	Truncated bool
}

// Read returns the sheets in the order of their tabs, each with at most maxRows rows. The error is ErrNotXLSX, ErrOldExcel,
// ErrEncrypted, ErrTooManyCells, ErrTooMuchText, the cause of the context's end, or an error that describes the problem. It
// quotes only short strings from the file, without control characters.
func Read(ctx context.Context, file []byte, maxRows int) ([]Sheet, error) {
	if err := CheckSignature(file); err != nil {
		return nil, err
	}
	ended := func() error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return nil
	}
	sheets, err := read(file, maxRows, ended)
	if err != nil {
		if cause := ended(); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	return sheets, nil
}

func read(file []byte, maxRows int, ended func() error) ([]Sheet, error) {
	parts, err := openArchive(file, ended)
	if err != nil {
		return nil, err
	}
	contents, err := parts.contents()
	if err != nil {
		return nil, err
	}
	r := reader{parts: parts, maxRows: max(maxRows, 0)}
	if contents.texts != "" {
		if r.texts, err = readTexts(parts, contents.texts); err != nil {
			return nil, err
		}
	}
	sheets := make([]Sheet, len(contents.sheets))
	for i, entry := range contents.sheets {
		if sheets[i], err = r.sheet(entry); err != nil {
			return nil, fmt.Errorf("sheet %d (%q): %w", i+1, shorten(entry.name), err)
		}
	}
	return sheets, nil
}

// reader reads the sheets of a file and counts their cells and text.
type reader struct {
	parts   *archive
	texts   []string // nil if the file has no shared texts.
	maxRows int
	cells   int
	text    int
}

// place sets the text of a cell if its row is among the first maxRows.
func (r *reader) place(s *Sheet, at position, text string) error {
	if text == "" {
		return nil
	}
	s.RowCount = max(s.RowCount, at.row)
	if missing := min(at.row, r.maxRows) - len(s.Rows); missing > 0 {
		if r.cells += missing; r.cells > MaxCells {
			return ErrTooManyCells
		}
		s.Rows = append(s.Rows, make([][]string, missing)...)
	}
	if at.row > r.maxRows {
		return nil
	}
	cells := s.Rows[at.row-1]
	if missing := at.column - len(cells); missing > 0 {
		if r.cells += missing; r.cells > MaxCells {
			return ErrTooManyCells
		}
		cells = append(cells, make([]string, missing)...)
		s.Rows[at.row-1] = cells
	}
	if cells[at.column-1] != "" {
		return errors.New("there are two cells with this reference")
	}
	if r.text += len(text); r.text > MaxText {
		return ErrTooMuchText
	}
	cells[at.column-1] = text
	return nil
}
