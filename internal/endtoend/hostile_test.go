// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build linux

package endtoend_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// maxMemory is the maximum resident memory of the provider during a read of one hostile response.
const maxMemory = 300 << 20

const (
	districtData = `
data "edgestats_cdn_district_isp_data" "test" {
  domains  = ["www.example.com"]
  metric   = "bandwidth"
  interval = "5min"
  lookback = "1h"
}
`
	sessionStatistics = `
data "edgestats_trro_session_statistics" "test" {
  project_id         = "project-1"
  statistic_interval = "hour"
  lookback           = "24h"
}
`
	statisticExport = `
data "edgestats_mna_statistic_export" "test" {
  group_id         = "group-1"
  time_granularity = "day"
  lookback         = "24h"
  download         = true
}
`
	assumedRole = `
provider "edgestats" {
  assume_role = { role_arn = "qcs::cam::uin/100000000001:roleName/example" }
}
`
)

// full returns a body of about the maximum size: head, as many repetitions of an element as fit, and tail.
func full(head, element, tail string) string {
	n := (transport.MaxBody - len(head) - len(tail)) / (len(element) + 1)
	return head + strings.TrimSuffix(strings.Repeat(element+",", n), ",") + tail
}

// numbered returns a body with elements that have a number in them.
func numbered(head string, n int, element, tail string) string {
	var body strings.Builder
	for i := range n {
		fmt.Fprintf(&body, element+",", i)
	}
	return head + strings.TrimSuffix(body.String(), ",") + tail
}

const (
	response = `{"Response":{"RequestId":"r-1",`
	report   = `{"code":"0","data":{"report":{"groups":[`
	huge     = transport.MaxBody - 1000
)

// Each of these would cost far more time or memory than the provider may take, or costs as much as is allowed. The text
// is that of the error; without one, the read succeeds.
var hostileBodies = map[string]struct {
	config, text string
	body         func() string
}{
	"a long secret": {assumedRole + flowStatistic, "no keys from the role", func() string {
		return response + `"ExpiredTime":9999999999,"Credentials":{"TmpSecretId":"AKIDexample","TmpSecretKey":"example-key","Token":"` +
			strings.Repeat("t", huge) + `"}}}`
	}},
	"a long link": {statisticExport, "FilePath: too long", func() string {
		return response + `"FilePath":"https://bucket.cos.example.com/f.xlsx?q-signature=` + strings.Repeat("s", huge) + `"}}`
	}},
	"a long name in many series": {overseaISPDetail, "too long", func() string {
		return numbered(`{"code":0,"data":{"prov_data":{"`+strings.Repeat("h", 1<<20)+`":[{"id":1,"isp_value":{"bandwidth":{`, 9_000, `"%d":[1]`, `}}}]}}}`)
	}},
	"long names": {relayTraffic, "more than 10000 series", func() string {
		return numbered(report, 10_001, `{"domain":"%0500d","item":[]}`, `]}}}`)
	}},
	"empty groups": {relayTraffic, "more than 10000 series", func() string { return full(report, `{}`, `]}}}`) }},
	"empty districts": {districtData, "StartTime", func() string {
		return full(response+`"Data":[`, `{"Interval":5}`, `]}}`)
	}},
	"sessions": {sessionStatistics, "more than 50000 points", func() string {
		return full(response+`"SessionStatistics":[`, `{"StartTime":1,"EndTime":1}`, `]}}`)
	}},
	"unknown members": {flowStatistic, "", func() string { return full(`{"Response":{"NetDetails":[],`, `"x":0`, `}}`) }},
	"a long message": {overseaISPDetail, "too long", func() string {
		return `{"code":4000,"message":"` + strings.Repeat(`\u202e`, huge/6) + `"}`
	}},
	"depth":     {flowStatistic, "exceeded max depth", func() string { return response + `"x":` + strings.Repeat("[", huge) }},
	"too large": {relayTraffic, "larger than 32 MiB", func() string { return strings.Repeat(" ", huge+2000) }},
}

