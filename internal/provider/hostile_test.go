// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// full returns an answer of just under the maximum size: head, as many repetitions of an element as fit, and tail.
func full(head, element, tail string) string {
	n := (transport.MaxBody - len(head) - len(tail)) / (len(element) + 1)
	return head + strings.TrimSuffix(strings.Repeat(element+",", n), ",") + tail
}

const (
	relayHead  = `{"code":"0","data":{"report":{"groups":[`
	relayTail  = `]}}}`
	legacyHead = `{"code":0,"data":{"prov_data":{"www.example.com":[{"id":57,"isp_value":`
	legacyTail = `}]}}}`
	tencent    = `{"Response":{"RequestId":"r-1",`
)

// hostile are answers of the maximum size that are as costly as a server can make them. tooMany says that the answer is
// valid and too large. The others are malformed, unless they have nothing but what is skipped.
var hostile = map[string]struct {
	dataSource string
	config     acctest.Config
	body       func() string
	want       string
}{
	"as many groups as are allowed": {cdnRelayTraffic, nil, func() string {
		const group = `{"domain":"www.example.com","totalRelayTraffic":"1.5","peakBandwidth":1.5,"peakTime":"2026-01-15 00:00","item":{"time":"2026-01-15 00:00","relayTraffic":"1.5"}},`
		return relayHead + strings.TrimSuffix(strings.Repeat(group, 10_000), ",") + relayTail
	}, ""},
	"as many carriers as are allowed": {cdnOverseaISPDetail, nil, func() string {
		return legacyHead + `{"bandwidth":[` + strings.TrimSuffix(strings.Repeat("[1.5],", 10_000), ",") + `]}` + legacyTail
	}, ""},
	"as many districts as are allowed": {cdnDistrictISPData, acctest.Config{"max_points": 200_000}, func() string {
		const series = `{"Interval":5,"StartTime":"2026-01-15 19:00:00","DataPoints":[1.5],"District":%d},`
		var b strings.Builder
		for i := range 10_000 {
			fmt.Fprintf(&b, series, i)
		}
		return tencent + `"Data":[` + strings.TrimSuffix(b.String(), ",") + `]}}`
	}, ""},
	"empty groups": {cdnRelayTraffic, nil, func() string { return full(relayHead, `{}`, relayTail) }, "more than 10000 series"},
	"empty groups without points": {
		cdnRelayTraffic,
		acctest.Config{"include_points": false},
		func() string { return full(relayHead, `{}`, relayTail) }, "more than 10000 series",
	},
	"items without points": {
		cdnRelayTraffic,
		acctest.Config{"include_points": false},
		func() string { return full(relayHead+`{"item":[`, `{"time":"2026-01-15 00:00"}`, `]}`+relayTail) }, "more than 500000 points",
	},
	"empty carriers": {cdnOverseaISPDetail, nil, func() string {
		return full(legacyHead+`{"bandwidth":[`, `[]`, `]}`+legacyTail)
	}, "more than 10000 series"},
	"carriers without points": {cdnOverseaISPDetail, acctest.Config{"include_points": false}, func() string {
		return full(legacyHead+`{"bandwidth":[`, `[1]`, `]}`+legacyTail)
	}, "more than 10000 series"},
	"values without points": {cdnOverseaISPDetail, acctest.Config{"include_points": false}, func() string {
		return full(legacyHead+`{"bandwidth":{"-1":[`, `1`, `]}}`+legacyTail)
	}, "more than 500000 points"},
	"regions": {cdnOverseaISPDetail, nil, func() string {
		return full(`{"code":0,"data":{"prov_data":{"www.example.com":[`, `{"id":1}`, `]}}}`)
	}, ""},
	"empty sessions": {
		trroSessionStatistics, nil, func() string { return full(tencent+`"SessionStatistics":[`, `{}`, `]}}`) },
		"SessionStatistics[0].StartTime: there is no time",
	},
	"sessions": {
		trroSessionStatistics, nil, func() string { return full(tencent+`"SessionStatistics":[`, `{"StartTime":1,"EndTime":1}`, `]}}`) },
		"more than 50000 points",
	},
	"sessions without points": {
		trroSessionStatistics,
		acctest.Config{"include_points": false},
		func() string { return full(tencent+`"SessionStatistics":[`, `{"StartTime":1,"EndTime":1}`, `]}}`) },
		"more than 500000 points",
	},
	"details without points": {
		mnaFlowStatistic,
		acctest.Config{"include_points": false},
		func() string { return full(tencent+`"NetDetails":[`, `{"Time":1,"Current":1}`, `]}}`) }, "more than 500000 points",
	},
	"districts": {
		cdnDistrictISPData,
		acctest.Config{"include_points": false},
		func() string {
			return full(tencent+`"Data":[`, `{"Interval":5,"StartTime":"2026-01-15 19:00:00"}`, `]}}`)
		},
		"more than 10000 series",
	},
	"an unknown list": {
		mnaFlowStatistic, nil, func() string { return full(tencent+`"NetDetails":[],"Unknown":[`, `{}`, `]}}`) }, "",
	},
	"a number": {
		mnaFlowStatistic, nil, func() string {
			return tencent + `"MaxValue":` + strings.Repeat("7", transport.MaxBody-100) + `}}`
		}, "MaxValue: too long",
	},
	"a name": {
		mnaFlowStatistic, nil, func() string {
			return tencent + `"` + strings.Repeat("7", transport.MaxBody-100) + `":1}}`
		}, "",
	},
	"depth": {
		mnaFlowStatistic, nil, func() string { return tencent + `"Unknown":` + strings.Repeat("[", transport.MaxBody-100) }, "exceeded max depth",
	},
	"a point with a million members": {
		mnaFlowStatistic, nil, func() string { return full(tencent+`"NetDetails":[{"Time":1,`, `"x":1`, `}]}}`) }, "",
	},
}

