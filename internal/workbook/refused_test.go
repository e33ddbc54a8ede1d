// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// expectRefused reads a file and expects an error that contains a text.
func expectRefused(t *testing.T, file []byte, text string) {
	t.Helper()
	sheets, err := workbook.Read(t.Context(), file, 50_000)
	if err == nil || !strings.Contains(err.Error(), text) || sheets != nil {
		t.Errorf("the error is %.500v, want %q", err, text)
	}
}

// compound returns a file in Microsoft's compound format with a directory entry of the given name and type.
func compound(name string, kind byte) []byte {
	const sector = 512
	file := make([]byte, 4*sector)
	copy(file, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for i, entry := range []string{"Root Entry", name} {
		at := file[2*sector+i*128:]
		units := utf16.Encode([]rune(entry + "\x00"))
		for j, unit := range units {
			binary.LittleEndian.PutUint16(at[2*j:], unit)
		}
		binary.LittleEndian.PutUint16(at[64:], uint16(2*len(units)))
		at[66] = kind
	}
	return file
}

func TestReadNamesOtherFormats(t *testing.T) {
	ods := []part{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<office:document-content/>"}}
	xlsb := replaced(t, parts(""), `"xl/workbook.xml"`, `"xl/workbook.bin"`)
	docx := replaced(t, parts(""), `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, `<document xmlns="http://example.com/word"`)
	docx = replaced(t, docx, `</workbook>`, `</document>`)
	for name, test := range map[string]struct {
		file []byte
		text string
	}{
		"nothing":        {nil, workbook.ErrNotXLSX.Error()},
		"HTML":           {[]byte("<!doctype html><title>Sign in</title>"), "PK signature missing"},
		"XML error":      {[]byte("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"), "PK signature missing"},
		"xls":            {compound("Workbook", 2), workbook.ErrOldExcel.Error()},
		"xls of 1995":    {compound("Book", 2), "old Excel file (.xls)"},
		"password":       {compound("EncryptedPackage", 2), workbook.ErrEncrypted.Error()},
		"doc":            {compound("WordDocument", 2), "old Office file"},
		"folder of doc":  {compound("Workbook", 1), "old Office file"},
		"longer name":    {compound("Workbook2", 2), "old Office file"},
		"only signature": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old Office file"},
		"encrypted part": {archived(t, parts(""), func(h *zip.FileHeader) { h.Flags |= 1 }), "the Excel file is encrypted"},
		"ods":            {archived(t, ods, nil), "OpenDocument file (.ods)"},
		"xlsb":           {archived(t, xlsb, nil), "binary Excel file (.xlsb)"},
		"docx":           {archived(t, docx, nil), `this is not an Excel file: unexpected element "document"`},
		"zip":            {archived(t, []part{{"a.txt", "a"}}, nil), "zip archive without an Excel file"},
	} {
		t.Run(name, func(t *testing.T) { expectRefused(t, test.file, test.text) })
	}
}

func TestReadRefusesDamagedFiles(t *testing.T) {
	good := book(t, one)
	expectRows(t, good, [][]string{{"1"}})
	for name, test := range map[string]struct {
		file []byte
		text string
	}{
		"truncated":       {good[:len(good)/2], "the zip archive is damaged"},
		"signature only":  {[]byte("PK\x03\x04"), "the zip archive is damaged"},
		"wrong CRC":       {archived(t, parts(""), func(h *zip.FileHeader) { h.CRC32++ }), "checksum error"},
		"unknown method":  {archived(t, parts(""), func(h *zip.FileHeader) { h.Method = 99 }), "unsupported compression"},
		"cut XML":         {book(t, `<row r="1"><c r="A1"><v>1`), "element <v> closed by </sheetData>"},
		"no content":      {archived(t, append(parts("")[1:], part{"xl/worksheets/sheet1.xml", ""}), nil), "no XML element"},
		"two parts":       {archived(t, append(parts(""), part{"XL/WorkSheets/sheet%31.xml", ""}), nil), `two parts named "/xl/worksheets/sheet1.xml"`},
		"two roots":       {archived(t, append(parts("")[1:], part{"xl/worksheets/sheet1.xml", worksheet(one) + worksheet(two)}), nil), "more than one root"},
		"DTD":             {archived(t, append(parts("")[1:], part{"xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY e "1">]>` + worksheet(one)}), nil), "document type definition"},
		"unknown entity":  {book(t, `<row><c><v>&e;</v></c></row>`), "invalid character entity"},
		"invalid UTF-8":   {book(t, "<row><c><v>\xff</v></c></row>"), "invalid UTF-8"},
		"control":         {book(t, "<row><c><v>\x00</v></c></row>"), "illegal character code"},
		"other encoding":  {archived(t, append(parts("")[1:], part{"xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-16"?>` + worksheet(one)}), nil), "not in the encoding that it declares"},
		"EBCDIC":          {archived(t, append(parts("")[1:], part{"xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="ebcdic"?>` + worksheet(one)}), nil), "ebcdic"},
		"attribute twice": {book(t, `<row r="1"><c r="A1" r="B1"><v>1</v></c></row>`), `two attributes "r"`},
	} {
		t.Run(name, func(t *testing.T) { expectRefused(t, test.file, test.text) })
	}
}

