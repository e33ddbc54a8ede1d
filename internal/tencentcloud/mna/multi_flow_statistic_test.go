// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// The answer is the vendor's own example in another order, with a device that was not requested.
func TestGetMultiFlowStatistic(t *testing.T) {
	client, got := newClient(t, response(`"FlowDetails":[
		{"AvgValue":31803650050.5,"DeviceId":"mna-ps9x7eako2","MaxValue":50892172491,"NetDetails":[
			{"Current":22711,"Time":"1675756800"},{"Current":46732569185,"Time":"1675760400"}],"TotalValue":127214600202},
		{"DeviceId":"mna-other","NetDetails":[{"Current":1,"Time":"1675756800"}]},
		{"DeviceId":"mna-idle","NetDetails":null,"Unknown":{"Current":1}},
		{"AvgValue":26524619322,"NetDetails":[{"Current":421334,"Time":"1675756800"}],"DeviceId":"mna-obzuio2pij"}]`))
	ids := []string{"mna-obzuio2pij", "mna-none", "mna-ps9x7eako2", "mna-idle", "mna-nowhere"}
	statistic, err := client.GetMultiFlowStatistic(t.Context(), GetMultiFlowStatisticRequest{DeviceIDs: ids, FlowArguments: everything})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Unix(1675756800, 0).UTC()
	want := &MultiFlowStatistic{
		Devices: []DeviceFlow{
			{DeviceID: ids[0], Flow: Flow{Average: number(t, "26524619322"), NetDetails: []NetDetail{{at, number(t, "421334")}}}},
			{DeviceID: ids[2], Flow: Flow{
				Max: number(t, "50892172491"), Average: number(t, "31803650050.5"), Total: number(t, "127214600202"),
				NetDetails: []NetDetail{{at, number(t, "22711")}, {at.Add(time.Hour), number(t, "46732569185")}},
			}},
			{DeviceID: ids[3], Flow: Flow{NetDetails: []NetDetail{}}},
		},
		Missing: []string{"mna-none", "mna-nowhere"},
	}
	if diff := cmp.Diff(want, statistic); diff != "" {
		t.Error(diff)
	}
	sent := received{"GetMultiFlowStatistic 2021-01-19", "", `{"DeviceIds":["` + strings.Join(ids, `","`) + `"],` + everythingSent + `}`}
	if diff := cmp.Diff(sent, *got, cmp.AllowUnexported(received{})); diff != "" {
		t.Error(diff)
	}
}

// devices returns n IDs.
func devices(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("mna-%03d", i)
	}
	return ids
}

// requested returns the devices of a request.
func requested(t *testing.T, r received) []string {
	t.Helper()
	var body struct {
		DeviceIDs []string `json:"DeviceIds"`
	}
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		t.Error(err)
	}
	return body.DeviceIDs
}

// sizes are the numbers of devices of the calls. A call may still run when a read has failed.
type sizes struct {
	mu   sync.Mutex
	list []int
}

func (s *sizes) add(size int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, size)
}

// sorted returns the sizes, smallest first.
func (s *sizes) sorted() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(slices.Values(s.list))
}

// vendor returns a client whose server answers with two periods of each device, the last one first. Devices whose number is
// divisible by seven do not exist.
func vendor(t *testing.T, calls *sizes) *Client {
	t.Helper()
	return connect(t, func(r received) string {
		ids := requested(t, r)
		calls.add(len(ids))
		var details []string
		for _, id := range slices.Backward(ids) {
			var n int
			if _, err := fmt.Sscanf(id, "mna-%d", &n); err != nil {
				t.Error(err)
			}
			if n%7 != 0 {
				details = append(details, fmt.Sprintf(`{"DeviceId":%q,"TotalValue":%d,"NetDetails":[{"Time":0},{"Time":1}]}`, id, n))
			}
		}
		return response(`"FlowDetails":[` + strings.Join(details, ",") + `]`)
	})
}

