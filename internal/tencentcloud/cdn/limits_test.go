// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestPartsStopAtTheLimit(t *testing.T) {
	v := &vendor{answer: func(a asked) string {
		return response(info(a.Domains[0], a.StartTime, "[1,2]"))
	}}
	r := request
	r.Start, r.End, r.Limits = noon.Add(-30*24*time.Hour), noon, limit.Limits{Points: 5}
	_, err := newClient(t, v).DistrictISPData(t.Context(), r)
	if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != 5 || len(v.received) > 50 {
		t.Errorf("%v after %d calls, want more than 5 points after few", err, len(v.received))
	}
}

// Every series has the length of the window, even with few values, so series are counted before they are allocated.
func TestMergingStopsAtTheLimit(t *testing.T) {
	r := request
	r.Start, r.End = noon.Add(-60*24*time.Hour), noon
	answer := &DistrictISPData{Series: make([]Series, 10_000)}
	for i := range answer.Series {
		answer.Series[i].Domain = time.Unix(int64(i), 0).String()
	}
	merged, err := r.merge(t.Context(), make([]part, 1), []*DistrictISPData{answer})
	if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != 10_000_000 || merged != nil {
		t.Errorf("%v, want more than ten million points", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.merge(ctx, make([]part, 1), []*DistrictISPData{answer}); !transport.IsCancelled(err) {
		t.Errorf("%v after the end of the context", err)
	}
}
