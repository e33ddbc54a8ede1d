// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// numbers returns the values of a series. "" is null.
func numbers(t *testing.T, texts ...string) []decimal.Decimal {
	t.Helper()
	values := make([]decimal.Decimal, len(texts))
	for i, text := range texts {
		value, err := decimal.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		values[i] = value
	}
	return values
}

// decode reads a successful answer with the data. "" is an answer without data.
func decode(t *testing.T, data, statType string) ([]Series, error) {
	t.Helper()
	if data != "" {
		data = `, "data": ` + data
	}
	return decodeAnswer(t.Context(), `{"code": 0`+data+`}`, statType, limit.Limits{})
}

func decodeAnswer(ctx context.Context, body, statType string, limits limit.Limits) ([]Series, error) {
	answer := &transport.Answer{Host: "cdn.example.com", Status: http.StatusOK, Body: []byte(body)}
	return New(Config{}).series(ctx, answer, signature{}, part{OverseaISPDetailRequest: OverseaISPDetailRequest{StatType: statType, Limits: limits}})
}

// problem returns the text of a malformed response's error.
func problem(t *testing.T, err error) string {
	t.Helper()
	content, ok := errors.AsType[*transport.ContentError](err)
	if !ok {
		t.Fatalf("error %v, want a *transport.ContentError", err)
	}
	return content.Err.Error()
}

// region returns data with one region of www.example.com.
func region(ispValue string) string {
	return `{"date": "2016-09-28", "prov_data": {"www.example.com": [
		{"id": 57, "name": "泰国", "host": "www.example.com", "isp_value": ` + ispValue + `}]}}`
}

func TestDecodeEmpty(t *testing.T) {
	for _, data := range []string{
		`{}`, `[]`, `{"prov_data": {}}`, `{"prov_data": []}`, `{"prov_data": null}`, `{"prov_data": {"www.example.com": []}}`,
		`{"prov_data": {"www.example.com": null}}`, `{"prov_data": {"www.example.com": [{"id": 57}]}}`,
		region(`{}`), region(`[]`), region(`null`), region(`{"bandwidth": {}}`), region(`{"bandwidth": []}`), region(`{"bandwidth": null}`),
	} {
		series, err := decode(t, data, "bandwidth")
		if err != nil || len(series) != 0 {
			t.Errorf("%s: %+v, %v; want nothing", data, series, err)
		}
	}
}