// serveHostile answers every request with a body, and calls sent after that. It does not check signatures.
func serveHostile(t *testing.T, body string, sent func()) map[string]string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// An error here means that the client is gone.
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, body)
		sent()
	}))
	t.Cleanup(server.Close)
	return acctest.Variables(server.URL)
}

var (
	parentPID = regexp.MustCompile(`(?m)^PPid:\s+(\d+)$`)
	peakKB    = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)
)

// peakMemory returns how many bytes of memory a child of a running process has had at most, and 0 once all have ended.
func peakMemory(t *testing.T, parent int) int {
	t.Helper()
	processes, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		t.Fatal(err)
	}
	highest := 0
	for _, name := range processes {
		status, err := os.ReadFile(name)
		if err != nil {
			continue // The process has ended.
		}
		child, peak := parentPID.FindSubmatch(status), peakKB.FindSubmatch(status)
		if child == nil || peak == nil || string(child[1]) != strconv.Itoa(parent) {
			continue
		}
		kilobytes, err := strconv.Atoi(string(peak[1]))
		if err != nil {
			t.Fatal(err)
		}
		highest = max(highest, kilobytes<<10)
	}
	return highest
}

func TestHostileResponsesCostLittle(t *testing.T) {
	measured := 0
	for name, test := range hostileBodies {
		t.Run(name, func(t *testing.T) {
			variables := serveHostile(t, test.body(), func() {})
			p := startPlan(t, newWorkspace(t, test.config, variables))
			started, highest := time.Now(), 0
			for ticker := time.NewTicker(10 * time.Millisecond); !p.hasEnded(ticker.C); {
				highest = max(highest, peakMemory(t, p.Process.Pid))
			}
			t.Logf("%d MB, %s in all", highest>>20, time.Since(started).Round(time.Millisecond))
			if r := p.wait(); test.text == "" {
				r.expect(t, 0)
			} else {
				r.problem(t).expect(t, test.text)
			}
			if measured = max(measured, highest); highest > maxMemory {
				t.Errorf("the provider took %d MB of memory, want at most %d", highest>>20, maxMemory>>20)
			}
			if took := time.Since(started); took > 2*time.Minute {
				t.Errorf("the plan took %s", took)
			}
		})
	}
	// On a busy machine, a provider can end before its memory is read, but not all of them.
	if measured < transport.MaxBody {
		t.Errorf("the providers had at most %d MB of memory, less than the responses", measured>>20)
	}
}

// Decoding 24 responses takes several seconds on any machine, whichever end comes first.
const slowTraffic = `
data "edgestats_cdn_relay_traffic" "test" {
  lookback = "700d"
  group_by = ["domain"]
  timeouts = { read = %q }
}
`

func slowBody() string { return full(report+`{"domain":"www.example.com",`, `"x":0`, `}]}}}`) }

func TestTimeoutWhileDecoding(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, fmt.Sprintf(slowTraffic, "1s"), serveHostile(t, slowBody(), func() {}))
	started := time.Now()
	w.plan(t, "-json").problem(t).expect(t, "the read timed out", "Raise timeouts.read")
	if took := time.Since(started); took > patience {
		t.Errorf("Terraform ended after %s", took)
	}
}

func TestInterruptWhileDecoding(t *testing.T) {
	t.Parallel()
	sent := make(chan struct{})
	w := newWorkspace(t, fmt.Sprintf(slowTraffic, "10m"), serveHostile(t, slowBody(), sync.OnceFunc(func() { close(sent) })))
	p := startPlan(t, w)
	p.await(t, sent)
	signaled := time.Now()
	if err := syscall.Kill(-p.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	p.wait().problem(t).expect(t, "the read was canceled")
	if took := time.Since(signaled); took > patience {
		t.Errorf("Terraform ended %s after the signal", took)
	}
}
