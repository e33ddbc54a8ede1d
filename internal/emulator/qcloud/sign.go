// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

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

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

const (
	// maxSkew is the maximum difference between a Timestamp and the emulator's clock. The vendor documents both five
	// minutes and two hours; this is the stricter one.
	maxSkew = 5 * time.Minute
	// maxForm is the maximum size of a multipart form in memory. It is more than any request needs.
	maxForm = 1 << 20
)

// readParameters returns the parameters of a request by name: those in the body of a POST, or those in the query of a
// request with any other method. The query of a POST is ignored.
func readParameters(r *http.Request) (map[string]string, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if r.Method == http.MethodPost {
		err = r.ParseMultipartForm(maxForm)
		if errors.Is(err, http.ErrNotMultipart) {
			err = nil
		}
		values = r.PostForm
	}
	if err != nil {
		return nil, &apiError{code: codeParameter, message: "the parameters cannot be read"}
	}
	params := make(map[string]string, len(values))
	for name, list := range values {
		if len(list) != 1 {
			return nil, &apiError{code: codeParameter, message: "parameter " + name + " is there more than once"}
		}
		params[name] = list[0]
	}
	return params, nil
}

// sign returns the signature of a request: the base64 of an HMAC of method, host, path and the sorted parameters. Nothing
// is URL-encoded, and underscores in names become dots. See https://cloud.tencent.com/document/api/228/10771.
func sign(key, method, host string, params map[string]string) string {
	var text strings.Builder
	text.WriteString(method + host + Path)
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

// verify checks the signature, the time and the nonce of a request.
func (a *API) verify(x *exchange.Exchange, params map[string]string) error {
	for _, name := range []string{"Action", "SecretId", "Timestamp", "Nonce", "Signature"} {
		if params[name] == "" {
			return &apiError{code: codeParameter, message: "parameter " + name + " is missing"}
		}
	}
	timestamp, err := strconv.ParseInt(params["Timestamp"], 10, 64)
	if err != nil {
		return &apiError{code: codeParameter, message: "parameter Timestamp is not a number"}
	}
	if _, err := strconv.ParseUint(params["Nonce"], 10, 64); err != nil {
		return &apiError{code: codeParameter, message: "parameter Nonce is not a positive number"}
	}
	secretKey, ok := a.keys.SecretKey(params["SecretId"])
	if !ok {
		return &apiError{code: codeUnknownID, message: "the SecretId does not exist"}
	}
	want := sign(secretKey, x.Method, x.Host, params)
	if !hmac.Equal([]byte(want), []byte(params["Signature"])) {
		return &apiError{code: codeSignature, message: "the signature does not match"}
	}
	if !a.keys.IsTokenValid(params["SecretId"], params["Token"], x.Time) {
		return &apiError{code: codeToken, message: "the token is wrong"}
	}
	if x.Time.Sub(time.Unix(timestamp, 0)).Abs() > maxSkew {
		return &apiError{code: codeReplay, message: "the Timestamp is too far from the current time"}
	}
	if !a.nonces.use(params["Nonce"], x.Time) {
		return &apiError{code: codeReplay, message: "the Nonce was used before"}
	}
	return nil
}

// nonces remembers the nonces of requests as long as their timestamps can be valid. The zero value is ready for use.
type nonces struct {
	mu   sync.Mutex
	used map[string]time.Time
}

// use reports whether nonce is new, and marks it as used.
func (n *nonces) use(nonce string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	maps.DeleteFunc(n.used, func(_ string, at time.Time) bool { return now.Sub(at) > 2*maxSkew })
	if _, again := n.used[nonce]; again {
		return false
	}
	if n.used == nil {
		n.used = make(map[string]time.Time)
	}
	n.used[nonce] = now
	return true
}