func TestReadRefusesFilesWithoutTheirParts(t *testing.T) {
	const missing = "the Excel file has no such part"
	without := func(name string) []part {
		var list []part
		for _, p := range partsOf(greeting, one, two) {
			if p.name != name {
				list = append(list, p)
			}
		}
		return list
	}
	const firstSheet = `<sheet name="S1" sheetId="1" r:id="r1"/>`
	for name, test := range map[string]struct {
		list []part
		text string
	}{
		"relations of the file":     {without("_rels/.rels"), "without an Excel file"},
		"workbook":                  {without("xl/workbook.xml"), missing},
		"relations of the workbook": {without("xl/_rels/workbook.xml.rels"), missing},
		"sheet":                     {without("xl/worksheets/sheet2.xml"), `sheet 2 ("S2"): part "/xl/worksheets/sheet2.xml": ` + missing},
		"shared texts":              {without("xl/sharedStrings.xml"), `part "/xl/sharedstrings.xml": ` + missing},
		"relation to a workbook":    {replaced(t, without(""), "/officeDocument\"", "/other\""), "does not say which part is its workbook"},
		"relation to a sheet":       {replaced(t, without(""), `Id="r1"`, `Id="r9"`), "does not say which part"},
		"only relation to a sheet":  {replaced(t, without(""), `Id="r2"`, `Id="r1"`), "does not say which part"},
		"ID of a sheet's relation":  {replaced(t, without(""), ` r:id="r1"`, ``), "does not say which part"},
		"namespace of that ID":      {replaced(t, without(""), ` r:id="r1"`, ` id="r1"`), "does not say which part"},
		"sheet in the file":         {replaced(t, without(""), `"worksheets/sheet1.xml"`, `"https://example.com/" TargetMode="External"`), "does not say which part"},
		"part of its own":           {replaced(t, without(""), firstSheet, firstSheet+firstSheet), "sheets 1 and 2 are the same part"},
		"part of its own, by name":  {replaced(t, without(""), `"worksheets/sheet1.xml"`, `"/XL/worksheets/Sheet%32.xml"`), "sheets 1 and 2 are the same part"},
		"single table of texts":     {replaced(t, without(""), `<Relationship Id="texts"`, relation("more", "sharedStrings", "more.xml")+`<Relationship Id="texts"`), "exactly one part as its sharedStrings"},
		"table of texts":            {parts(greeted), "sheet 1 (\"S1\"): part \"/xl/worksheets/sheet1.xml\": cell A1: it refers to a shared text"},
		"sheets":                    {replaced(t, parts(one), firstSheet, ""), "has no sheet"},
		"list of sheets":            {replaced(t, parts(one), "<sheets>", "<sheets/><sheets>"), `unexpected element "sheets"`},
		"cells":                     {replaced(t, parts(""), "sheetData", "other"), "there is no sheetData"},
		"cells of a namespace":      {replaced(t, parts(one), "<sheetData>", `<sheetData xmlns="http://example.com">`), "there is no sheetData"},
	} {
		t.Run(name, func(t *testing.T) { expectRefused(t, archived(t, test.list, nil), test.text) })
	}
}

