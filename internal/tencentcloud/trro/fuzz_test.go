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
		answer := &transport.Answer{Host: "api.example.com", Body: response}
		err := jsonread.Read(t.Context(), answer, limit.Limits{}, func(r *jsonread.Reader) error {
			return r.Object(func(name string) error { return got.field(r, name) })
		})
		if err != nil {
			if text := err.Error(); len(text) > 600 || !strings.Contains(text, ": ") {
				t.Errorf("error %q, want one that names the place", text)
			}
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
