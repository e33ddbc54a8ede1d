// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
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

// projectList has the members of the vendor's answer to DescribeProjectList.
type projectList struct {
	Projects   []projectInfo
	Total, Num int
}

type projectInfo struct {
	ProjectID                                               string `json:"ProjectId"`
	ProjectName, ProjectDescription, PolicyMode, ModifyTime string
}

// deviceList has the members of the vendor's answer to GetDevices.
type deviceList struct {
	Devices    []deviceLicense
	TotalCount int
}

type deviceLicense struct {
	DeviceID                       string `json:"DeviceId"`
	DeviceName                     string
	LicenseCount                   int
	RemainDay                      int64
	ExpireTime, Duration           string
	LicenseIDs                     []string `json:"LicenseIds"`
	MonthlyRemainTime, LimitedTime int64
}

func (l deviceList) ids() []string {
	ids := []string{}
	for _, d := range l.Devices {
		ids = append(ids, d.DeviceID)
	}
	return ids
}

func projectsCall(changes map[string]any) emulatortest.Call {
	return emulatortest.TRRO("DescribeProjectList", emulatortest.Object(map[string]any{}, changes))
}

func projects(t *testing.T, e *emulator.Emulator, changes map[string]any) projectList {
	t.Helper()
	return emulatortest.Result[projectList](t, e, projectsCall(changes))
}

func devicesCall(changes map[string]any) emulatortest.Call {
	return emulatortest.TRRO("GetDevices", emulatortest.Object(map[string]any{"PageNum": 1, "PageSize": 1000}, changes))
}

func devices(t *testing.T, e *emulator.Emulator, changes map[string]any) deviceList {
	t.Helper()
	return emulatortest.Result[deviceList](t, e, devicesCall(changes))
}

// accountOf returns an emulator at noon with a number of projects and no rate limits.
func accountOf(projects int) *emulator.Emulator {
	return emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Limits: &emulator.Limits{}, Projects: projects})
}

func TestProjectsAreListedAndPaged(t *testing.T) {
	e := accountOf(23)
	var ids []string
	for i, want := range []int{10, 10, 3, 0} {
		number := i + 1
		page := projects(t, e, map[string]any{"PageNumber": number})
		if page.Projects == nil || len(page.Projects) != want || page.Num != want || page.Total != 23 {
			t.Errorf("page %d: %d projects, Num %d, Total %d", number, len(page.Projects), page.Num, page.Total)
		}
		for _, p := range page.Projects {
			ids = append(ids, p.ProjectID)
			if at, err := time.Parse("2006-01-02T15:04:05+08:00", p.ModifyTime); err != nil || at.After(emulatortest.Noon) {
				t.Errorf("%+v: %v", p, err)
			}
			if p.ProjectName == "" || p.PolicyMode != "black" && p.PolicyMode != "white" {
				t.Errorf("%+v", p)
			}
		}
	}
	slices.Reverse(ids)
	for i, id := range ids {
		if id != "project-"+strconv.Itoa(i+1) {
			t.Errorf("project %d is %s", i+1, id)
		}
	}
	for _, first := range []map[string]any{nil, {"PageNumber": 0}, {"PageNumber": 1, "PageSize": 10}} {
		if diff := cmp.Diff(projects(t, e, map[string]any{"PageNumber": 1}), projects(t, e, first)); diff != "" {
			t.Errorf("%v: %s", first, diff)
		}
	}
	if got := projects(t, emulatortest.Unlimited(emulatortest.Noon), nil).Total; got != 3 {
		t.Errorf("by default there are %d projects", got)
	}
	if got := projects(t, accountOf(-1), nil); got.Projects == nil || got.Total != 0 {
		t.Errorf("an empty account has %+v", got)
	}
}

