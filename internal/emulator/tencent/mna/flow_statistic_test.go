// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// flowStatistic is the result of GetFlowStatistic.
type flowStatistic struct {
	NetDetails []netDetail
	MaxValue   int64
	AvgValue   float64
	TotalValue int64
	RequestID  string `json:"RequestId"`
}

type netDetail struct {
	Time    string
	Current int64
}

// flow asks for traffic.
func flow(t *testing.T, e *emulator.Emulator, changes map[string]any) flowStatistic {
	t.Helper()
	return emulatortest.Result[flowStatistic](t, e, emulatortest.Flow(changes))
}

// bytesAt sums the points that start in the window, the second end excluded.
func bytesAt(t *testing.T, f flowStatistic, from, to int64) int64 {
	t.Helper()
	var total int64
	for _, d := range f.NetDetails {
		var start int64
		if err := json.Unmarshal([]byte(d.Time), &start); err != nil {
			t.Fatal(err)
		}
		if from <= start && start < to {
			total += d.Current
		}
	}
	return total
}

func TestFlowStatisticAgreesAcrossWindows(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	day := flow(t, e, nil)
	if len(day.NetDetails) != 24 || day.TotalValue == 0 {
		t.Fatalf("%d points, %d bytes, want 24 points of traffic", len(day.NetDetails), day.TotalValue)
	}
	for granularity, points := range map[int]int{2: 1, 3: 1440, 4: 288} {
		same := flow(t, e, map[string]any{"TimeGranularity": granularity})
		if len(same.NetDetails) != points || same.TotalValue != day.TotalValue {
			t.Errorf("granularity %d: %d points and %d bytes, want %d and %d",
				granularity, len(same.NetDetails), same.TotalValue, points, day.TotalValue)
		}
	}

	hour := flow(t, e, map[string]any{"BeginTime": emulatortest.Midnight - 7000, "EndTime": emulatortest.Midnight - 6999})
	if want := day.NetDetails[22:23]; !cmp.Equal(hour.NetDetails, want) {
		t.Errorf("the hour alone is %v, in the day %v", hour.NetDetails, want)
	}

	minutes := flow(t, e, map[string]any{"TimeGranularity": 3})
	slots := flow(t, e, map[string]any{"TimeGranularity": 4})
	for from := emulatortest.Midnight - 86400; from < emulatortest.Midnight; from += 300 {
		if got, want := bytesAt(t, minutes, from, from+300), bytesAt(t, slots, from, from+300); got != want {
			t.Fatalf("minutes from %d add up to %d, the slot is %d", from, got, want)
		}
	}
}

func TestFlowStatisticAddsUpWhatIsSelected(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	total := func(changes map[string]any) int64 { return flow(t, e, changes).TotalValue }
	all := total(nil)

	if up, down := total(map[string]any{"Type": 1}), total(map[string]any{"Type": 2}); up+down != all || up >= down {
		t.Errorf("uplink %d and downlink %d, together %d", up, down, all)
	}
	var regions int64
	for _, region := range []string{"MC", "AP", "EU", "AM"} {
		regions += total(map[string]any{"AccessRegion": region})
	}
	if regions != all {
		t.Errorf("regions add up to %d, want %d", regions, all)
	}
	second := total(map[string]any{"DeviceId": "device-2"})
	list := map[string]any{"DeviceId": "-1", "DeviceList": []string{"device-1", "device-2", "idle-1", "device-1"}}
	if got := total(list); got != all+second || second == all {
		t.Errorf("the list has %d bytes, its devices %d and %d", got, all, second)
	}
	if private := total(map[string]any{"GatewayType": 1}); private >= all || private == 0 {
		t.Errorf("private gateway has %d bytes, the public one %d", private, all)
	}
	if got := total(map[string]any{"GatewayType": 0, "AccessRegion": ""}); got != all {
		t.Errorf("defaults spelled out give %d bytes, want %d", got, all)
	}
	if got := flow(t, emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Seed: 1}), nil).TotalValue; got == all {
		t.Error("another seed gives the same figures")
	}
}

func TestFlowStatisticSummaryFollowsFromPoints(t *testing.T) {
	f := flow(t, emulatortest.Unlimited(emulatortest.Noon), nil)
	var highest, total int64
	for _, d := range f.NetDetails {
		highest = max(highest, d.Current)
		total += d.Current
	}
	if f.MaxValue != highest || f.TotalValue != total || f.AvgValue != float64(total)/24 {
		t.Errorf("max %d, avg %v, total %d do not follow from the points", f.MaxValue, f.AvgValue, f.TotalValue)
	}
	night, evening := f.NetDetails[4].Current, f.NetDetails[21].Current
	if evening < 2*night {
		t.Errorf("%d bytes in the evening, %d at night: no daily curve", evening, night)
	}
}

