// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// freshKey is a key that has just been issued, so that nothing knows yet that it is a secret. A part of it, or an encoded
// one, would still have the middle.
const (
	freshKey = "cNrY7Middle7FreshTmpSecretKey"
	middle   = "Middle7Fresh"
	digitKey = "86420975318642097531864209753186"
)

// keysOf are the keys as an API answers with them.
func keysOf(format string) string {
	return fmt.Sprintf(format, `"Token":"`+freshKey+`","TmpSecretId":"`+freshKey+`","TmpSecretKey":"`+freshKey+`"`)
}

// malformed are answers from which no keys can be had although they hold some. In an answer of STS they are members of
// Response, in one of the metadata service they stand alone.
var malformed = map[string]string{
	"HTML":                  "<html><title>" + freshKey + "</title>" + freshKey,
	"text":                  "keys: " + freshKey,
	"a JSON text":           `"` + freshKey + `"`,
	"a number":              digitKey,
	"XML":                   "<?xml version=\"1.0\"?><k>" + freshKey + "</k>",
	"a form":                "TmpSecretKey=" + freshKey,
	"UTF-16":                "\xff\xfe" + freshKey,
	"a list":                keysOf(`[{%s}]`),
	"truncated":             keysOf(`{"Response":{"Credentials":{%s`),
	"truncated in the key":  `{"Response":{"Credentials":{"TmpSecretKey":"` + freshKey,
	"more after it":         keysOf(`{"Response":{"Credentials":{%s}}}`) + freshKey,
	"not quoted":            `{"Response":{"Credentials":{"TmpSecretKey":` + freshKey + `}}}`,
	"no envelope":           keysOf(`{%s}`),
	"another envelope":      keysOf(`{"Data":{"Credentials":{%s}}}`),
	"wrong nesting":         keysOf(`{"Response":{%s,"ExpiredTime":1}}`),
	"keys as text":          `{"Response":{"Credentials":"` + freshKey + `"}}`,
	"keys as a number":      `{"Response":{"Credentials":` + digitKey + `}}`,
	"keys as a list":        `{"Response":{"Credentials":["` + freshKey + `"]}}`,
	"one as an object":      `{"Response":{"Credentials":{"TmpSecretKey":{"` + freshKey + `":1}}}}`,
	"one as a number":       `{"Response":{"Credentials":{"TmpSecretKey":` + digitKey + `}}}`,
	"one with a line break": `{"Response":{"Credentials":{"TmpSecretId":"x","TmpSecretKey":"` + freshKey + `\n","Token":"` + freshKey + `"},"ExpiredTime":1768500000}}`,
	"no secret":             `{"Response":{"Credentials":{"Token":"` + freshKey + `"},"ExpiredTime":1768500000}}`,
	"no expiry":             keysOf(`{"Response":{"Credentials":{%s}}}`),
	"a key as expiry":       keysOf(`{"Response":{"Credentials":{%s},"ExpiredTime":"` + freshKey + `"}}`),
	"digits as expiry":      keysOf(`{"Response":{"Credentials":{%s},"ExpiredTime":` + digitKey + `}}`),
	"expired":               keysOf(`{"Response":{"Credentials":{%s},"ExpiredTime":1}}`),
	"a key as request ID":   `{"Response":{"Error":{"Code":"InternalError"},"RequestId":"` + freshKey + `"}}`,
	"a key as code":         `{"Response":{"Error":{"Code":"` + freshKey + `","Message":"m"}}}`,
	"a key below a code":    `{"Response":{"Error":{"Code":"AuthFailure.` + freshKey + `","Message":"m"}}}`,
	"a key as message":      `{"Response":{"Error":{"Code":"InternalError","Message":"` + freshKey + `"}}}`,
	"no code":               `{"Response":{"Error":{"Message":"` + freshKey + `"}}}`,
	"code as a number":      `{"Response":{"Error":{"Code":` + digitKey + `}}}`,
	"keys beside an error":  keysOf(`{"Response":{"Error":{"Code":"InternalError","Message":"m"},"Credentials":{%s}}}`),

	"metadata, a key as code":     `{"Code":"` + freshKey + `"}`,
	"metadata, code as a number":  `{"Code":` + digitKey + `}`,
	"metadata, another code":      keysOf(`{"Code":"Failed",%s}`),
	"metadata, no expiry":         keysOf(`{"Code":"Success",%s}`),
	"metadata, a key as expiry":   keysOf(`{"Code":"Success",%s,"ExpiredTime":"` + freshKey + `"}`),
	"metadata, digits as expiry":  keysOf(`{"Code":"Success",%s,"ExpiredTime":` + digitKey + `}`),
	"metadata, expired":           keysOf(`{"Code":"Success",%s,"ExpiredTime":1}`),
	"metadata, one as a number":   `{"Code":"Success","TmpSecretKey":` + digitKey + `}`,
	"metadata, one in an object":  `{"Code":"Success","TmpSecretKey":{"` + freshKey + `":0}}`,
	"metadata, no secret":         `{"Code":"Success","Token":"` + freshKey + `","ExpiredTime":1768500000}`,
	"metadata, with a line break": `{"Code":"Success","TmpSecretId":"x","TmpSecretKey":"` + freshKey + `\n","ExpiredTime":1768500000}`,
}