func TestDecodeNesting(t *testing.T) {
	overseas, first := int64(-1), int64(0)
	series := func(statType string, isp *int64, code string, values ...string) Series {
		s := Series{
			Host: "www.example.com", ProvID: 57, ProvName: "泰国", ISPID: isp, StatType: statType, StatusCode: code,
			Values: numbers(t, values...),
		}
		if len(values) == 0 {
			s.Values = nil
		}
		return s
	}
	for _, test := range []struct {
		asked, ispValue string
		want            []Series
	}{
		{"bandwidth", `{"bandwidth": {"-1": [1, 0]}}`, []Series{series("bandwidth", &overseas, "", "1", "0")}},
		{"", `{"bandwidth": {"-1": [1]}}`, []Series{series("bandwidth", &overseas, "", "1")}},
		{"flux", `{"-1": [1]}`, []Series{series("flux", &overseas, "", "1")}},
		{"flux", `{"bandwidth": {"-1": [1]}}`, []Series{series("bandwidth", &overseas, "", "1")}},
		{"flux", `{"flux": [1, 2]}`, []Series{series("flux", nil, "", "1", "2")}},
		{"flux", `{"flux": [[1, 2]]}`, []Series{series("flux", &first, "", "1", "2")}},
		{"hitrate", `{"hitrate": {"-1": [99.95, "98.5", 1e2]}}`, []Series{series("hitrate", &overseas, "", "99.95", "98.5", "100")}},
		{"bandwidth", `{"bandwidth": {"-1": []}}`, []Series{series("bandwidth", &overseas, "")}},
		{"bandwidth", `{"bandwidth": {"-1": null}}`, []Series{series("bandwidth", &overseas, "")}},
		{
			"statuscode", `{"statuscode": {"-1": {"404": [1], "200": [2]}}}`,
			[]Series{series("statuscode", &overseas, "404", "1"), series("statuscode", &overseas, "200", "2")},
		},
		{
			"statuscode", `{"statuscode": {"2XX": {"-1": [1]}, "4XX": {"-1": [2]}}}`,
			[]Series{series("statuscode", &overseas, "2XX", "1"), series("statuscode", &overseas, "4XX", "2")},
		},
		{"statuscode", `{"statuscode": {"-1": [1]}}`, []Series{series("statuscode", &overseas, "", "1")}},
		{"statuscode", `{"statuscode": {"200": [1]}}`, []Series{series("statuscode", nil, "200", "1")}},
		{"statuscode", `{"200": {"-1": [1]}}`, []Series{series("statuscode", &overseas, "200", "1")}},
		{"statuscode", `{"statuscode": [{"200": [1]}]}`, []Series{series("statuscode", &first, "200", "1")}},
		{"statuscode", `{"statuscode": {"-1": {"200": []}}}`, []Series{series("statuscode", &overseas, "200")}},
	} {
		got, err := decode(t, region(test.ispValue), test.asked)
		if err != nil {
			t.Errorf("%s: %v", test.ispValue, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s asked for %q: %s", test.ispValue, test.asked, diff)
		}
	}
}

func TestDecodeKeepsTheOrder(t *testing.T) {
	const data = `{"prov_data": {
		"z.example.com": [{"id": 669, "name": "美国", "isp_value": {"flux": {"-1": [1]}}}, {"id": "57", "isp_value": {"flux": {"-1": [1]}}}],
		"a.example.com": [{"id": 9999, "isp_value": {"flux": {"-1": [1], "7": [1]}}}],
		"m.example.com": {"3": {"id": -2, "host": "other.example.com", "isp_value": {"flux": {"-1": [1]}}}},
		"b.example.com": [{"id": -3, "extra": {"x": []}, "isp_value": {"flux": {"-1": [1]}}}]}}`
	series, err := decode(t, data, "flux")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range series {
		got = append(got, fmt.Sprintf("%s %d%s %d", s.Host, s.ProvID, s.ProvName, *s.ISPID))
	}
	want := []string{
		"z.example.com 669美国 -1", "z.example.com 57 -1", "a.example.com 9999 -1", "a.example.com 9999 7", "other.example.com -2 -1",
		"b.example.com -3 -1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Hosts in a list have names only inside their elements.
func TestDecodeListOfHosts(t *testing.T) {
	const data = `{"prov_data": [[{"id": 57, "host": "www.example.com", "isp_value": {"flux": {"-1": [1]}}}]]}`
	series, err := decode(t, data, "flux")
	if err != nil || len(series) != 1 || series[0].Host != "www.example.com" {
		t.Errorf("%+v, %v; want www.example.com", series, err)
	}
}

func TestDecodeUnusualText(t *testing.T) {
	const data = ` { "other" : [ "]}" , {"\\" : "\"]"} ] , "prov_data" : { "a,\"}[b" : [
		{ "name" : "x\\\"]},{" , "id" : 57 , "isp_value" : { "\u0066lux" : { "-1" : [ 1 , " \u0032" , "3" ] } } } , {"id":58,"isp_value":[]}
	] } } `
	_, err := decode(t, data, "flux")
	if want := `$.data.prov_data["a,\"}[b"][0].isp_value.flux["-1"][1]: not a decimal number: " 2"`; problem(t, err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
	series, err := decode(t, strings.ReplaceAll(data, `" \u0032"`, `"\u0032"`), "flux")
	if err != nil {
		t.Fatal(err)
	}
	overseas := int64(-1)
	want := []Series{{
		Host: `a,"}[b`, ProvID: 57, ProvName: `x\"]},{`, ISPID: &overseas, StatType: "flux", Values: numbers(t, "1", "2", "3"),
	}}
	if diff := cmp.Diff(want, series); diff != "" {
		t.Error(diff)
	}
}

func TestAnyNumberOfValuesIsRead(t *testing.T) {
	for _, count := range []int{0, 1, 287, 288, 289} {
		values := strings.TrimSuffix(strings.Repeat("7,", count), ",")
		series, err := decode(t, region(`{"bandwidth": {"-1": [`+values+`]}}`), "bandwidth")
		if err != nil || len(series) != 1 || len(series[0].Values) != count {
			t.Errorf("%d values: %d series, %v", count, len(series), err)
		}
	}
	t.Run("null and strings", func(t *testing.T) {
		series, err := decode(t, region(`{"bandwidth": {"-1": [null, "2", 0, "", "0.50", null]}}`), "bandwidth")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(numbers(t, "", "2", "0", "", "0.5", ""), series[0].Values); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("no number", func(t *testing.T) {
		series, err := decode(t, region(`{"bandwidth": {"-1": [1, 2, "..."]}}`), "bandwidth")
		const want = `$.data.prov_data["www.example.com"][0].isp_value.bandwidth["-1"][2]: not a decimal number: "..."`
		if problem(t, err) != want {
			t.Errorf("%+v, error %v, want %s", series, err, want)
		}
	})
}

// longHost is repeated in every series of the host, so it must not be long.
var longHost = strings.Repeat("h", 513)

func TestDecodeNamesTheMalformedValue(t *testing.T) {
	const first = `$.data.prov_data["www.example.com"][0]`
	for _, test := range []struct{ data, want string }{
		{``, `$.data: data is missing`},
		{`null`, `$.data: data is missing`},
		{`"none"`, `$.data: unexpected string`},
		{`{"prov_data": 1}`, `$.data.prov_data: unexpected number`},
		{`{"prov_data": {"www.example.com": true}}`, `$.data.prov_data["www.example.com"]: unexpected bool`},
		{`{"prov_data": {"www.example.com": [1]}}`, first + `: unexpected number`},
		{`{"prov_data": {"www.example.com": {"x": {"name": {}}}}}`, `$.data.prov_data["www.example.com"].x.name: unexpected object`},
		{`{"prov_data": {"www.example.com": [{}]}}`, first + `.id: not a whole number: null`},
		{`{"prov_data": {"www.example.com": [{"id": 57.5}]}}`, first + `.id: not a whole number: 57.5`},
		{`{"prov_data": {"www.example.com": [{"id": "x"}]}}`, first + `.id: not a decimal number: "x"`},
		{`{"prov_data": [], "prov_data": []}`, `$.data.prov_data: given twice`},
		{`{"prov_data": {"www.example.com": [], "www.example.com": []}}`, `$.data.prov_data["www.example.com"]: given twice`},
		{region(`{"flux": {"-1": [1], "-1": [2]}}`), first + `.isp_value.flux["-1"]: given twice`},
		{`{"prov_data": {"` + longHost + `": [{"id": 57}]}}`, `$.data.prov_data["` + longHost[:255] + `…"][0]: too long: 513 bytes, the limit is 512`},
		{region(`"none"`), first + `.isp_value: unexpected string`},
		{region(`{"bandwidth": 1}`), first + `.isp_value.bandwidth: unexpected number`},
		{region(`{"latency": {"-1": [1]}}`), first + `.isp_value.latency: neither a statistic nor the code of an ISP or a status`},
		{region(`{"-1": {"bandwidth": [1]}}`), first + `.isp_value["-1"].bandwidth: neither a statistic nor the code of an ISP or a status`},
		{region(`{"bandwidth": {"-1": {"200": [1]}}}`), first + `.isp_value.bandwidth["-1"]["200"]: neither a statistic nor the code of an ISP or a status`},
		{region(`{"statuscode": {"200": {"404": [1]}}}`), first + `.isp_value.statuscode["200"]["404"]: neither a statistic nor the code of an ISP or a status`},
		{region(`{"bandwidth": {"-1": [1, [2]]}}`), first + `.isp_value.bandwidth["-1"][1]: not a decimal number: "[2]"`},
		{region(`{"bandwidth": {"-1": [1e309]}}`), first + `.isp_value.bandwidth["-1"][0]: number out of range: "1e309"`},
	} {
		series, err := decode(t, test.data, "bandwidth")
		if got := problem(t, err); got != test.want {
			t.Errorf("%s: %+v\nerror %s\n want %s", test.data, series, got, test.want)
		}
	}
}

func TestDecodeErrorsCanBeMatched(t *testing.T) {
	_, err := decode(t, region(`{"bandwidth": {"-1": [true]}}`), "bandwidth")
	if !errors.Is(err, decimal.ErrSyntax) {
		t.Errorf("%v is not decimal.ErrSyntax", err)
	}
}

func TestDecodeQuotesOnlyTheBeginningOfAKey(t *testing.T) {
	for _, letter := range []string{"a", "-"} {
		_, err := decode(t, region(`{"`+strings.Repeat(letter, 1<<20)+`": [1]}`), "bandwidth")
		if err == nil || len(err.Error()) > 500 {
			t.Errorf("key of %q: an error of %d characters", letter, len(fmt.Sprint(err)))
		}
	}
}

func FuzzOverseaDecode(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `[]`, `{"prov_data": []}`, region(`{"bandwidth": {"-1": [1, null, "2"]}}`), region(`[[[1]]]`),
		region(`{"statuscode": {"-1": {"200": [1]}, "2XX": {"-1": [1]}}}`), region(`{"statuscode": [{"200": []}]}`),
		`{"prov_data": [[{"id": 1}]]}`, `{"prov_data": {"a": {"b": {"id": "1", "isp_value": {"1": [1]}}}}}`,
	} {
		f.Add([]byte(seed), "statuscode")
	}
	f.Fuzz(func(t *testing.T, data []byte, statType string) {
		series, err := decode(t, string(data), statType)
		if err != nil && (series != nil || len(err.Error()) > 4096) {
			t.Errorf("%d series and an error of %d characters", len(series), len(err.Error()))
		}
		for _, s := range series {
			if s.StatusCode != "" && s.StatType != statusCodes {
				t.Errorf("status code %s of %s", s.StatusCode, s.StatType)
			}
		}
	})
}
