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

// serve starts a server that returns the body for every request, and sets the environment of providers to use it.
func serve(tb testing.TB, body []byte) string {
	tb.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		// An error means that the client has gone.
		_, _ = w.Write(body)
	}))
	server.Config.SetKeepAlivesEnabled(false) // Each read has its own provider and so its own connection.
	server.Start()
	tb.Cleanup(server.Close)
	acctest.ClearEnvironment(tb)
	tb.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	tb.Setenv("TENCENTCLOUD_SECRET_ID", emulator.DefaultSecretID)
	tb.Setenv("TENCENTCLOUD_SECRET_KEY", emulator.DefaultSecretKey)
	return server.URL
}

// first is the time of the first period in every answer.
var first = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

const interval = 5 * time.Minute

// The types named JSON are the plain Go types of the answers for encoding/json.

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

// flowStatistic returns an answer of MNA GetFlowStatistic.
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

// relayTraffic returns an answer of CDNetworks with the given number of items per domain.
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

// ispDetail returns an answer of the legacy CDN API for a day.
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

// separate writes a comma before every element except the first.
func separate(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}
