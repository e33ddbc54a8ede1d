// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// serverFailure is an error response of a gateway, and a text that the error must contain.
type serverFailure struct {
	fault emulator.Fault
	says  string
}

func serverFailures() map[string]serverFailure {
	return map[string]serverFailure{
		"500": {
			emulator.Fault{Kind: emulator.FaultAnswer, Status: http.StatusInternalServerError, Body: `{"path": "/", "status": 500}`},
			"HTTP 500 Internal Server Error: {",
		},
		"502 page": {
			emulator.Fault{
				Kind: emulator.FaultAnswer, Status: http.StatusBadGateway, Header: map[string]string{"Content-Type": "text/html"},
				Body: "<html>\r\n<head><title>502 Bad Gateway</title></head>" + strings.Repeat("<p>nginx</p>", 2_000),
			},
			`HTTP 502 Bad Gateway: a page titled "502 Bad Gateway".`,
		},
		"503 empty": {emulator.Fault{Kind: emulator.FaultAnswer, Status: http.StatusServiceUnavailable}, "HTTP 503 Service Unavailable."},
		"504 text": {
			emulator.Fault{
				Kind: emulator.FaultAnswer, Status: http.StatusGatewayTimeout, Body: "late\x00\x1b[31m " + strings.Repeat("very ", 20_000),
			},
			"HTTP 504 Gateway Timeout: late[31m very",
		},
	}
}

func (d Description) testTransientServerErrors(t *testing.T) {
	t.Helper()
	for name, test := range serverFailures() {
		t.Run(name, func(t *testing.T) {
			test.fault.Count = 2
			e := inBubble(t, 2, []emulator.Fault{test.fault}, func(b bubble) {
				if _, problems := b.read(d.Name, d.Config); len(problems) > 0 {
					b.Error(problems)
				}
			})
			expectCalls(t, e, 2+d.calls())
		})
	}
}

func (d Description) testPersistentServerErrors(t *testing.T) {
	t.Helper()
	spent := regexp.MustCompile(`\n(?:Request ID \S+, )?5 attempts in ([0-9.]+m?s)\.\n`)
	for name, test := range serverFailures() {
		t.Run(name, func(t *testing.T) {
			e := inBubble(t, 4, []emulator.Fault{test.fault}, func(b bubble) {
				started := time.Now()
				_, problems := b.read(d.Name, d.Config)
				acctest.ExpectProblem(b, problems, "", "Unable to Read ", " failed: 127.0.0.1:", test.says, "Retry later")
				ExpectReadable(b.T, problems)
				match := spent.FindStringSubmatch(problems[0].Detail)
				if match == nil {
					b.Fatalf("the error does not say how many attempts it took: %s", problems)
				}
				if said, err := time.ParseDuration(match[1]); err != nil || said != time.Since(started).Round(time.Millisecond) {
					b.Errorf("took %s, the error says %s", time.Since(started), match[1])
				}
			})
			expectCalls(t, e, 5)
		})
	}
}

func (d Description) testLastRequestID(t *testing.T) {
	t.Helper()
	v := vendorOf(d.API)
	var faults []emulator.Fault
	for _, id := range []string{"first-1", "second-1", "last-1", "none-1"} {
		fault := v.failure(id)
		fault.Count = 1
		faults = append(faults, fault)
	}
	e := inBubble(t, 2, faults, func(b bubble) {
		_, problems := b.read(d.Name, d.Config)
		acctest.ExpectProblem(b, problems, "", v.failed)
		ExpectReadable(b.T, problems)
	})
	expectCalls(t, e, 3)
}