func TestReadRefusesContentThatExcelWouldNotShow(t *testing.T) {
	const variant = `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x">`
	for name, test := range map[string]struct{ data, text string }{
		"cell twice":                {`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`, "cell A1: there are two cells"},
		"cell twice in two rows":    {`<row r="1"><c r="B1"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>`, "cell B1: there are two cells"},
		"cell twice without one":    {`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c><c><v>1</v></c></row>`, "cell B1: there are two cells"},
		"reference":                 {`<row r="7"><c r="1A"><v>1</v></c></row>`, `row 7: there is a cell with the reference "1A"`},
		"reference without letters": {`<row r="1"><c r="1"><v>1</v></c></row>`, `the reference "1"`},
		"reference without digits":  {`<row r="1"><c r="A"><v>1</v></c></row>`, `the reference "A"`},
		"reference with a zero":     {`<row r="1"><c r="A0"><v>1</v></c></row>`, `the reference "A0"`},
		"reference with a sign":     {`<row r="1"><c r="$A$1"><v>1</v></c></row>`, `the reference "$A$1"`},
		"reference of other script": {`<row r="1"><c r="Ａ１"><v>1</v></c></row>`, `the reference "Ａ１"`},
		"row zero":                  {`<row r="0"><c><v>1</v></c></row>`, `a row has the number "0"`},
		"row below zero":            {`<row r="-1"><c><v>1</v></c></row>`, `a row has the number "-1"`},
		"row beyond 64 bits":        {`<row r="99999999999999999999"><c><v>1</v></c></row>`, `a row has the number "9`},
		"row beyond the end":        {`<row r="1048577"/>`, "row 1048577"},
		"next row beyond the end":   {`<row r="1048576"/><row/>`, "row 1048577"},
		"cell below the end":        {`<row r="1"><c r="A1048577"><v>1</v></c></row>`, "a cell A1048577"},
		"cell beyond the end":       {`<row r="1"><c r="XFE1"><v>1</v></c></row>`, "a cell XFE1"},
		"next cell beyond the end":  {`<row>` + strings.Repeat(`<c/>`, 16_385) + `</row>`, "a cell XFE1"},
		"four letters":              {`<row r="1"><c r="AAAA1"><v>1</v></c></row>`, `the reference "AAAA1"`},
		"text in no cell":           {`<row r="1">12</row>`, `unexpected text "12"`},
		"text in no value":          {`<row r="1"><c r="A1">12</c></row>`, `unexpected text "12"`},
		"cell in no row":            {`<c r="A1"><v>1</v></c>`, `unexpected element "c"`},
		"row in a row":              {`<row r="1"><row r="2"><c r="A2"><v>1</v></c></row></row>`, `unexpected element "row"`},
		"cell of a namespace":       {`<row r="1"><c xmlns="http://example.com" r="A1"><v>1</v></c></row>`, `unexpected element "c" of the namespace "http://example.com"`},
		"cell in variants":          {`<row r="1">` + variant + `<c r="A1"><v>1</v></c></mc:Choice></mc:AlternateContent></row>`, `unexpected element "AlternateContent"`},
		"cells in variants":         {`</sheetData>` + variant + `<sheetData>` + one + `</sheetData></mc:Choice></mc:AlternateContent><sheetData>`, `unexpected element "sheetData"`},
		"cells twice":               {`</sheetData><sheetData>` + one, `unexpected element "sheetData"`},
		"value twice":               {`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`, `cell A1: it has two values`},
		"value and text":            {`<row r="1"><c r="A1" t="inlineStr"><v>1</v><is><t>2</t></is></c></row>`, `cell A1: it has two values`},
		"text in a number":          {`<row r="1"><c r="A1"><is><t>2</t></is></c></row>`, `cell A1: it has a text of its own`},
		"element in a value":        {`<row r="1"><c r="A1"><v>1<b/>2</v></c></row>`, `cell A1: unexpected element "b"`},
		"element in a text":         {`<row r="1"><c r="A1" t="inlineStr"><is><u><t>1</t></u></is></c></row>`, `cell A1: unexpected element "u"`},
		"formula without a result":  {`<row r="1"><c r="A1"><f>1+1</f></c></row>`, `cell A1: it has a formula without a stored result`},
		"formula with an empty one": {`<row r="1"><c r="A1"><f>1+1</f><v></v></c></row>`, `cell A1: it has a formula without a stored result`},
		"type":                      {`<row r="1"><c r="A1" t="x"><v>1</v></c></row>`, `cell A1: there is no type "x"`},
		"number of a text":          {`<row r="1"><c r="A1" t="s"><v>a</v></c></row>`, `cell A1: it refers to a shared text by "a"`},
		"number below zero":         {`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`, `cell A1: it refers to a shared text by "-1"`},
	} {
		t.Run(name, func(t *testing.T) { expectRefused(t, archived(t, partsOf(greeting, test.data), nil), test.text) })
	}
}

