// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// noon is the time at which most tests take place: noon in UTC+8.
var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

// tc3Call is a request to API 3.0 as a test describes it.
type tc3Call struct {
	id, key, token         string
	service, version, name string
	region                 string
	body                   string
	date                   string // of the scope; that of the time if empty
	at                     time.Time
	signAction             bool
	query                  string // makes it a GET
	unsigned               bool   // whether the signature leaves out the body
	signedHost             string // the host in the signature; the one in the request if empty
}

func mnaCall(name, body string) tc3Call {
	return tc3Call{
		id: DefaultSecretID, key: DefaultSecretKey,
		service: "mna", version: "2021-01-19", name: name, body: body, at: noon,
	}
}

// request signs the call, written down from the published algorithm and independent of the emulator's own.
func (c tc3Call) request() *http.Request {
	mac := func(key []byte, message string) []byte {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(message))
		return h.Sum(nil)
	}
	method, mediaType, payload := http.MethodPost, "application/json", c.body
	if c.query != "" {
		method, mediaType = http.MethodGet, "application/x-www-form-urlencoded"
	}
	if c.unsigned {
		payload = "UNSIGNED-PAYLOAD"
	}
	r := httptest.NewRequest(method, "http://mna.example.com/?"+c.query, strings.NewReader(c.body))
	host := r.Host
	if c.signedHost != "" {
		host = c.signedHost
	}
	headers, signed := "content-type:"+mediaType+"\nhost:"+host+"\n", "content-type;host"
	if c.signAction {
		headers += "x-tc-action:" + strings.ToLower(c.name) + "\n"
		signed += ";x-tc-action"
	}
	timestamp, date := strconv.FormatInt(c.at.Unix(), 10), c.date
	if date == "" {
		date = c.at.UTC().Format("2006-01-02")
	}
	canonical := fmt.Sprintf("%s\n/\n%s\n%s\n%s\n%x", method, c.query, headers, signed, sha256.Sum256([]byte(payload)))
	scope := date + "/" + c.service + "/tc3_request"
	toSign := fmt.Sprintf("TC3-HMAC-SHA256\n%s\n%s\n%x", timestamp, scope, sha256.Sum256([]byte(canonical)))
	key := mac(mac(mac([]byte("TC3"+c.key), date), c.service), "tc3_request")

	r.Header.Set("Content-Type", mediaType)
	if c.unsigned {
		r.Header.Set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD")
	}
	r.Header.Set("X-TC-Action", c.name)
	r.Header.Set("X-TC-Version", c.version)
	r.Header.Set("X-TC-Timestamp", timestamp)
	if c.region != "" {
		r.Header.Set("X-TC-Region", c.region)
	}
	if c.token != "" {
		r.Header.Set("X-TC-Token", c.token)
	}
	r.Header.Set("Authorization", fmt.Sprintf("TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%x",
		c.id, scope, signed, mac(key, toSign)))
	return r
}

// ask sends a request and decodes the answer into v, which has to be a pointer to the inner object.
func ask(t *testing.T, e *Emulator, r *http.Request, v any) {
	t.Helper()
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("status %d, want 200", w.Code)
	}
	var envelope struct{ Response json.RawMessage }
	if err := json.Unmarshal(w.Body.Bytes(), &envelope); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(envelope.Response, v); err != nil {
		t.Fatal(err)
	}
}

// result makes a call at the emulator's time and returns what it answers, which must not be a refusal.
func result[T any](t *testing.T, e *Emulator, call tc3Call) T {
	t.Helper()
	call.at = e.options.Clock.Now()
	var raw json.RawMessage
	ask(t, e, call.request(), &raw)
	var refused struct{ Error *tencentError }
	var v T
	if err := errors.Join(json.Unmarshal(raw, &refused), json.Unmarshal(raw, &v)); err != nil {
		t.Fatal(err)
	}
	if refused.Error != nil {
		t.Fatalf("refused: %v", refused.Error)
	}
	return v
}

// code sends a request and returns the error code of the answer.
func code(t *testing.T, e *Emulator, r *http.Request) string {
	t.Helper()
	var answer struct {
		Error     tencentError
		RequestID string `json:"RequestId"`
	}
	ask(t, e, r, &answer)
	if answer.RequestID == "" {
		t.Error("the answer has no RequestId")
	}
	return answer.Error.Code
}

