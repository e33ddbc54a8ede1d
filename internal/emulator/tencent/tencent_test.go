// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencent_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

func TestRequestsAreChecked(t *testing.T) {
	body := emulatortest.Object(emulatortest.FlowMembers, nil)
	tests := []struct {
		name   string
		change func(*emulatortest.Call)
		forge  func(*http.Request)
		want   string
	}{
		{name: "accepted"},
		{name: "action signed", change: func(c *emulatortest.Call) { c.SignAction = true }},
		{
			name:   "action changed after signing",
			change: func(c *emulatortest.Call) { c.SignAction, c.Action = true, "GetStatisticDataByName" },
			forge:  func(r *http.Request) { r.Header.Set("X-TC-Action", "GetFlowStatistic") },
			want:   "AuthFailure.SignatureFailure",
		},
		{name: "key", change: func(c *emulatortest.Call) { c.Key += "x" }, want: "AuthFailure.SignatureFailure"},
		{name: "id", change: func(c *emulatortest.Call) { c.ID += "x" }, want: "AuthFailure.SecretIdNotFound"},
		{name: "service", change: func(c *emulatortest.Call) { c.Service = "trro" }, want: "AuthFailure.SignatureFailure"},
		{name: "date", change: func(c *emulatortest.Call) { c.Date = "2026-03-11" }, want: "AuthFailure.SignatureFailure"},
		{name: "token", change: func(c *emulatortest.Call) { c.Token = "other" }, want: "AuthFailure.TokenFailure"},
		{name: "five minutes old", change: func(c *emulatortest.Call) { c.At = emulatortest.Noon.Add(-5 * time.Minute) }},
		{name: "old", change: func(c *emulatortest.Call) { c.At = emulatortest.Noon.Add(-5*time.Minute - time.Second) }, want: "AuthFailure.SignatureExpire"},
		{name: "early", change: func(c *emulatortest.Call) { c.At = emulatortest.Noon.Add(5*time.Minute + time.Second) }, want: "AuthFailure.SignatureExpire"},
		{name: "action", change: func(c *emulatortest.Call) { c.Action = "GetFlow" }, want: "InvalidAction"},
		{name: "version", change: func(c *emulatortest.Call) { c.Version = "2022-03-25" }, want: "NoSuchVersion"},
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
		{name: "body not signed", change: func(c *emulatortest.Call) { c.Unsigned = true }},
		{
			name:   "body not signed, and no word of it",
			change: func(c *emulatortest.Call) { c.Unsigned = true },
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
			change: func(c *emulatortest.Call) { c.SignedHost = "127.0.0.1" },
			forge:  func(r *http.Request) { r.Host = "127.0.0.1:4180" },
		},
		{
			name:   "another port signed",
			change: func(c *emulatortest.Call) { c.SignedHost = "127.0.0.1:80" },
			forge:  func(r *http.Request) { r.Host = "127.0.0.1:4180" },
			want:   "AuthFailure.SignatureFailure",
		},
		{name: "method", forge: func(r *http.Request) { r.Method = http.MethodPut }, want: "UnsupportedProtocol"},
		{name: "GET with the type of POST", forge: func(r *http.Request) { r.Method = http.MethodGet }, want: "UnsupportedProtocol"},
		{name: "content type", forge: func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, want: "UnsupportedProtocol"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Token: "token"})
			call := emulatortest.MNA("GetFlowStatistic", body)
			call.Token = "token"
			if test.change != nil {
				test.change(&call)
			}
			r := call.Request()
			if test.forge != nil {
				test.forge(r)
			}
			if got := emulatortest.Code(t, e, r); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
			if got := e.Calls()[0].Code; got != test.want {
				t.Errorf("recorded code %q, want %q", got, test.want)
			}
		})
	}
}

