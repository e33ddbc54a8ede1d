// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// The first device is the vendor's own example, whose Length and TotalPage are 899.
const deviceSample = `{"AccessScope":0,"CreateTime":"1663310188000","DeviceId":"mna-w795bzezug","DeviceName":"dev2233","FlowTrunc":0,
	"GroupId":"","GroupName":"","LastTime":"1719454676000","LicensePayMode":0,"Payer":0,"Remark":"","Sn":"","Vendor":""}`

func TestGetDevices(t *testing.T) {
	client, got := newClient(t, response(`"DeviceInfos":[`+deviceSample+`,
		{"DeviceId":"mna-b","DeviceName":"gate\u001b 7","CreateTime":"1711076263","LastTime":"","Remark":"roof","AccessScope":2,"LicensePayMode":-1,
			"Payer":1,"GroupId":"cliGrp-a","GroupName":"north","FlowTrunc":1,"Sn":"sn-1","Vendor":"v","AllowedRegions":["MC","AP"],"DataKey":{"unread":[1]}},
		{"DeviceId":"mna-a","LastTime":"0","AllowedRegions":null}],"Length":2,"TotalPage":1`))
	devices, err := client.GetDevices(t.Context(), GetDevicesRequest{})
	want := []Device{
		{ID: "mna-a", AllowedRegions: []string{}},
		{
			ID: "mna-b", Name: "gate 7", Remark: "roof", GroupID: "cliGrp-a", GroupName: "north", CreatedAt: time.Unix(1711076263, 0).UTC(),
			AccessScope: "2", LicensePayMode: "-1", Payer: "1", FlowTrunc: "1", SerialNumber: "sn-1", Vendor: "v", AllowedRegions: []string{"MC", "AP"},
		},
		{
			ID: "mna-w795bzezug", Name: "dev2233", CreatedAt: time.Unix(1663310188, 0).UTC(), LastOnlineAt: time.Unix(1719454676, 0).UTC(),
			AccessScope: "0", LicensePayMode: "0", Payer: "0", FlowTrunc: "0",
		},
	}
	if diff := cmp.Diff(want, devices); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	sent := received{"GetDevices 2021-01-19", "", `{"PageNumber":-1,"PageSize":-1}`}
	if diff := cmp.Diff(sent, *got, cmp.AllowUnexported(received{})); diff != "" {
		t.Error(diff)
	}
}

func TestGetDevicesSendsTheFilters(t *testing.T) {
	client, got := newClient(t, response(`"DeviceInfos":[]`))
	devices, err := client.GetDevices(t.Context(), GetDevicesRequest{Keyword: new("north"), DeviceType: new(ThirdPartyDevice)})
	if want := `{"PageNumber":-1,"PageSize":-1,"Keyword":"north","DeviceType":2}`; err != nil || got.body != want || devices == nil {
		t.Errorf("sent %s, want %s; got %v, %v", got.body, want, devices, err)
	}
}

// A count above the number of devices means that the vendor did not return all of them at once.
func TestGetDevicesReadsPagesIfThePageIsNotWhole(t *testing.T) {
	var pages []string
	client := connect(t, func(r received) string {
		pages = append(pages, r.body)
		if strings.HasPrefix(r.body, `{"PageNumber":2,`) {
			return response(`"DeviceInfos":[],"Length":899`)
		}
		return response(`"DeviceInfos":[` + deviceSample + `],"Length":899,"TotalPage":899`)
	})
	devices, err := client.GetDevices(t.Context(), GetDevicesRequest{})
	if err != nil || len(devices) != 1 || len(pages) != 5 {
		t.Errorf("%v, %v after %v", devices, err, pages)
	}
}

// The first package is the vendor's own example.
const packageSample = `{"ActiveTime":1734613941,"AppId":251198806,"CapacityRemain":50000,"CapacityRemainPrecise":49999.5,"CapacitySize":50000,
	"CreateTime":1734613920,"DeviceList":["mna-6t5t54hcry","mna-s72mu68gh3"],"ExpireTime":1737292340,"ModifyStatus":0,
	"PackageType":"DEVICE_2_FLOW_50G","RenewFlag":true,"ResourceId":"live-jjc000eABvgr_qt","Status":1,"TruncFlag":false}`

