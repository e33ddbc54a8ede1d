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
		for i, detail := range got.NetDetails {
			if detail.Time.Unix() < 0 || detail.Time.Location() != time.UTC {
				t.Errorf("$.Response.NetDetails[%d].Time is %s", i, detail.Time)
			}
		}
	})
}
