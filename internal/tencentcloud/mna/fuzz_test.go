// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// FuzzFlowStatistic reads any member of an answer: every row comes back or one is named.
func FuzzFlowStatistic(f *testing.F) {
	for _, response := range []string{
		`{}`, `{"NetDetails":null}`, `{"NetDetails":[{"Time":"1659513692","Current":3546545}],"MaxValue":51548,"RequestId":"r-1"}`,
		`{"NetDetails":[{"Time":1659513692,"Current":"-1"},null]}`, `{"TotalValue":[]}`,
	} {
		f.Add([]byte(response))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		var wire flowStatisticResult
		if json.Unmarshal(response, &wire) != nil {
			return
		}
		got, err := newFlowStatistic(&wire)
		if err != nil {
			if text := err.Error(); got != nil || len(text) > 500 || !strings.Contains(text, ": ") {
				t.Errorf("%+v and error %q, want one that names the place", got, text)
			}
			return
		}
		if len(got.NetDetails) != len(wire.NetDetails) {
			t.Errorf("%d details of %d", len(got.NetDetails), len(wire.NetDetails))
		}
		for i, detail := range got.NetDetails {
			if detail.Time.Unix() < 0 || detail.Time.Location() != time.UTC {
				t.Errorf("NetDetails[%d].Time is %s", i, detail.Time)
			}
		}
	})
}
