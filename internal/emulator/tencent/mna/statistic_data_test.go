// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"encoding/xml"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// trafficRows reads the rows of a workbook's sheet of traffic, without the header.
func trafficRows(t *testing.T, body io.Reader) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(body)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Traffic")
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestExportHoldsTheTraffic(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	link := emulatortest.ExportLink(t, e, map[string]any{"DeviceName": "-1", "DeviceList": []string{"device-2", "device-1", "idle-1"}})
	const path = "http://mna.example.com/statistics/-1-2026-03-09%2000%3A00-2026-03-09%2023%3A59.xlsx?"
	if !strings.HasPrefix(link, path) {
		t.Errorf("link %s, want it to begin with %s", link, path)
	}
	w := emulatortest.Get(e, http.MethodGet, link)
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	var want [][]string
	for _, device := range []string{"device-1", "device-2"} {
		up := flow(t, e, map[string]any{"DeviceId": device, "Type": 1})
		down := flow(t, e, map[string]any{"DeviceId": device, "Type": 2})
		both := flow(t, e, map[string]any{"DeviceId": device, "Type": 3})
		for i := range 24 {
			hour := time.Date(2026, 3, 9, i, 0, 0, 0, figures.ChinaTime).Format("2006-01-02 15:04")
			row := []string{device, hour}
			for _, f := range []flowStatistic{up, down, both} {
				row = append(row, strconv.FormatInt(f.NetDetails[i].Current, 10))
			}
			want = append(want, row)
		}
	}
	if diff := cmp.Diff(want, trafficRows(t, w.Body)); diff != "" {
		t.Error(diff)
	}
	if calls := e.CallsTo(emulator.Export); len(calls) != 1 || calls[0].Code != "" || calls[0].Status != http.StatusOK {
		t.Errorf("recorded %+v", calls)
	}
}

