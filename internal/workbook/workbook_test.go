// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// part is a file of an archive.
type part struct{ name, content string }

const (
	mainNames = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	types     = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	relsStart = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// parts returns a workbook's parts with one sheet for each of the given data.
func parts(sheetData ...string) []part {
	var sheets, rels strings.Builder
	list := []part{{"[Content_Types].xml", types}, {"_rels/.rels", relsStart + `<Relationship Id="r1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`}}
	for i, data := range sheetData {
		fmt.Fprintf(&sheets, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i+1, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relations, i+1)
		list = append(list, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet ` + mainNames + `><sheetData>` + data + `</sheetData></worksheet>`})
	}
	return append(
		list,
		part{"xl/workbook.xml", `<workbook ` + mainNames + ` xmlns:r="` + relations + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		part{"xl/_rels/workbook.xml.rels", relsStart + rels.String() + `</Relationships>`},
	)
}

// archive zips parts. Change, if not nil, may change what the directory says of each.
func archive(t testing.TB, list []part, change func(*zip.FileHeader)) []byte {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	deflate, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		var body bytes.Buffer
		deflate.Reset(&body)
		_, err := io.WriteString(deflate, p.content)
		if err := errors.Join(err, deflate.Close()); err != nil {
			t.Fatal(err)
		}
		header := &zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(p.content)),
			CompressedSize64: uint64(body.Len()), UncompressedSize64: uint64(len(p.content)),
		}
		if change != nil {
			change(header)
		}
		entry, err := w.CreateRaw(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write(body.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func book(t testing.TB, sheetData ...string) []byte {
	t.Helper()
	return archive(t, parts(sheetData...), nil)
}

func TestFault_62_63_Rendering(t *testing.T) {
	text := func(s string) string { return `<row r="1"><c r="A1" t="inlineStr"><is><t>` + s + `</t></is></c></row>` }
	shared := append(
		parts(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c><c r="C1" t="s"><v>1</v></c></row>`),
		part{"xl/sharedStrings.xml", `<sst ` + mainNames + `><si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si></sst>`},
	)
	tests := map[string]struct {
		file []byte
		want []Sheet
	}{
		"numbers keep every digit": {
			book(t, `<row r="1"><c r="A1"><v>12345678901234567.009</v></c><c r="B1"><v>0.10</v></c><c r="C1"><v>1E-7</v></c></row>`),
			[]Sheet{{Name: "S1", Rows: [][]string{{"12345678901234567.009", "0.10", "1E-7"}}, RowCount: 1}},
		},
		"formula":            {book(t, `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>`), []Sheet{{Name: "S1", Rows: [][]string{{"2"}}, RowCount: 1}}},
		"empty sheet":        {book(t, "", `<row r="1"/>`), []Sheet{{Name: "S1"}, {Name: "S2"}}},
		"gap":                {book(t, `<row r="3"><c r="C3"><v>1</v></c></row>`), []Sheet{{Name: "S1", Rows: [][]string{nil, nil, {"", "", "1"}}, RowCount: 3}}},
		"no references":      {book(t, `<row><c><v>1</v></c></row><row><c><v>2</v></c></row>`), []Sheet{{Name: "S1", Rows: [][]string{{"1"}, {"2"}}, RowCount: 2}}},
		"boolean and error":  {book(t, `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>`), []Sheet{{Name: "S1", Rows: [][]string{{"1", "#N/A"}}, RowCount: 1}}},
		"shared texts":       {archive(t, shared, nil), []Sheet{{Name: "S1", Rows: [][]string{{"a", "", "bc"}}, RowCount: 1}}},
		"command":            {book(t, text("=cmd|' /C calc'!A0")), []Sheet{{Name: "S1", Rows: [][]string{{"=cmd|' /C calc'!A0"}}, RowCount: 1}}},
		"plus":               {book(t, text("+1+1")), []Sheet{{Name: "S1", Rows: [][]string{{"+1+1"}}, RowCount: 1}}},
		"at and line breaks": {book(t, text("@SUM(A1)&#10; -2 ")), []Sheet{{Name: "S1", Rows: [][]string{{"@SUM(A1)\n -2 "}}, RowCount: 1}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Read(test.file, 10)
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
		})
	}
}

// TestFault_62_OfExcelize reads what another program's features look like in a file.
func TestFault_62_OfExcelize(t *testing.T) {
	f := excelize.NewFile()
	day := time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)
	date1904 := true
	_, err := f.NewSheet("Hidden")
	_, second := f.NewSheet("Dates 1904")
	err = errors.Join(
		err, second,
		f.SetCellValue("Sheet1", "A1", day), f.SetCellValue("Sheet1", "B1", "merged"), f.MergeCell("Sheet1", "B1", "C2"),
		f.SetCellValue("Sheet1", "D2", 1e15+0.3), f.SetCellValue("Hidden", "A1", true), f.SetSheetVisible("Hidden", false),
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}), f.SetCellValue("Dates 1904", "A1", day),
	)
	if err != nil {
		t.Fatal(err)
	}
	file, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(file.Bytes(), 10)
	want := []Sheet{
		{Name: "Sheet1", Rows: [][]string{{"46037.5", "merged"}, {"", "", "", "1000000000000000.2"}}, RowCount: 2},
		{Name: "Hidden", Rows: [][]string{{"1"}}, RowCount: 1},
		{Name: "Dates 1904", Rows: [][]string{{"44575.5"}}, RowCount: 1},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
}

func TestReadKeepsSomeRows(t *testing.T) {
	data := `<row r="1"><c><v>1</v></c></row><row r="3"><c><v>3</v></c></row><row r="9"><c><v>9</v></c></row><row r="12"/>`
	for _, test := range []struct {
		most int
		want Sheet
	}{
		{1, Sheet{Name: "S1", Rows: [][]string{{"1"}}, RowCount: 9, Truncated: true}},
		{2, Sheet{Name: "S1", Rows: [][]string{{"1"}, nil}, RowCount: 9, Truncated: true}},
		{8, Sheet{Name: "S1", Rows: [][]string{{"1"}, nil, {"3"}, nil, nil, nil, nil, nil}, RowCount: 9, Truncated: true}},
		{9, Sheet{Name: "S1", Rows: [][]string{{"1"}, nil, {"3"}, nil, nil, nil, nil, nil, {"9"}}, RowCount: 9}},
	} {
		got, err := Read(book(t, data), test.most)
		if diff := cmp.Diff([]Sheet{test.want}, got); err != nil || diff != "" {
			t.Errorf("%d rows: %v (-want +got)\n%s", test.most, err, diff)
		}
	}
}

// soon bounds what takes a fraction of a second: a file that is unfolded takes minutes.
const soon = 30 * time.Second

// expectRefused reads a file and expects an error with a text, soon and without much memory.
func expectRefused(t *testing.T, file []byte, text string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := time.Now()
	sheets, err := Read(file, 50_000)
	took := time.Since(started)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), text) || sheets != nil {
		t.Errorf("the error is %v, want %q", err, text)
	}
	if allocated := (after.TotalAlloc - before.TotalAlloc) >> 20; allocated >= 64 {
		t.Errorf("%d MiB were allocated", allocated)
	}
	if took > soon {
		t.Errorf("it took %s", took)
	}
}

func TestFault_58_59_Damaged(t *testing.T) {
	good := book(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	if _, err := Read(good, 1); err != nil {
		t.Fatal(err)
	}
	many := make([]part, 10_000)
	for i := range many {
		many[i].name = fmt.Sprintf("xl/media/image%d.png", i)
	}
	for name, test := range map[string]struct {
		file []byte
		text string
	}{
		"nothing":          {nil, "PK signature missing"},
		"HTML":             {[]byte("<!doctype html><title>Sign in</title>"), "PK signature missing"},
		"XML error":        {[]byte("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"), "PK signature missing"},
		"password":         {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), "encrypted"},
		"encrypted part":   {archive(t, parts(""), func(h *zip.FileHeader) { h.Flags |= 1 }), "encrypted"},
		"truncated":        {good[:len(good)/2], "the zip archive is damaged"},
		"signature only":   {[]byte("PK\x03\x04"), "the zip archive is damaged"},
		"wrong CRC":        {archive(t, parts(""), func(h *zip.FileHeader) { h.CRC32++ }), "checksum error"},
		"unknown method":   {archive(t, parts(""), func(h *zip.FileHeader) { h.Method = 99 }), "unsupported compression"},
		"zip64 of 5 GiB":   {archive(t, parts(""), func(h *zip.FileHeader) { h.UncompressedSize64 = 5 << 30 }), "larger than 64 MiB"},
		"sizes that wrap":  {archive(t, parts("", ""), func(h *zip.FileHeader) { h.UncompressedSize64 = 1<<63 + 1 }), "larger than 64 MiB"},
		"too many parts":   {archive(t, append(parts(""), many...), nil), "has 10005 parts"},
		"no workbook":      {archive(t, []part{{"a.txt", "a"}}, nil), "malformed"},
		"cut XML":          {book(t, `<row r="1"><c r="A1"><v>1`), "element <v> closed by </sheetData>"},
		"no part of sheet": {archive(t, append(parts("")[:2], parts("")[3:]...), nil), `sheet "S1"`},
		"address":          {book(t, `<row r="1"><c r="1A"><v>1</v></c></row>`), `sheet "S1": row 1:`},
	} {
		t.Run(name, func(t *testing.T) { expectRefused(t, test.file, test.text) })
	}
}

func TestFault_60_Bombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 66<<20)
	noise := make([]byte, 4<<20)
	_, _ = crc32.NewIEEE().Write(noise)
	declared := archive(t, append(parts(""), part{"xl/media/image1.png", string(noise)}), func(h *zip.FileHeader) {
		if strings.HasSuffix(h.Name, ".png") {
			h.UncompressedSize64 = 1536 << 20
		}
	})
	lying := archive(t, append(parts(""), part{"xl/media/image1.png", zeros}), func(h *zip.FileHeader) {
		h.UncompressedSize64 = min(h.UncompressedSize64, 4096)
	})
	inSheet := archive(t, append(parts(""), part{"xl/sharedStrings.xml", strings.Repeat(" ", 66<<20)}), func(h *zip.FileHeader) {
		h.UncompressedSize64 = min(h.UncompressedSize64, 4096)
	})
	relationsBomb := append(parts(""), part{"xl/worksheets/_rels/sheet1.xml.rels", "<a>" + strings.Repeat("<b/>", 2000) + "</a>"})
	for name, test := range map[string]struct {
		file []byte
		text string
	}{
		"declared":           {declared, "larger than 64 MiB"},
		"lying about a part": {lying, "not a valid zip file"},
		"lying about texts":  {inSheet, "not a valid zip file"},
		"relations":          {archive(t, relationsBomb, nil), "more than 2000 XML elements"},
	} {
		t.Run(name, func(t *testing.T) { expectRefused(t, test.file, test.text) })
	}
}

// TestFault_59_NothingIsWritten looks at the time of the last change of the directories that something could be
// written to: excelize removes what it puts there.
func TestFault_59_NothingIsWritten(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, variable := range []string{"TMPDIR", "TEMP", "TMP"} {
		t.Setenv(variable, folder)
	}
	t.Chdir(folder)
	past := time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)
	for _, dir := range []string{folder, parent} {
		if err := os.Chtimes(dir, past, past); err != nil {
			t.Fatal(err)
		}
	}
	row := `<row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", 30_000) + `</t></is></c></row>`
	list := append(
		parts(strings.Repeat(row, 600)), // More than what excelize unzips in memory by default.
		part{"../outside.txt", "a"}, part{"/outside.txt", "b"}, part{`..\outside.txt`, "c"},
	)
	if _, err := Read(archive(t, list, nil), 1); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{folder, parent} {
		if info, err := os.Stat(dir); err != nil || !info.ModTime().Equal(past) {
			t.Errorf("something was written to %s: %v", dir, err)
		}
	}
}

func TestFault_61_ManyRowsAndColumns(t *testing.T) {
	corner := book(t, `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)
	got, err := Read(corner, 2)
	if diff := cmp.Diff([]Sheet{{Name: "S1", Rows: [][]string{nil, nil}, RowCount: 1_048_576, Truncated: true}}, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if _, err := Read(corner, 2_000_000); !errors.Is(err, ErrTooManyCells) {
		t.Errorf("all rows up to the corner: %v", err)
	}
	var wide strings.Builder
	for n := range 70 {
		fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, n+1, n+1)
	}
	if _, err := Read(book(t, wide.String()), 70); !errors.Is(err, ErrTooManyCells) {
		t.Errorf("70 wide rows: %v", err)
	}
	if got, err := Read(book(t, wide.String()), 60); err != nil || len(got[0].Rows[59]) != 16_384 || got[0].RowCount != 70 {
		t.Errorf("60 wide rows: %v", err)
	}
	expectRefused(t, book(t, `<row r="1"><c r="XFE1"><v>1</v></c></row>`), "column number")
	expectRefused(t, book(t, `<row>`+strings.Repeat(`<c><v>1</v></c>`, 16_385)+`</row>`), "column number")
	expectRefused(t, book(t, `<row r="1048577"><c><v>1</v></c></row>`), "row number")
	empty := `<row r="1048576"/>`
	expectRefused(t, book(t, empty, empty, empty, empty, empty), "rows in all sheets")
}

func FuzzRead(f *testing.F) {
	f.Add(book(f, `<row r="2"><c r="B2" t="s"><v>0</v></c></row>`), 10)
	f.Add(archive(f, append(parts(""), part{"xl/sharedStrings.xml", `<sst><si><t>_x0000_</t></si></sst>`}), nil), 0)
	f.Add(book(f, `<row r="900"><c r="XFD900"><v>1</v></c></row>`, ""), 1)
	f.Add(archive(f, parts("")[1:], nil), -1)
	f.Add([]byte("PK\x05\x06"+strings.Repeat("\x00", 18)), 1)
	f.Fuzz(func(t *testing.T, file []byte, maxRows int) {
		started := time.Now()
		sheets, err := Read(file, maxRows)
		if elapsed := time.Since(started); elapsed > soon {
			t.Errorf("reading took %s", elapsed)
		}
		for _, s := range sheets {
			if err != nil || len(s.Rows) > max(maxRows, 0) || len(s.Rows) > s.RowCount || s.Truncated != (s.RowCount > maxRows) {
				t.Errorf("%d of %d rows, truncated %t, error %v", len(s.Rows), s.RowCount, s.Truncated, err)
			}
		}
	})
}
