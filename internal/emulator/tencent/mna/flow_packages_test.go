// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// flowPackage has the members of the vendor's FlowPackageInfo.
type flowPackage struct {
	ResourceID                         string `json:"ResourceId"`
	AppID                              uint64 `json:"AppId"`
	PackageType                        string
	Status                             int
	CreateTime, ActiveTime, ExpireTime int64
	DeviceList                         []string
	CapacitySize, CapacityRemain       uint64
	CapacityRemainPrecise              uint64
	RenewFlag                          bool
	ModifyStatus                       int
	TruncFlag                          bool
}

type packageList struct {
	PackageList []flowPackage
	Total       int
}

func packagesCall(changes map[string]any) emulatortest.Call {
	return emulatortest.MNA("GetFlowPackages", emulatortest.Object(map[string]any{"PageNumber": 1, "PageSize": 100}, changes))
}

// packages asks for the first hundred packages, unless changes say otherwise.
func packages(t *testing.T, e *emulator.Emulator, changes map[string]any) packageList {
	t.Helper()
	return emulatortest.Result[packageList](t, e, packagesCall(changes))
}

// month is when a package expires within a month.
const month = 30 * figures.Day

func TestFlowPackagesCoverTheFleet(t *testing.T) {
	for _, days := range []int{0, 17, 200, 1000, 5000} {
		now := emulatortest.Noon.AddDate(0, 0, days)
		e := emulatortest.Unlimited(now)
		all := packages(t, e, nil)
		if all.Total != 15 || len(all.PackageList) != 15 {
			t.Fatalf("%d packages, Total %d", len(all.PackageList), all.Total)
		}
		covered := make(map[int][]string)
		resources := make(map[string]bool)
		soon := 0
		for _, p := range all.PackageList {
			checkPackage(t, p, now.Unix())
			covered[p.Status] = append(covered[p.Status], p.DeviceList...)
			resources[p.ResourceID] = true
			if p.Status == 1 && p.ExpireTime < now.Unix()+month {
				soon++
			}
		}
		if len(resources) != 15 || soon < 3 || soon > 4 {
			t.Errorf("%s: %d resources, %d of 5 packages expire within a month", now, len(resources), soon)
		}
		want := slices.Sorted(slices.Values(devices(t, e, nil).ids()))
		for status := range 3 {
			if diff := cmp.Diff(want, slices.Sorted(slices.Values(covered[status]))); diff != "" {
				t.Errorf("%s, status %d: %s", now, status, diff)
			}
		}
	}
}

// checkPackage checks that the members of a package agree.
func checkPackage(t *testing.T, p flowPackage, now int64) {
	t.Helper()
	kinds := map[string]struct {
		devices  int
		capacity uint64
	}{
		"DEVICE_1_FLOW_20G": {1, 20_000}, "DEVICE_2_FLOW_50G": {2, 50_000}, "DEVICE_3_FLOW_100G": {3, 100_000}, "DEVICE_5_FLOW_500G": {5, 500_000},
	}
	status := 1
	switch {
	case now < p.ActiveTime:
		status = 0
	case now >= p.ExpireTime:
		status = 2
	}
	kind := kinds[p.PackageType]
	if p.Status != status || p.CreateTime > now || p.CreateTime >= p.ActiveTime || p.ActiveTime >= p.ExpireTime {
		t.Errorf("at %d: %+v", now, p)
	}
	if len(p.DeviceList) == 0 || len(p.DeviceList) > kind.devices || p.CapacitySize != kind.capacity || p.RenewFlag && p.TruncFlag {
		t.Errorf("%+v", p)
	}
	if p.CapacityRemainPrecise > p.CapacitySize || p.CapacityRemain > p.CapacityRemainPrecise || p.CapacityRemain+100 <= p.CapacityRemainPrecise ||
		(p.Status == 0) != (p.CapacityRemainPrecise == p.CapacitySize) && p.Status != 1 {
		t.Errorf("%+v", p)
	}
}