func TestDevicesAreListedAndPaged(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	all := devices(t, e, nil)
	ids := all.ids()
	if all.TotalCount != 48 || len(slices.Compact(slices.Sorted(slices.Values(ids)))) != 48 {
		t.Fatalf("TotalCount %d of %v", all.TotalCount, ids)
	}
	var paged []string
	for number := 1; number <= 6; number++ {
		page := devices(t, e, map[string]any{"PageNum": number, "PageSize": 10})
		if page.Devices == nil || page.TotalCount != 48 {
			t.Errorf("page %d: %+v", number, page)
		}
		paged = append(paged, page.ids()...)
	}
	if diff := cmp.Diff(ids, paged); diff != "" {
		t.Error(diff)
	}
	one := devices(t, e, map[string]any{"ProjectId": "project-2"})
	if diff := cmp.Diff(ids[16:32], one.ids()); diff != "" || one.TotalCount != 16 {
		t.Error(diff)
	}
	for want, change := range map[int]map[string]any{
		1:  {"DeviceId": "project-3-vehicle-12"},
		16: {"ProjectId": "other"},
		0:  {"ProjectId": "missing-1"},
	} {
		if got := devices(t, e, change); len(got.Devices) != want || got.TotalCount != want {
			t.Errorf("%v: %+v", change, got)
		}
	}
	if got := devices(t, e, map[string]any{"ProjectId": "project-1", "DeviceId": "project-2-seat-1"}); got.TotalCount != 0 {
		t.Errorf("a device of another project: %+v", got)
	}
	if got := devices(t, accountOf(-1), nil); got.Devices == nil || got.TotalCount != 0 {
		t.Errorf("an empty account has %+v", got)
	}
}

func TestLicensesAgreeWithThemselvesAndSessions(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	month := map[string]any{"StatisticInterval": "day", "StartTime": emulatortest.Midnight - 9*86400}
	for _, d := range devices(t, e, map[string]any{"ProjectId": "project-1"}).Devices {
		if len(d.LicenseIDs) != d.LicenseCount || d.LicenseIDs == nil || d.DeviceName == "" {
			t.Errorf("%+v", d)
		}
		if d.LicenseCount == 0 {
			if want := (deviceLicense{DeviceID: d.DeviceID, DeviceName: d.DeviceName, ExpireTime: "0", Duration: "0", LicenseIDs: []string{}}); !cmp.Equal(d, want) {
				t.Errorf("without a license: %+v", d)
			}
			continue
		}
		end, err := strconv.ParseInt(d.ExpireTime, 10, 64)
		length, lengthErr := strconv.ParseInt(d.Duration, 10, 64)
		left := end - emulatortest.Noon.Unix()
		if err != nil || lengthErr != nil || left <= 0 || left > length || d.RemainDay != left/86400 {
			t.Errorf("%+v", d)
		}
		month["DeviceId"] = d.DeviceID
		var used int64
		for _, day := range sessions(t, e, month) {
			used += day.TotalDuration
		}
		if used == 0 || d.MonthlyRemainTime != max(0, d.LimitedTime-used) || d.MonthlyRemainTime == 0 {
			t.Errorf("%d minutes used: %+v", used, d)
		}
	}
	for _, d := range devices(t, e, map[string]any{"ProjectId": "idle-1"}).Devices {
		if d.MonthlyRemainTime != d.LimitedTime {
			t.Errorf("idle: %+v", d)
		}
	}
}

