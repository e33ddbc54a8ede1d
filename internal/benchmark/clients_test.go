// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package benchmark_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// plenty is a quota that no benchmark reaches.
var plenty = transport.Quota{Calls: 1e9, Window: time.Minute}

func BenchmarkClientCall(b *testing.B) {
	http, now := transport.NewClient("test"), clock.NewCorrected(clock.System{})
	policy := transport.Policy{API: "test", Limiter: transport.NewLimiter(plenty, 1)}
	b.Cleanup(http.Close)

	b.Run("mna/100000", func(b *testing.B) {
		body := flowStatistic(100_000)
		config := tencentcloud.Config{
			Endpoint: serve(b, body), Credentials: tencentcloud.Static{SecretID: "AKIDexample", SecretKey: "example"},
			HTTP: http, Clock: now, QuotaShare: 1,
		}
		benchmarkCall(b, func(ctx context.Context) error {
			_, err := mna.New(config).GetFlowStatistic(ctx, mna.GetFlowStatisticRequest{})
			return err
		})
		b.Run("json", func(b *testing.B) { benchmarkJSON[flowStatisticJSON](b, body) })
	})
	b.Run("cdnetworks/95040", func(b *testing.B) {
		body := relayTraffic(11, 8_640)
		client := cdnetworks.New(cdnetworks.Config{
			Endpoint: serve(b, body), Username: "example", APIKey: "example", HTTP: http, Policy: policy, Clock: now,
		})
		benchmarkCall(b, func(ctx context.Context) error {
			_, err := client.RelayTraffic(ctx, cdnetworks.RelayTrafficRequest{DateFrom: "2025-01-01", DateTo: "2025-01-30"})
			return err
		})
		b.Run("json", func(b *testing.B) { benchmarkJSON[relayTrafficJSON](b, body) })
	})
	b.Run("qcloud/"+strconv.Itoa(5*14*288), func(b *testing.B) {
		body := ispDetail(5, 14)
		client := qcloud.New(qcloud.Config{
			Endpoint:   serve(b, body),
			Credential: func(context.Context) (id, key, token string, err error) { return "AKIDexample", "example", "", nil },
			HTTP:       http, Policy: policy, Clock: now,
		})
		benchmarkCall(b, func(ctx context.Context) error {
			_, err := client.OverseaISPDetail(ctx, qcloud.OverseaISPDetailRequest{Dates: []string{"2025-01-01"}})
			return err
		})
		b.Run("json", func(b *testing.B) { benchmarkJSON[ispDetailJSON](b, body) })
	})
}

// benchmarkCall makes a call repeatedly without a memo.
func benchmarkCall(b *testing.B, call func(context.Context) error) {
	b.Helper()
	b.Run("call", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := call(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
