// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// deviceFlow is an element of the result of GetMultiFlowStatistic.
type deviceFlow struct {
	flowStatistic

	DeviceID string `json:"DeviceId"`
}

// callOf returns a call of an action for the last complete day before noon, by hour.
func callOf(action string, members, changes map[string]any) emulatortest.Call {
	call := emulatortest.Flow(map[string]any{"DeviceId": nil})
	merged := map[string]any{"Type": 3, "TimeGranularity": 1, "BeginTime": emulatortest.Midnight - 86400, "EndTime": emulatortest.Midnight - 1}
	maps.Copy(merged, members)
	call.Action, call.Body = action, emulatortest.Object(merged, changes)
	return call
}

func multiCall(changes map[string]any) emulatortest.Call {
	return callOf("GetMultiFlowStatistic", map[string]any{"DeviceIds": []string{"mna-dev1"}}, changes)
}

func groupCall(changes map[string]any) emulatortest.Call {
	return callOf("GetFlowStatisticByGroup", map[string]any{"GroupId": "group-1"}, changes)
}

func regionCall(changes map[string]any) emulatortest.Call {
	return callOf("GetFlowStatisticByRegion", map[string]any{"GatewayType": 0}, changes)
}

// together asks for the sum of devices.
func together(t *testing.T, e *emulator.Emulator, ids []string) flowStatistic {
	t.Helper()
	return withoutID(flow(t, e, map[string]any{"DeviceId": "-1", "DeviceList": ids}))
}

// ask makes a call whose result is one series.
func ask(t *testing.T, e *emulator.Emulator, c emulatortest.Call) flowStatistic {
	t.Helper()
	return withoutID(emulatortest.Result[flowStatistic](t, e, c))
}

func withoutID(f flowStatistic) flowStatistic {
	f.RequestID = ""
	return f
}

// multi asks for devices one by one.
func multi(t *testing.T, e *emulator.Emulator, changes map[string]any) []deviceFlow {
	t.Helper()
	return emulatortest.Result[struct{ FlowDetails []deviceFlow }](t, e, multiCall(changes)).FlowDetails
}

func TestEveryListedDeviceHasFigures(t *testing.T) {
	e := fleetOf(23)
	ids := devices(t, e, nil).ids()
	for len(ids) > 0 {
		part := ids[:min(10, len(ids))]
		ids = ids[len(part):]
		got := multi(t, e, map[string]any{"DeviceIds": part})
		if len(got) != len(part) {
			t.Fatalf("%d devices of %d", len(got), len(part))
		}
		for _, d := range got {
			alone := withoutID(flow(t, e, map[string]any{"DeviceId": d.DeviceID}))
			if diff := cmp.Diff(alone, d.flowStatistic); diff != "" || d.TotalValue == 0 {
				t.Errorf("%s: %s", d.DeviceID, diff)
			}
		}
	}
}

func TestGroupsAndAccountAreTheSumsOfTheirDevices(t *testing.T) {
	for _, size := range []int{12, 23, 2} {
		e := fleetOf(size)
		groups := make(map[string][]string)
		var applications [2][]string
		for i, d := range devices(t, e, nil).DeviceInfos {
			groups[d.GroupID] = append(groups[d.GroupID], d.DeviceID)
			n := (size - i - 1) % 2
			applications[n] = append(applications[n], d.DeviceID)
		}
		for group, ids := range groups {
			if diff := cmp.Diff(together(t, e, ids), ask(t, e, groupCall(map[string]any{"GroupId": group}))); diff != "" {
				t.Errorf("%d devices, %s: %s", size, group, diff)
			}
		}
		for i, ids := range applications {
			change := map[string]any{"GroupId": "-1", "MpApplicationId": fmt.Sprintf("app-%d", i+1)}
			if diff := cmp.Diff(together(t, e, ids), ask(t, e, groupCall(change))); diff != "" {
				t.Errorf("%d devices, application %d: %s", size, i+1, diff)
			}
		}
		account := ask(t, e, regionCall(nil))
		if diff := cmp.Diff(together(t, e, devices(t, e, nil).ids()), account); diff != "" || account.TotalValue == 0 {
			t.Errorf("%d devices, account: %s", size, diff)
		}
		var regions int64
		for _, region := range []string{"MC", "AP", "EU", "AM"} {
			regions += ask(t, e, regionCall(map[string]any{"AccessRegion": region})).TotalValue
		}
		if regions != account.TotalValue {
			t.Errorf("%d devices: regions add up to %d, want %d", size, regions, account.TotalValue)
		}
	}
	if got := ask(t, fleetOf(-1), regionCall(nil)); got.TotalValue != 0 || len(got.NetDetails) > 0 {
		t.Errorf("an empty account has %+v", got)
	}
}

// The name of a device stands for the device with its ID, and what may not use private gateways has no traffic there.
func TestListsAgreeWithExportsAndGateways(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	for _, d := range devices(t, e, nil).DeviceInfos {
		body := emulatortest.Get(e, http.MethodGet, emulatortest.ExportLink(t, e, map[string]any{"DeviceName": d.DeviceName, "TimeGranularity": 2})).Body
		day := flow(t, e, map[string]any{"DeviceId": d.DeviceID, "TimeGranularity": 2})
		if row := trafficRows(t, body)[0]; row[0] != d.DeviceName || row[4] != strconv.FormatInt(day.TotalValue, 10) {
			t.Errorf("%s has %d bytes, its row is %v", d.DeviceID, day.TotalValue, row)
		}
		private := multi(t, e, map[string]any{"DeviceIds": []string{d.DeviceID}, "GatewayType": 1})
		if len(private) != 1 || private[0].NetDetails == nil || (private[0].TotalValue > 0) != (d.AccessScope == 2) {
			t.Errorf("%s with scope %d has %+v", d.DeviceID, d.AccessScope, private)
		}
	}
}

