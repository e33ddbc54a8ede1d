// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
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

// newClient returns a client whose server always returns this answer.
func newClient(t *testing.T, answer string) (*Client, *received) {
	t.Helper()
	var got received
	return connect(t, func(r received) string {
		got = r
		return answer
	}), &got
}

// connect returns a client without a practical rate limit, and with a memo, whose server returns the answer of a function. Its
// calls do not overlap.
func connect(t *testing.T, answer func(received) string) *Client {
	t.Helper()
	var one sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		one.Lock()
		defer one.Unlock()
		_, _ = io.WriteString(w, answer(received{
			r.Header.Get("X-TC-Action") + " " + r.Header.Get("X-TC-Version"), r.Header.Get("X-TC-Region"), string(body),
		}))
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

// response returns a successful answer with these members.
func response(members string) string {
	return `{"Response":{` + members + `,"RequestId":"r-1"}}`
}

func number(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	d, err := decimal.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// anHour are the required arguments.
var anHour = FlowArguments{BeginTime: new(int64(1659513692)), EndTime: new(int64(1659514692)), Type: new(Uplink), TimeGranularity: new(Hour)}

// everything has every argument.
var everything = FlowArguments{
	BeginTime: new(int64(0)), EndTime: new(int64(1)), Type: new(Total), TimeGranularity: new(FiveMinutes),
	AccessRegion: new("MC"), GatewayType: new(PrivateGateway),
}

// The fields of anHour and everything as they are sent.
const (
	anHourSent     = `"BeginTime":1659513692,"EndTime":1659514692,"Type":1,"TimeGranularity":1`
	everythingSent = `"BeginTime":0,"EndTime":1,"Type":3,"TimeGranularity":4,"AccessRegion":"MC","GatewayType":1`
)

func TestFlowStatisticsSendTheGivenFields(t *testing.T) {
	type call = func(*Client) (*FlowStatistic, error)
	device := func(r GetFlowStatisticRequest) call {
		return func(c *Client) (*FlowStatistic, error) { return c.GetFlowStatistic(t.Context(), r) }
	}
	group := func(r GetFlowStatisticByGroupRequest) call {
		return func(c *Client) (*FlowStatistic, error) { return c.GetFlowStatisticByGroup(t.Context(), r) }
	}
	region := func(r GetFlowStatisticByRegionRequest) call {
		return func(c *Client) (*FlowStatistic, error) { return c.GetFlowStatisticByRegion(t.Context(), r) }
	}
	for want, call := range map[string]call{
		`GetFlowStatistic {"DeviceId":"mna-dev1",` + anHourSent + `}`: device(GetFlowStatisticRequest{DeviceID: new("mna-dev1"), FlowArguments: anHour}),
		`GetFlowStatistic {"DeviceId":"-1",` + everythingSent + `,"DeviceList":["a","b"]}`: device(GetFlowStatisticRequest{
			DeviceID: new(NoDevice), FlowArguments: everything, DeviceList: []*string{new("a"), new("b")},
		}),
		`GetFlowStatisticByGroup {"GroupId":"g",` + everythingSent + `}`: group(GetFlowStatisticByGroupRequest{
			GroupID: new("g"), FlowArguments: everything,
		}),
		`GetFlowStatisticByGroup {"GroupId":"-1",` + anHourSent + `,"MpApplicationId":"m"}`: group(GetFlowStatisticByGroupRequest{
			GroupID: new(NoGroup), FlowArguments: anHour, MpApplicationID: new("m"),
		}),
		`GetFlowStatisticByRegion {` + everythingSent + `}`:             region(GetFlowStatisticByRegionRequest{everything}),
		`GetFlowStatisticByRegion {` + anHourSent + `,"GatewayType":0}`: region(GetFlowStatisticByRegionRequest{anHour}),
	} {
		client, got := newClient(t, response(`"NetDetails":[{"Time":"1659513692","Current":7}],"MaxValue":7,"AvgValue":7,"TotalValue":7`))
		statistic, err := call(client)
		if err != nil {
			t.Error(err)
			continue
		}
		action, body, _ := strings.Cut(want, " ")
		if diff := cmp.Diff(received{action + " 2021-01-19", "", body}, *got, cmp.AllowUnexported(received{})); diff != "" {
			t.Error(diff)
		}
		seven := number(t, "7")
		flow := Flow{NetDetails: []NetDetail{{time.Unix(1659513692, 0).UTC(), seven}}, Max: seven, Average: seven, Total: seven}
		if diff := cmp.Diff(&FlowStatistic{Flow: flow, RequestID: "r-1"}, statistic); diff != "" {
			t.Errorf("%s: %s", want, diff)
		}
	}
	if anHour.GatewayType != nil {
		t.Error("a request was changed")
	}
}

// The answer is the vendor's own example and a row with digits that float64 would lose.
func TestGetFlowStatisticKeepsOrderAndDigits(t *testing.T) {
	client, _ := newClient(t, `{"Response": {"MaxValue": 51548, "AvgValue": 15441.5, "TotalValue": 9007199254740993, "NetDetails": [
		{"Time": "1659513692", "Current": 3546545},
		{"Time": "1659513692", "Current": 4454864},
		{"Time": "1659510092", "Current": 50.5},
		{"Time": 1659513692, "Current": 9007199254740993}
	], "RequestId": ""}}`)
	got, err := client.GetFlowStatistic(t.Context(), GetFlowStatisticRequest{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Unix(1659513692, 0).UTC()
	want := &FlowStatistic{Flow: Flow{
		NetDetails: []NetDetail{
			{at, number(t, "3546545")},
			{at, number(t, "4454864")},
			{at.Add(-time.Hour), number(t, "50.5")},
			{at, number(t, "9007199254740993")},
		},
		Max: number(t, "51548"), Average: number(t, "15441.5"), Total: number(t, "9007199254740993"),
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGetFlowStatisticWithoutDetails(t *testing.T) {
	for name, members := range map[string]string{
		"null":    `"NetDetails":null,"MaxValue":5,"AvgValue":null,"TotalValue":""`,
		"missing": `"MaxValue":5`,
		"empty":   `"NetDetails":[],"MaxValue":"5"`,
	} {
		client, _ := newClient(t, response(members))
		got, err := client.GetFlowStatistic(t.Context(), GetFlowStatisticRequest{})
		want := &FlowStatistic{Flow: Flow{NetDetails: []NetDetail{}, Max: number(t, "5")}, RequestID: "r-1"}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestGetFlowStatisticReadsNumbersInAnyForm(t *testing.T) {
	for raw, want := range map[string]string{`null`: "null", `""`: "null", `"12"`: "12", `-1`: "-1", `0`: "0", `1e308`: "1" + strings.Repeat("0", 308)} {
		client, _ := newClient(t, response(`"NetDetails":[{"Time":"1659513692","Current":`+raw+`}]`))
		got, err := client.GetFlowStatistic(t.Context(), GetFlowStatisticRequest{})
		if err != nil || got.NetDetails[0].Current.String() != want {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
	client, _ := newClient(t, response(`"NetDetails":[{"Time":"1659513692"}]`))
	if got, err := client.GetFlowStatistic(t.Context(), GetFlowStatisticRequest{}); err != nil || !got.NetDetails[0].Current.IsNull() {
		t.Errorf("missing: %+v, %v", got, err)
	}
}

func TestGetFlowStatisticNamesTheMalformedValue(t *testing.T) {
	const fine = `{"Time":"1659513692","Current":1}`
	for members, want := range map[string]string{
		`"NetDetails":[` + fine + `,{"Time":"1659513692","Current":1e309}]`:   `$.Response.NetDetails[1].Current: number out of range: "1e309"`,
		`"NetDetails":[` + fine + `,{"Time":"1659513692","Current":-1e-309}]`: `$.Response.NetDetails[1].Current: number out of range: "-1e-309"`,
		`"NetDetails":[{"Time":"1659513692","Current":"NaN"}]`:                `$.Response.NetDetails[0].Current: not a decimal number: "NaN"`,
		`"NetDetails":[{"Time":"1659513692","Current":true}]`:                 `$.Response.NetDetails[0].Current: not a decimal number: "true"`,
		`"NetDetails":[{"Time":"","Current":1}]`:                              `$.Response.NetDetails[0].Time: there is no time`,
		`"NetDetails":[` + fine + `,null]`:                                    `$.Response.NetDetails[1].Time: there is no time`,
		`"NetDetails":[` + fine + `,{"Current":1}]`:                           `$.Response.NetDetails[1].Time: there is no time`,
		`"NetDetails":[{"Time":1659513692.5}]`:                                `$.Response.NetDetails[0].Time: 1659513692.5 is not a time in unix seconds`,
		`"NetDetails":[{"Time":1659513692000}]`:                               `$.Response.NetDetails[0].Time: 1659513692000 is not a time in unix seconds; it looks like milliseconds`,
		`"NetDetails":[{"Time":"noon"}]`:                                      `$.Response.NetDetails[0].Time: not a decimal number: "noon"`,
		`"MaxValue":"x"`:                                                      `$.Response.MaxValue: not a decimal number: "x"`,
		`"AvgValue":[]`:                                                       `$.Response.AvgValue: not a decimal number: "[]"`,
		`"TotalValue":1e999`:                                                  `$.Response.TotalValue: number out of range: "1e999"`,
	} {
		client, _ := newClient(t, response(members))
		got, err := client.GetFlowStatistic(t.Context(), GetFlowStatisticRequest{})
		content, ok := errors.AsType[*transport.ContentError](err)
		if !ok || content.Err.Error() != want || got != nil {
			t.Errorf("%s: %v, want %s", members, err, want)
		}
	}
	client, _ := newClient(t, response(`"NetDetails":[{"Time":"1659513692","Current":NaN}]`))
	if _, err := client.GetFlowStatistic(t.Context(), GetFlowStatisticRequest{}); err == nil || !strings.Contains(err.Error(), "not the JSON that is documented") {
		t.Errorf("NaN: %v", err)
	}
}
