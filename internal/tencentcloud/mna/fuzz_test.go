// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// read reads the members of an answer. The error must name the place.
func read(t *testing.T, response []byte, field func(r *jsonread.Reader, name string) error) error {
	t.Helper()
	answer := &transport.Answer{Host: "api.example.com", Body: response}
	err := jsonread.Read(t.Context(), answer, limit.Limits{}, func(r *jsonread.Reader) error {
		return r.Object(func(name string) error { return field(r, name) })
	})
	if err != nil {
		if text := err.Error(); len(text) > 600 || !strings.Contains(text, ": ") {
			t.Errorf("error %q, want one that names the place", text)
		}
	}
	return err
}

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
		if read(t, response, got.field) == nil {
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
		if read(t, response, got.field) != nil {
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
		f.Add([]byte(`{"Element":` + element + `}`))
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
		if read(t, response, func(r *jsonread.Reader, _ string) (err error) { d, err = readDevice(r); return err }) == nil {
			check(d.CreatedAt, d.LastOnlineAt)
		}
		var p FlowPackage
		if read(t, response, func(r *jsonread.Reader, _ string) (err error) { p, err = readFlowPackage(r); return err }) == nil {
			check(p.CreatedAt, p.ActivatedAt, p.ExpiresAt)
		}
	})
}
