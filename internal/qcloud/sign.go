// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"io"
	"maps"
	"slices"
	"strings"
)

// canonical returns the string to sign: method, host with port, path and the parameters sorted by name. Nothing is
// URL-encoded, and underscores in names become dots.
func canonical(method, host string, parameters map[string]string) string {
	var text strings.Builder
	text.WriteString(method + host + path)
	separator := "?"
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		text.WriteString(separator + strings.ReplaceAll(name, "_", ".") + "=" + parameters[name])
		separator = "&"
	}
	return text.String()
}

// sign signs a string with SignatureMethod HmacSHA256.
func sign(secretKey, text string) string { return signWith(sha256.New, secretKey, text) }

func signWith(algorithm func() hash.Hash, secretKey, text string) string {
	mac := hmac.New(algorithm, []byte(secretKey))
	_, _ = io.WriteString(mac, text) // A hash never fails to write.
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
