// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulatortest

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Relay returns a request to CDNetworks for relay traffic, signed for the default account at the given time.
func Relay(at time.Time, body string) *http.Request {
	date := at.UTC().Format("Mon, 02 Jan 2006 15:04:05") + " GMT"
	mac := hmac.New(sha1.New, []byte(emulator.DefaultCDNetworksAPIKey))
	mac.Write([]byte(date))
	user := emulator.DefaultCDNetworksUsername + ":" + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	r := httptest.NewRequest(http.MethodPost, "http://cdnetworks.example.com/cdn/traffic/relay", strings.NewReader(body))
	r.Header.Set("Date", date)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user)))
	return r
}

// LegacyParams returns the parameters of a request to the legacy API at Noon for the day before, with changes as pairs of
// name and value. An empty value removes a parameter.
func LegacyParams(changes ...string) map[string]string {
	params := map[string]string{
		"Action": "GetCdnOverseaProvIspDetailStat", "SecretId": emulator.DefaultSecretID,
		"Timestamp": strconv.FormatInt(Noon.Unix(), 10), "Nonce": "1",
		"date": "2026-03-09", "hosts.0": "www.example.com",
	}
	for i := 0; i < len(changes); i += 2 {
		params[changes[i]] = changes[i+1]
	}
	maps.DeleteFunc(params, func(_, value string) bool { return value == "" })
	return params
}

// LegacyForm returns parameters signed with the default key.
func LegacyForm(method string, params map[string]string) url.Values {
	names := slices.Sorted(maps.Keys(params))
	pairs := make([]string, len(names))
	form := make(url.Values)
	for i, name := range names {
		pairs[i] = name + "=" + params[name]
		form.Set(name, params[name])
	}
	mac := hmac.New(sha1.New, []byte(emulator.DefaultSecretKey))
	mac.Write([]byte(method + "cdn.api.example.com/v2/index.php?" + strings.Join(pairs, "&")))
	form.Set("Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	return form
}

// LegacyGet returns a GET request with a signed form.
func LegacyGet(form url.Values) *http.Request {
	return httptest.NewRequest(http.MethodGet, "http://cdn.api.example.com/v2/index.php?"+form.Encode(), http.NoBody)
}

// Legacy returns a signed request with LegacyParams and changes.
func Legacy(changes ...string) *http.Request {
	return LegacyGet(LegacyForm(http.MethodGet, LegacyParams(changes...)))
}
