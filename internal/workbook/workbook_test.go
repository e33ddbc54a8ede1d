// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// expectRows reads a file with one sheet and compares its rows.
func expectRows(t *testing.T, file []byte, want [][]string) {
	t.Helper()
	expectSheets(t, file, []workbook.Sheet{{Name: "S1", Rows: want, RowCount: len(want)}})
}

func expectSheets(t *testing.T, file []byte, want []workbook.Sheet) {
	t.Helper()
	got, err := workbook.Read(t.Context(), file, 10)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

// texts are possible elements of the shared texts.
const texts = `<si><t>a</t></si>` +
	`<si><r><rPr><b/></rPr><t>b</t></r><r><t xml:space="preserve"> c</t></r></si>` +
	`<si><t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/></si>` +
	`<si/><si><t></t></si>`

// handMade are files and their rows.
var handMade = map[string]struct {
	texts, data string
	want        [][]string
}{
	"in order":                   {"", `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>`, [][]string{{"1", "2"}, {"3"}}},
	"cells shifted":              {"", `<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>`, [][]string{{"1", "2", "3"}}},
	"rows shifted":               {"", `<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`, [][]string{{"1"}, {"2"}, {"3"}}},
	"no references":              {"", `<row><c><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>`, [][]string{{"1"}, {"2", "3"}}},
	"references of rows only":    {"", `<row r="2"><c><v>2</v></c></row><row><c><v>3</v></c></row>`, [][]string{nil, {"2"}, {"3"}}},
	"references of cells only":   {"", `<row><c r="B1"><v>1</v></c></row><row><c r="B2"><v>2</v></c></row>`, [][]string{{"", "1"}, {"", "2"}}},
	"references of some cells":   {"", `<row r="1"><c r="B1"><v>1</v></c><c><v>2</v></c><c r="A1"><v>0</v></c></row>`, [][]string{{"0", "1", "2"}}},
	"a row in two elements":      {"", `<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>`, [][]string{{"1", "2"}}},
	"a cell of another row":      {"", `<row r="1"><c r="B3"><v>3</v></c><c><v>1</v></c></row>`, [][]string{{"", "", "1"}, nil, {"", "3"}}},
	"lower case reference":       {"", `<row r="1"><c r="b1"><v>1</v></c></row>`, [][]string{{"", "1"}}},
	"an empty cell twice":        {"", `<row r="1"><c r="A1"/><c r="A1"><v>1</v></c><c r="A1"/></row>`, [][]string{{"1"}}},
	"gap":                        {"", `<row r="3"><c r="C3"><v>1</v></c></row>`, [][]string{nil, nil, {"", "", "1"}}},
	"empty cells and rows after": {"", `<row r="1"><c r="A1"><v>1</v></c><c r="Z1" s="1"/></row><row r="9"><c r="A9" t="s"/></row>`, [][]string{{"1"}}},
	"numbers keep every digit":   {"", `<row r="1"><c><v>12345678901234567.009</v></c><c t="n"><v>0.10</v></c><c><v> 1E-7 </v></c></row>`, [][]string{{"12345678901234567.009", "0.10", "1E-7"}}},
	"formula":                    {"", `<row r="1"><c><f>1+1</f><v>2</v></c><c t="str"><f>"x"</f><v>x</v></c><c t="str"><f>""</f><v></v></c><c t="str"><f>""</f></c></row>`, [][]string{{"2", "x"}}},
	"boolean, error and date":    {"", `<row r="1"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-15T12:00:00</v></c></row>`, [][]string{{"1", "#N/A", "2026-01-15T12:00:00"}}},
	"shared texts":               {texts, `<row r="1"><c t="s"><v>0</v></c><c t="s"><v>7</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v> 0 </v></c></row>`, [][]string{{"a", "", "b c", "漢字", "", "a"}}},
	"inline texts":               {"", `<row r="1"><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r></is></c><c t="inlineStr"><v>d</v></c></row>`, [][]string{{"a", "bc", "d"}}},
	"spaces":                     {"", `<row r="1"><c t="inlineStr"><is><t> a&#10; b </t></is></c><c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c t="str"><v> a </v></c><c t="str"><v xml:space="preserve"> a </v></c><c t="inlineStr"><is><t>  </t></is></c><c t="s"><v> </v></c></row>`, [][]string{{" a\n b ", " a ", " a ", " a ", "  "}}},
	"escapes":                    {"", `<row r="1"><c t="inlineStr"><is><t>a_x000D_b_x005F_x000D__x0041</t></is></c><c t="str"><v>_xD83D__xDE00_ _xD83D_ _x_xZZZZ_</v></c></row>`, [][]string{{"a\rb_x000D__x0041", "😀 \ufffd _x_xZZZZ_"}}},
	"split text":                 {"", `<row r="1"><c><v>1<!-- and -->2<![CDATA[3]]>&#52;<?and?>5</v></c></row>`, [][]string{{"12345"}}},
	"formulas for spreadsheets":  {"", `<row r="1"><c t="inlineStr"><is><t>=cmd|' /C calc'!A0</t></is></c><c t="str"><v>+1+1</v></c><c t="str"><v>@SUM(A1)</v></c></row>`, [][]string{{"=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)"}}},
	"cells stay as they are":     {"", "<row r=\"1\"><c t=\"inlineStr\"><is><t>a\u202eb\u200b\u0085</t></is></c></row>", [][]string{{"a\u202eb\u200b\u0085"}}},
	"extensions":                 {"", `<row r="1"><c r="A1"><v>1</v><extLst><ext uri="x"><c r="A1"><v>2</v></c></ext></extLst></c><extLst/></row>`, [][]string{{"1"}}},
}

func TestReadPlacesCellsByReference(t *testing.T) {
	for name, test := range handMade {
		t.Run(name, func(t *testing.T) {
			expectRows(t, archived(t, partsOf(test.texts, test.data), nil), test.want)
		})
	}
}

func TestReadKeepsTheFirstRows(t *testing.T) {
	for name, data := range map[string]string{
		"in order":     `<row r="1"><c><v>1</v></c></row><row r="3"><c><v>3</v></c></row><row r="9"><c><v>9</v></c></row><row r="12"/>`,
		"in any order": `<row r="12"/><row r="9"><c><v>9</v></c></row><row r="1"><c><v>1</v></c></row><row r="3"><c><v>3</v></c></row>`,
	} {
		for _, test := range []struct {
			maxRows int
			want    workbook.Sheet
		}{
			{0, workbook.Sheet{Name: "S1", RowCount: 9, Truncated: true}},
			{1, workbook.Sheet{Name: "S1", Rows: [][]string{{"1"}}, RowCount: 9, Truncated: true}},
			{2, workbook.Sheet{Name: "S1", Rows: [][]string{{"1"}, nil}, RowCount: 9, Truncated: true}},
			{8, workbook.Sheet{Name: "S1", Rows: [][]string{{"1"}, nil, {"3"}, nil, nil, nil, nil, nil}, RowCount: 9, Truncated: true}},
			{9, workbook.Sheet{Name: "S1", Rows: [][]string{{"1"}, nil, {"3"}, nil, nil, nil, nil, nil, {"9"}}, RowCount: 9}},
		} {
			got, err := workbook.Read(t.Context(), book(t, data), test.maxRows)
			if diff := cmp.Diff([]workbook.Sheet{test.want}, got); err != nil || diff != "" {
				t.Errorf("%s, %d rows: %v (-want +got)\n%s", name, test.maxRows, err, diff)
			}
		}
	}
}

const (
	one = `<row r="1"><c r="A1"><v>1</v></c></row>`
	two = `<row r="1"><c r="A1"><v>2</v></c></row>`
)

// named returns two sheets with the given names in XML.
func named(t *testing.T, first, second string) []part {
	t.Helper()
	return replaced(t, replaced(t, parts(one, two), `name="S1"`, `name="`+first+`"`), `name="S2"`, `name="`+second+`"`)
}

func TestSheetNamesAreOnlyLabels(t *testing.T) {
	for name, test := range map[string]struct{ first, second, wantFirst, wantSecond string }{
		"same":              {"S", "S", "S", "S"},
		"same but for case": {"Traffic", "TRAFFIC", "Traffic", "TRAFFIC"},
		"long":              {"A name of more than thirty-one characters", "S", "A name of more than thirty-one characters", "S"},
		"special":           {"edge-01: 2026/01/15 [UTC+8]?*\\", "&apos;quoted&apos;", `edge-01: 2026/01/15 [UTC+8]?*\`, "'quoted'"},
		"empty":             {"", " ", "", " "},
		"escaped":           {"a_x0041_", "\u202e", "aA", "\u202e"},
	} {
		t.Run(name, func(t *testing.T) {
			expectSheets(t, archived(t, named(t, test.first, test.second), nil), []workbook.Sheet{
				{Name: test.wantFirst, Rows: [][]string{{"1"}}, RowCount: 1}, {Name: test.wantSecond, Rows: [][]string{{"2"}}, RowCount: 1},
			})
		})
	}
}

// The tabs, the IDs and the parts of the sheets have different orders.
func TestReadFindsSheetsByTheirParts(t *testing.T) {
	list := replaced(t, parts(one, two), `<sheet name="S1" sheetId="1" r:id="r1"/>`, "")
	list = replaced(t, list, `</sheets>`, `<sheet name="S1" sheetId="7" state="veryHidden" r:id="r1"/></sheets>`)
	expectSheets(t, archived(t, list, nil), []workbook.Sheet{
		{Name: "S2", Rows: [][]string{{"2"}}, RowCount: 1}, {Name: "S1", Rows: [][]string{{"1"}}, RowCount: 1},
	})
}

func TestReadAcceptsEveryKindOfSheet(t *testing.T) {
	chart := part{"xl/worksheets/sheet1.xml", `<chartsheet ` + mainNames + `><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>`}
	dialog := part{"xl/worksheets/sheet2.xml", `<dialogsheet ` + mainNames + `><sheetPr/></dialogsheet>`}
	macro := part{"xl/worksheets/sheet3.xml", `<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" ` + mainNames + `><sheetData>` + one + `</sheetData></xm:macrosheet>`}
	list := parts("", "", "", two)
	list[0], list[1], list[2] = chart, dialog, macro
	expectSheets(t, archived(t, list, nil), []workbook.Sheet{
		{Name: "S1"}, {Name: "S2"}, {Name: "S3", Rows: [][]string{{"1"}}, RowCount: 1}, {Name: "S4", Rows: [][]string{{"2"}}, RowCount: 1},
	})
}
