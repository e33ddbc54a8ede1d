// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// Limits of the archive that a workbook is.
const (
	maxParts    = 1000
	maxUnzipped = 64 << 20
)

// errSize is an archive that is larger than it may be, or than it says.
var errSize = fmt.Errorf("the workbook is larger than %d MiB when unzipped", maxUnzipped>>20)

// checkArchive reads the archive once, because excelize takes what it could read of a damaged part for the whole of
// it. The sizes that the directory declares come first: a bomb is refused before a byte of it is unzipped.
func checkArchive(archive *zip.Reader) error {
	if n := len(archive.File); n > maxParts {
		return fmt.Errorf("the workbook has %d parts, more than %d", n, maxParts)
	}
	left := uint64(maxUnzipped)
	for _, part := range archive.File {
		if part.UncompressedSize64 > left {
			return errSize
		}
		left -= part.UncompressedSize64
		if encrypted := part.Flags&1 != 0; encrypted {
			return ErrEncrypted
		}
	}
	for i, part := range archive.File {
		if err := checkPart(part); err != nil {
			return fmt.Errorf("part %d of the workbook: %w", i+1, err)
		}
	}
	return nil
}

// checkPart unzips a part, which checks its size and checksum, and sees that XML is well-formed and of bounded extent.
func checkPart(part *zip.File) (err error) {
	content, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	// The directory may lie about the size.
	bounded := io.LimitReader(content, int64(min(part.UncompressedSize64, maxUnzipped))+1)
	name := strings.ToLower(part.Name)
	if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
		if err := checkXML(bounded, maxElements(name)); err != nil {
			return err
		}
	}
	_, err = io.Copy(io.Discard, bounded)
	return err
}

// maxElements returns how many elements a part may have. excelize streams worksheets only, and goes through all
// relations for each sheet.
func maxElements(name string) int {
	switch {
	case strings.HasSuffix(name, ".rels"), name == "xl/workbook.xml":
		return 2000
	case strings.HasPrefix(name, "xl/worksheets/"):
		return 4_000_000
	}
	return 1_000_000
}

func checkXML(part io.Reader, limit int) error {
	decoder := xml.NewDecoder(part)
	decoder.CharsetReader = charset.NewReaderLabel
	for elements := 0; elements <= limit; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, ok := token.(xml.StartElement); ok {
			elements++
		}
	}
	return fmt.Errorf("more than %d XML elements", limit)
}
