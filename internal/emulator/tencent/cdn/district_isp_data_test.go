// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn_test

import (
	"encoding/json"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
)

// districtISPInfo is an element of the result.
type districtISPInfo struct {
	Domain, Protocol, IPProtocol string
	StartTime, EndTime           string
	Interval                     int64
	Metric                       string
	District                     int64
	ISP                          int64 `json:"Isp"`
	DataPoints                   []int64
	DistrictName                 string
	ISPName                      string `json:"IspName"`
}

// districtRequest is a request for the three hours before ten o'clock.
var districtRequest = map[string]any{
	"Domains": []string{"www.example.com"}, "Metric": "flux", "StartTime": "2026-03-10 07:00:00", "EndTime": "2026-03-10 09:59:59",
}

func districtCall(changes map[string]any) emulatortest.Call {
	return emulatortest.CDN("DescribeDistrictIspData", emulatortest.Object(districtRequest, changes))
}

// districtData asks for series.
func districtData(t *testing.T, e *emulator.Emulator, changes map[string]any) []districtISPInfo {
	t.Helper()
	return emulatortest.Result[struct{ Data []districtISPInfo }](t, e, districtCall(changes)).Data
}

// one selects a single place.
func one(changes map[string]any) map[string]any {
	place := map[string]any{"Districts": []int{4}, "Isps": []int{2}}
	maps.Copy(place, changes)
	return place
}

func total(list []districtISPInfo) int64 {
	var total int64
	for _, info := range list {
		for _, n := range info.DataPoints {
			total += n
		}
	}
	return total
}

func metrics(list []districtISPInfo) []string {
	var names []string
	for _, info := range list {
		names = append(names, info.Metric)
	}
	return names
}

func TestDistrictDataHasTheFormOfTheVendor(t *testing.T) {
	w := httptest.NewRecorder()
	change := one(map[string]any{"StartTime": "2026-03-10 07:00:00", "EndTime": "2026-03-10 07:00:00", "Protocol": "http"})
	emulatortest.Unlimited(emulatortest.Noon).ServeHTTP(w, districtCall(change).Request())
	var got map[string]map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	data, _ := got["Response"]["Data"].([]any)
	if len(data) != 1 || got["Response"]["RequestId"] == "" {
		t.Fatalf("answered %v", got)
	}
	info, _ := data[0].(map[string]any)
	if points, _ := info["DataPoints"].([]any); len(points) != 1 {
		t.Errorf("points are %v, want one", info["DataPoints"])
	}
	delete(info, "DataPoints")
	want := map[string]any{
		"Domain": "www.example.com", "Protocol": "http", "IpProtocol": "all", "Metric": "flux", "Interval": 5.0,
		"StartTime": "2026-03-10 07:00:00", "EndTime": "2026-03-10 07:00:00",
		"District": 4.0, "DistrictName": "广东", "Isp": 2.0, "IspName": "中国电信",
	}
	if diff := cmp.Diff(want, info); diff != "" {
		t.Error(diff)
	}
}

func TestDistrictDataIncludesBothEnds(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	whole := districtData(t, e, one(map[string]any{"EndTime": "2026-03-10 10:00:00"}))[0].DataPoints
	for _, test := range []struct {
		name, start, end, interval string
		want                       []int64
	}{
		{"both ends belong to it", "2026-03-10 07:00:00", "2026-03-10 10:00:00", "5min", whole},
		{"an end within a period", "2026-03-10 07:00:00", "2026-03-10 09:59:59", "5min", whole[:36]},
		{"a start within a period", "2026-03-10 07:00:01", "2026-03-10 07:10:00", "5min", whole[1:3]},
		{"one point", "2026-03-10 07:05:00", "2026-03-10 07:05:00", "5min", whole[1:2]},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := districtData(t, e, one(map[string]any{"StartTime": test.start, "EndTime": test.end, "Interval": test.interval}))
			if diff := cmp.Diff(test.want, got[0].DataPoints); diff != "" {
				t.Error(diff)
			}
		})
	}
	if len(whole) != 37 {
		t.Errorf("three hours and their end are %d points, want 37", len(whole))
	}
	none := districtData(t, e, map[string]any{"StartTime": "2026-03-10 07:00:01", "EndTime": "2026-03-10 07:04:59"})
	if none == nil || len(none) != 0 {
		t.Errorf("no period begins in the window, but there is %v", none)
	}
	minutes := districtData(t, e, one(map[string]any{"EndTime": "2026-03-10 07:09:59", "Interval": "min"}))
	if minutes[0].Interval != 1 || len(minutes[0].DataPoints) != 10 || total(minutes) != whole[0]+whole[1] {
		t.Errorf("ten minutes are %v, want %d in all", minutes[0], whole[0]+whole[1])
	}
}

