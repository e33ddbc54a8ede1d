// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"bytes"
	"encoding/binary"
	"errors"
)

var (
	// ErrNotXLSX is the error of a file that is not a zip archive.
	ErrNotXLSX = errors.New("not an xlsx (PK signature missing)")
	// ErrOldExcel is the error of a file in the format of Excel 2003 and older.
	ErrOldExcel = errors.New("this is an old Excel file (.xls); only xlsx is read")
	// ErrEncrypted is the error of a file with a password.
	ErrEncrypted = errors.New("the Excel file is encrypted")
	// errCompound is the error of any other file in Microsoft's compound format.
	errCompound = errors.New("this is an old Office file (OLE) without a spreadsheet; only xlsx is read")
)

// CheckSignature returns an error for a file that is not a zip archive: ErrOldExcel or ErrEncrypted for Excel files in
// Microsoft's compound format, otherwise usually ErrNotXLSX.
func CheckSignature(file []byte) error {
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return nil
	case !bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return ErrNotXLSX
	case hasStream(file, "EncryptedPackage"):
		return ErrEncrypted
	case hasStream(file, "Workbook"), hasStream(file, "Book"):
		return ErrOldExcel
	}
	return errCompound
}

// hasStream reports whether a compound file has a directory entry for a stream. Entries have 128 bytes in sectors of at least
// 512 bytes, so it checks every multiple of 128 instead of following the chain of sectors
// (https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb/60fe8611-66c3-496b-b70d-a504c94c9ace).
func hasStream(file []byte, name string) bool {
	const (
		entrySize    = 128
		lengthOffset = 64
		typeOffset   = 66
		stream       = 2
	)
	var encoded []byte
	for _, c := range name + "\x00" {
		encoded = binary.LittleEndian.AppendUint16(encoded, uint16(c))
	}
	for ; len(file) >= entrySize; file = file[entrySize:] {
		if bytes.HasPrefix(file, encoded) && file[typeOffset] == stream &&
			int(binary.LittleEndian.Uint16(file[lengthOffset:])) == len(encoded) {
			return true
		}
	}
	return false
}