// object writes a JSON object of members, changed by a second list: nil removes one.
func object(members, changes map[string]any) string {
	merged := maps.Clone(members)
	maps.Copy(merged, changes)
	maps.DeleteFunc(merged, func(_ string, v any) bool { return v == nil })
	b, err := json.Marshal(merged)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestTC3PublishedVectors(t *testing.T) {
	const payload = `{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`
	tests := []struct {
		name, id, key, signed, canonical, signature string
	}{
		{
			name:      "content-type and host",
			id:        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
			key:       "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
			signed:    "content-type;host",
			canonical: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
			signature: "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
		},
		{
			name:      "action too",
			id:        "AKID" + strings.Repeat("*", 32),
			key:       strings.Repeat("*", 32),
			signed:    "content-type;host;x-tc-action",
			canonical: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
			signature: "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			verify := func(signature, body string) error {
				e := New(Options{SecretID: test.id, SecretKey: test.key, Clock: clock.At(time.Unix(1551113065, 0))})
				var result error
				e.mux.HandleFunc("/cvm", func(_ http.ResponseWriter, r *http.Request) {
					if got := sha256Hex([]byte(tc3CanonicalRequest(r, r.Host, strings.Split(test.signed, ";")))); body == payload && got != test.canonical {
						t.Errorf("canonical request has hash %s, want %s", got, test.canonical)
					}
					result = e.verifyTC3("cvm", r)
				})
				r := httptest.NewRequest(http.MethodPost, "https://cvm.tencentcloudapi.com/cvm", strings.NewReader(body))
				r.Header.Set("Content-Type", "application/json; charset=utf-8")
				r.Header.Set("X-TC-Action", "DescribeInstances")
				r.Header.Set("X-TC-Timestamp", "1551113065")
				r.Header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+test.id+"/2019-02-25/cvm/tc3_request, SignedHeaders="+test.signed+", Signature="+signature)
				e.ServeHTTP(httptest.NewRecorder(), r)
				return result
			}
			if err := verify(test.signature, payload); err != nil {
				t.Errorf("refused: %v", err)
			}
			if err := verify("0"+test.signature[1:], payload); err == nil {
				t.Error("accepted another signature")
			}
			if err := verify(test.signature, payload+" "); err == nil {
				t.Error("accepted another body")
			}
		})
	}
}

func TestTencentRefusals(t *testing.T) {
	body := object(flowRequest, nil)
	tests := []struct {
		name   string
		change func(*tc3Call)
		forge  func(*http.Request)
		want   string
	}{
		{name: "accepted"},
		{name: "action signed", change: func(c *tc3Call) { c.signAction = true }},
		{
			name:   "action changed after signing",
			change: func(c *tc3Call) { c.signAction, c.name = true, "GetStatisticDataByName" },
			forge:  func(r *http.Request) { r.Header.Set("X-TC-Action", "GetFlowStatistic") },
			want:   "AuthFailure.SignatureFailure",
		},
		{name: "key", change: func(c *tc3Call) { c.key += "x" }, want: "AuthFailure.SignatureFailure"},
		{name: "id", change: func(c *tc3Call) { c.id += "x" }, want: "AuthFailure.SecretIdNotFound"},
		{name: "service", change: func(c *tc3Call) { c.service = "trro" }, want: "AuthFailure.SignatureFailure"},
		{name: "date", change: func(c *tc3Call) { c.date = "2026-03-11" }, want: "AuthFailure.SignatureFailure"},
		{name: "token", change: func(c *tc3Call) { c.token = "other" }, want: "AuthFailure.TokenFailure"},
		{name: "five minutes old", change: func(c *tc3Call) { c.at = noon.Add(-5 * time.Minute) }},
		{name: "old", change: func(c *tc3Call) { c.at = noon.Add(-5*time.Minute - time.Second) }, want: "AuthFailure.SignatureExpire"},
		{name: "early", change: func(c *tc3Call) { c.at = noon.Add(5*time.Minute + time.Second) }, want: "AuthFailure.SignatureExpire"},
		{name: "action", change: func(c *tc3Call) { c.name = "GetFlow" }, want: "InvalidAction"},
		{name: "version", change: func(c *tc3Call) { c.version = "2022-03-25" }, want: "NoSuchVersion"},
		{name: "no action", forge: func(r *http.Request) { r.Header.Del("X-TC-Action") }, want: "MissingParameter"},
		{name: "no version", forge: func(r *http.Request) { r.Header.Del("X-TC-Version") }, want: "MissingParameter"},
		{name: "no timestamp", forge: func(r *http.Request) { r.Header.Del("X-TC-Timestamp") }, want: "MissingParameter"},
		{name: "timestamp", forge: func(r *http.Request) { r.Header.Set("X-TC-Timestamp", "soon") }, want: "InvalidParameterValue"},
		{name: "no authorization", forge: func(r *http.Request) { r.Header.Del("Authorization") }, want: "AuthFailure.InvalidAuthorization"},
		{
			name: "host not signed",
			forge: func(r *http.Request) {
				r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), ";host", "", 1))
			},
			want: "AuthFailure.InvalidAuthorization",
		},
		{name: "host", forge: func(r *http.Request) { r.Host = "trro.example.com" }, want: "AuthFailure.SignatureFailure"},
		{name: "query", forge: func(r *http.Request) { r.URL.RawQuery = "a=b" }, want: "AuthFailure.SignatureFailure"},
		{name: "body not signed", change: func(c *tc3Call) { c.unsigned = true }},
		{
			name:   "body not signed, and no word of it",
			change: func(c *tc3Call) { c.unsigned = true },
			forge:  func(r *http.Request) { r.Header.Del("X-TC-Content-SHA256") },
			want:   "AuthFailure.SignatureFailure",
		},
		{
			name:  "signed body and word that it is not",
			forge: func(r *http.Request) { r.Header.Set("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD") },
			want:  "AuthFailure.SignatureFailure",
		},
		{
			name:   "port not signed",
			change: func(c *tc3Call) { c.signedHost = "127.0.0.1" },
			forge:  func(r *http.Request) { r.Host = "127.0.0.1:4180" },
		},
		{
			name:   "another port signed",
			change: func(c *tc3Call) { c.signedHost = "127.0.0.1:80" },
			forge:  func(r *http.Request) { r.Host = "127.0.0.1:4180" },
			want:   "AuthFailure.SignatureFailure",
		},
		{name: "method", forge: func(r *http.Request) { r.Method = http.MethodPut }, want: "UnsupportedProtocol"},
		{name: "GET with the type of POST", forge: func(r *http.Request) { r.Method = http.MethodGet }, want: "UnsupportedProtocol"},
		{name: "content type", forge: func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, want: "UnsupportedProtocol"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := New(Options{Clock: clock.At(noon), Token: "token"})
			call := mnaCall("GetFlowStatistic", body)
			call.token = "token"
			if test.change != nil {
				test.change(&call)
			}
			r := call.request()
			if test.forge != nil {
				test.forge(r)
			}
			if got := code(t, e, r); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
			if got := e.Calls()[0].Code; got != test.want {
				t.Errorf("recorded code %q, want %q", got, test.want)
			}
		})
	}
}

