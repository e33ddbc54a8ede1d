// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package textfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/textfile"
)

func TestRead(t *testing.T) {
	for name, test := range map[string]struct {
		content, want string
		err           error
	}{
		"text":                    {"canary\n", "canary\n", nil},
		"empty":                   {"", "", nil},
		"byte order mark":         {"\xef\xbb\xbfcanary", "canary", nil},
		"UTF-16 little endian":    {"\xff\xfec\x00", "", textfile.ErrUTF16},
		"UTF-16 big endian":       {"\xfe\xff\x00c", "", textfile.ErrUTF16},
		"Latin-1":                 {"canar\xff", "", textfile.ErrEncoding},
		"as large as allowed":     {string(bytes.Repeat([]byte("x"), textfile.MaxSize)), string(bytes.Repeat([]byte("x"), textfile.MaxSize)), nil},
		"one byte more than that": {string(bytes.Repeat([]byte("x"), textfile.MaxSize+1)), "", textfile.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "canary")
			if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			// Kubernetes mounts tokens as symbolic links.
			link := path + "-link"
			if err := os.Symlink(path, link); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{path, link} {
				got, err := textfile.Read(path)
				if string(got) != test.want || !errors.Is(err, test.err) {
					t.Errorf("%d bytes, %v", len(got), err)
				}
			}
		})
	}
}

func TestReadRefusesDirectoriesAndMissingFiles(t *testing.T) {
	dir := t.TempDir()
	if _, err := textfile.Read(dir); !errors.Is(err, textfile.ErrNotRegular) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := textfile.Read(filepath.Join(dir, "absent")); !errors.Is(err, fs.ErrNotExist) || filepath.Base(err.Error()) == "absent" {
		t.Errorf("an absent file: %v", err)
	}
	if _, err := textfile.Read(os.DevNull); !errors.Is(err, textfile.ErrNotRegular) {
		t.Errorf("%s: %v", os.DevNull, err)
	}
}
