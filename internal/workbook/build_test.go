// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// part is a file of an archive.
type part struct{ name, content string }

const (
	mainNames       = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relsStart       = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	textsType       = `application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml`
)

func relation(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id=%q Type="%s/%s" Target=%q/>`, id, officeRelations, kind, target)
}

func worksheet(sheetData string) string {
	return `<worksheet ` + mainNames + `><sheetData>` + sheetData + `</sheetData></worksheet>`
}

// parts returns the parts of an Excel file with one sheet for each sheetData.
func parts(sheetData ...string) []part {
	return partsOf("", sheetData...)
}

// partsOf returns parts with the given shared texts. Without any, the part with shared texts is missing.
func partsOf(texts string, sheetData ...string) []part {
	var sheets, rels, types strings.Builder
	var list []part
	for i, data := range sheetData {
		fmt.Fprintf(&sheets, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i+1, i+1, i+1)
		rels.WriteString(relation(fmt.Sprintf("r%d", i+1), "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1)))
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		list = append(list, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), worksheet(data)})
	}
	if texts != "" {
		rels.WriteString(relation("texts", "sharedStrings", "sharedStrings.xml"))
		types.WriteString(`<Override PartName="/xl/sharedStrings.xml" ContentType="` + textsType + `"/>`)
		list = append(list, part{"xl/sharedStrings.xml", `<sst ` + mainNames + `>` + texts + `</sst>`})
	}
	return append(
		list,
		part{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			types.String() + `</Types>`},
		part{"_rels/.rels", relsStart + relation("r1", "officeDocument", "xl/workbook.xml") + `</Relationships>`},
		part{"xl/workbook.xml", `<workbook ` + mainNames + ` xmlns:r="` + officeRelations + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		part{"xl/_rels/workbook.xml.rels", relsStart + rels.String() + `</Relationships>`},
	)
}

// replaced returns parts with a text replaced in their names and contents.
func replaced(t testing.TB, list []part, from, to string) []part {
	t.Helper()
	found := false
	for i, p := range list {
		list[i] = part{strings.ReplaceAll(p.name, from, to), strings.ReplaceAll(p.content, from, to)}
		found = found || list[i] != p
	}
	if !found {
		t.Fatalf("%q is nowhere in the file", from)
	}
	return list
}

// archived zips parts. change, if not nil, may change their directory entries.
func archived(t testing.TB, list []part, change func(*zip.FileHeader)) []byte {
	t.Helper()
	return archivedRaw(t, list, func(header *zip.FileHeader, body string) string {
		if change != nil {
			change(header)
		}
		return body
	})
}

// archivedRaw zips parts. change may change a directory entry, and returns the compressed content.
func archivedRaw(t testing.TB, list []part, change func(*zip.FileHeader, string) string) []byte {
	t.Helper()
	var file, body bytes.Buffer
	w := zip.NewWriter(&file)
	deflate, err := flate.NewWriter(&body, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if folder := strings.HasSuffix(p.name, "/"); folder {
			if _, err := w.Create(p.name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		body.Reset()
		deflate.Reset(&body)
		_, err := io.WriteString(deflate, p.content)
		if err := errors.Join(err, deflate.Close()); err != nil {
			t.Fatal(err)
		}
		header := &zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(p.content)),
			CompressedSize64: uint64(body.Len()), UncompressedSize64: uint64(len(p.content)),
		}
		content := change(header, body.String())
		entry, err := w.CreateRaw(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(entry, content); err != nil {
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
	return archived(t, parts(sheetData...), nil)
}