// Every listed device has sessions, and those of the vehicles, like those of the seats, add up to the project.
func TestProjectsAreTheSumsOfTheirDevices(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	for _, p := range projects(t, e, nil).Projects {
		all := totals(t, e, map[string]any{"ProjectId": p.ProjectID})
		sums := make(map[bool]sessionTotals)
		for _, d := range devices(t, e, map[string]any{"ProjectId": p.ProjectID}).Devices {
			one := totals(t, e, map[string]any{"ProjectId": p.ProjectID, "DeviceId": d.DeviceID})
			isVehicle := d.LicenseCount > 0
			if one.SessionNum == 0 || isVehicle && one.ActiveFieldDeviceNum != 1 || !isVehicle && one.ActiveRemoteDeviceNum != 1 {
				t.Errorf("%s has %+v", d.DeviceID, one)
			}
			sum := sums[isVehicle]
			sum.SessionNum += one.SessionNum
			sum.TotalDuration += one.TotalDuration
			sum.ActiveFieldDeviceNum += one.ActiveFieldDeviceNum
			sum.ActiveRemoteDeviceNum += one.ActiveRemoteDeviceNum
			sums[isVehicle] = sum
		}
		for isVehicle, sum := range sums {
			active := sum.ActiveRemoteDeviceNum == all.ActiveRemoteDeviceNum
			if isVehicle {
				active = sum.ActiveFieldDeviceNum == all.ActiveFieldDeviceNum
			}
			if sum.SessionNum != all.SessionNum || sum.TotalDuration != all.TotalDuration || !active {
				t.Errorf("%s has %+v, its devices %+v", p.ProjectID, all, sum)
			}
		}
	}
}

func TestListsChangeBetweenPages(t *testing.T) {
	read := func(kind emulator.FaultKind) (names []string, total int) {
		e := accountOf(5)
		e.Inject(emulator.Fault{API: emulator.TRRO, Kind: kind, Count: 1})
		for number := 1; number <= 3; number++ {
			page := projects(t, e, map[string]any{"PageSize": 2, "PageNumber": number})
			total = page.Total
			for _, p := range page.Projects {
				names = append(names, p.ProjectID)
			}
		}
		return names, total
	}
	if names, total := read(emulator.FaultGrows); total != 6 || !slices.Equal(names, []string{"project-5", "project-4", "project-4", "project-3", "project-2", "project-1"}) {
		t.Errorf("a growing list of %d reads %v", total, names)
	}
	if names, total := read(emulator.FaultShrinks); total != 4 || !slices.Equal(names, []string{"project-5", "project-4", "project-2", "project-1"}) {
		t.Errorf("a shrinking list of %d reads %v", total, names)
	}
	for kind, want := range map[emulator.FaultKind]string{emulator.FaultGrows: "project-1-seat-5", emulator.FaultShrinks: "project-1-seat-3"} {
		e := accountOf(1)
		e.Inject(emulator.Fault{Action: "GetDevices", Kind: kind, Count: 1})
		if first, then := devices(t, e, nil).ids()[0], devices(t, e, nil).ids()[0]; first != "project-1-seat-4" || then != want {
			t.Errorf("%s: the first device is %s, then %s", kind, first, then)
		}
	}
}

func TestListsCheckParameters(t *testing.T) {
	for _, test := range []struct {
		call emulatortest.Call
		want string
	}{
		{projectsCall(map[string]any{"PageSize": 0}), "InvalidParameterValue"},
		{projectsCall(map[string]any{"PageNumber": -1}), "InvalidParameterValue"},
		{projectsCall(map[string]any{"PageSize": "10"}), "InvalidParameter"},
		{projectsCall(map[string]any{"PageNum": 1}), "UnknownParameter"},
		{devicesCall(map[string]any{"PageNum": nil}), "MissingParameter"},
		{devicesCall(map[string]any{"PageSize": nil}), "MissingParameter"},
		{devicesCall(map[string]any{"PageNumber": 1}), "UnknownParameter"},
		{devicesCall(map[string]any{"PageNum": 0}), "InvalidParameterValue"},
		{devicesCall(map[string]any{"PageSize": -1}), "InvalidParameterValue"},
		{devicesCall(map[string]any{"ProjectId": 1}), "InvalidParameterValue"},
	} {
		t.Run(fmt.Sprint(test.call.Action, test.call.Body), func(t *testing.T) {
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), test.call.Request()); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
			noRegion := test.call
			noRegion.Region = ""
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), noRegion.Request()); got != "MissingParameter" {
				t.Errorf("without a region: code %q", got)
			}
			test.call.Key = "wrong"
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), test.call.Request()); got != "AuthFailure.SignatureFailure" {
				t.Errorf("with a wrong key: code %q", got)
			}
		})
	}
}
