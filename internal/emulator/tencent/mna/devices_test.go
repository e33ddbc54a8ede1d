// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// deviceInfo has the members of the vendor's DeviceBaseInfo.
type deviceInfo struct {
	DeviceID                           string `json:"DeviceId"`
	DeviceName, CreateTime, LastTime   string
	Remark                             string
	AccessScope, LicensePayMode, Payer int
	GroupID                            string `json:"GroupId"`
	GroupName                          string
	FlowTrunc                          int
	Sn, Vendor                         string
	AllowedRegions                     []string
}

type deviceList struct {
	DeviceInfos       []deviceInfo
	Length, TotalPage int
}

// ids returns the IDs in the order of the list.
func (l deviceList) ids() []string {
	ids := []string{}
	for _, d := range l.DeviceInfos {
		ids = append(ids, d.DeviceID)
	}
	return ids
}

func devicesCall(changes map[string]any) emulatortest.Call {
	return emulatortest.MNA("GetDevices", emulatortest.Object(map[string]any{"PageSize": -1, "PageNumber": -1}, changes))
}

// devices asks for devices, all on one page unless changes say otherwise.
func devices(t *testing.T, e *emulator.Emulator, changes map[string]any) deviceList {
	t.Helper()
	return emulatortest.Result[deviceList](t, e, devicesCall(changes))
}

// fleetOf returns an emulator at noon with a number of devices and no rate limits.
func fleetOf(size int) *emulator.Emulator {
	return emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Limits: &emulator.Limits{}, Devices: size})
}

func TestDevicesAreListed(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	all := devices(t, e, nil)
	if all.Length != 12 || all.TotalPage != 1 || len(all.DeviceInfos) != 12 {
		t.Fatalf("%d devices, Length %d, TotalPage %d", len(all.DeviceInfos), all.Length, all.TotalPage)
	}
	groups := make(map[string]int)
	for i, d := range all.DeviceInfos {
		n := 12 - i
		if d.DeviceID != fmt.Sprintf("mna-dev%d", n) || d.DeviceName != fmt.Sprintf("gateway-%d", n) {
			t.Errorf("device %d is %s, %s", i, d.DeviceID, d.DeviceName)
		}
		groups[d.GroupID+" "+d.GroupName]++
		created, last := milliseconds(t, d.CreateTime), milliseconds(t, d.LastTime)
		if !created.Before(last) || last.After(emulatortest.Noon) || emulatortest.Noon.Sub(last) > time.Hour {
			t.Errorf("%s was created at %s and online at %s", d.DeviceID, created, last)
		}
		if (d.Sn == "") != (d.Vendor == "") || len(d.AllowedRegions) != 4 {
			t.Errorf("%+v", d)
		}
	}
	if diff := cmp.Diff(map[string]int{"group-1 North": 4, "group-2 East": 4, "group-3 South": 4}, groups); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(all, devices(t, emulatortest.Unlimited(emulatortest.Noon), nil)); diff != "" {
		t.Errorf("another emulator lists others: %s", diff)
	}
	for size, want := range map[int]int{200: 200, 1: 1, -1: 0} {
		if got := devices(t, fleetOf(size), nil); got.Length != want || len(got.DeviceInfos) != want || got.TotalPage != min(1, want) {
			t.Errorf("a fleet of %d lists %d, %+v", size, len(got.DeviceInfos), got)
		}
	}
}

// milliseconds reads a time in Unix milliseconds.
func milliseconds(t *testing.T, text string) time.Time {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) != 13 {
		t.Fatalf("time %q, %v", text, err)
	}
	return time.UnixMilli(n)
}

func TestDevicesHaveAllCodes(t *testing.T) {
	seen := make(map[string]bool)
	for _, d := range devices(t, emulatortest.Unlimited(emulatortest.Noon), nil).DeviceInfos {
		seen[fmt.Sprintf("scope %d", d.AccessScope)] = true
		seen[fmt.Sprintf("license %d", d.LicensePayMode)] = true
		seen[fmt.Sprintf("payer %d", d.Payer)] = true
		seen[fmt.Sprintf("trunc %d", d.FlowTrunc)] = true
		seen[fmt.Sprintf("remark %t", d.Remark != "")] = true
	}
	for _, want := range []string{
		"scope 0", "scope 2", "license 0", "license 1", "payer 0", "payer 1", "trunc 0", "trunc 1", "remark true", "remark false",
	} {
		if !seen[want] {
			t.Errorf("no device has %s", want)
		}
	}
}

func TestDevicesArePaged(t *testing.T) {
	e := fleetOf(23)
	all := devices(t, e, nil).ids()
	for _, size := range []int{1, 5, 23, 1000} {
		paged := []string{}
		pages := (22 + size) / size
		for number := 1; number <= pages; number++ {
			page := devices(t, e, map[string]any{"PageSize": size, "PageNumber": number})
			if page.Length != 23 || page.TotalPage != pages {
				t.Errorf("size %d: Length %d, TotalPage %d", size, page.Length, page.TotalPage)
			}
			paged = append(paged, page.ids()...)
		}
		if diff := cmp.Diff(all, paged); diff != "" {
			t.Errorf("size %d: %s", size, diff)
		}
		after := devices(t, e, map[string]any{"PageSize": size, "PageNumber": pages + 1})
		if after.DeviceInfos == nil || len(after.DeviceInfos) > 0 || after.Length != 23 {
			t.Errorf("size %d: after the last page is %+v", size, after)
		}
	}
	if got := devices(t, e, map[string]any{"PageSize": int64(1 << 62), "PageNumber": int64(1 << 62)}); len(got.DeviceInfos) > 0 {
		t.Errorf("a page far away has %v", got.ids())
	}
}

