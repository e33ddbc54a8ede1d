// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/readtest"
)

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
		if readtest.Fields(t, response, got.field) != nil {
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
		f.Add([]byte(element))
	}
	f.Add([]byte(`{"ActiveFieldDeviceNum":1,"NotBadSessionRatio":"99.5","SessionNum":null}`))
	f.Fuzz(func(t *testing.T, response []byte) {
		var p Project
		if readtest.Fields(t, response, p.field) == nil && p.ModifiedAt.Location() != time.UTC {
			t.Errorf("ModifyTime is %s", p.ModifiedAt)
		}
		var d Device
		if readtest.Fields(t, response, d.field) == nil && d.ExpiresAt.Location() != time.UTC {
			t.Errorf("ExpireTime is %s", d.ExpiresAt)
		}
		_ = readtest.Fields(t, response, new(SessionTotals).field) // It has no result that could be wrong.
	})
}
