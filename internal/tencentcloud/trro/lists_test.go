// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// The vendor's own examples.
const (
	projectSample = `{"ModifyTime":"2022-03-22T13:08:04+08:00","ProjectName":"mytest2","ProjectId":"f3glr49r2nwpey5c",
		"ProjectDescription":"test2","PolicyMode":"black"}`
	deviceSample = `{"DeviceId":"dev1","DeviceName":"vin234","LicenseCount":2,"RemainDay":30,"ExpireTime":"167840945","Duration":"86400",
		"MonthlyRemainTime":66000,"LimitedTime":60000,
		"LicenseIds":["trro-2e24a74a-67ea-1732-076d-75bf772529a","trro-2e24a74a-67ea-1732-073d-75bf772579a"]}`
)

// firstPage returns a client whose server returns these members for the first page, and nothing for others.
func firstPage(t *testing.T, members string) (*Client, *[]received) {
	t.Helper()
	var requests []received
	return connect(t, func(r received) string {
		requests = append(requests, r)
		if strings.Contains(r.body, `":1,`) {
			return members
		}
		return ""
	}), &requests
}

func TestDescribeProjectList(t *testing.T) {
	client, got := firstPage(t, `"Num":2,"Total":2,"Projects":[`+projectSample+`,{"ProjectId":"a","ProjectName":"gate\u001b 7","ModifyTime":null,"Key":"unread"}],`)
	projects, err := client.DescribeProjectList(t.Context(), "ap-guangzhou")
	want := []Project{
		{ID: "a", Name: "gate 7"},
		{
			ID: "f3glr49r2nwpey5c", Name: "mytest2", Description: "test2", PolicyMode: "black",
			ModifiedAt: time.Date(2022, 3, 22, 5, 8, 4, 0, time.UTC),
		},
	}
	if diff := cmp.Diff(want, projects); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	sent := []received{
		{"DescribeProjectList 2022-03-25", "ap-guangzhou", `{"PageNumber":1,"PageSize":100}`},
		{"DescribeProjectList 2022-03-25", "ap-guangzhou", `{"PageNumber":2,"PageSize":2}`},
	}
	if diff := cmp.Diff(sent, *got, cmp.AllowUnexported(received{})); diff != "" {
		t.Error(diff)
	}
}

func TestGetDevices(t *testing.T) {
	client, got := firstPage(t, `"TotalCount":3,"Devices":[`+deviceSample+`,`+deviceSample+`,
		{"DeviceId":"dev0","LicenseCount":0,"RemainDay":null,"ExpireTime":167840945,"LimitedTime":"60","LicenseIds":null}],`)
	devices, err := client.GetDevices(t.Context(), "", new("p"))
	expiry := time.Unix(167840945, 0).UTC()
	want := []Device{
		{ID: "dev0", LicenseCount: number(t, "0"), ExpiresAt: expiry, LimitedTime: number(t, "60"), LicenseIDs: []string{}},
		{
			ID: "dev1", Name: "vin234", LicenseCount: number(t, "2"), RemainingDays: number(t, "30"), ExpiresAt: expiry,
			MonthlyRemainTime: number(t, "66000"), LimitedTime: number(t, "60000"),
			LicenseIDs: []string{"trro-2e24a74a-67ea-1732-076d-75bf772529a", "trro-2e24a74a-67ea-1732-073d-75bf772579a"},
		},
	}
	if diff := cmp.Diff(want, devices); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	sent := []received{
		{"GetDevices 2022-03-25", "", `{"PageNum":1,"PageSize":100,"ProjectId":"p"}`},
		{"GetDevices 2022-03-25", "", `{"PageNum":2,"PageSize":3,"ProjectId":"p"}`},
	}
	if diff := cmp.Diff(sent, *got, cmp.AllowUnexported(received{})); diff != "" {
		t.Error(diff)
	}
	if _, err := client.GetDevices(t.Context(), "", nil); err != nil || (*got)[2].body != `{"PageNum":1,"PageSize":100}` {
		t.Errorf("all projects: %v, sent %v", err, *got)
	}
}

func TestListErrorsNameThePlace(t *testing.T) {
	for members, want := range map[string]string{
		`"Projects":[{"ProjectId":"a"},{"ProjectName":"b"}],`:             `$.Response.Projects[1]: there is no ID`,
		`"Projects":[{"ProjectId":"a","ModifyTime":"2022-03-22"}],`:       `$.Response.Projects[0].ModifyTime: "2022-03-22" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`"Devices":[{"DeviceId":"a"},{}],`:                                `$.Response.Devices[1]: there is no ID`,
		`"Devices":[{"DeviceId":"a","RemainDay":"x"}],`:                   `$.Response.Devices[0].RemainDay: not a decimal number: "x"`,
		`"Devices":[{"DeviceId":"a","LicenseIds":{}}],`:                   `$.Response.Devices[0].LicenseIds: unexpected object`,
		`"Devices":[{"DeviceId":"a","ExpireTime":99999999999999}],`:       `$.Response.Devices[0].ExpireTime: "99999999999999" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`"Devices":[{"DeviceId":"a","LicenseCount":1,"LicenseCount":2}],`: `$.Response.Devices[0].LicenseCount: given twice`,
	} {
		client, _ := newClient(t, members)
		var err error
		if strings.HasPrefix(members, `"Projects"`) {
			_, err = client.DescribeProjectList(t.Context(), "")
		} else {
			_, err = client.GetDevices(t.Context(), "", nil)
		}
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != want {
			t.Errorf("%s: %v, want %s", members, err, want)
		}
	}
}
