// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

// answerTwoItems answers with a group of two items on the first day that is asked for.
func answerTwoItems(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		DateFrom string `json:"dateFrom"`
	}
	_ = json.NewDecoder(r.Body).Decode(&asked)
	const item = `{"time": "%s 00:0%d"}`
	_, _ = fmt.Fprintf(w, `{"code": "0", "data": {"report": {"groups": [{"item": [`+item+","+item+`]}]}}}`, asked.DateFrom, 0, asked.DateFrom, 5)
}

func TestPartsStopAtTheLimit(t *testing.T) {
	var calls atomic.Int64
	c := newClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		answerTwoItems(w, r)
	}), clock.System{})
	request := cdnetworks.RelayTrafficRequest{
		DateFrom: "2024-01-01", DateTo: "2025-12-30", GroupBy: []string{"domain"}, Limits: limit.Limits{Points: 5},
	}
	_, err := c.RelayTraffic(t.Context(), request)
	// Each of the 25 parts is within the limit.
	if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != 5 || calls.Load() > 20 {
		t.Errorf("%v after %d calls, want more than 5 points after few", err, calls.Load())
	}
	request.Limits = limit.Limits{Points: 50}
	report, err := c.RelayTraffic(t.Context(), request)
	if err != nil || len(report.Groups[0].Items) != 50 {
		t.Errorf("50 points within a limit of 50: %v", err)
	}
}

// Items that are summed over several lists of domains count once.
func TestSummandsCountOnce(t *testing.T) {
	c := newClient(t, http.HandlerFunc(answerTwoItems), clock.System{})
	request := aDay
	request.Domains, request.Limits = names(5001), limit.Limits{Points: 3}
	report, err := c.RelayTraffic(t.Context(), request)
	if err != nil || len(report.Groups) != 1 || len(report.Groups[0].Items) != 2 {
		t.Errorf("%+v, %v; want a group of two items", report, err)
	}
}