func TestDistrictMetricsAddUp(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	ask := func(metric string) []districtISPInfo {
		return districtData(t, e, one(map[string]any{"Metric": metric}))
	}
	requests := total(ask("request"))
	for metric, want := range map[string][]string{
		"bandwidth":  {"bandwidth"},
		"flux":       {"flux"},
		"request":    {"request"},
		"statusCode": {"0", "2xx", "3xx", "4xx", "5xx"},
		"2xx":        {"2xx", "200", "206"},
		"3xx":        {"3xx", "302", "304"},
		"4xx":        {"4xx", "403", "404"},
		"5xx":        {"5xx", "502", "504"},
		"404":        {"404"},
		"418":        nil,
	} {
		if got := metrics(ask(metric)); !slices.Equal(got, want) {
			t.Errorf("%s brings %v, want %v", metric, got, want)
		}
	}
	classes := ask("statusCode")
	if got := total(classes); got != requests || got == 0 {
		t.Errorf("classes add up to %d, there were %d requests", got, requests)
	}
	failed := ask("4xx")
	if got := total(failed[1:]); got != total(failed[:1]) || got != total(classes[3:4]) {
		t.Errorf("codes add up to %d, class to %d and %d", got, total(failed[:1]), total(classes[3:4]))
	}
	bandwidth, flux := ask("bandwidth")[0].DataPoints, ask("flux")[0].DataPoints
	if bandwidth[7] != flux[7]*8/300 || flux[7] == 0 {
		t.Errorf("%d bytes in 300 seconds are %d bit/s", flux[7], bandwidth[7])
	}
}

func TestDistrictDataIsWhatIsSelected(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	all := districtData(t, e, nil)
	if len(all) != 34*7+141 {
		t.Fatalf("%d series, want every district with every carrier", len(all))
	}
	if got := districtData(t, e, map[string]any{"Districts": []int{}, "Isps": []int{}, "Protocol": "all"}); !cmp.Equal(got, all) {
		t.Error("defaults spelled out give other series")
	}
	some := districtData(t, e, map[string]any{"Districts": []int{1068, 4, 9999}, "Isps": []int{26}})
	if len(some) != 2 || some[0].District != 1068 || some[1].District != 4 || some[0].ISP != 26 {
		t.Errorf("two districts with one carrier are %+v", some)
	}
	abroad := districtData(t, e, map[string]any{"Districts": []int{669, 86, 2026}})
	var names []string
	for _, info := range abroad {
		names = append(names, info.DistrictName+" "+info.ISPName)
	}
	if want := "内蒙古 中国电信,内蒙古 中国联通,内蒙古 教育网,内蒙古 长城宽带,内蒙古 中国移动,内蒙古 中国铁通,内蒙古 其他运营商,美国 境外运营商,中国台湾 境外运营商"; strings.Join(names, ",") != want {
		t.Errorf("a province, a country and a region are %v", names)
	}
	for _, parts := range [][]map[string]any{
		{{"Protocol": "http"}, {"Protocol": "https"}},
		{{"IpProtocol": "ipv4"}, {"IpProtocol": "ipv6"}},
	} {
		first, second := total(districtData(t, e, parts[0])), total(districtData(t, e, parts[1]))
		if first+second != total(all) || first == 0 || second == 0 {
			t.Errorf("%v have %d and %d, together %d", parts, first, second, total(all))
		}
	}
	two := districtData(t, e, map[string]any{"Domains": []string{"static.example.com", "idle.example.com", "www.example.com"}})
	if len(two) != 2*len(all) || !cmp.Equal(two[len(all):], all) || total(two[:len(all)]) == total(all) {
		t.Errorf("%d series of two domains, want those of the second to be the same as alone", len(two))
	}
}