// A package keeps its identity while it becomes valid and expires, and is used up day by day.
func TestFlowPackagesAge(t *testing.T) {
	pending := packages(t, emulatortest.Unlimited(emulatortest.Noon), map[string]any{"Status": 0, "DeviceId": "mna-dev1"}).PackageList[0]
	left := pending.CapacitySize
	for _, day := range []int64{0, 1, 15, 29} {
		e := emulatortest.Unlimited(time.Unix(pending.ActiveTime+day*figures.Day, 0))
		got := packages(t, e, map[string]any{"ResourceId": pending.ResourceID}).PackageList[0]
		if got.Status != 1 || got.ActiveTime != pending.ActiveTime || got.CreateTime != pending.CreateTime {
			t.Errorf("day %d: %+v", day, got)
		}
		if got.CapacityRemainPrecise > left || (day > 0) != (got.CapacityRemainPrecise < left) {
			t.Errorf("day %d: %d MB left of %d", day, got.CapacityRemainPrecise, left)
		}
		left = got.CapacityRemainPrecise
	}
	e := emulatortest.Unlimited(time.Unix(pending.ExpireTime, 0))
	if got := packages(t, e, map[string]any{"ResourceId": pending.ResourceID}).PackageList[0]; got.Status != 2 {
		t.Errorf("at the end: %+v", got)
	}
}

func TestFlowPackagesArePagedAndFiltered(t *testing.T) {
	e := fleetOf(200)
	all := packages(t, e, map[string]any{"PageSize": 1000})
	var paged []flowPackage
	for number := 1; len(paged) < all.Total; number++ {
		page := packages(t, e, map[string]any{"PageNumber": number, "PageSize": 50})
		if len(page.PackageList) == 0 || page.Total != all.Total {
			t.Fatalf("page %d has %d packages, Total %d", number, len(page.PackageList), page.Total)
		}
		paged = append(paged, page.PackageList...)
	}
	if diff := cmp.Diff(all.PackageList, paged); diff != "" || all.Total != 3*74 {
		t.Errorf("Total %d, %s", all.Total, diff)
	}
	resource, at := all.PackageList[3].ResourceID, time.Unix(all.PackageList[3].ActiveTime, 0).In(figures.ChinaTime)
	tests := []struct {
		name   string
		change map[string]any
		isFor  func(p flowPackage) bool
	}{
		{"valid", map[string]any{"Status": 1}, func(p flowPackage) bool { return p.Status == 1 }},
		{"device", map[string]any{"DeviceId": "mna-dev5"}, func(p flowPackage) bool { return slices.Contains(p.DeviceList, "mna-dev5") }},
		{"resource", map[string]any{"ResourceId": resource}, func(p flowPackage) bool { return p.ResourceID == resource }},
		{"active after", map[string]any{"ActiveTimeStart": at.Format(time.DateTime)}, func(p flowPackage) bool { return p.ActiveTime > at.Unix() }},
		{"active before", map[string]any{"ActiveTimeEnd": at.Format(time.DateTime)}, func(p flowPackage) bool { return p.ActiveTime < at.Unix() }},
		{"another device", map[string]any{"DeviceId": "missing-1"}, func(flowPackage) bool { return false }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := []flowPackage{}
			for _, p := range all.PackageList {
				if test.isFor(p) {
					want = append(want, p)
				}
			}
			test.change["PageSize"] = 1000
			got := packages(t, e, test.change)
			if diff := cmp.Diff(want, got.PackageList); diff != "" || got.Total != len(want) {
				t.Errorf("Total %d, %s", got.Total, diff)
			}
		})
	}
	for _, p := range packages(t, fleetOf(2000), map[string]any{"PageSize": 2000}).PackageList {
		checkPackage(t, p, emulatortest.Noon.Unix())
	}
	if got := packages(t, fleetOf(-1), nil); got.PackageList == nil || got.Total != 0 {
		t.Errorf("an empty fleet has %+v", got)
	}
}

func TestFlowPackagesCheckParameters(t *testing.T) {
	for _, test := range []struct {
		change map[string]any
		want   string
	}{
		{map[string]any{"PageNumber": nil}, "MissingParameter"},
		{map[string]any{"PageSize": nil}, "MissingParameter"},
		{map[string]any{"Keyword": ""}, "UnknownParameter"},
		{map[string]any{"PageNumber": 0}, "InvalidParameter"},
		{map[string]any{"PageNumber": -1, "PageSize": -1}, "InvalidParameter"},
		{map[string]any{"PageSize": "10"}, "InvalidParameter"},
		{map[string]any{"Status": 3}, "InvalidParameter"},
		{map[string]any{"Status": -1}, "InvalidParameter"},
		{map[string]any{"ActiveTimeStart": "yesterday"}, "InvalidParameter"},
		{map[string]any{"ActiveTimeEnd": 1}, "InvalidParameter"},
	} {
		t.Run(fmt.Sprint(test.change), func(t *testing.T) {
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), packagesCall(test.change).Request()); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
}
