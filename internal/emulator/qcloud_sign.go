// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	legacyPath = "/v2/index.php"
	// legacySkew is how far a Timestamp may be from the emulator's clock. The vendor's lists name five minutes and
	// two hours; the strict one counts here.
	legacySkew = 5 * time.Minute
	// legacyFormBytes is more than any request needs.
	legacyFormBytes = 1 << 20
)

// legacyParameters returns the parameters of a request by name: those of the query of a GET, and those of the body
// of a POST, whose query does not count.
func legacyParameters(r *http.Request) (map[string]string, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if r.Method == http.MethodPost {
		err = r.ParseMultipartForm(legacyFormBytes)
		if errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
		values = r.PostForm
	}
	if err != nil {
		return nil, &legacyError{code: 4000, message: "the parameters cannot be read"}
	}
	params := make(map[string]string, len(values))
	for name, list := range values {
		if len(list) != 1 {
			return nil, &legacyError{code: 4000, message: "parameter " + name + " is there more than once"}
		}
		params[name] = list[0]
	}
	return params, nil
}

// legacySignature computes the signature of a request: base64 of an HMAC over method, host, path and the sorted
// parameters, none of them encoded. Underscores in names count as dots. See
// https://cloud.tencent.com/document/api/228/10771.
func legacySignature(key, method, host string, params map[string]string) string {
	var text strings.Builder
	text.WriteString(method + host + legacyPath)
	separator := "?"
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if name == "Signature" {
			continue
		}
		text.WriteString(separator + strings.ReplaceAll(name, "_", ".") + "=" + params[name])
		separator = "&"
	}
	algorithm := sha1.New
	if params["SignatureMethod"] == "HmacSHA256" {
		algorithm = sha256.New
	}
	mac := hmac.New(algorithm, []byte(key))
	mac.Write([]byte(text.String()))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// verifyLegacy checks that a request comes from the account, now, and for the first time.
func (e *Emulator) verifyLegacy(r *http.Request, params map[string]string, now time.Time) error {
	for _, name := range []string{"Action", "SecretId", "Timestamp", "Nonce", "Signature"} {
		if params[name] == "" {
			return &legacyError{code: 4000, message: "parameter " + name + " is missing"}
		}
	}
	timestamp, err := strconv.ParseInt(params["Timestamp"], 10, 64)
	if err != nil {
		return &legacyError{code: 4000, message: "parameter Timestamp is not a number"}
	}
	if _, err := strconv.ParseUint(params["Nonce"], 10, 64); err != nil {
		return &legacyError{code: 4000, message: "parameter Nonce is not a positive number"}
	}
	secretKey, ok := e.secretKey(params["SecretId"])
	if !ok {
		return &legacyError{code: 4104, message: "the SecretId does not exist"}
	}
	want := legacySignature(secretKey, r.Method, r.Host, params)
	if !hmac.Equal([]byte(want), []byte(params["Signature"])) {
		return &legacyError{code: 4100, message: "the signature does not match"}
	}
	if !e.isTokenValid(params["SecretId"], params["Token"], now) {
		return &legacyError{code: 4105, message: "the token is wrong"}
	}
	if now.Sub(time.Unix(timestamp, 0)).Abs() > legacySkew {
		return &legacyError{code: 4500, message: "the Timestamp is too far from the current time"}
	}
	if !e.nonces.use(params["Nonce"], now) {
		return &legacyError{code: 4500, message: "the Nonce was used before"}
	}
	return nil
}

// nonces remembers the numbers used in requests for as long as their timestamps could be valid. Its zero value is
// ready to use.
type nonces struct {
	mu   sync.Mutex
	used map[string]time.Time
}

// use reports whether nonce is new, and marks it as used.
func (n *nonces) use(nonce string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	maps.DeleteFunc(n.used, func(_ string, at time.Time) bool { return now.Sub(at) > 2*legacySkew })
	if _, again := n.used[nonce]; again {
		return false
	}
	if n.used == nil {
		n.used = make(map[string]time.Time)
	}
	n.used[nonce] = now
	return true
}
