// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// Limits of the zip archive of an Excel file.
const (
	maxParts    = 1000
	maxUnzipped = 64 << 20
)

// archive contains the parts of an Excel file by name.
type archive struct {
	parts map[string]*zip.File
	ended func() error
}

// openArchive reads the directory of a zip archive. It checks the declared sizes before anything is unzipped, and package zip
// ensures that no part is larger than declared.
func openArchive(file []byte, ended func() error) (*archive, error) {
	// Package zip would read a directory of any length. Each of its entries begins with this signature.
	if bytes.Count(file, []byte("PK\x01\x02")) > maxParts {
		return nil, fmt.Errorf("the Excel file has more than %d parts", maxParts)
	}
	directory, err := zip.NewReader(source{bytes.NewReader(file), ended}, int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("the zip archive is damaged: %w", err)
	}
	a := &archive{parts: make(map[string]*zip.File, len(directory.File)), ended: ended}
	left := uint64(maxUnzipped)
	for _, part := range directory.File {
		if part.UncompressedSize64 > left {
			return nil, fmt.Errorf("the Excel file is larger than %d MiB when unzipped", maxUnzipped>>20)
		}
		left -= part.UncompressedSize64
		if encrypted := part.Flags&1 != 0; encrypted {
			return nil, ErrEncrypted
		}
		if strings.HasSuffix(part.Name, "/") {
			continue // A folder.
		}
		name := partName("/", part.Name)
		if a.parts[name] != nil {
			return nil, fmt.Errorf("the Excel file has two parts named %q", shorten(name))
		}
		a.parts[name] = part
	}
	return a, nil
}

// source is a file that is readable until the context ends.
type source struct {
	*bytes.Reader
	ended func() error
}

// ReadAt fails after the context has ended.
func (s source) ReadAt(p []byte, offset int64) (int, error) {
	if err := s.ended(); err != nil {
		return 0, err
	}
	return s.Reader.ReadAt(p, offset)
}

// unzipped is a part that is readable until the context ends.
type unzipped struct {
	io.Reader
	ended func() error
}

// Read fails after the context has ended.
func (u unzipped) Read(p []byte) (int, error) {
	if err := u.ended(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

// read reads an XML part with at most maxElements elements. It calls root with the start of the root element. root must
// read that element to its end.
func (a *archive) read(name string, maxElements int, root func(*markup, element) error) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("part %q: %w", shorten(name), err)
		}
	}()
	part := a.parts[name]
	if part == nil {
		return errors.New("the Excel file has no such part")
	}
	content, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	m, err := newMarkup(unzipped{content, a.ended}, maxElements)
	if err != nil {
		return err
	}
	return m.document(func(e element) error { return root(m, e) })
}

// partName normalizes the name of a part, so that names can be compared: absolute, in lower case and without
// percent-encoding. The reference is relative to a folder unless it begins with a slash.
func partName(folder, reference string) string {
	name := strings.ReplaceAll(reference, `\`, "/") // Some programs write backslashes.
	if decoded, err := url.PathUnescape(name); err == nil {
		name = decoded
	}
	if !strings.HasPrefix(name, "/") {
		name = folder + "/" + name
	}
	return strings.ToLower(path.Clean(name))
}

// shorten cuts a string from the file for use in an error.
func shorten(text string) string { return excerpt.Cut(text, 100) }