// serveCompressed lets every call be answered with the body.
func serveCompressed(t *testing.T, body string) {
	t.Helper()
	var compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	acctest.Start(t, emulator.Options{Override: func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Encoding", "gzip")
		// An error here means that the client is gone.
		_, _ = w.Write(compressed.Bytes())
		return true
	}})
}

// peak returns by how many bytes the heap grows at most while f runs, garbage included.
func peak(f func()) uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before := stats.HeapAlloc
	var highest atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		var stats runtime.MemStats
		for {
			runtime.ReadMemStats(&stats)
			highest.Store(max(highest.Load(), stats.HeapAlloc))
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return highest.Load() - min(before, highest.Load())
}

// connect returns a configured provider and its end of the protocol.
func connect(t *testing.T) (tfprotov6.ProviderServer, *acctest.Server) {
	t.Helper()
	server, err := acctest.Factories()["edgestats"]()
	if err != nil {
		t.Fatal(err)
	}
	s := acctest.Connect(t, server)
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	return server, s
}

func TestNoAnswerCostsMuchMemory(t *testing.T) {
	for name, test := range hostile {
		t.Run(name, func(t *testing.T) {
			serveCompressed(t, test.body())
			server, s := connect(t)
			request := s.Request(t, test.dataSource, reads[test.dataSource].With(test.config))
			started := time.Now()
			cost := peak(func() {
				read, err := server.ReadDataSource(t.Context(), request)
				if err != nil {
					t.Fatal(err)
				}
				problems := acctest.Problems(read.Diagnostics)
				if test.want != "" {
					expectProblem(t, problems, acctest.Attribute(problems[0]), test.want)
				} else if len(problems) > 0 {
					t.Error(problems)
				}
			})
			t.Logf("%d MB in %s", cost>>20, time.Since(started).Round(time.Millisecond))
			if cost > 350<<20 { // With what the server in this process needs.
				t.Errorf("the read took %d MB, want at most 300 and what the server needs", cost>>20)
			}
		})
	}
}

// Decoding takes seconds here, and the read may take a fraction of one.
func TestTimeoutsHoldWhileAnAnswerIsDecoded(t *testing.T) {
	serveCompressed(t, hostile["regions"].body())
	server, s := connect(t)
	config := reads[cdnOverseaISPDetail].With(acctest.Config{"timeouts": map[string]any{"read": "300ms"}})
	request := s.Request(t, cdnOverseaISPDetail, config)
	read, err := server.ReadDataSource(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	expectProblem(t, read.Diagnostics, "", "the read timed out", "Raise timeouts.read")
}