func TestGetFlowPackages(t *testing.T) {
	client := connect(t, func(r received) string {
		if strings.HasPrefix(r.body, `{"PageNumber":1,`) {
			return response(`"PackageList":[` + packageSample + `,
				{"ResourceId":"live-b","Status":0,"ActiveTime":0,"CapacityRemain":20000,"CapacityRemainPrecise":null,"RenewFlag":null,"DeviceList":[]},
				{"ResourceId":"live-a","Status":2,"CapacityRemain":7,"CapacityRemainPrecise":0,"RenewFlag":"false"}],"Total":506`)
		}
		return response(`"PackageList":null`)
	})
	packages, err := client.GetFlowPackages(t.Context(), "", GetFlowPackagesRequest{})
	want := []FlowPackage{
		{ResourceID: "live-a", Status: "2", Remaining: number(t, "0"), Renews: new(false)},
		{ResourceID: "live-b", Status: "0", Remaining: number(t, "20000"), DeviceIDs: []string{}},
		{
			ResourceID: "live-jjc000eABvgr_qt", PackageType: "DEVICE_2_FLOW_50G", Status: "1", CreatedAt: time.Unix(1734613920, 0).UTC(),
			ActivatedAt: time.Unix(1734613941, 0).UTC(), ExpiresAt: time.Unix(1737292340, 0).UTC(),
			DeviceIDs: []string{"mna-6t5t54hcry", "mna-s72mu68gh3"}, Capacity: number(t, "50000"), Remaining: number(t, "49999.5"), Renews: new(true),
		},
	}
	if diff := cmp.Diff(want, packages); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestGetFlowPackagesSendsTheGivenFields(t *testing.T) {
	for want, request := range map[string]GetFlowPackagesRequest{
		`{"PageNumber":1,"PageSize":100}`: {},
		`{"PageNumber":1,"PageSize":100,"ResourceId":"live-a","DeviceId":"mna-a","Status":0}`: {
			ResourceID: new("live-a"), DeviceID: new("mna-a"), Status: new(PendingPackage),
		},
	} {
		client, got := newClient(t, response(`"PackageList":[],"Total":0`))
		if _, err := client.GetFlowPackages(t.Context(), "ap-guangzhou", request); err != nil {
			t.Error(err)
		}
		sent := received{"GetFlowPackages 2021-01-19", "ap-guangzhou", want}
		if diff := cmp.Diff(sent, *got, cmp.AllowUnexported(received{})); diff != "" {
			t.Error(diff)
		}
	}
}

// The vendor returns 10 packages at most, its count is wrong, and packages come and go at the front after each first page.
func TestGetFlowPackagesFindsEveryPackageOfAListThatChanges(t *testing.T) {
	all := make([]string, 45)
	for i := range all {
		all[i] = fmt.Sprintf("live-%02d", i)
	}
	calls := 0
	client := connect(t, func(r received) string {
		var page struct{ PageNumber, PageSize int }
		if err := json.Unmarshal([]byte(r.body), &page); err != nil {
			t.Error(err)
		}
		calls++
		if page.PageNumber == 2 && calls < 8 {
			all = all[1:]
		} else if page.PageNumber == 2 {
			all = slices.Insert(all, 0, fmt.Sprintf("new-%02d", calls))
		}
		size := min(10, page.PageSize)
		start := min((page.PageNumber-1)*size, len(all))
		end := min(start+size, len(all))
		var list []string
		for _, id := range all[start:end] {
			list = append(list, `{"ResourceId":"`+id+`"}`)
		}
		return response(`"PackageList":[` + strings.Join(list, ",") + `],"Total":10`)
	})
	packages, err := client.GetFlowPackages(t.Context(), "", GetFlowPackagesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range packages {
		if strings.HasPrefix(p.ResourceID, "live-") {
			got = append(got, p.ResourceID)
		}
	}
	for i := range 43 {
		if id := fmt.Sprintf("live-%02d", i+2); !slices.Contains(got, id) {
			t.Errorf("%s is missing", id)
		}
	}
	if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Errorf("got %v", got)
	}
}

func TestListErrorsNameThePlace(t *testing.T) {
	for members, want := range map[string]string{
		`"DeviceInfos":[{"DeviceId":"a"},{"DeviceName":"b"}]`:                    `$.Response.DeviceInfos[1]: there is no ID`,
		`"DeviceInfos":[{"DeviceId":"a","CreateTime":"noon"}]`:                   `$.Response.DeviceInfos[0].CreateTime: "noon" is not a time in unix seconds, unix milliseconds or RFC 3339`,
		`"DeviceInfos":[{"DeviceId":"a","AllowedRegions":"MC"}]`:                 `$.Response.DeviceInfos[0].AllowedRegions: unexpected string`,
		`"PackageList":[{"ResourceId":"a","CapacityRemain":"half"}]`:             `$.Response.PackageList[0].CapacityRemain: not a decimal number: "half"`,
		`"PackageList":[{"ResourceId":"a","RenewFlag":"maybe"}]`:                 `$.Response.PackageList[0].RenewFlag: not a boolean: "maybe"`,
		`"PackageList":[{"ResourceId":"a","DeviceList":[{}]}]`:                   `$.Response.PackageList[0].DeviceList[0]: unexpected object`,
		`"PackageList":[{"ResourceId":"a"},{"ResourceId":null}]`:                 `$.Response.PackageList[1]: there is no ID`,
		`"PackageList":[{"ResourceId":"a","ExpireTime":1737292340,"Status":{}}]`: `$.Response.PackageList[0].Status: unexpected object`,
	} {
		client, _ := newClient(t, response(members))
		var err error
		if strings.HasPrefix(members, `"DeviceInfos"`) {
			_, err = client.GetDevices(t.Context(), GetDevicesRequest{})
		} else {
			_, err = client.GetFlowPackages(t.Context(), "", GetFlowPackagesRequest{})
		}
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != want {
			t.Errorf("%s: %v, want %s", members, err, want)
		}
	}
}
