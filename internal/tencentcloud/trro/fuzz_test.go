// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

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

// FuzzSessionStatistics reads any members of an answer. The result is valid rows, or an error that names the place.
func FuzzSessionStatistics(f *testing.F) {
	for _, response := range []string{
		`{}`, `{"SessionStatistics":null}`, `{"SessionStatistics":[{"StartTime":1660000000,"EndTime":1670000000,"NotBadSessionRatio":50}]}`,
		`{"SessionStatistics":[{"StartTime":"1660000000","EndTime":"0","SessionNum":"3","TotalDuration":null}],"RequestId":"r-1"}`,
		`{"SessionStatistics":[null]}`,
	} {
		f.Add([]byte(response))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		got := new(SessionStatistics)
		if read(t, response, got.field) != nil {
			return
		}
		for i, row := range got.Rows {
			for _, at := range []time.Time{row.StartTime, row.EndTime} {
				if at.Unix() < 0 || at.Location() != time.UTC {
					t.Errorf("row %d has the time %s", i, at)
				}
			}
		}
	})
}

// FuzzLists reads a project, a device and the totals of a window from any members.
func FuzzLists(f *testing.F) {
	for _, element := range []string{projectSample, deviceSample, `null`, `{"LicenseIds":["a",null]}`, `{"RemainDay":"x","ModifyTime":1}`} {
		f.Add([]byte(`{"Element":` + element + `}`))
	}
	f.Add([]byte(`{"ActiveFieldDeviceNum":1,"NotBadSessionRatio":"99.5","SessionNum":null}`))
	f.Fuzz(func(t *testing.T, response []byte) {
		var p Project
		if read(t, response, func(r *jsonread.Reader, _ string) (err error) { p, err = readProject(r); return err }) == nil && p.ModifiedAt.Location() != time.UTC {
			t.Errorf("ModifyTime is %s", p.ModifiedAt)
		}
		var d Device
		if read(t, response, func(r *jsonread.Reader, _ string) (err error) { d, err = readDevice(r); return err }) == nil && d.ExpiresAt.Location() != time.UTC {
			t.Errorf("ExpireTime is %s", d.ExpiresAt)
		}
		_ = read(t, response, new(SessionTotals).field)
	})
}
