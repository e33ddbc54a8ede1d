// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package textfile_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/textfile"
)

// Opening a pipe without a writer would block, and /dev/zero never ends.
func TestReadDoesNotWaitForPipesAndDevices(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, "/dev/zero"} {
		if _, err := textfile.Read(path); !errors.Is(err, textfile.ErrNotRegular) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
