// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// sessionTotals is the result of DescribeSessionStatistics.
type sessionTotals struct {
	ActiveFieldDeviceNum, ActiveRemoteDeviceNum int
	SessionNum, TotalDuration                   int64
	NotBadSessionRatio                          int64
}

func totalsCall(changes map[string]any) emulatortest.Call {
	change := map[string]any{"StatisticInterval": nil}
	maps.Copy(change, changes)
	return emulatortest.TRRO("DescribeSessionStatistics", emulatortest.Object(sessionRequest, change))
}

// totals asks for the sessions of the last complete day before noon, unless changes say otherwise.
func totals(t *testing.T, e *emulator.Emulator, changes map[string]any) sessionTotals {
	t.Helper()
	return emulatortest.Result[sessionTotals](t, e, totalsCall(changes))
}

func TestTotalsAgreeWithIntervals(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon.Add(10 * time.Minute))
	month := emulatortest.Midnight - 9*86400
	for name, window := range map[string]map[string]any{
		"day by hours":       {"StatisticInterval": "hour"},
		"day":                {"StatisticInterval": "day"},
		"days":               {"StatisticInterval": "day", "StartTime": month},
		"month under way":    {"StatisticInterval": "month", "StartTime": month, "EndTime": emulatortest.Midnight + 86400},
		"part of an hour":    {"StatisticInterval": "hour", "StartTime": emulatortest.Midnight + 100, "EndTime": emulatortest.Midnight + 200},
		"border of an hour":  {"StatisticInterval": "hour", "EndTime": emulatortest.Midnight},
		"no times":           {"StatisticInterval": "hour", "StartTime": nil, "EndTime": nil},
		"times as text":      {"StatisticInterval": "hour", "StartTime": "1773000000", "EndTime": "1773100000"},
		"a vehicle":          {"StatisticInterval": "day", "DeviceId": "project-1-vehicle-3"},
		"a seat":             {"StatisticInterval": "hour", "DeviceId": "project-1-seat-2"},
		"an unlisted device": {"StatisticInterval": "hour", "DeviceId": "device-1"},
		"all records":        {"StatisticInterval": "month", "StartTime": 0, "EndTime": emulatortest.Midnight + 86400},
		"an idle device":     {"StatisticInterval": "day", "DeviceId": "idle-1"},
	} {
		t.Run(name, func(t *testing.T) {
			var sum, greatest sessionTotals
			added := sessionTotals{}
			for _, row := range sessions(t, e, window) {
				added.ActiveFieldDeviceNum += row.ActiveFieldDeviceNum
				added.ActiveRemoteDeviceNum += row.ActiveRemoteDeviceNum
				greatest.ActiveFieldDeviceNum = max(greatest.ActiveFieldDeviceNum, row.ActiveFieldDeviceNum)
				greatest.ActiveRemoteDeviceNum = max(greatest.ActiveRemoteDeviceNum, row.ActiveRemoteDeviceNum)
				sum.SessionNum += row.SessionNum
				sum.TotalDuration += row.TotalDuration
			}
			change := maps.Clone(window)
			change["StatisticInterval"] = nil
			got := totals(t, e, change)
			if got.SessionNum != sum.SessionNum || got.TotalDuration != sum.TotalDuration || (sum.SessionNum == 0) != (name == "an idle device") {
				t.Errorf("totals %+v, periods add up to %+v", got, sum)
			}
			if got.ActiveFieldDeviceNum < greatest.ActiveFieldDeviceNum || got.ActiveFieldDeviceNum > added.ActiveFieldDeviceNum ||
				got.ActiveRemoteDeviceNum < greatest.ActiveRemoteDeviceNum || got.ActiveRemoteDeviceNum > added.ActiveRemoteDeviceNum {
				t.Errorf("totals %+v, the greatest period %+v, all %+v", got, greatest, added)
			}
			if (got.SessionNum > 0) != (got.NotBadSessionRatio > 0) || got.NotBadSessionRatio > 100 {
				t.Errorf("totals %+v", got)
			}
		})
	}
}

func TestTotalsOfAPeriodAreThatPeriod(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	day := sessions(t, e, map[string]any{"StatisticInterval": "day"})[0]
	want := sessionTotals{
		day.ActiveFieldDeviceNum, day.ActiveRemoteDeviceNum, day.SessionNum, day.TotalDuration, day.NotBadSessionRatio,
	}
	if diff := cmp.Diff(want, totals(t, e, nil)); diff != "" {
		t.Error(diff)
	}
}

func TestTotalsCheckParameters(t *testing.T) {
	for name, test := range map[string]struct {
		change map[string]any
		want   string
	}{
		"no project":       {map[string]any{"ProjectId": nil}, "MissingParameter"},
		"interval":         {map[string]any{"StatisticInterval": "hour"}, "UnknownParameter"},
		"time is a word":   {map[string]any{"StartTime": "now"}, "InvalidParameter"},
		"empty project":    {map[string]any{"ProjectId": ""}, "InvalidParameterValue"},
		"end before start": {map[string]any{"EndTime": 1}, "InvalidParameterValue"},
		"missing project":  {map[string]any{"ProjectId": "missing-1"}, "ResourceNotFound"},
		"missing device":   {map[string]any{"DeviceId": "missing-1"}, "ResourceNotFound"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), totalsCall(test.change).Request()); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
}
