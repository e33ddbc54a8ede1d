// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/textfile"
)

// maxAuthorities is the maximum number of files in a directory that dirProblem reads.
const maxAuthorities = 1000

// authoritiesProblem explains the error of an untrusted server certificate. It returns text to append to the error, which
// names the files and directories in SSL_CERT_FILE and SSL_CERT_DIR that cannot be read or contain no certificate, because
// crypto/x509 skips them silently. It returns "" for other errors and if it finds no problem.
func authoritiesProblem(err error) string {
	switch runtime.GOOS {
	case "darwin", "ios", "windows", "plan9": // Go does not read the variables there.
		return ""
	}
	if !isUntrusted(err) {
		return ""
	}
	var problems strings.Builder
	if file := os.Getenv("SSL_CERT_FILE"); file != "" {
		if problem := fileProblem(file); problem != nil {
			fmt.Fprintf(&problems, "; SSL_CERT_FILE is %s, and %v", Clean(file), problem)
		}
	}
	for dir := range strings.SplitSeq(os.Getenv("SSL_CERT_DIR"), ":") {
		if dir == "" {
			continue
		}
		if problem := dirProblem(dir); problem != nil {
			fmt.Fprintf(&problems, "; SSL_CERT_DIR has %s, and %v", Clean(dir), problem)
		}
	}
	return problems.String()
}

// Untrusted reports whether a call failed because no trusted authority issued the server's certificate.
func Untrusted(err error) bool {
	network, ok := errors.AsType[*NetworkError](err)
	return ok && isUntrusted(network.Err)
}

func isUntrusted(err error) bool {
	var (
		unknown x509.UnknownAuthorityError
		none    x509.SystemRootsError
	)
	return errors.As(err, &unknown) || errors.As(err, &none)
}

var errNoCertificate = errors.New("there is no certificate in it (PEM is needed)")

// fileProblem returns an error if a file cannot be read or contains no certificate. It does not check files that are too
// large for package textfile.
func fileProblem(path string) error {
	content, err := textfile.ReadBytes(path)
	switch {
	case errors.Is(err, textfile.ErrTooLarge):
		return nil
	case errors.Is(err, textfile.ErrNotRegular):
		return err
	case err != nil:
		return fmt.Errorf("it cannot be read: %w", err)
	case !x509.NewCertPool().AppendCertsFromPEM(content):
		return errNoCertificate
	}
	return nil
}

// dirProblem returns an error if a directory cannot be read or no file in it contains a certificate. It does not check
// directories with more than maxAuthorities files.
func dirProblem(path string) error {
	files, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("it cannot be read: %w", errors.Unwrap(err)) // Without the path.
	}
	if len(files) > maxAuthorities {
		return nil
	}
	for _, file := range files {
		if fileProblem(filepath.Join(path, file.Name())) == nil {
			return nil
		}
	}
	return errNoCertificate
}
