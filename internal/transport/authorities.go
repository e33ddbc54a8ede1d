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

// maxAuthorities is the maximum number of a directory's files that are read to explain an error.
const maxAuthorities = 1000

// authoritiesProblem returns what to add to an error of a certificate that no authority vouches for: which of the files
// and directories in SSL_CERT_FILE and SSL_CERT_DIR cannot be read or hold no certificate. crypto/x509 skips those
// silently. It is empty for other errors, and where all can be read.
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

// Untrusted reports whether a call failed because no trusted authority vouches for the server's certificate.
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

// fileProblem says why a file provides no authority. A file that is too large to be read here may provide some.
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

// dirProblem says why a directory provides no authority. One with many files may provide some.
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
