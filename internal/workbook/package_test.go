// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// inUTF16 encodes a text with or without a byte order mark.
func inUTF16(text string, order binary.AppendByteOrder, mark bool) string {
	if mark {
		text = "\ufeff" + text
	}
	var encoded []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded = order.AppendUint16(encoded, unit)
	}
	return string(encoded)
}

const (
	greeting = `<si><t>grüß 漢 😀</t></si>`
	greeted  = `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`
)

// encoded returns an Excel file with all parts in an encoding.
func encoded(t *testing.T, declaration string, encode func(string) string) []byte {
	t.Helper()
	list := partsOf(greeting, greeted)
	for i := range list {
		list[i].content = encode(declaration + list[i].content)
	}
	return archived(t, list, nil)
}

func TestReadDecodesOtherEncodings(t *testing.T) {
	const declared = `<?xml version="1.0" encoding="UTF-16" standalone="yes"?>`
	for name, test := range map[string]struct {
		declaration string
		encode      func(string) string
	}{
		"UTF-8":                          {`<?xml version="1.0" encoding="utf-8"?>`, strings.Clone},
		"UTF-8 with a mark":              {"\ufeff" + `<?xml version="1.0"?>`, strings.Clone},
		"UTF-16LE":                       {declared, func(s string) string { return inUTF16(s, binary.LittleEndian, true) }},
		"UTF-16BE":                       {declared, func(s string) string { return inUTF16(s, binary.BigEndian, true) }},
		"UTF-16LE without a mark":        {declared, func(s string) string { return inUTF16(s, binary.LittleEndian, false) }},
		"UTF-16BE without a mark":        {declared, func(s string) string { return inUTF16(s, binary.BigEndian, false) }},
		"UTF-16LE without a declaration": {"", func(s string) string { return inUTF16(s, binary.LittleEndian, true) }},
		"ISO 8859-1, which the format does not know": {
			`<?xml version="1.0" encoding="ISO-8859-1"?>`,
			strings.NewReplacer("ü", "\xfc", "ß", "\xdf", "漢", "&#x6F22;", "😀", "&#x1F600;").Replace,
		},
	} {
		t.Run(name, func(t *testing.T) {
			expectRows(t, encoded(t, test.declaration, test.encode), [][]string{{"grüß 漢 😀"}})
		})
	}
}

func TestNamesOfPartsAreComparedLikeInTheFormat(t *testing.T) {
	for name, test := range map[string]struct{ from, to, fromTarget, toTarget string }{
		"case":             {"xl/worksheets/sheet1.xml", "XL/Worksheets/SHEET1.xml", "worksheets/sheet1.xml", "Worksheets/sheet1.XML"},
		"encoded in both":  {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet%201.xml", "worksheets/sheet1.xml", "worksheets/sheet%201.xml"},
		"encoded in one":   {"xl/worksheets/sheet1.xml", "xl/worksheets/blätt 1.xml", "worksheets/sheet1.xml", "worksheets/bl%C3%A4tt%201.xml"},
		"absolute":         {"xl/worksheets/sheet1.xml", "sheets/1.xml", "worksheets/sheet1.xml", "/sheets/1.xml"},
		"dots":             {"xl/worksheets/sheet1.xml", "sheets/1.xml", "worksheets/sheet1.xml", "../xl/./../sheets/1.xml"},
		"backslashes":      {"xl/worksheets/sheet1.xml", `xl\worksheets\sheet1.xml`, "worksheets/sheet1.xml", `worksheets\sheet1.xml`},
		"percent sign":     {"xl/worksheets/sheet1.xml", "xl/worksheets/100%.xml", "worksheets/sheet1.xml", "worksheets/100%.xml"},
		"relations' case":  {"xl/_rels/workbook.xml.rels", "xl/_RELS/Workbook.xml.RELS", "", ""},
		"another workbook": {"xl/_rels/workbook.xml.rels", "xl/_rels/book2.xml.rels", "xl/workbook.xml", "xl/book2.xml"},
	} {
		t.Run(name, func(t *testing.T) {
			list := parts(one)
			if test.fromTarget != "" {
				list = replaced(t, list, `"`+test.fromTarget+`"`, `"`+test.toTarget+`"`)
			}
			for i := range list {
				if list[i].name == test.from {
					list[i].name = test.to
				}
				if test.toTarget == "xl/book2.xml" && list[i].name == test.fromTarget {
					list[i].name = test.toTarget
				}
			}
			expectRows(t, archived(t, list, nil), [][]string{{"1"}})
		})
	}
}

func TestReadAcceptsTheStrictFormat(t *testing.T) {
	list := partsOf(greeting, greeted)
	list = replaced(t, list, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
	list = replaced(t, list, officeRelations, "http://purl.oclc.org/ooxml/officeDocument/relationships")
	expectRows(t, archived(t, list, nil), [][]string{{"grüß 漢 😀"}})
}

// Some libraries write a prefix for every namespace.
func TestReadAcceptsNamespacePrefixes(t *testing.T) {
	list := parts("")
	list[0].content = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	expectRows(t, archived(t, list, nil), [][]string{{"1"}})
}

// Excel writes other elements beside the cells.
func TestReadSkipsElementsWithoutData(t *testing.T) {
	const compatibility = `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x14="http://example.com/x14" mc:Ignorable="x14"`
	list := replaced(t, parts(one), `<worksheet `, `<worksheet `+compatibility+` `)
	list = replaced(t, list, `<sheetData>`, `<sheetPr/><dimension ref="A1"/><cols><col min="1" max="1"/></cols><sheetData>`)
	list = replaced(t, list, `</sheetData>`, `</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells><legacyDrawing/>`+
		`<mc:AlternateContent><mc:Choice Requires="x14"><controls><control name="r"/></controls></mc:Choice><mc:Fallback/></mc:AlternateContent>`+
		`<extLst><ext uri="x">text<x14:sheetData><x14:row><x14:c>1</x14:c></x14:row></x14:sheetData></ext></extLst>`)
	list = replaced(t, list, `<sheets>`, `<workbookPr date1904="1"/><sheets>`)
	list = append(list, part{"xl/media/image1.png", "no XML"}, part{"xl/theme/theme1.xml", "<not well-formed"}, part{"docProps/", ""})
	expectRows(t, archived(t, list, nil), [][]string{{"1"}})
}
