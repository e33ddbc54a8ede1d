// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// received is the request that the server received.
type received struct{ action, region, body string }

// newClient returns a client whose server always returns these members, followed by the request ID.
func newClient(t *testing.T, members string) (*Client, *received) {
	t.Helper()
	var got received
	return connect(t, func(r received) string {
		got = r
		return members
	}), &got
}

// connect returns a client with a memo whose server returns the members that a function returns, followed by the request ID.
func connect(t *testing.T, members func(received) string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got := received{r.Header.Get("X-TC-Action") + " " + r.Header.Get("X-TC-Version"), r.Header.Get("X-TC-Region"), string(body)}
		_, _ = io.WriteString(w, `{"Response":{`+members(got)+`"RequestId":"r-1"}}`)
	}))
	t.Cleanup(server.Close)
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	return New(tencentcloud.Config{
		Endpoint:    server.URL,
		Credentials: tencentcloud.Static{SecretID: "AKIDexample", SecretKey: "example"},
		HTTP:        client,
		Clock:       clock.NewCorrected(clock.System{}),
		Memo:        transport.NewMemo(),
		QuotaShare:  1000,
	})
}

func number(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	d, err := decimal.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var (
	aProject   = DescribeSessionStatisticsRequest{ProjectID: new("p")}
	everything = DescribeSessionStatisticsRequest{ProjectID: new("p"), DeviceID: new("d"), StartTime: new(int64(0)), EndTime: new(int64(1670000000))}
)

// everythingSent has the fields of everything as they are sent.
const everythingSent = `"ProjectId":"p","DeviceId":"d","StartTime":0,"EndTime":1670000000`

func TestDescribeSessionStatisticsByIntervalSendsTheGivenFields(t *testing.T) {
	for want, request := range map[string]DescribeSessionStatisticsByIntervalRequest{
		`{"ProjectId":"p","StatisticInterval":"month"}`:       {DescribeSessionStatisticsRequest: aProject, StatisticInterval: new(Month)},
		`{` + everythingSent + `,"StatisticInterval":"hour"}`: {DescribeSessionStatisticsRequest: everything, StatisticInterval: new(Hour)},
	} {
		client, got := newClient(t, "")
		if _, err := client.DescribeSessionStatisticsByInterval(t.Context(), "ap-guangzhou", request); err != nil {
			t.Error(err)
		}
		wantReceived := received{"DescribeSessionStatisticsByInterval 2022-03-25", "ap-guangzhou", want}
		if diff := cmp.Diff(wantReceived, *got, cmp.AllowUnexported(received{})); diff != "" {
			t.Error(diff)
		}
	}
}

// The vendor's own example repeats an interval and has an end before its start.
func TestRowsAreNotChanged(t *testing.T) {
	client, _ := newClient(t, `"SessionStatistics":[
		{"ActiveFieldDeviceNum":1,"ActiveRemoteDeviceNum":2,"SessionNum":3,"TotalDuration":4,"StartTime":1660000000,"EndTime":1670000000,"NotBadSessionRatio":50.5},
		{"ActiveFieldDeviceNum":"12","ActiveRemoteDeviceNum":null,"SessionNum":"","TotalDuration":-1,"StartTime":"1660000000","EndTime":"1650000000","Unknown":{}},
		{"StartTime":0,"EndTime":1670000000,"TotalDuration":9007199254740993}
	],`)
	got, err := client.DescribeSessionStatisticsByInterval(t.Context(), "ap-guangzhou", DescribeSessionStatisticsByIntervalRequest{})
	if err != nil {
		t.Fatal(err)
	}
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
	want := &SessionStatistics{RequestID: "r-1", Rows: []SessionStatistic{
		{StartTime: at(1660000000), EndTime: at(1670000000), Sessions: Sessions{
			ActiveFieldDeviceNum: number(t, "1"), ActiveRemoteDeviceNum: number(t, "2"),
			SessionNum: number(t, "3"), TotalDuration: number(t, "4"), NotBadSessionRatio: number(t, "50.5"),
		}},
		{StartTime: at(1660000000), EndTime: at(1650000000), Sessions: Sessions{ActiveFieldDeviceNum: number(t, "12"), TotalDuration: number(t, "-1")}},
		{StartTime: at(0), EndTime: at(1670000000), Sessions: Sessions{TotalDuration: number(t, "9007199254740993")}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMissingListOfRowsIsEmpty(t *testing.T) {
	for name, members := range map[string]string{"null": `"SessionStatistics":null,`, "missing": "", "empty": `"SessionStatistics":[],`} {
		client, _ := newClient(t, members)
		got, err := client.DescribeSessionStatisticsByInterval(t.Context(), "ap-guangzhou", DescribeSessionStatisticsByIntervalRequest{})
		if diff := cmp.Diff(&SessionStatistics{RequestID: "r-1", Rows: []SessionStatistic{}}, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestErrorsNameTheMalformedRow(t *testing.T) {
	const times = `"StartTime":1660000000,"EndTime":1670000000`
	for row, want := range map[string]string{
		`{"EndTime":1670000000}`:                                  `$.Response.SessionStatistics[1].StartTime: there is no time`,
		`{"StartTime":1660000000,"EndTime":""}`:                   `$.Response.SessionStatistics[1].EndTime: there is no time`,
		`{"StartTime":1660000000000,"EndTime":1670000000}`:        `$.Response.SessionStatistics[1].StartTime: 1660000000000 is not a time in unix seconds; it looks like milliseconds`,
		`{"StartTime":1660000000,"EndTime":"now"}`:                `$.Response.SessionStatistics[1].EndTime: not a decimal number: "now"`,
		`{` + times + `,"ActiveFieldDeviceNum":true}`:             `$.Response.SessionStatistics[1].ActiveFieldDeviceNum: not a decimal number: "true"`,
		`{` + times + `,"ActiveRemoteDeviceNum":{}}`:              `$.Response.SessionStatistics[1].ActiveRemoteDeviceNum: not a decimal number: "{}"`,
		`{` + times + `,"SessionNum":1e309}`:                      `$.Response.SessionStatistics[1].SessionNum: number out of range: "1e309"`,
		`{` + times + `,"TotalDuration":1e-309}`:                  `$.Response.SessionStatistics[1].TotalDuration: number out of range: "1e-309"`,
		`{` + times + `,"SessionNum":1,"NotBadSessionRatio":"%"}`: `$.Response.SessionStatistics[1].NotBadSessionRatio: not a decimal number: "%"`,
	} {
		client, _ := newClient(t, `"SessionStatistics":[{`+times+`},`+row+`],`)
		got, err := client.DescribeSessionStatisticsByInterval(t.Context(), "ap-guangzhou", DescribeSessionStatisticsByIntervalRequest{})
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != want || got != nil {
			t.Errorf("%s: %v, want %s", row, err, want)
		}
	}
}

// The answer is the vendor's own example with another ratio.
func TestDescribeSessionStatistics(t *testing.T) {
	client, got := newClient(t, `"ActiveFieldDeviceNum":1,"ActiveRemoteDeviceNum":"2","NotBadSessionRatio":99.5,"SessionNum":6,"TotalDuration":604,`)
	totals, err := client.DescribeSessionStatistics(t.Context(), "ap-guangzhou", everything)
	want := &SessionTotals{RequestID: "r-1", Sessions: Sessions{
		ActiveFieldDeviceNum: number(t, "1"), ActiveRemoteDeviceNum: number(t, "2"), NotBadSessionRatio: number(t, "99.5"),
		SessionNum: number(t, "6"), TotalDuration: number(t, "604"),
	}}
	if diff := cmp.Diff(want, totals); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	sent := received{"DescribeSessionStatistics 2022-03-25", "ap-guangzhou", `{` + everythingSent + `}`}
	if diff := cmp.Diff(sent, *got, cmp.AllowUnexported(received{})); diff != "" {
		t.Error(diff)
	}
}

func TestMissingTotalsAreNull(t *testing.T) {
	client, got := newClient(t, `"SessionNum":null,"TotalDuration":"",`)
	totals, err := client.DescribeSessionStatistics(t.Context(), "", aProject)
	if diff := cmp.Diff(&SessionTotals{RequestID: "r-1"}, totals); err != nil || diff != "" || *got != (received{"DescribeSessionStatistics 2022-03-25", "", `{"ProjectId":"p"}`}) {
		t.Errorf("%v %s, sent %v", err, diff, got)
	}
	client, _ = newClient(t, `"SessionNum":{},`)
	if _, err := client.DescribeSessionStatistics(t.Context(), "", aProject); err == nil || !strings.Contains(err.Error(), `$.Response.SessionNum: not a decimal number: "{}"`) {
		t.Errorf("an object: %v", err)
	}
}
