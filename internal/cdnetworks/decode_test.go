// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"errors"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// shanghai is the requested zone.
var shanghai = time.FixedZone("GMT+08:00", 8*3600)

func number(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	n, err := decimal.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// decode reads a successful answer with the data. "" is an answer without data.
func decode(t *testing.T, data string) (*RelayTrafficReport, error) {
	t.Helper()
	if data != "" {
		data = `, "data": ` + data
	}
	return decodeAnswer(t.Context(), `{"code": "0"`+data+`}`, limit.Limits{})
}

func decodeAnswer(ctx context.Context, body string, limits limit.Limits) (*RelayTrafficReport, error) {
	answer := &transport.Answer{Host: "api.example.com", Status: http.StatusOK, Body: []byte(body)}
	return New(Config{}).report(ctx, answer, RelayTrafficRequest{DateFrom: "2024-09-01", DateTo: "2024-09-01", Limits: limits}, shanghai)
}

func TestDecodeRelayTraffic(t *testing.T) {
	item := func(label, traffic string) Item {
		at, err := time.Parse(time.RFC3339, label)
		if err != nil {
			t.Fatal(err)
		}
		return Item{Time: at, Traffic: number(t, traffic)}
	}
	for name, test := range map[string]struct {
		report string
		want   []Group
	}{
		"no groups":             {`{}`, []Group{}},
		"groups null":           {`{"groups": null}`, []Group{}},
		"groups empty":          {`{"groups": []}`, []Group{}},
		"a group that is empty": {`{"groups": [{}]}`, []Group{{Items: []Item{}}}},
		"one group and one item as objects": {
			`{"groups": {"domain": "www.example.com", "item": {"time": "2024-09-01 00:00:00", "relayTraffic": "1.5"}}}`,
			[]Group{{Domain: "www.example.com", Items: []Item{item("2024-09-01T00:00:00+08:00", "1.5")}}},
		},
		"one item as an object beside several": {
			`{"groups": [
				{"domain": "a.example.com", "item": [{"time": "2024-09-01 00:00:00", "relayTraffic": "1"}, {"time": "2024-09-01 00:05:00"}]},
				{"domain": "b.\u0065xample.com", "item": {"time": "2024-09-01 00:00:00", "relayTraffic": 2}}, null]}`,
			[]Group{
				{Domain: "a.example.com", Items: []Item{item("2024-09-01T00:00:00+08:00", "1"), item("2024-09-01T00:05:00+08:00", "")}},
				{Domain: "b.example.com", Items: []Item{item("2024-09-01T00:00:00+08:00", "2")}},
				{Items: []Item{}},
			},
		},
		"numbers instead of strings": {
			`{"groups": [{"totalRelayTraffic": 0.053, "peakBandwidth": 12, "item": [{"time": "2024-09-01 00:00", "relayTraffic": 3}]}]}`,
			[]Group{{
				Total: number(t, "0.053"), PeakBandwidth: number(t, "12"),
				Items: []Item{item("2024-09-01T00:00:00+08:00", "3")},
			}},
		},
		"nothing measured": {
			`{"groups": [{"totalRelayTraffic": "", "peakBandwidth": null, "peakTime": "", "item": [
				{"time": "2024-09-01 00:00:00", "relayTraffic": ""}, {"time": "2024-09-01 00:05:00", "relayTraffic": null},
				{"time": "2024-09-01 00:10:00"}]}]}`,
			[]Group{{Items: []Item{
				item("2024-09-01T00:00:00+08:00", ""), item("2024-09-01T00:05:00+08:00", ""), item("2024-09-01T00:10:00+08:00", ""),
			}}},
		},
		"unsorted, repeated and unknown": {
			`{"groups": [{"flow": [1], "item": [
				{"time": "2024-09-01 00:05:00", "relayTraffic": "1"}, {"time": "2024-09-01 00:00:00", "relayTraffic": "2"},
				{"time": "2024-09-01 00:05:00", "relayTraffic": "1", "flow": "7"}]}]}`,
			[]Group{{Items: []Item{
				item("2024-09-01T00:05:00+08:00", "1"), item("2024-09-01T00:00:00+08:00", "2"), item("2024-09-01T00:05:00+08:00", "1"),
			}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := decode(t, `{"report": `+test.report+`}`)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, report.Groups); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeRelayTrafficOfTheVendorsExample(t *testing.T) {
	data, err := os.ReadFile("testdata/document.json")
	if err != nil {
		t.Fatal(err)
	}
	report, err := decode(t, string(data))
	if err != nil {
		t.Fatal(err)
	}
	if report.Type != "get-cdn-relay-traffic" || report.Location.String() != "GMT+07:00" {
		t.Errorf("type %s in %s, want the answer's own", report.Type, report.Location)
	}
	if len(report.Groups) != 2 || report.Groups[0].Domain != "a.example.com" || report.Groups[1].Domain != "b.example.com" {
		t.Fatalf("groups %+v, want those of a.example.com and b.example.com", report.Groups)
	}
	g := report.Groups[1]
	if g.Total != number(t, "0.053") || g.PeakBandwidth != number(t, "0.246") {
		t.Errorf("total %v and peak %v, want 0.053 and 0.246", g.Total, g.PeakBandwidth)
	}
	if got, want := g.PeakTime.Format(time.RFC3339), "2024-09-01T01:05:00+07:00"; got != want {
		t.Errorf("peak at %s, want %s", got, want)
	}
	if len(g.Items) != 13 {
		t.Fatalf("%d items, want 13", len(g.Items))
	}
	if last := g.Items[12]; last.Time.Format(time.RFC3339) != "2024-09-01T02:00:00+07:00" || last.Traffic != number(t, "0.004") {
		t.Errorf("last item %v, want 0.004 at 02:00+07:00", last)
	}
}

func TestDecodeRelayTrafficNamesTheMalformedValue(t *testing.T) {
	const rest = `"time": "2024-09-01 00:00:00"`
	for _, test := range []struct{ data, want string }{
		{``, `$.data: report is missing`},
		{`null`, `$.data: report is missing`},
		{`[]`, `$.data: unexpected array`},
		{`{"report": null}`, `$.data: report is missing`},
		{`{"report": "none"}`, `$.data.report: unexpected string`},
		{`{"report": {"timezone": "+07:00"}}`, `$.data.report.timezone: must be a fixed offset GMT±hh:mm, such as "GMT+08:00" or "GMT-05:30", got "+07:00"; write "GMT+07:00"`},
		{`{"report": {"groups": "none"}}`, `$.data.report.groups: unexpected string`},
		{`{"report": {"groups": [1]}}`, `$.data.report.groups[0]: unexpected number`},
		{`{"report": {"groups": [{}, {"totalRelayTraffic": "-"}]}}`, `$.data.report.groups[1].totalRelayTraffic: not a decimal number: "-"`},
		{`{"report": {"groups": [{"peakBandwidth": {}}]}}`, `$.data.report.groups[0].peakBandwidth: not a decimal number: "{}"`},
		{
			`{"report": {"groups": [{"peakTime": "01:05"}]}}`,
			`$.data.report.groups[0].peakTime: not a time of the form YYYY-MM-DD hh:mm:00: "01:05"`,
		},
		{`{"report": {"groups": [{"item": [[]]}]}}`, `$.data.report.groups[0].item[0]: unexpected array`},
		{`{"report": {"groups": [{"item": [{}]}]}}`, `$.data.report.groups[0].item[0].time: not a time of the form YYYY-MM-DD hh:mm:00: ""`},
		{
			`{"report": {"groups": [{"item": [{` + rest + `}, {"time": 1725120000}]}]}}`,
			`$.data.report.groups[0].item[1].time: not a time of the form YYYY-MM-DD hh:mm:00: "1725120000"`,
		},
		{`{"report": {}, "report": {}}`, `$.data.report: given twice`},
		{`{"report": {"groups": [{"item": []}, {"item": [], "item": {}}]}}`, `$.data.report.groups[1].item: given twice`},
		{`{"report": {"groups": [{"item": [{` + rest + `, "relayTraffic": 1, "relayTraffic": 2}]}]}}`, `$.data.report.groups[0].item[0].relayTraffic: given twice`},
	} {
		report, err := decode(t, test.data)
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != test.want {
			t.Errorf("%s: %+v, %v; want the error %s", test.data, report, err, test.want)
		}
	}
}

func TestDecodeRelayTrafficErrorsCanBeMatched(t *testing.T) {
	_, err := decode(t, `{"report": {"groups": [{"peakBandwidth": "-"}]}}`)
	if !errors.Is(err, decimal.ErrSyntax) {
		t.Errorf("%v is not decimal.ErrSyntax", err)
	}
}

func FuzzRelayTrafficDecode(f *testing.F) {
	document, err := os.ReadFile("testdata/document.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document)
	for _, seed := range []string{
		``, `null`, `{"report":{"groups":{"item":{"time":"2024-09-01 00:00"}}}}`, `{"report":{"timezone":"GMT-10:00","groups":[null]}}`,
		`{"report":{"groups":[{"item":[{"time":"2024-09-01 00:00:00","relayTraffic":1e309}]}]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		report, err := decode(t, string(data))
		if err != nil {
			return
		}
		for _, g := range report.Groups {
			for _, item := range g.Items {
				if item.Time.Location() != report.Location {
					t.Errorf("an item in %s of a report in %s", item.Time.Location(), report.Location)
				}
			}
		}
	})
}
