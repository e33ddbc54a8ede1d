// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// FuzzSessionStatistics reads any member of an answer: every row comes back or one is named.
func FuzzSessionStatistics(f *testing.F) {
	for _, response := range []string{
		`{}`, `{"SessionStatistics":null}`, `{"SessionStatistics":[{"StartTime":1660000000,"EndTime":1670000000,"NotBadSessionRatio":50}]}`,
		`{"SessionStatistics":[{"StartTime":"1660000000","EndTime":"0","SessionNum":"3","TotalDuration":null}],"RequestId":"r-1"}`,
		`{"SessionStatistics":[null]}`,
	} {
		f.Add([]byte(response))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		var wire sessionStatisticsResult
		if json.Unmarshal(response, &wire) != nil {
			return
		}
		got, err := newSessionStatistics(&wire)
		if err != nil {
			if text := err.Error(); got != nil || len(text) > 500 || !strings.HasPrefix(text, "SessionStatistics[") {
				t.Errorf("%+v and error %q, want one that names the row", got, text)
			}
			return
		}
		if len(got.Rows) != len(wire.SessionStatistics) {
			t.Errorf("%d rows of %d", len(got.Rows), len(wire.SessionStatistics))
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
