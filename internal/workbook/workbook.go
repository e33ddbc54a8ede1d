// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package workbook reads untrusted Excel files (xlsx) into rows of text.
//
// Parts are unzipped and parsed as a stream: what a file can cost is limited by the constants of this package and by
// the context, and nothing is written to disk. Every cell is placed by its own reference. What a spreadsheet program
// would not show, or would repair, is an error.
//
// The format is ECMA-376 (ISO/IEC 29500), Transitional and Strict:
// https://ecma-international.org/publications-and-standards/standards/ecma-376/.
package workbook

import (
	"context"
	"errors"
	"fmt"
)

// Limits of what is kept. As values of Terraform it takes several times the memory that it takes here: with these limits,
// a read stays under 300 MiB.
const (
	// MaxCells is how many rows and cells may be kept of all sheets, each row up to its last cell that is not empty.
	MaxCells = 400_000
	// MaxText is how many bytes of text the kept cells of all sheets may have in all. A text that several cells share
	// counts in each of them.
	MaxText = 16 << 20
)

var (
	// ErrTooManyCells means that there are more than MaxCells rows and cells to keep.
	ErrTooManyCells = fmt.Errorf("there are more than %d rows and cells to keep", MaxCells)
	// ErrTooMuchText means that the kept cells have more than MaxText bytes of text.
	ErrTooMuchText = fmt.Errorf("the cells to keep have more than %d MiB of text", MaxText>>20)
)

// Sheet is a sheet of an Excel file, hidden or not. A chart sheet or dialog sheet has no rows.
type Sheet struct {
	// Name is a label: it may be empty, and several sheets may have the same.
	Name string
	// Rows are the first rows, each up to its last cell that is not empty. Cells are the stored values: numbers with
	// every digit, dates as serial numbers, "1" and "0" for true and false, the last result of a formula. Of merged
	// cells only the first has a value. A cell that refers to a text beyond the end of the file's shared texts is empty.
	Rows [][]string
	// RowCount is the number of the last row that is not empty, kept or not.
	RowCount int
	// Truncated tells that there are more rows than Rows.
	Truncated bool
}

// Read returns the sheets in the order of their tabs, each with its first maxRows rows. The error is ErrNotXLSX,
// ErrOldExcel, ErrEncrypted, ErrTooManyCells, ErrTooMuchText, the cause of the context's end, or says what is wrong with
// the file, which it quotes briefly and without control characters.
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

// reader counts what is kept of all sheets.
type reader struct {
	parts   *archive
	texts   []string // nil if the file has no shared texts.
	maxRows int
	cells   int
	text    int
}

// place puts a text into a cell, unless the row is not kept. Rows and columns count from 1.
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