func TestReadLimitsCells(t *testing.T) {
	corner := book(t, `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)
	got, err := workbook.Read(t.Context(), corner, 2)
	want := []workbook.Sheet{{Name: "S1", Rows: [][]string{nil, nil}, RowCount: 1_048_576, Truncated: true}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if _, err := workbook.Read(t.Context(), corner, 2_000_000); !errors.Is(err, workbook.ErrTooManyCells) {
		t.Errorf("all rows up to the corner: %v", err)
	}
	for name, order := range map[string]func(int) int{"down": func(n int) int { return n + 1 }, "up": func(n int) int { return 30 - n }} {
		var wide strings.Builder
		for n := range 30 {
			fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, order(n), order(n))
		}
		if _, err := workbook.Read(t.Context(), book(t, wide.String()), 25); !errors.Is(err, workbook.ErrTooManyCells) {
			t.Errorf("25 wide rows %s: %v", name, err)
		}
		if got, err := workbook.Read(t.Context(), book(t, wide.String()), 24); err != nil || len(got[0].Rows[23]) != 16_384 || got[0].RowCount != 30 {
			t.Errorf("24 wide rows %s: %v", name, err)
		}
	}
}

func TestErrorsQuoteOnlyShortTexts(t *testing.T) {
	long := strings.Repeat("漢", 200_000)
	for name, list := range map[string][]part{
		"sheet":      replaced(t, parts(one+one), `name="S1"`, `name="`+long+`"`),
		"relation":   replaced(t, parts(one), ` r:id="r1"`, ` r:id="`+long+`"`),
		"part":       replaced(t, parts(one), `"worksheets/sheet1.xml"`, `"`+long+`"`),
		"element":    parts(`<` + long + `/>`),
		"namespace":  parts(`<x xmlns="` + long + `"/>`),
		"attribute":  parts(`<row ` + long + `="1" ` + long + `="1"/>`),
		"row":        parts(`<row r="` + long + `"/>`),
		"reference":  parts(`<row><c r="` + long + `"/></row>`),
		"type":       parts(`<row><c t="` + long + `"/></row>`),
		"value":      partsOf(greeting, `<row><c t="s"><v>`+long+`</v></c></row>`),
		"text":       parts(`<row>` + long + `</row>`),
		"text type":  parts(`<row><c t="` + long + `"><is/></c></row>`),
		"syntax":     parts(`<` + long + `></x>`),
		"entity":     parts(`&` + long + `;`),
		"version":    replaced(t, parts(one), `<worksheet`, `<?xml version="`+long+`"?><worksheet`),
		"encoding":   replaced(t, parts(one), `<worksheet`, `<?xml version="1.0" encoding="`+long+`"?><worksheet`),
		"bidi tag":   parts("<\u202e></x>"),
		"bidi":       replaced(t, parts(one+one), `name="S1"`, "name=\"\u202e\x7f\""),
		"bidi value": partsOf(greeting, "<row><c t=\"s\"><v>\u202e</v></c></row>"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := workbook.Read(t.Context(), archived(t, list, nil), 10)
			if err == nil || len(err.Error()) > 512 || strings.ContainsAny(err.Error(), "\u202e\x7f") {
				t.Errorf("the error is %.2000v", err)
			}
		})
	}
}
