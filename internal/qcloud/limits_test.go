// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestPartsStopAtTheLimit(t *testing.T) {
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		_, _ = io.WriteString(w, `{"code": 0, "data": `+region(`{"flux": {"-1": [1, 2]}}`)+`}`)
	}))
	t.Cleanup(server.Close)
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	c := New(Config{
		Endpoint:   server.URL,
		Credential: func(context.Context) (string, string, string, error) { return "AKIDexample", "example key", "", nil },
		HTTP:       client,
		Policy:     transport.Policy{API: "test", Limiter: transport.NewLimiter(transport.Unmetered, 1)},
		Clock:      clock.NewCorrected(clock.System{}),
	})
	request := OverseaISPDetailRequest{Limits: limit.Limits{Points: 5}}
	for day := range 100 {
		request.Dates = append(request.Dates, time.Unix(0, 0).UTC().AddDate(0, 0, day).Format(time.DateOnly))
	}
	_, err := c.OverseaISPDetail(t.Context(), request)
	if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != 5 || calls.Load() > 50 {
		t.Errorf("%v after %d calls, want more than 5 points after few", err, calls.Load())
	}
}

func TestDecodingStopsAtTheLimit(t *testing.T) {
	values := strings.TrimSuffix(strings.Repeat("1,", 100), ",")
	for name, test := range map[string]struct {
		data   string
		limits limit.Limits
		want   string
	}{
		"values":         {region(`{"flux": {"-1": [` + values + `]}}`), limit.Limits{Points: 100}, "more than 100 points"},
		"carriers":       {region(`{"flux": [[], [], []]}`), limit.Limits{Series: 2}, "more than 2 series"},
		"empty carriers": {region(`{"flux": {"1": null, "2": {}, "3": []}}`), limit.Limits{Points: 2}, "more than 2 points"},
	} {
		series, err := decodeAnswer(t.Context(), `{"code": 0, "data": `+test.data+`}`, "flux", test.limits)
		if _, ok := errors.AsType[*limit.Error](err); !ok || err.Error() != test.want || series != nil {
			t.Errorf("%s: %d series, %v; want %s", name, len(series), err, test.want)
		}
	}
}

func TestMapsAreBounded(t *testing.T) {
	var hosts strings.Builder
	for i := range maxEntries + 1 {
		fmt.Fprintf(&hosts, `"%d":[],`, i)
	}
	_, err := decode(t, `{"prov_data": {`+strings.TrimSuffix(hosts.String(), ",")+`}}`, "flux")
	if got, want := problem(t, err), `$.data.prov_data["100000"]: more than 100000 entries`; got != want {
		t.Errorf("error %s, want %s", got, want)
	}
}