func TestDistrictDataEndsNow(t *testing.T) {
	window := one(map[string]any{"StartTime": "2026-03-10 11:00:00", "EndTime": "2026-03-10 13:00:00"})
	now := emulatortest.Noon.Add(2 * time.Minute)
	points := districtData(t, emulatortest.Unlimited(now), window)[0].DataPoints
	if len(points) != 13 || points[12] == 0 || points[12] >= points[11] {
		t.Errorf("two minutes after emulatortest.Noon there are %v", points)
	}
	later := districtData(t, emulatortest.Unlimited(emulatortest.Noon.Add(time.Hour)), window)[0].DataPoints
	if diff := cmp.Diff(later[:12], points[:12]); diff != "" {
		t.Errorf("periods changed with the clock: %s", diff)
	}
}

func TestDistrictDataChecksParameters(t *testing.T) {
	const parameter, date = "InvalidParameter.CdnParamError", "InvalidParameter.CdnStatInvalidDate"
	domains := make([]string, 21)
	for i := range domains {
		domains[i] = "www.example.com"
	}
	tests := []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no domains", map[string]any{"Domains": nil}, "MissingParameter"},
		{"no start", map[string]any{"StartTime": nil}, "MissingParameter"},
		{"no end", map[string]any{"EndTime": nil}, "MissingParameter"},
		{"no metric", map[string]any{"Metric": nil}, "MissingParameter"},
		{"unknown member", map[string]any{"Area": "mainland"}, "UnknownParameter"},
		{"domains are a string", map[string]any{"Domains": "www.example.com"}, parameter},
		{"districts are strings", map[string]any{"Districts": []string{"4"}}, parameter},
		{"empty list of domains", map[string]any{"Domains": []string{}}, parameter},
		{"empty domain", map[string]any{"Domains": []string{""}}, parameter},
		{"too many domains", map[string]any{"Domains": domains}, "InvalidParameter.CdnStatTooManyDomains"},
		{"missing domain", map[string]any{"Domains": []string{"www.example.com", "missing.example.com"}}, "ResourceNotFound.CdnHostNotExists"},
		{"metric", map[string]any{"Metric": "traffic"}, "InvalidParameter.CdnStatInvalidMetric"},
		{"class in capitals", map[string]any{"Metric": "2XX"}, "InvalidParameter.CdnStatInvalidMetric"},
		{"no class", map[string]any{"Metric": "6xx"}, "InvalidParameter.CdnStatInvalidMetric"},
		{"no status code", map[string]any{"Metric": "4040"}, "InvalidParameter.CdnStatInvalidMetric"},
		{"interval", map[string]any{"Interval": "hour"}, "InvalidParameter.CdnInvalidParamInterval"},
		{"protocol", map[string]any{"Protocol": "quic"}, parameter},
		{"IP protocol", map[string]any{"IpProtocol": "ipv5"}, parameter},
		{"IP protocol with districts", map[string]any{"IpProtocol": "all", "Districts": []int{4}}, parameter},
		{"IP protocol with carriers", map[string]any{"IpProtocol": "ipv4", "Isps": []int{2}}, parameter},
		{"RFC 3339", map[string]any{"StartTime": "2026-03-10T07:00:00+08:00"}, date},
		{"no time of day", map[string]any{"EndTime": "2026-03-10"}, date},
		{"end before start", map[string]any{"EndTime": "2026-03-10 06:59:59"}, date},
		{"over three hours", map[string]any{"EndTime": "2026-03-10 10:00:01"}, date},
		{"over ten minutes", map[string]any{"EndTime": "2026-03-10 07:10:01", "Interval": "min"}, date},
		{"too old", map[string]any{"StartTime": "2026-01-08 23:59:59", "EndTime": "2026-01-09 00:05:00"}, date},
		{"future", map[string]any{"StartTime": "2026-03-10 12:05:00", "EndTime": "2026-03-10 12:10:00"}, date},
		{"oldest", map[string]any{"StartTime": "2026-01-09 00:00:00", "EndTime": "2026-01-09 03:00:00"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), districtCall(test.change).Request()); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
}

func TestDistrictDataIsSignedForItsService(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
	call := districtCall(nil)
	if got := emulatortest.Code(t, e, call.Request()); got != "" {
		t.Errorf("code %q, want none", got)
	}
	call.Service = "mna"
	if got := emulatortest.Code(t, e, call.Request()); got != "AuthFailure.SignatureFailure" {
		t.Errorf("signed for another service: code %q", got)
	}
	call.Version = "2021-01-19"
	if got := emulatortest.Code(t, e, call.Request()); got != "NoSuchVersion" {
		t.Errorf("another version: code %q", got)
	}
	if got := len(e.CallsTo(emulator.CDN)); got != 3 {
		t.Errorf("%d calls recorded, want 3", got)
	}
}
