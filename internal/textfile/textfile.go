// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package textfile reads small text files of the user, such as profiles and tokens.
package textfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"
)

// MaxSize is the maximum size of a file in bytes.
const MaxSize = 1 << 20

var (
	// ErrNotRegular is the error of a directory, pipe, socket or device.
	ErrNotRegular = errors.New("it is not a regular file")
	// ErrTooLarge is the error of a file of more than MaxSize bytes.
	ErrTooLarge = fmt.Errorf("the file is larger than %d MiB", MaxSize>>20)
	// ErrEncoding is the error of a file that is not UTF-8.
	ErrEncoding = errors.New("the file is not text in UTF-8")
	// ErrUTF16 is the error of a file that begins with the byte order mark of UTF-16.
	ErrUTF16 = fmt.Errorf("%w but in UTF-16: save it as UTF-8", ErrEncoding)
)

// Read returns the text of a regular file of at most MaxSize bytes, without a byte order mark. It does not wait for a pipe.
// Errors are those of this package or of the operating system, such as fs.ErrNotExist. They contain neither the path nor
// the text.
func Read(path string) ([]byte, error) {
	content, err := ReadBytes(path)
	if err != nil {
		return nil, err
	}
	return text(content)
}

// ReadBytes is like Read, but returns the bytes of the file in any encoding.
func ReadBytes(path string) ([]byte, error) {
	// Check the kind of file first, because opening a pipe waits for its writer.
	info, err := os.Stat(path)
	if err != nil {
		return nil, cause(err)
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotRegular
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	defer func() { _ = file.Close() }()
	// Check again, because another file may have replaced it.
	if info, err = file.Stat(); err != nil {
		return nil, cause(err)
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotRegular
	}
	content, err := io.ReadAll(io.LimitReader(file, MaxSize+1))
	if err != nil {
		return nil, cause(err)
	}
	if len(content) > MaxSize {
		return nil, ErrTooLarge
	}
	return content, nil
}

func text(content []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		return nil, ErrUTF16
	case !utf8.Valid(content):
		return nil, ErrEncoding
	}
	return bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), nil
}

// cause returns the error of the operating system without the path.
func cause(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