func TestExportSummaryAddsUp(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	f, err := excelize.OpenReader(emulatortest.Get(e, http.MethodGet, emulatortest.ExportLink(t, e, nil)).Body)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Summary")
	if err != nil {
		t.Fatal(err)
	}
	text := func(direction int) string {
		return strconv.FormatInt(flow(t, e, map[string]any{"Type": direction}).TotalValue, 10)
	}
	want := [][]string{
		{"Traffic statistics"},
		{"Begin (UTC+8)", "2026-03-09 00:00"},
		{"End (UTC+8)", "2026-03-09 23:59"},
		{"Period (seconds)", "3600"},
		{"Uplink (bytes)", text(1)},
		{"Downlink (bytes)", text(2)},
		{"Total (bytes)", text(3)},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestExportIsForTheDevicesNamed(t *testing.T) {
	tests := []struct {
		name   string
		change map[string]any
		want   []string
	}{
		{"device", nil, []string{"device-1"}},
		{"list before device", map[string]any{"DeviceList": []string{"device-7"}}, []string{"device-7"}},
		{"group", map[string]any{"DeviceName": "-1", "GroupId": "g", "MpApplicationId": "app-1"}, []string{"g-device-1", "g-device-2", "g-device-3"}},
		{"application", map[string]any{"DeviceName": "-1", "MpApplicationId": "app-1"}, []string{"gateway-1", "gateway-11", "gateway-3", "gateway-5", "gateway-7", "gateway-9"}},
		{"group that is listed", map[string]any{"DeviceName": "-1", "GroupId": "group-3"}, []string{"gateway-12", "gateway-3", "gateway-6", "gateway-9"}},
		{"account", map[string]any{"DeviceName": "-1"}, []string{
			"gateway-1", "gateway-10", "gateway-11", "gateway-12", "gateway-2", "gateway-3",
			"gateway-4", "gateway-5", "gateway-6", "gateway-7", "gateway-8", "gateway-9",
		}},
		{"odd name", map[string]any{"DeviceName": "../车//%2F?#1"}, []string{"../车//%2F?#1"}},
		{"idle group", map[string]any{"DeviceName": "-1", "GroupId": "idle-g"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := emulatortest.Unlimited(emulatortest.Noon)
			change := map[string]any{"TimeGranularity": 2}
			maps.Copy(change, test.change)
			var got []string
			for _, row := range trafficRows(t, emulatortest.Get(e, http.MethodGet, emulatortest.ExportLink(t, e, change)).Body) {
				got = append(got, row[0])
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExportChecksParameters(t *testing.T) {
	eleven := strings.Split(strings.Repeat("d", 11), "")
	tests := []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no device", map[string]any{"DeviceName": nil}, "MissingParameter"},
		{"no begin", map[string]any{"BeginTime": nil}, "MissingParameter"},
		{"unknown member", map[string]any{"Type": 1}, "UnknownParameter"},
		{"device is a number", map[string]any{"DeviceName": 1}, "InvalidParameter"},
		{"group is a list", map[string]any{"GroupId": []string{"g"}}, "InvalidParameter"},
		{"device is empty", map[string]any{"DeviceName": ""}, "InvalidParameter"},
		{"granularity", map[string]any{"TimeGranularity": 0}, "InvalidParameter"},
		{"eleven devices", map[string]any{"DeviceList": eleven}, "InvalidParameter"},
		{"missing device", map[string]any{"DeviceName": "missing-1"}, "InvalidParameter"},
		{"missing group", map[string]any{"DeviceName": "-1", "GroupId": "missing-1"}, "InvalidParameter"},
		{
			"too many rows",
			map[string]any{"BeginTime": 0, "EndTime": 30_000_000, "TimeGranularity": 3, "DeviceList": []string{"a", "b"}},
			"InvalidParameter",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := emulatortest.Export(test.change).Request()
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), r); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
}

func TestExportLinksAreSignedAndExpire(t *testing.T) {
	now := emulatortest.Noon
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	link := emulatortest.ExportLink(t, e, nil)
	forge := func(name, value string) string {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		query := u.Query()
		query.Set(name, value)
		u.RawQuery = query.Encode()
		return u.String()
	}
	tests := []struct {
		name, method, link string
		after              time.Duration
		want               string
	}{
		{name: "at once", link: link},
		{name: "re-encoded", link: forge("q-sign-algorithm", "sha1")},
		{name: "an hour later", link: link, after: time.Hour},
		{name: "expired", link: link, after: time.Hour + time.Second, want: "AccessDenied"},
		{name: "from the future", link: link, after: -time.Second, want: "AccessDenied"},
		{name: "no query", link: "http://mna.example.com/statistics/device-1.xlsx", want: "AccessDenied"},
		{name: "another method", method: http.MethodHead, link: link, want: "SignatureDoesNotMatch"},
		{name: "another host", link: strings.Replace(link, "mna.", "trro.", 1), want: "SignatureDoesNotMatch"},
		{name: "another file", link: strings.Replace(link, "device-1", "device-2", 1), want: "SignatureDoesNotMatch"},
		{name: "another token", link: forge("x-cos-security-token", "e30"), want: "SignatureDoesNotMatch"},
		{name: "another time", link: forge("q-sign-time", "1773111600;1773115200"), want: "SignatureDoesNotMatch"},
		{name: "another signature", link: forge("q-signature", strings.Repeat("0", 40)), want: "SignatureDoesNotMatch"},
		{name: "another key", link: forge("q-ak", emulator.DefaultSecretID), want: "SignatureDoesNotMatch"},
		{name: "another seed", link: emulatortest.ExportLink(t, emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Seed: 1}), nil), want: "SignatureDoesNotMatch"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			now = emulatortest.Noon.Add(test.after)
			if test.method == "" {
				test.method = http.MethodGet
			}
			w := emulatortest.Get(e, test.method, test.link)
			if test.want == "" {
				if w.Code != http.StatusOK {
					t.Errorf("status %d: %s", w.Code, w.Body)
				}
				return
			}
			var got struct {
				Code      string
				RequestID string `xml:"RequestId"`
			}
			if err := xml.Unmarshal(w.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if w.Code != http.StatusForbidden || got.Code != test.want || got.RequestID == "" {
				t.Errorf("status %d, error %+v, want 403 %s", w.Code, got, test.want)
			}
		})
	}
}

func TestExportIsAsOfItsLink(t *testing.T) {
	now := emulatortest.Noon.Add(30 * time.Minute)
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	link := emulatortest.ExportLink(t, e, map[string]any{"EndTime": emulatortest.Midnight + 86400})
	first := trafficRows(t, emulatortest.Get(e, http.MethodGet, link).Body)
	now = now.Add(time.Hour)
	if diff := cmp.Diff(first, trafficRows(t, emulatortest.Get(e, http.MethodGet, link).Body)); diff != "" {
		t.Errorf("the file changed: %s", diff)
	}
}
