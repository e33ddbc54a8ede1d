// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// contentCodings are the registered names of encodings that change the body:
// https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding.
var contentCodings = []string{
	"aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "gzip", "pack200-gzip", "x-compress", "x-gzip", "zstd",
}

// plainBody returns the decoded body. net/http decodes gzip, but not x-gzip or a list of encodings. Names that are not
// registered, such as utf-8, say nothing about the body and are ignored.
func plainBody(response *http.Response) (io.Reader, error) {
	header := strings.Join(response.Header.Values("Content-Encoding"), ",")
	var codings []string
	for name := range strings.SplitSeq(strings.ToLower(header), ",") {
		if name = strings.TrimSpace(name); slices.Contains(contentCodings, name) {
			codings = append(codings, name)
		}
	}
	switch {
	case len(codings) == 0:
		return response.Body, nil
	case len(codings) > 1 || strings.TrimPrefix(codings[0], "x-") != "gzip":
		problem := fmt.Sprintf("content encoding %q is not supported", Clean(header))
		return nil, &ContentError{Host: response.Request.URL.Host, Problem: problem}
	}
	plain, err := gzip.NewReader(response.Body)
	if errors.Is(err, io.EOF) {
		return http.NoBody, nil // The body is empty.
	}
	return plain, err
}