// Parameters of a GET are in the query, as https://cloud.tencent.com/document/api/228/30978 describes.
func TestParametersInTheQuery(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	get := func(call emulatortest.Call, query string) *http.Request {
		call.Query, call.Body = query, ""
		return call.Request()
	}
	result := func(r *http.Request) map[string]any {
		var result map[string]any
		if err := json.Unmarshal(emulatortest.Ask(t, e, r), &result); err != nil {
			t.Fatal(err)
		}
		delete(result, "RequestId")
		return result
	}
	want := result(emulatortest.Flow(map[string]any{"DeviceId": "-1", "DeviceList": []string{"a", "b"}}).Request())
	got := result(get(emulatortest.Flow(nil), fmt.Sprintf("BeginTime=%d&DeviceId=-1&DeviceList.0=a&DeviceList.1=b&EndTime=%d&TimeGranularity=1&Type=3",
		emulatortest.Midnight-86400, emulatortest.Midnight-1)))
	if diff := cmp.Diff(want, got); diff != "" || got["TotalValue"] == nil {
		t.Error(diff)
	}
	places := result(get(emulatortest.CDN("DescribeDistrictIspData", ""), "Districts.0=4&Districts.1=-2&Domains.0=www.example.com"+
		"&EndTime=2026-03-10%2009%3A59%3A59&Isps.0=2&Isps.1=-1&Metric=flux&StartTime=2026-03-10%2007%3A00%3A00"))
	if data, _ := places["Data"].([]any); len(data) != 2 {
		t.Errorf("answered %v, want 2 series", places)
	}
	role := "RoleArn=" + url.QueryEscape("qcs::cam::uin/100000000001:roleName/reader") + "&RoleSessionName=test&"
	for query, want := range map[string]string{
		role + "DurationSeconds=600&Tags.0.Key=a&Tags.0.Value=b&Tags.1.Key=c": "",
		role + "DurationSeconds=an+hour":                                      "InvalidParameter",
		role + "Tags.0.Key=a&Tags.1.Key=a":                                    "InvalidParameter.ParamError",
		role + "Tags.1.Key=a":                                                 "InvalidParameter",
		role + "Tags.Key=a":                                                   "InvalidParameter",
		role + "Tags=a&Tags.0.Key=a":                                          "InvalidParameter",
		role + "Policy.0.0.0.0.0=a":                                           "InvalidParameter",
		role + "RoleArn=a":                                                    "InvalidParameter",
		role + "Action=AssumeRole":                                            "UnknownParameter",
		role + "Policy=%25zz":                                                 "InvalidParameter.StrategyFormatError",
		role + "Policy=%zz":                                                   "InvalidParameter",
	} {
		if got := emulatortest.Code(t, e, get(emulatortest.STS("AssumeRole", ""), query)); got != want {
			t.Errorf("%s: code %q, want %q", query, got, want)
		}
	}
	if got := emulatortest.Code(t, e, emulatortest.Flow(map[string]any{"Type": "3"}).Request()); got != "InvalidParameterValue" {
		t.Errorf("a POST with a number in quotes: code %q", got)
	}
}

func TestRateLimitHoldsInAnySecond(t *testing.T) {
	now := emulatortest.Noon
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	send := func() string {
		call := emulatortest.Flow(nil)
		call.At = now
		return emulatortest.Code(t, e, call.Request())
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

// MNA and TRRO both have an action GetDevices. The version of the request tells them apart.
func TestServicesShareNamesOfActions(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
	first := emulatortest.MNA("GetDevices", `{"PageSize": -1, "PageNumber": -1}`)
	second := emulatortest.TRRO("GetDevices", `{"PageSize": 10, "PageNum": 1}`)
	for i := range 20 {
		for _, call := range []emulatortest.Call{first, second} {
			if got := emulatortest.Code(t, e, call.Request()); got != "" {
				t.Fatalf("call %d to %s: code %q, though each service has its own limit", i, call.Service, got)
			}
		}
	}
	if got := emulatortest.Code(t, e, second.Request()); got != "RequestLimitExceeded" {
		t.Errorf("the 21st call got %q", got)
	}
	if mna, trro := len(e.CallsTo(emulator.MNA)), len(e.CallsTo(emulator.TRRO)); mna != 20 || trro != 21 {
		t.Errorf("%d calls to MNA and %d to TRRO", mna, trro)
	}
	second.Service = "mna"
	if got := emulatortest.Code(t, e, second.Request()); got != "AuthFailure.SignatureFailure" {
		t.Errorf("TRRO's action signed for MNA: code %q", got)
	}
	second.Version = "2020-01-01"
	if got := emulatortest.Code(t, e, second.Request()); got != "NoSuchVersion" {
		t.Errorf("a version that no service has: code %q", got)
	}
}