func TestDevicesAreFiltered(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	tests := []struct {
		name   string
		change map[string]any
		want   []string
	}{
		{"id", map[string]any{"Keyword": "mna-dev1"}, []string{"mna-dev12", "mna-dev11", "mna-dev10", "mna-dev1"}},
		{"name", map[string]any{"Keyword": "way-7"}, []string{"mna-dev7"}},
		{"nothing", map[string]any{"Keyword": "North"}, []string{}},
		{"third party", map[string]any{"DeviceType": 2}, []string{"mna-dev11", "mna-dev7", "mna-dev3"}},
		{"both", map[string]any{"DeviceType": 1, "Keyword": "mna-dev1"}, []string{"mna-dev12", "mna-dev10", "mna-dev1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := devices(t, e, test.change)
			if diff := cmp.Diff(test.want, got.ids()); diff != "" || got.Length != len(test.want) {
				t.Errorf("Length %d, %s", got.Length, diff)
			}
		})
	}
	if got := len(devices(t, e, map[string]any{"DeviceType": 1, "Keyword": ""}).DeviceInfos); got != 9 {
		t.Errorf("%d devices are the account's own, want 9", got)
	}
}

// A client that reads page after page must notice when the list changes under it.
func TestDevicesChangeBetweenPages(t *testing.T) {
	read := func(kind emulator.FaultKind) ([]string, int) {
		e := fleetOf(6)
		e.Inject(emulator.Fault{API: emulator.MNA, Action: "GetDevices", Kind: kind, Count: 1})
		var ids []string
		for number := 1; number <= 3; number++ {
			ids = append(ids, devices(t, e, map[string]any{"PageSize": 2, "PageNumber": number}).ids()...)
		}
		changed := devices(t, e, nil).Length
		e.ClearFaults()
		if got := devices(t, e, nil).Length; got != 6 {
			t.Errorf("%s: %d devices after the faults were removed", kind, got)
		}
		return ids, changed
	}
	grown, length := read(emulator.FaultGrows)
	want := []string{"mna-dev6", "mna-dev5", "mna-dev5", "mna-dev4", "mna-dev3", "mna-dev2"}
	if !slices.Equal(grown, want) || length != 7 {
		t.Errorf("a list that grows to %d reads %v, want %v", length, grown, want)
	}
	shrunk, length := read(emulator.FaultShrinks)
	if want := []string{"mna-dev6", "mna-dev5", "mna-dev3", "mna-dev2", "mna-dev1"}; !slices.Equal(shrunk, want) || length != 5 {
		t.Errorf("a list that shrinks to %d reads %v, want %v", length, shrunk, want)
	}
}

// The vendor's own samples have counts that are wrong.
func TestCountsCanBeWrong(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	e.Inject(
		emulator.Fault{Action: "GetDevices", Kind: emulator.FaultMember, Member: "Length", Body: "0", Count: 1},
		emulator.Fault{Action: "GetFlowPackages", Kind: emulator.FaultMember, Member: "Total", Body: "506", Count: 1},
	)
	if got := devices(t, e, nil); got.Length != 0 || len(got.DeviceInfos) != 12 {
		t.Errorf("Length %d of %d devices", got.Length, len(got.DeviceInfos))
	}
	if got := packages(t, e, nil); got.Total != 506 || len(got.PackageList) != 15 {
		t.Errorf("Total %d of %d packages", got.Total, len(got.PackageList))
	}
}

func TestDevicesCheckParameters(t *testing.T) {
	tests := []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no size", map[string]any{"PageSize": nil}, "MissingParameter"},
		{"no number", map[string]any{"PageNumber": nil}, "MissingParameter"},
		{"unknown member", map[string]any{"GroupId": "group-1"}, "UnknownParameter"},
		{"number in quotes", map[string]any{"PageSize": "10"}, "InvalidParameterValue"},
		{"keyword is null", map[string]any{"Keyword": json.RawMessage("null")}, "InvalidParameterValue"},
		{"only the size is -1", map[string]any{"PageNumber": 1}, "InvalidParameterValue"},
		{"only the number is -1", map[string]any{"PageSize": 10}, "InvalidParameterValue"},
		{"page 0", map[string]any{"PageSize": 10, "PageNumber": 0}, "InvalidParameterValue"},
		{"no entries", map[string]any{"PageSize": 0, "PageNumber": 1}, "InvalidParameterValue"},
		{"type 0", map[string]any{"DeviceType": 0}, "InvalidParameterValue"},
		{"type 3", map[string]any{"DeviceType": 3}, "InvalidParameterValue"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := devicesCall(test.change).Request()
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), r); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
}