func TestAnyNumberOfDevicesIsReadTenACall(t *testing.T) {
	for n, wantCalls := range map[int][]int{0: nil, 1: {1}, 10: {10}, 11: {1, 10}, 200: slices.Repeat([]int{10}, 20), 95: append([]int{5}, slices.Repeat([]int{10}, 9)...)} {
		var calls sizes
		statistic, err := vendor(t, &calls).GetMultiFlowStatistic(t.Context(), GetMultiFlowStatisticRequest{DeviceIDs: devices(n), FlowArguments: anHour})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wantCalls, calls.sorted()); diff != "" {
			t.Errorf("%d devices: %s", n, diff)
		}
		var found, missing []string
		for i, id := range devices(n) {
			if i%7 == 0 {
				missing = append(missing, id)
			} else {
				found = append(found, fmt.Sprintf("%s %d", id, i))
			}
		}
		var got []string
		for _, device := range statistic.Devices {
			got = append(got, device.DeviceID+" "+device.Total.String())
		}
		if !slices.Equal(found, got) || !slices.Equal(missing, statistic.Missing) {
			t.Errorf("%d devices: got %v without %v", n, got, statistic.Missing)
		}
	}
}

func TestAFailedCallFailsAllDevices(t *testing.T) {
	const fine = `{"DeviceId":"mna-000"}`
	for members, want := range map[string]string{
		`"Error":{"Code":"InvalidParameterValue","Message":"no"}`:                      `part mna-010, mna-011: InvalidParameterValue: no`,
		`"FlowDetails":[` + fine + `,{"DeviceId":"mna-000"}]`:                          `$.Response.FlowDetails[1].DeviceId: "mna-000" occurs twice`,
		`"FlowDetails":[` + fine + `,{"NetDetails":[]}]`:                               `$.Response.FlowDetails[1].DeviceId: there is no ID`,
		`"FlowDetails":[` + fine + `,{"DeviceId":"a","NetDetails":[{"Time":"noon"}]}]`: `$.Response.FlowDetails[1].NetDetails[0].Time: not a decimal number: "noon"`,
		`"FlowDetails":[{"DeviceId":"a","MaxValue":"x"}]`:                              `$.Response.FlowDetails[0].MaxValue: not a decimal number: "x"`,
		`"FlowDetails":{}`: `$.Response.FlowDetails: unexpected object`,
	} {
		client := connect(t, func(r received) string {
			if len(requested(t, r)) == 2 {
				return response(members)
			}
			return response(`"FlowDetails":[]`)
		})
		got, err := client.GetMultiFlowStatistic(t.Context(), GetMultiFlowStatisticRequest{DeviceIDs: devices(12), FlowArguments: anHour})
		if err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%s: %v, want %s", members, err, want)
		}
	}
}

// Each device counts as a point.
func TestDevicesStopAtTheLimit(t *testing.T) {
	request := GetMultiFlowStatisticRequest{DeviceIDs: devices(200), FlowArguments: anHour}
	for _, test := range []struct {
		limits limit.Limits
		max    int
		calls  int
	}{{limit.Limits{Points: 60}, 60, 12}, {limit.Limits{Points: 5}, 5, 8}, {limit.Limits{Series: 30}, 30, 14}} {
		var calls sizes
		request.Limits = test.limits
		got, err := vendor(t, &calls).GetMultiFlowStatistic(t.Context(), request)
		if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != test.max || got != nil || len(calls.sorted()) > test.calls {
			t.Errorf("%+v: %v after %d calls", test.limits, err, len(calls.sorted()))
		}
	}
	var calls sizes
	request.DeviceIDs, request.Limits = devices(70), limit.Limits{Points: 180}
	if _, err := vendor(t, &calls).GetMultiFlowStatistic(t.Context(), request); err != nil {
		t.Errorf("60 devices with two periods each: %v", err)
	}
}

func TestDevicesThatDoNotFitIntoTheTimeMakeNoCall(t *testing.T) {
	var calls sizes
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	_, err := vendor(t, &calls).GetMultiFlowStatistic(ctx, GetMultiFlowStatisticRequest{DeviceIDs: make([]string, 1_000_000), FlowArguments: anHour})
	if slow, ok := errors.AsType[*transport.TooSlowError](err); !ok || slow.Calls != 100_000 || calls.sorted() != nil {
		t.Errorf("%v after %d calls", err, len(calls.sorted()))
	}
}

func TestDevicesEndWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var calls sizes
	client := connect(t, func(received) string {
		calls.add(1)
		if len(calls.sorted()) == 3 {
			cancel()
		}
		return response(`"FlowDetails":[]`)
	})
	got, err := client.GetMultiFlowStatistic(ctx, GetMultiFlowStatisticRequest{DeviceIDs: devices(1000), FlowArguments: anHour})
	if !transport.IsCancelled(err) && !errors.Is(err, context.Canceled) || got != nil || len(calls.sorted()) > 20 {
		t.Errorf("%v, %v after %d calls", got, err, len(calls.sorted()))
	}
}