func TestOtherNamesKeepTheirMeaning(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	got := multi(t, e, map[string]any{"DeviceIds": []string{"other", "missing-1", "idle-1", "mna-dev1", "other"}})
	var ids []string
	for _, d := range got {
		ids = append(ids, d.DeviceID)
		if (d.TotalValue == 0) != (d.DeviceID == "idle-1") || d.NetDetails == nil {
			t.Errorf("%s has %+v", d.DeviceID, d)
		}
	}
	if diff := cmp.Diff([]string{"idle-1", "mna-dev1", "other"}, ids); diff != "" {
		t.Error(diff)
	}
	if got := multi(t, e, map[string]any{"DeviceIds": []string{"missing-1"}}); got == nil || len(got) > 0 {
		t.Errorf("missing devices have %+v", got)
	}
	want := together(t, e, []string{"g-device-1", "g-device-2", "g-device-3"})
	if diff := cmp.Diff(want, ask(t, e, groupCall(map[string]any{"GroupId": "g"}))); diff != "" || want.TotalValue == 0 {
		t.Error(diff)
	}
	for _, change := range []map[string]any{{"GroupId": "idle-1"}, {"GroupId": "-1", "MpApplicationId": "idle-1"}} {
		if got := ask(t, e, groupCall(change)); got.NetDetails == nil || len(got.NetDetails) > 0 || got.TotalValue != 0 {
			t.Errorf("%v has %+v", change, got)
		}
	}
}

func TestFleetStatisticsCheckParameters(t *testing.T) {
	eleven := make([]string, 11)
	for i := range eleven {
		eleven[i] = "mna-dev1"
	}
	tests := []struct {
		name string
		call emulatortest.Call
		want string
	}{
		{"no devices", multiCall(map[string]any{"DeviceIds": nil}), "MissingParameter"},
		{"empty list", multiCall(map[string]any{"DeviceIds": []string{}}), "InvalidParameterValue"},
		{"empty device", multiCall(map[string]any{"DeviceIds": []string{"mna-dev1", ""}}), "InvalidParameterValue"},
		{"eleven devices", multiCall(map[string]any{"DeviceIds": eleven}), "InvalidParameterValue"},
		{"ten devices", multiCall(map[string]any{"DeviceIds": eleven[:10]}), ""},
		{"device in devices", multiCall(map[string]any{"DeviceId": "-1"}), "UnknownParameter"},
		{"type of devices", multiCall(map[string]any{"Type": 0}), "InvalidParameterValue"},
		{"too many periods", multiCall(map[string]any{"DeviceIds": eleven[:10], "BeginTime": emulatortest.Midnight - 100*86400, "TimeGranularity": 3}), "InvalidParameterValue"},
		{"no group", groupCall(map[string]any{"GroupId": nil}), "MissingParameter"},
		{"empty group", groupCall(map[string]any{"GroupId": ""}), "InvalidParameterValue"},
		{"group of nothing", groupCall(map[string]any{"GroupId": "-1"}), "InvalidParameterValue"},
		{"group and application", groupCall(map[string]any{"MpApplicationId": "app-1"}), "InvalidParameterValue"},
		{"missing group", groupCall(map[string]any{"GroupId": "missing-1"}), "InvalidParameterValue"},
		{"missing application", groupCall(map[string]any{"GroupId": "-1", "MpApplicationId": "missing-1"}), "InvalidParameterValue"},
		{"type of group", groupCall(map[string]any{"Type": nil}), "MissingParameter"},
		{"no gateway", regionCall(map[string]any{"GatewayType": nil}), "MissingParameter"},
		{"gateway", regionCall(map[string]any{"GatewayType": 2}), "InvalidParameterValue"},
		{"device in region", regionCall(map[string]any{"DeviceId": "-1"}), "UnknownParameter"},
		{"granularity of region", regionCall(map[string]any{"TimeGranularity": 9}), "InvalidParameterValue"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), test.call.Request()); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
			unsigned := test.call
			unsigned.Key = "wrong"
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), unsigned.Request()); got != "AuthFailure.SignatureFailure" {
				t.Errorf("a wrong key got %q", got)
			}
		})
	}
}

// A week of 200 devices takes 20 calls.
func TestLargeFleetsAddUp(t *testing.T) {
	e := fleetOf(200)
	week := map[string]any{"BeginTime": emulatortest.Midnight - 7*86400}
	var sum int64
	ids := devices(t, e, nil).ids()
	for i := range 20 {
		week["DeviceIds"] = ids[10*i : 10*i+10]
		for _, d := range multi(t, e, week) {
			sum += d.TotalValue
		}
	}
	delete(week, "DeviceIds")
	if got := ask(t, e, regionCall(week)).TotalValue; got != sum {
		t.Errorf("the account has %d bytes, its devices %d", got, sum)
	}
}