var readerSession = sts.Session{RoleARN: reader, Name: "test", Seconds: 600}

// issuers request keys.
var issuers = map[string]func(tencentcloud.Config) tencentcloud.CredentialSource{
	"role": func(c tencentcloud.Config) tencentcloud.CredentialSource {
		return sts.NewRole(c, readerSession, "", "")
	},
	"web identity": func(c tencentcloud.Config) tencentcloud.CredentialSource {
		return sts.NewWebIdentityRole(c, readerSession, sts.WebIdentity{ProviderID: "example", Token: "example-token"})
	},
	"machine": func(c tencentcloud.Config) tencentcloud.CredentialSource {
		return tencentcloud.NewMachineRole(c, "example")
	},
}

// TestAnswersWithKeysAreNotQuoted sends each malformed response with several statuses, in headers and as broken HTTP.
func TestAnswersWithKeysAreNotQuoted(t *testing.T) {
	for name, body := range malformed {
		for _, status := range []int{200, 400, 403, 404, 500, 503} {
			expectNothingOf(t, fmt.Sprintf("%s with HTTP %d", name, status), func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
			})
		}
	}
	for name, headers := range map[string]http.Header{
		"redirect":         {"Location": {"https://" + freshKey + ".example.com/" + freshKey}},
		"bad redirect":     {"Location": {"://" + freshKey}},
		"request ID":       {"X-Tc-Requestid": {freshKey}, "X-Cnc-Request-Id": {freshKey}},
		"content type":     {"Content-Type": {"text/" + freshKey}},
		"content encoding": {"Content-Encoding": {freshKey}},
		"retry after":      {"Retry-After": {freshKey}, "Date": {freshKey}},
	} {
		for _, status := range []int{200, 302, 400} {
			expectNothingOf(t, fmt.Sprintf("%s in a header with HTTP %d", name, status), func(w http.ResponseWriter, _ *http.Request) {
				maps.Copy(w.Header(), headers)
				w.WriteHeader(status)
				_, _ = io.WriteString(w, freshKey)
			})
		}
	}
	for _, raw := range []string{
		freshKey + "\r\n\r\n", "HTTP/1.1 " + freshKey + "\r\n\r\n", "HTTP/1.1 200 " + freshKey + "\r\n" + freshKey + "\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: " + freshKey + "\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + freshKey + "\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + freshKey + "\r\n", "HTTP/1.1 299 " + freshKey + "\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + freshKey, freshKey, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + freshKey,
		"HTTP/" + freshKey + " 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTrailer: " + freshKey + "\r\nContent-Length: 2\r\nContent-Length: " + digitKey + "\r\n\r\n{}",
	} {
		expectNothingOf(t, fmt.Sprintf("%q", raw), func(w http.ResponseWriter, _ *http.Request) {
			if hijacker, ok := w.(http.Hijacker); ok {
				connection, _, err := hijacker.Hijack()
				if err == nil {
					_, _ = io.WriteString(connection, raw)
					_ = connection.Close()
				}
			}
		})
	}
}

// expectNothingOf asks a server for keys that answers so, and fails the test if an error or the log quotes a key.
func expectNothingOf(t *testing.T, name string, answer http.HandlerFunc) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil // It would be the time of this machine.
		answer(w, r)
	}))
	defer server.Close()
	client := transport.NewClient("test")
	defer client.Close()
	for kind, issuer := range issuers {
		var log bytes.Buffer
		ctx := transport.WithSecrets(tflogtest.RootLogger(t.Context(), &log), &transport.Secrets{})
		_, err := issuer(tencentcloud.Config{
			Endpoint: server.URL, HTTP: client, Clock: clock.NewCorrected(clock.At(acctest.Now)), QuotaShare: 1,
			Credentials: tencentcloud.Static{SecretID: "AKIDexample", SecretKey: "example-secret-key"},
		}).Credential(ctx)
		if err == nil || !strings.Contains(log.String(), "HTTP exchange") {
			t.Errorf("%s, %s: error %v, log %s", kind, name, err, log.String())
			continue
		}
		for _, secret := range []string{middle, digitKey[:8]} {
			if text := err.Error() + log.String(); strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
				t.Errorf("%s, %s: quoted in %s", kind, name, text)
			}
		}
	}
}
