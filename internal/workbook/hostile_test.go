// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook_test

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/workbook"
)

// emptyBlocks returns a raw deflate stream of about the given size that unzips to nothing. Its blocks have no data, but code
// tables that take time to read.
func emptyBlocks(size int) string {
	var block []byte
	bits := 0
	put := func(value, width int) {
		for i := range width {
			if bits%8 == 0 {
				block = append(block, 0)
			}
			block[bits/8] |= byte(value>>i&1) << (bits % 8)
			bits++
		}
	}
	for range 4 { // Together they end at the end of a byte.
		put(0b100, 3) // Not the last block, with tables.
		put(0, 5+5)   // 257 literals, 1 distance.
		put(14, 4)    // 18 lengths of codes: one bit for 18, and one for 1.
		for i := range 18 {
			length := 0
			if i == 2 || i == 17 {
				length = 1
			}
			put(length, 3)
		}
		put(1|(138-11)<<1, 8) // 138 literals without a code.
		put(1|(118-11)<<1, 8) // 118 more.
		put(0, 1+1)           // Codes of one bit for the end of the block and for the distance.
		put(0, 1)             // The end of the block.
	}
	return strings.Repeat(string(block), size/len(block)) + "\x03\x00"
}

// rawPart returns an Excel file whose sheet is the given compressed data with a declared size.
func rawPart(t *testing.T, body string, size int) []byte {
	t.Helper()
	list := parts("")
	list[0].content = ""
	file := archivedRaw(t, list, func(h *zip.FileHeader, content string) string {
		if h.Name != list[0].name {
			return content
		}
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = 0, uint64(len(body)), uint64(size)
		return body
	})
	return file
}

// longDirectory returns a file whose directory has the given number of entries.
func longDirectory(entries int) []byte {
	entry := make([]byte, 46)
	copy(entry, "PK\x01\x02")
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], uint16(entries))
	binary.LittleEndian.PutUint16(end[10:], uint16(entries))
	binary.LittleEndian.PutUint32(end[12:], uint32(entries*len(entry)))
	binary.LittleEndian.PutUint32(end[16:], 4)
	return append([]byte("PK\x03\x04"+strings.Repeat(string(entry), entries)), end...)
}