func TestFlowStatisticEndsNow(t *testing.T) {
	now := time.Unix(emulatortest.Midnight+2*3600+7*60+30, 0)
	e := emulatortest.Unlimited(now)
	window := map[string]any{"BeginTime": emulatortest.Midnight, "EndTime": emulatortest.Midnight + 86400}
	f := flow(t, e, window)
	if len(f.NetDetails) != 3 {
		t.Fatalf("%d hours of the day have begun, want 3", len(f.NetDetails))
	}
	window["TimeGranularity"] = 3
	minutes := flow(t, e, window)
	if len(minutes.NetDetails) != 128 || minutes.NetDetails[127].Current != 0 {
		t.Errorf("%d minutes have begun, the last with %v", len(minutes.NetDetails), minutes.NetDetails[127])
	}
	if got, want := f.NetDetails[2].Current, bytesAt(t, minutes, emulatortest.Midnight+7200, emulatortest.Midnight+7620); got != want || got == 0 {
		t.Errorf("the hour under way has %d bytes, its seven minutes %d", got, want)
	}
	whole := flow(t, emulatortest.Unlimited(emulatortest.Noon), map[string]any{"BeginTime": emulatortest.Midnight, "EndTime": emulatortest.Midnight})
	if whole.NetDetails[0] != f.NetDetails[0] {
		t.Error("a past hour changed with the clock")
	}
	window["BeginTime"] = now.Unix() + 60
	if f := flow(t, e, window); len(f.NetDetails) != 0 {
		t.Errorf("the future has points: %v", f.NetDetails)
	}
}

func TestIdleDevicesHaveNoPoints(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	w := httptest.NewRecorder()
	e.ServeHTTP(w, emulatortest.Flow(map[string]any{"DeviceId": "idle-1"}).Request())
	var got map[string]map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	delete(got["Response"], "RequestId")
	want := map[string]map[string]any{
		"Response": {"NetDetails": []any{}, "MaxValue": 0.0, "AvgValue": 0.0, "TotalValue": 0.0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFlowStatisticChecksParameters(t *testing.T) {
	tests := []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no device", map[string]any{"DeviceId": nil}, "MissingParameter"},
		{"no begin", map[string]any{"BeginTime": nil}, "MissingParameter"},
		{"no end", map[string]any{"EndTime": nil}, "MissingParameter"},
		{"no type", map[string]any{"Type": nil}, "MissingParameter"},
		{"no granularity", map[string]any{"TimeGranularity": nil}, "MissingParameter"},
		{"unknown member", map[string]any{"GroupId": "group-1"}, "UnknownParameter"},
		{"device is a number", map[string]any{"DeviceId": 1}, "InvalidParameterValue"},
		{"time is a string", map[string]any{"BeginTime": "1772982000"}, "InvalidParameterValue"},
		{"time has a fraction", map[string]any{"EndTime": 1773154800.5}, "InvalidParameterValue"},
		{"null", map[string]any{"AccessRegion": json.RawMessage("null")}, "InvalidParameterValue"},
		{"list is a string", map[string]any{"DeviceList": "device-1"}, "InvalidParameterValue"},
		{"type", map[string]any{"Type": 4}, "InvalidParameterValue"},
		{"granularity", map[string]any{"TimeGranularity": 5}, "InvalidParameterValue"},
		{"region", map[string]any{"AccessRegion": "CN"}, "InvalidParameterValue"},
		{"gateway", map[string]any{"GatewayType": 2}, "InvalidParameterValue"},
		{"negative time", map[string]any{"BeginTime": -1}, "InvalidParameterValue"},
		{"end before begin", map[string]any{"EndTime": emulatortest.Midnight - 86401}, "InvalidParameterValue"},
		{"too many periods", map[string]any{"BeginTime": 0, "TimeGranularity": 3}, "InvalidParameterValue"},
		{"no device named", map[string]any{"DeviceId": "-1"}, "InvalidParameterValue"},
		{"empty list", map[string]any{"DeviceId": "", "DeviceList": []string{}}, "InvalidParameterValue"},
		{"missing device", map[string]any{"DeviceId": "missing-1"}, "InvalidParameterValue"},
		{"missing device in a list", map[string]any{"DeviceList": []string{"device-1", "missing-1"}}, "InvalidParameterValue"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := emulatortest.Flow(test.change).Request()
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), r); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
	for _, body := range []string{"", "null", "[]", "{} {}"} {
		if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), emulatortest.MNA("GetFlowStatistic", body).Request()); got != "InvalidParameterValue" {
			t.Errorf("body %q: code %q", body, got)
		}
	}
}