// TestTencentGET has parameters in the query, as https://cloud.tencent.com/document/api/228/30978 describes.
func TestTencentGET(t *testing.T) {
	e := unlimited(noon)
	get := func(call tc3Call, query string) *http.Request {
		call.query, call.body = query, ""
		return call.request()
	}
	want := flow(t, e, map[string]any{"DeviceId": "-1", "DeviceList": []string{"a", "b"}})
	call := mnaCall("GetFlowStatistic", "")
	query := fmt.Sprintf("BeginTime=%d&DeviceId=-1&DeviceList.0=a&DeviceList.1=b&EndTime=%d&TimeGranularity=1&Type=3", midnight-86400, midnight-1)
	var got flowStatistic
	ask(t, e, get(call, query), &got)
	got.RequestID, want.RequestID = "", ""
	if diff := cmp.Diff(want, got); diff != "" || len(got.NetDetails) == 0 {
		t.Error(diff)
	}
	var places districtISPData
	ask(t, e, get(districtCall(nil), "Districts.0=4&Districts.1=-2&Domains.0=www.example.com&EndTime=2026-03-10%2009%3A59%3A59&Isps.0=2&Isps.1=-1"+
		"&Metric=flux&StartTime=2026-03-10%2007%3A00%3A00"), &places)
	if len(places.Data) != 2 {
		t.Errorf("%d series, want 2", len(places.Data))
	}
	role := "RoleArn=" + url.QueryEscape("qcs::cam::uin/100000000001:roleName/reader") + "&RoleSessionName=test&"
	for query, want := range map[string]string{
		role + "DurationSeconds=600&Tags.0.Key=a&Tags.0.Value=b&Tags.1.Key=c": "",
		role + "DurationSeconds=an+hour":                                      "InvalidParameter",
		role + "Tags.0.Key=a&Tags.1.Key=a":                                    stsBadParameter,
		role + "Tags.1.Key=a":                                                 "InvalidParameter",
		role + "Tags.Key=a":                                                   "InvalidParameter",
		role + "Tags=a&Tags.0.Key=a":                                          "InvalidParameter",
		role + "Policy.0.0.0.0.0=a":                                           "InvalidParameter",
		role + "RoleArn=a":                                                    "InvalidParameter",
		role + "Action=AssumeRole":                                            "UnknownParameter",
		role + "Policy=%25zz":                                                 "InvalidParameter.StrategyFormatError",
		role + "Policy=%zz":                                                   "InvalidParameter",
	} {
		if got := code(t, e, get(stsCall("AssumeRole", ""), query)); got != want {
			t.Errorf("%s: code %q, want %q", query, got, want)
		}
	}
	if got := code(t, e, mnaCall("GetFlowStatistic", object(flowRequest, map[string]any{"Type": "3"})).request()); got != "InvalidParameterValue" {
		t.Errorf("a POST with a number in quotes: code %q", got)
	}
}

func TestTencentRateLimit(t *testing.T) {
	now := noon
	e := New(Options{Clock: clock.Func(func() time.Time { return now })})
	send := func() string {
		call := mnaCall("GetFlowStatistic", object(flowRequest, nil))
		call.at = now
		return code(t, e, call.request())
	}
	for range 20 {
		if got := send(); got != "" {
			t.Fatalf("refused with %s within the limit", got)
		}
	}
	if got := send(); got != "RequestLimitExceeded" {
		t.Errorf("the 21st call in a second got %q", got)
	}
	now = now.Add(999 * time.Millisecond)
	if got := send(); got != "RequestLimitExceeded" {
		t.Errorf("a call within the same second got %q", got)
	}
	now = now.Add(time.Millisecond)
	if got := send(); got != "" {
		t.Errorf("a call one second later got %q", got)
	}
}
