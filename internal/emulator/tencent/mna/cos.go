// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

const (
	// cosTokenName is the query parameter of a link that is signed together with the host.
	cosTokenName = "x-cos-security-token"
	// cosValidity is the lifetime of a link.
	cosValidity = time.Hour
)

// cosLink contains the signed parts of a link to an object of COS.
type cosLink struct {
	host, path, token string
	signed            time.Time
}

// cosKey returns the key that signs links. It is not a key of the account.
func cosKey(source figures.Source) (id, key string) {
	n := figures.Mix(source.Seed)
	return fmt.Sprintf("AKIDexampleDownload%016x", n), fmt.Sprintf("exampleDownloadKey%016x", figures.Mix(n))
}

// cosQuery returns the signed query of a link.
func cosQuery(source figures.Source, l cosLink) string {
	id, key := cosKey(source)
	keyTime := fmt.Sprintf("%d;%d", l.signed.Unix(), l.signed.Add(cosValidity).Unix())
	signature := cosSignature(key, keyTime, http.MethodGet, l.path,
		map[string]string{cosTokenName: l.token}, map[string]string{"host": l.host})
	parts := []string{
		cosTokenName, l.token, "q-sign-algorithm", "sha1", "q-ak", id, "q-sign-time", keyTime, "q-key-time", keyTime,
		"q-header-list", "host", "q-url-param-list", cosTokenName, "q-signature", signature,
	}
	var pairs []string
	for pair := range slices.Chunk(parts, 2) {
		pairs = append(pairs, pair[0]+"="+cosEscape(pair[1]))
	}
	return strings.Join(pairs, "&")
}

// verifyLink checks the link of a request by signing it again.
func verifyLink(x *exchange.Exchange, source figures.Source) (cosLink, error) {
	query := x.Query
	begin, _, _ := strings.Cut(query.Get("q-sign-time"), ";")
	seconds, err := strconv.ParseInt(begin, 10, 64)
	if err != nil {
		return cosLink{}, &cosError{Code: "AccessDenied", Message: "Access Denied."}
	}
	link := cosLink{host: x.Host, path: x.Path, token: query.Get(cosTokenName), signed: time.Unix(seconds, 0)}
	want, err := url.ParseQuery(cosQuery(source, link))
	if err != nil {
		return cosLink{}, fmt.Errorf("read a signed query: %w", err)
	}
	if x.Method != http.MethodGet || !hmac.Equal([]byte(query.Encode()), []byte(want.Encode())) {
		return cosLink{}, &cosError{Code: "SignatureDoesNotMatch", Message: "The Signature you specified is invalid."}
	}
	if now := x.Time; now.Before(link.signed) || now.After(link.signed.Add(cosValidity)) {
		return cosLink{}, &cosError{Code: "AccessDenied", Message: "Request has expired"}
	}
	return link, nil
}

// cosSignature signs a request to COS, see https://www.tencentcloud.com/document/product/436/7778. Names of parameters and headers
// must be in lower case.
func cosSignature(key, keyTime, method, path string, params, headers map[string]string) string {
	request := strings.Join([]string{strings.ToLower(method), path, cosList(params), cosList(headers), ""}, "\n")
	sum := sha1.Sum([]byte(request))
	signKey := hmacSHA1Hex(key, keyTime)
	return hmacSHA1Hex(signKey, "sha1\n"+keyTime+"\n"+hex.EncodeToString(sum[:])+"\n")
}

func cosList(values map[string]string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, cosEscape(name)+"="+cosEscape(values[name]))
	}
	return strings.Join(pairs, "&")
}

// cosEscape encodes everything but letters, digits and "-_.~".
func cosEscape(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}

func hmacSHA1Hex(key, message string) string {
	h := hmac.New(sha1.New, []byte(key))
	h.Write([]byte(message))
	return hex.EncodeToString(h.Sum(nil))
}
