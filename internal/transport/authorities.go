// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Limits on what is read to explain an error. Larger files and the rest of a directory count as having certificates.
const (
	maxAuthoritiesSize  = 16 << 20
	maxAuthoritiesFiles = 1000
)

// authoritiesProblem returns what to add to an error of a certificate that no authority vouches for: which of the files
// and directories in SSL_CERT_FILE and SSL_CERT_DIR cannot be read or hold no certificate. crypto/x509 skips those
// silently. It is empty for other errors, and where all can be read.
func authoritiesProblem(err error) string {
	var (
		unknown x509.UnknownAuthorityError
		none    x509.SystemRootsError
	)
	switch runtime.GOOS {
	case "darwin", "ios", "windows", "plan9": // Go does not read the variables there.
		return ""
	}
	if !errors.As(err, &unknown) && !errors.As(err, &none) {
		return ""
	}
	var problems strings.Builder
	if file := os.Getenv("SSL_CERT_FILE"); file != "" {
		if problem := fileProblem(file); problem != nil {
			fmt.Fprintf(&problems, "; SSL_CERT_FILE is %s, and %v", Clean(file), problem)
		}
	}
	for _, dir := range strings.Split(os.Getenv("SSL_CERT_DIR"), ":") {
		if dir == "" {
			continue
		}
		if problem := dirProblem(dir); problem != nil {
			fmt.Fprintf(&problems, "; SSL_CERT_DIR has %s, and %v", Clean(dir), problem)
		}
	}
	return problems.String()
}

var (
	errNoCertificate = errors.New("there is no certificate in it (PEM is needed)")
	errNoFile        = errors.New("it is not a regular file")
)

// fileProblem says why a file provides no authority.
func fileProblem(path string) error {
	info, err := os.Stat(path) // Opening a pipe waits for its writer, so the kind of file is checked first.
	if err != nil {
		return unreadable(err)
	}
	if !info.Mode().IsRegular() {
		return errNoFile
	}
	file, err := os.Open(path)
	if err != nil {
		return unreadable(err)
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(io.LimitReader(file, maxAuthoritiesSize))
	if err != nil {
		return unreadable(err)
	}
	if len(content) < maxAuthoritiesSize && !x509.NewCertPool().AppendCertsFromPEM(content) {
		return errNoCertificate
	}
	return nil
}

// dirProblem says why a directory provides no authority.
func dirProblem(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return unreadable(err)
	}
	defer func() { _ = dir.Close() }()
	files, err := dir.Readdirnames(maxAuthoritiesFiles)
	if err != nil && !errors.Is(err, io.EOF) {
		return unreadable(err)
	}
	for _, name := range files {
		if fileProblem(filepath.Join(path, name)) == nil {
			return nil
		}
	}
	if len(files) == maxAuthoritiesFiles {
		return nil
	}
	return errNoCertificate
}

// unreadable names the cause without the path.
func unreadable(err error) error {
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	return fmt.Errorf("it cannot be read: %w", err)
}
