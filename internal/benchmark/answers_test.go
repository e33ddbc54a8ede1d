// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package benchmark_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// serve answers everything with the body, and leads providers to it.
func serve(tb testing.TB, body []byte) string {
	tb.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		// An error here means that the client is gone.
		_, _ = w.Write(body)
	}))
	server.Config.SetKeepAlivesEnabled(false) // Each read has a provider, and so a connection, of its own.
	server.Start()
	tb.Cleanup(server.Close)
	acctest.ClearEnvironment(tb)
	tb.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	tb.Setenv("TENCENTCLOUD_SECRET_ID", emulator.DefaultSecretID)
	tb.Setenv("TENCENTCLOUD_SECRET_KEY", emulator.DefaultSecretKey)
	return server.URL
}

// first is the time of the first period of all answers.
var first = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

const interval = 5 * time.Minute

// Each kind of answer has the plain Go type that someone would decode it into who has no provider to write.

type flowStatisticJSON struct {
	Response struct {
		NetDetails []struct {
			Time    string
			Current float64
		}
		MaxValue, AvgValue, TotalValue float64
		RequestID                      string `json:"RequestId"`
	}
}

// flowStatistic is what MNA GetFlowStatistic answers for so many periods.
func flowStatistic(points int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString(`{"Response":{"RequestId":"8a0b2c4d-1234-4abc-9def-001122334455","MaxValue":4999999999,"AvgValue":2500000000,` +
		`"TotalValue":123456789012345,"NetDetails":[`)
	for i := range points {
		separate(&b, i)
		at := first.Add(time.Duration(i) * interval)
		fmt.Fprintf(&b, `{"Time":"%d","Current":%d}`, at.Unix(), random.Int64N(5_000_000_000))
	}
	b.WriteString(`]}}`)
	return b.Bytes()
}

type relayTrafficJSON struct {
	Code, Message string
	Data          struct {
		Report struct {
			Type, DateFrom, DateTo, Timezone string
			Groups                           []struct {
				Domain, TotalRelayTraffic string
				Item                      []struct{ Time, RelayTraffic string }
			}
		}
	}
}

// relayTraffic is what CDNetworks answers for so many items of each of some domains.
func relayTraffic(domains, items int) []byte {
	random := rand.New(rand.NewPCG(3, 4))
	var b bytes.Buffer
	b.WriteString(`{"code":"0","message":"Success","data":{"report":{"type":"get-cdn-relay-traffic","dateFrom":"2025-01-01",` +
		`"dateTo":"2025-01-30","timezone":"GMT+08:00","groups":[`)
	for domain := range domains {
		separate(&b, domain)
		fmt.Fprintf(&b, `{"domain":"www%d.example.com","totalRelayTraffic":"12345.678","item":[`, domain)
		for i := range items {
			separate(&b, i)
			at := first.Add(time.Duration(i) * interval).Format(time.DateTime)
			fmt.Fprintf(&b, `{"time":"%s","relayTraffic":"%d.%03d"}`, at, random.IntN(10), random.IntN(1000))
		}
		b.WriteString(`]}`)
	}
	b.WriteString(`]}}}`)
	return b.Bytes()
}

type ispDetailJSON struct {
	Code     int
	Message  string
	CodeDesc string
	Data     struct {
		Date     string
		ProvData map[string][]struct {
			ID         int
			Name, Host string
			ISPValue   map[string]map[string][]float64 `json:"isp_value"`
		} `json:"prov_data"`
	}
}

// ispDetail is what the legacy CDN API answers for a day of some hosts in all of some regions.
func ispDetail(hosts, regions int) []byte {
	random := rand.New(rand.NewPCG(5, 6))
	var b bytes.Buffer
	b.WriteString(`{"code":0,"message":"","codeDesc":"Success","data":{"date":"2025-01-01","prov_data":{`)
	for host := range hosts {
		separate(&b, host)
		fmt.Fprintf(&b, `"www%d.example.com":[`, host)
		for region := range regions {
			separate(&b, region)
			fmt.Fprintf(&b, `{"id":%d,"name":"日本","host":"www%d.example.com","isp_value":{"bandwidth":{"-1":[`, 1000+region, host)
			for i := range 288 {
				separate(&b, i)
				fmt.Fprintf(&b, "%d", random.Int64N(50_000_000))
			}
			b.WriteString(`]}}}`)
		}
		b.WriteString(`]`)
	}
	b.WriteString(`}}}`)
	return b.Bytes()
}

// separate writes the comma in front of every element but the first.
func separate(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}
