// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package benchmark_test compares the provider with the unavoidable work of decoding answers, and with a provider that is
// written in the usual way. `make bench` runs it and prints a table.
package benchmark_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/benchmark/idiomatic"
	edgestats "github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// sizes are a day and a month of five-minute periods, and twice the default limit of a data source.
var sizes = []int{288, 8_640, 100_000}

// contestant is a provider and its configuration for reading a series.
type contestant struct {
	new        func() provider.Provider
	dataSource string
	config     acctest.Config
}

var (
	typedPoints = contestant{
		new: edgestats.New("test"), dataSource: "edgestats_mna_flow_statistic",
		config: acctest.Config{
			"device_id": "mna-dev1", "type": "total", "time_granularity": "5min",
			"begin_time": "1735689600", "end_time": "1735689900", "max_points": 100_000,
			"include": []string{"points", "request_id"},
		},
	}
	idiomaticPoints = contestant{
		new: idiomatic.New, dataSource: "idiomatic_mna_flow_statistic",
		config: acctest.Config{"device_id": "mna-dev1", "begin_time": 1735689600, "end_time": 1735689900},
	}
)

// start returns a configured provider and a request to read.
func (c contestant) start(tb testing.TB) (tfprotov6.ProviderServer, *tfprotov6.ReadDataSourceRequest) {
	tb.Helper()
	server := providerserver.NewProtocol6(c.new())()
	connection := acctest.Connect(tb, server)
	if problems := connection.Configure(tb, nil); len(problems) > 0 {
		tb.Fatal(problems)
	}
	return server, connection.Request(tb, c.dataSource, c.config)
}

func (c contestant) benchmark(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		// Each iteration needs a new provider, which has no answers in its memo and its whole rate limit.
		b.StopTimer()
		server, request := c.start(b)
		b.StartTimer()
		read, err := server.ReadDataSource(b.Context(), request)
		if err != nil || len(read.Diagnostics) > 0 {
			b.Fatal(err, read.Diagnostics)
		}
	}
}

func BenchmarkReadDataSource(b *testing.B) {
	for _, size := range sizes {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			body := flowStatistic(size)
			serve(b, body)
			b.Run("idiomatic", idiomaticPoints.benchmark)
			b.Run("typed", typedPoints.benchmark)
			b.Run("json", func(b *testing.B) { benchmarkJSON[flowStatisticJSON](b, body) })
		})
	}
}

// benchmarkJSON decodes a body into a T.
func benchmarkJSON[T any](b *testing.B, body []byte) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Unmarshal(body, new(T)); err != nil {
			b.Fatal(err)
		}
	}
}

// The comparison is only valid if both providers do the same.
func TestContestantsReadTheSame(t *testing.T) {
	serve(t, flowStatistic(288))
	states := make([]acctest.State, 2)
	for i, c := range []contestant{idiomaticPoints, typedPoints} {
		server := acctest.Connect(t, providerserver.NewProtocol6(c.new())())
		if problems := server.Configure(t, nil); len(problems) > 0 {
			t.Fatal(problems)
		}
		var problems acctest.Problems
		states[i], problems = server.Read(t.Context(), t, c.dataSource, c.config)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
	}
	want, got := states[0], acctest.State{}
	for name := range want {
		got[name] = states[1][name]
	}
	if want["net_details.#"] != "288" || want["summary.p95"] == "" {
		t.Errorf("%s points, 95th percentile %q", want["net_details.#"], want["summary.p95"])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-idiomatic +typed)\n%s", diff)
	}
}