// rows returns rows of two cells, beginning with the given row.
func rows(first, last, step int) string {
	var data strings.Builder
	for n := first; n != last; n += step {
		fmt.Fprintf(&data, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>0.5</v></c></row>`, n, n, n, n)
	}
	return data.String()
}

// sharing returns parts whose sheets are all the same part.
func sharing(sheets int, data string) []part {
	list := parts(data)
	var entries, relations strings.Builder
	for n := range sheets {
		fmt.Fprintf(&entries, `<sheet name="T%d" sheetId="%d" r:id="t%d"/>`, n, n+10, n)
		relations.WriteString(relation(fmt.Sprintf("t%d", n), "worksheet", "worksheets/sheet1.xml"))
	}
	for i, p := range list {
		p.content = strings.Replace(p.content, "</sheets>", entries.String()+"</sheets>", 1)
		list[i].content = strings.Replace(p.content, "</Relationships>", relations.String()+"</Relationships>", 1)
	}
	list[2].content = strings.Replace(list[2].content, relations.String(), "", 1) // The relations of the file itself.
	return list
}

// hostileFile is a file that is expensive to read. text is the text of its error, or empty if it can be read.
type hostileFile struct {
	text  string
	parts func() []part
	// declare, if not nil, changes the directory entry of a part.
	declare func(*zip.FileHeader)
	// blocks or bytes, if not nil, return the file.
	blocks func() string
	bytes  func() []byte
}

func (h hostileFile) file(t *testing.T) []byte {
	t.Helper()
	switch {
	case h.bytes != nil:
		return h.bytes()
	case h.blocks != nil:
		return rawPart(t, h.blocks(), 0)
	}
	return archived(t, h.parts(), h.declare)
}

func inline(text string) string {
	return `<row r="1"><c r="A1" t="inlineStr"><is>` + text + `</is></c></row>`
}

func attributes(n int) string {
	var list strings.Builder
	for i := range n {
		fmt.Fprintf(&list, ` a%d=""`, i)
	}
	return list.String()
}

var (
	longText  = strings.Repeat("x", 32_000)
	longCells = strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 50_000)
)

const mebi = 1 << 20

// hostile returns files that are built when they are needed, because together they need more memory than a test allows.
var hostile = map[string]hostileFile{
	"a text in many cells": {text: "more than 16 MiB of text", parts: func() []part {
		return partsOf(`<si><t>`+longText+`</t></si>`, longCells)
	}},
	"a text in many sheets": {text: "more than 16 MiB of text", parts: func() []part {
		few := longCells[:len(longCells)/100]
		return partsOf(`<si><t>`+longText+`</t></si>`, few, few, few)
	}},
	"long texts in cells": {text: "more than 16 MiB of text", parts: func() []part {
		return parts(strings.Repeat(`<row><c t="str"><v>`+longText+`</v></c></row>`, 1_100))
	}},
	"many shared texts": {parts: func() []part {
		return partsOf(strings.Repeat(`<si><t>0123456789abcdef</t></si>`, 499_000), rows(1, 50_000, 1))
	}},
	"too many shared texts": {text: "more than 1000000 XML elements", parts: func() []part {
		return partsOf(strings.Repeat(`<si/>`, 1_000_001), "")
	}},
	"long shared texts": {text: "more than 32 MiB of shared texts", parts: func() []part {
		return partsOf(strings.Repeat(`<si><t>`+longText+`</t></si>`, 1_100), "")
	}},
	"sheets that share a part":  {text: "sheets 1 and 2 are the same part", parts: func() []part { return sharing(30, rows(1, 100_000, 1)) }},
	"many rows":                 {parts: func() []part { return parts(rows(1, 499_000, 1)) }},
	"many rows, the last first": {parts: func() []part { return parts(rows(300_000, 0, -1)) }},
	"many cells": {parts: func() []part {
		return parts(strings.Repeat(`<row>`+strings.Repeat(`<c><v>1234567890123456789</v></c>`, 20)+`</row>`, 19_000))
	}},
	"many rows with a cell": {parts: func() []part { return parts(strings.Repeat(`<row><c><v>1234567</v></c></row>`, 1_000_000)) }},
	"many elements": {text: "more than 4000000 XML elements", parts: func() []part {
		return parts(`<row>` + strings.Repeat(`<c r="A1"/>`, 4_000_001) + `</row>`)
	}},
	"a long name":       {text: "longer than 1 MiB", parts: func() []part { return parts(`<` + strings.Repeat("x", 8*mebi) + `/>`) }},
	"a long namespace":  {text: "longer than 1 MiB", parts: func() []part { return parts(`<x xmlns="` + strings.Repeat("x", 8*mebi) + `"/>`) }},
	"a long text":       {text: "longer than 1 MiB", parts: func() []part { return parts(inline(`<t>` + strings.Repeat("x", 8*mebi) + `</t>`)) }},
	"a long comment":    {text: "longer than 1 MiB", parts: func() []part { return parts(`<!--` + strings.Repeat("x", 8*mebi) + `-->`) }},
	"long spaces":       {text: "longer than 1 MiB", parts: func() []part { return parts(strings.Repeat(" ", 8*mebi)) }},
	"a text in pieces":  {text: "longer than 1 MiB", parts: func() []part { return parts(inline(`<t>` + strings.Repeat("x<!---->", mebi+1) + `</t>`)) }},
	"a text in runs":    {text: "longer than 1 MiB", parts: func() []part { return parts(inline(strings.Repeat("<r><t>x</t></r>", 1_100_000))) }},
	"a text in escapes": {parts: func() []part { return parts(inline(`<t>` + strings.Repeat("_x", mebi/2-10) + `</t>`)) }},
	"many attributes":   {text: "longer than 1 MiB", parts: func() []part { return parts(`<x` + attributes(300_000) + `/>`) }},
	"101 attributes":    {text: "more than 100 attributes", parts: func() []part { return parts(`<row` + attributes(101) + `/>`) }},
	"100 attributes, many times": {parts: func() []part {
		return parts(strings.Repeat(`<row`+attributes(100)+`/>`, 10_000))
	}},
	"nested elements": {text: "nested more than 100 deep", parts: func() []part { return parts(`</sheetData>` + strings.Repeat("<x>", 300_000)) }},
	"nested runs":     {text: "nested more than 100 deep", parts: func() []part { return parts(inline(strings.Repeat("<r>", 300_000))) }},
	"many relations": {text: "more than 2000 XML elements", parts: func() []part {
		return sharing(2_000, "")
	}},
	"a text that grows when decoded": {text: "more than 16 MiB of text", parts: func() []part {
		list := parts(strings.Repeat(`<row><c t="str"><v>`+strings.Repeat("\x80", 32_000)+`</v></c></row>`, 500))
		list[0].content = `<?xml version="1.0" encoding="windows-1252"?>` + list[0].content
		return list
	}},
	"many parts": {text: "more than 1000 parts", parts: func() []part {
		list := parts("")
		for n := range 1000 {
			list = append(list, part{name: fmt.Sprintf("xl/media/image%d.png", n)})
		}
		return list
	}},
	"blocks without data": {text: "no XML element", blocks: func() string { return emptyBlocks(8 * mebi) }},
	"a long directory":    {text: "more than 1000 parts", bytes: func() []byte { return longDirectory(700_000) }},
	"a large size":        {text: "larger than 64 MiB when unzipped", parts: withImage(4096), declare: size(1536 * mebi)},
	"a size of 5 GiB":     {text: "larger than 64 MiB when unzipped", parts: withImage(0), declare: size(5 << 30)},
	"sizes that wrap": {
		text: "larger than 64 MiB when unzipped", parts: func() []part { return parts("", "") },
		declare: func(h *zip.FileHeader) { h.UncompressedSize64 = 1<<63 + 1 },
	},
	"a size that lies": {
		text: "not a valid zip file", parts: func() []part { return parts(strings.Repeat(" ", mebi)) },
		declare: func(h *zip.FileHeader) { h.UncompressedSize64 = min(h.UncompressedSize64, 4096) },
	},
	"a size that lies, of a part that is not read": {parts: withImage(66 * mebi), declare: size(4096)},
}

// withImage returns parts with an image of the given size.
func withImage(size int) func() []part {
	return func() []part { return append(parts(""), part{"xl/media/image1.png", strings.Repeat(" ", size)}) }
}

// size declares the size of the image in the directory.
func size(declared uint64) func(*zip.FileHeader) {
	return func(h *zip.FileHeader) {
		if strings.HasSuffix(h.Name, ".png") {
			h.UncompressedSize64 = declared
		}
	}
}

// peak returns the maximum memory of a function in bytes, including garbage.
func peak(f func()) uint64 {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	size := func() uint64 {
		metrics.Read(heap)
		return heap[0].Value.Uint64() + heap[1].Value.Uint64()
	}
	runtime.GC()
	before := size()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		highest := before
		for ticker := time.NewTicker(time.Millisecond); ; {
			select {
			case <-stop:
				ticker.Stop()
				most <- max(highest, size())
				return
			case <-ticker.C:
				highest = max(highest, size())
			}
		}
	}()
	f()
	close(stop)
	return <-most - before
}

func TestHostileFilesCostLittleMemory(t *testing.T) {
	for name, test := range hostile {
		t.Run(name, func(t *testing.T) {
			file := test.file(t)
			var err error
			started := time.Now()
			taken := peak(func() { _, err = workbook.Read(t.Context(), file, 130_000) }) + uint64(len(file))
			t.Logf("%d MiB of file took %d MiB of memory and %s: %.100v", len(file)>>20, taken>>20, time.Since(started).Round(time.Millisecond), err)
			if (err != nil) != (test.text != "") || err != nil && !strings.Contains(err.Error(), test.text) {
				t.Errorf("the error is %.500v, want %q", err, test.text)
			}
			if taken > 150<<20 {
				t.Errorf("%d MiB of memory were taken", taken>>20)
			}
		})
	}
}

// ending is a context that ends after its Err was called a number of times.
type ending struct{ after, asked int64 }

func (*ending) Deadline() (time.Time, bool) { return time.Time{}, false }
func (*ending) Done() <-chan struct{}       { return nil }
func (*ending) Value(any) any               { return nil }

func (c *ending) Err() error {
	c.asked++
	if c.asked > c.after {
		return context.Canceled
	}
	return nil
}

// The context is checked after each small piece of a file, and reading stops at the first check after its end.
func TestReadEndsWithTheContext(t *testing.T) {
	for name, test := range map[string]struct {
		file   []byte
		checks int64 // The work divided by 64 KiB unzipped, or 8 KiB zipped.
	}{
		"rows":                {book(t, rows(1, 100_000, 1)), 100},
		"rows without cells":  {book(t, strings.Repeat("<row/>", 1_000_000)), 90},
		"shared texts":        {archived(t, partsOf(strings.Repeat(`<si><t>0123456789</t></si>`, 300_000), ""), nil), 120},
		"other elements":      {book(t, "</sheetData>"+strings.Repeat("<x/>", 1_000_000)+"<sheetData>"), 60},
		"blocks without data": {rawPart(t, emptyBlocks(4*mebi), 0), 500},
		"parts":               {archived(t, parts(slices.Repeat([]string{one}, 500)...), nil), 1_000},
	} {
		t.Run(name, func(t *testing.T) {
			read := func(after int64) (int64, error) {
				ctx := &ending{after: after}
				_, err := workbook.Read(ctx, test.file, 1_000)
				return ctx.asked, err
			}
			total, err := read(1 << 62)
			if errors.Is(err, context.Canceled) || total < test.checks {
				t.Fatalf("the context was asked %d times, want at least %d: %v", total, test.checks, err)
			}
			for _, after := range []int64{0, 1, 10, total / 2} {
				if asked, err := read(after); !errors.Is(err, context.Canceled) || asked > after+5 {
					t.Errorf("the context was asked %d times and ended after %d: %v", asked, after, err)
				}
			}
		})
	}
}
