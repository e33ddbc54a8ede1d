// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Limits of a sheet. maxRow and maxColumn are limits of the format itself.
const (
	maxRow      = 1 << 20
	maxColumn   = 1 << 14
	maxElements = 4_000_000
)

// position is the position of a cell. Rows and columns count from 1.
type position struct{ row, column int }

// String returns the cell reference, such as A1 for the first cell.
func (p position) String() string {
	letters := ""
	for n := p.column; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(p.row)
}

// sheet reads a sheet. A chart sheet or dialog sheet has no rows.
func (r *reader) sheet(of entry) (Sheet, error) {
	s := Sheet{Name: of.name}
	if r.text += len(s.Name); r.text > MaxText {
		return Sheet{}, ErrTooMuchText
	}
	err := r.parts.read(of.part, maxElements, func(m *markup, root element) error {
		switch kind := root.main(); {
		case kind == "worksheet", root.is("macrosheet", macroNamespace):
			return r.worksheet(m, &s)
		case kind == "chartsheet", kind == "dialogsheet":
			return m.skip()
		}
		return root.unexpected()
	})
	s.Truncated = s.RowCount > r.maxRows
	return s, err
}

// worksheet reads a sheet with cells.
func (r *reader) worksheet(m *markup, s *Sheet) error {
	found := false
	err := m.children(func(e element) error {
		if e.main() != "sheetData" {
			return m.skip()
		}
		if found {
			return e.unexpected()
		}
		found = true
		row := 0
		return m.children(func(e element) (err error) {
			if e.main() != "row" {
				return e.unexpected()
			}
			if row, err = rowNumber(e, row+1); err != nil {
				return err
			}
			return r.row(m, s, row)
		})
	})
	if err == nil && !found {
		err = errors.New("there is no sheetData in it")
	}
	return err
}

// rowNumber returns the number of a row, or the next number if the row has none.
func rowNumber(row element, next int) (int, error) {
	if reference := row.attribute("r"); reference != "" {
		n, err := strconv.ParseUint(reference, 10, 31)
		if err != nil || n == 0 {
			return 0, fmt.Errorf("a row has the number %q", shorten(reference))
		}
		next = int(n)
	}
	if next > maxRow {
		return 0, fmt.Errorf("there is a row %d, and the format ends at row %d", next, maxRow)
	}
	return next, nil
}

// row reads the cells of a row. A cell without a reference follows the previous cell.
func (r *reader) row(m *markup, s *Sheet, row int) error {
	column := 0
	return m.children(func(e element) error {
		switch e.main() {
		case "c":
		case "extLst":
			return m.skip()
		default:
			return e.unexpected()
		}
		at := position{row: row, column: column + 1}
		if reference := e.attribute("r"); reference != "" {
			var ok bool
			if at, ok = parseReference(reference); !ok {
				return fmt.Errorf("row %d: there is a cell with the reference %q", row, shorten(reference))
			}
		}
		if at.row > maxRow || at.column > maxColumn {
			return fmt.Errorf("there is a cell %s, and the format ends at XFD1048576", at)
		}
		column = at.column
		text, err := r.cell(m, e)
		if err == nil {
			err = r.place(s, at, text)
		}
		if err != nil {
			return fmt.Errorf("cell %s: %w", at, err)
		}
		return nil
	})
}

// parseReference reads a reference such as A1.
func parseReference(reference string) (position, bool) {
	digits := strings.TrimLeft(reference, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	letters := len(reference) - len(digits)
	row, err := strconv.ParseUint(digits, 10, 31)
	if err != nil || row == 0 || digits[0] == '0' || letters < 1 || letters > 3 {
		return position{}, false
	}
	column := 0
	for _, letter := range strings.ToUpper(reference[:letters]) {
		column = column*26 + int(letter-'A') + 1
	}
	return position{row: int(row), column: column}, true
}

// cell returns the stored value of a cell. A formula without a stored result is an error, because a spreadsheet program
// would show a calculated value.
func (r *reader) cell(m *markup, c element) (string, error) {
	kind, text, source, formula := c.attribute("t"), "", "", false
	err := m.children(func(e element) (err error) {
		switch name := e.main(); name {
		case "f", "extLst":
			formula = formula || name == "f"
			return m.skip()
		case "v", "is":
			if source != "" {
				return fmt.Errorf("it has two values, %q and %q", source, name)
			}
			source = name
		default:
			return e.unexpected()
		}
		if source == "v" {
			text, err = m.text()
			return err
		}
		if kind != "inlineStr" {
			return fmt.Errorf("it has a text of its own, and the type %q", shorten(kind))
		}
		text, err = m.richText()
		return err
	})
	if err == nil && formula && kind != "str" && strings.Trim(text, whitespace) == "" {
		err = errors.New("it has a formula without a stored result")
	}
	if err != nil {
		return "", err
	}
	switch value := strings.Trim(text, whitespace); kind {
	case "str", "inlineStr":
		return text, nil
	case "", "n", "b", "d", "e":
		return value, nil
	case "s":
		return r.sharedText(value)
	}
	return "", fmt.Errorf("there is no type %q of cells", shorten(kind))
}
