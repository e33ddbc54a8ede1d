// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/readtest"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

// checkFlow reports times that are not valid.
func checkFlow(t *testing.T, f *Flow) {
	t.Helper()
	for i, detail := range f.NetDetails {
		if detail.Time.Unix() < 0 || detail.Time.Location() != time.UTC {
			t.Errorf("$.Response.NetDetails[%d].Time is %s", i, detail.Time)
		}
	}
}

// FuzzFlowStatistic reads any members of an answer. The result is valid rows, or an error that names the place.
func FuzzFlowStatistic(f *testing.F) {
	for _, response := range []string{
		`{}`, `{"NetDetails":null}`, `{"NetDetails":[{"Time":"1659513692","Current":3546545}],"MaxValue":51548,"RequestId":"r-1"}`,
		`{"NetDetails":[{"Time":1659513692,"Current":"-1"},null]}`, `{"TotalValue":[]}`,
	} {
		f.Add([]byte(response))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		got := new(FlowStatistic)
		if readtest.Fields(t, response, got.field) == nil {
			checkFlow(t, &got.Flow)
		}
	})
}

// FuzzMultiFlowStatistic is FuzzFlowStatistic for the traffic of several devices.
func FuzzMultiFlowStatistic(f *testing.F) {
	for _, response := range []string{
		`{}`, `{"FlowDetails":null}`, `{"FlowDetails":[{"DeviceId":"a","NetDetails":[{"Time":"1659513692","Current":3546545}],"MaxValue":51548}]}`,
		`{"FlowDetails":[{"DeviceId":"a"},{"DeviceId":"a"}]}`, `{"FlowDetails":[null]}`, `{"FlowDetails":[{"DeviceId":1,"TotalValue":"1e9"}]}`,
	} {
		f.Add([]byte(response))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		got := new(deviceFlows)
		if readtest.Fields(t, response, got.field) != nil {
			return
		}
		points := 0
		for id, flow := range got.flows {
			if id == "" || flow.NetDetails == nil {
				t.Errorf("device %q has %v", id, flow.NetDetails)
			}
			points += len(flow.NetDetails)
			checkFlow(t, flow)
		}
		if want := (limit.Size{Series: len(got.flows), Points: points}); got.size != want {
			t.Errorf("size %+v, want %+v", got.size, want)
		}
	})
}

// FuzzLists reads a device and a package from any object.
func FuzzLists(f *testing.F) {
	for _, element := range []string{deviceSample, packageSample, `null`, `{"AllowedRegions":["MC",null]}`, `{"RenewFlag":"x","CreateTime":"2022-03-22T13:08:04+08:00"}`} {
		f.Add([]byte(element))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		check := func(times ...time.Time) {
			for _, at := range times {
				if at.Location() != time.UTC {
					t.Errorf("a time is %s", at)
				}
			}
		}
		var d Device
		if readtest.Fields(t, response, d.field) == nil {
			check(d.CreatedAt, d.LastOnlineAt)
		}
		var p FlowPackage
		if readtest.Fields(t, response, p.field) == nil {
			check(p.CreatedAt, p.ActivatedAt, p.ExpiresAt)
		}
	})
}
