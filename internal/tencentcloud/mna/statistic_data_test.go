// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// presigned is a URL like those of the vendor.
const presigned = "https://bucket-1250000000.cos.ap-shanghai.example.com/statistics/testdev-2025-09-22%2020%3A46.xlsx" +
	"?x-cos-security-token=token&q-sign-algorithm=sha1&q-ak=AKIDexample&q-sign-time=1758545599%3B1758549199" +
	"&q-key-time=1758545599%3B1758549199&q-header-list=host&q-url-param-list=x-cos-security-token&q-signature=e615939623f1"

func TestGetStatisticDataByNameSendsTheGivenFields(t *testing.T) {
	for want, request := range map[string]GetStatisticDataByNameRequest{
		`{"DeviceName":"testdev","BeginTime":1758545194,"EndTime":1758545494,"TimeGranularity":1}`: {
			DeviceName: new("testdev"), BeginTime: new(int64(1758545194)), EndTime: new(int64(1758545494)), TimeGranularity: new(Hour),
		},
		`{"DeviceName":"-1","BeginTime":0,"EndTime":1,"TimeGranularity":2,"AccessRegion":"EU","GatewayType":0,"DeviceList":["a"],"GroupId":"g","MpApplicationId":"app-1"}`: {
			DeviceName: new(NoDevice), BeginTime: new(int64(0)), EndTime: new(int64(1)), TimeGranularity: new(Day), AccessRegion: new("EU"),
			GatewayType: new(PublicGateway), DeviceList: []*string{new("a")}, GroupID: new("g"), MpApplicationID: new("app-1"),
		},
	} {
		client, got := newClient(t, response(`"FilePath":"`+presigned+`"`))
		if _, err := client.GetStatisticDataByName(t.Context(), request); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(received{"GetStatisticDataByName 2021-01-19", "", want}, *got, cmp.AllowUnexported(received{})); diff != "" {
			t.Error(diff)
		}
	}
}

func TestGetStatisticDataByNameReadsTheSignature(t *testing.T) {
	end := time.Unix(1758549199, 0).UTC()
	for name, test := range map[string]struct {
		address string
		expires time.Time
	}{
		"as documented":        {presigned, end},
		"with a bare ;":        {strings.ReplaceAll(presigned, "%3B", ";"), end},
		"without a signature":  {"http://files.example.com/f.xlsx", time.Time{}},
		"of another parameter": {"https://files.example.com/f.xlsx?xq-sign-time=1;2", time.Time{}},
	} {
		client, _ := newClient(t, response(`"FilePath":"`+test.address+`"`))
		got, err := client.GetStatisticDataByName(t.Context(), GetStatisticDataByNameRequest{})
		want := &StatisticData{FilePath: test.address, ExpiresAt: test.expires, RequestID: "r-1"}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestGetStatisticDataByNameRefusesInvalidURLs(t *testing.T) {
	for members, want := range map[string]string{
		`"FilePath":""`:   "$.Response.FilePath: there is no URL",
		`"FilePath":null`: "$.Response.FilePath: there is no URL",
		`"Unknown":1`:     "$.Response.FilePath: there is no URL",
		`"FilePath":"https://canary.example.com/\u007f?q-signature=canary"`:                 "$.Response.FilePath: not a URL",
		`"FilePath":"https://canary.example.com/?q-sign-time=canary%zz"`:                    "$.Response.FilePath: its q-sign-time is not properly escaped",
		`"FilePath":"https://canary.example.com/?q-sign-time=canary&q-signature=x"`:         "$.Response.FilePath: its q-sign-time has no end in unix seconds",
		`"FilePath":"https://canary.example.com/?q-sign-time=1;canary"`:                     "$.Response.FilePath: its q-sign-time has no end in unix seconds",
		`"FilePath":"https://canary.example.com/?q-sign-time=1;-2&q-signature=canary"`:      "$.Response.FilePath: its q-sign-time has no end in unix seconds",
		`"FilePath":"https://canary.example.com/?q-sign-time=1;99999999999&q-signature=x"`:  "$.Response.FilePath: its q-sign-time has no end in unix seconds",
		`"FilePath":"https://canary.example.com/?q-sign-time=1;1e9&q-signature=canary"`:     "$.Response.FilePath: its q-sign-time has no end in unix seconds",
		`"FilePath":"https://canary.example.com/?q-sign-time=1;2;3&x-cos-security-token=x"`: "$.Response.FilePath: its q-sign-time has no end in unix seconds",
	} {
		client, _ := newClient(t, response(members))
		got, err := client.GetStatisticDataByName(t.Context(), GetStatisticDataByNameRequest{})
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != want || got != nil {
			t.Errorf("%s: %v, want %s", members, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("the address is in the error %v", err)
		}
	}
}

func FuzzExpiry(f *testing.F) {
	for _, address := range []string{presigned, "", "://", "javascript:alert(1)", "?q-sign-time=", "?q-sign-time=1;2", "?q-sign-time=%3B9999999999", "?q-sign-time=;-1", "?a&q-sign-time=%"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		got, err := expiry(address)
		if err != nil && !got.IsZero() || err == nil && !got.IsZero() && (got.Unix() < 0 || got.Unix() > 9_999_999_999) {
			t.Errorf("expiry(%q) = %s, %v", address, got, err)
		}
		if err != nil && len(err.Error()) > 60 {
			t.Errorf("the error may hold the address: %v", err)
		}
	})
}
