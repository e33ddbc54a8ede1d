// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// serverFailures are what a server behind trouble answers in place of the API.
var serverFailures = map[string]emulator.Fault{
	"500": {Kind: emulator.FaultAnswer, Status: http.StatusInternalServerError, Body: `{"path": "/", "status": 500}`},
	"502 page": {
		Kind: emulator.FaultAnswer, Status: http.StatusBadGateway, Header: map[string]string{"Content-Type": "text/html"},
		Body: "<html>\r\n<head><title>502 Bad Gateway</title></head>" + strings.Repeat("<p>nginx</p>", 2_000),
	},
	"503 empty": {Kind: emulator.FaultAnswer, Status: http.StatusServiceUnavailable},
	"504 text":  {Kind: emulator.FaultAnswer, Status: http.StatusGatewayTimeout, Body: "late\x00\x1b[31m " + strings.Repeat("very ", 20_000)},
}

// fit fails unless a text is fit for a person: no control characters but line breaks, no markup, and of any vendor's
// text no more than 512 characters.
func fit(t *testing.T, problem *tfprotov6.Diagnostic) {
	t.Helper()
	detail := problem.Detail
	if !utf8.ValidString(detail) || strings.ContainsFunc(strings.ReplaceAll(detail, "\n", ""), unicode.IsControl) {
		t.Errorf("there are control characters in %q", detail)
	}
	expectNone(t, detail, "<", "\u202e")
	lines := strings.Split(detail, "\n")
	if len(lines) != 3 {
		t.Errorf("%d lines, want 3: %q", len(lines), detail)
	}
	_, said, _ := strings.Cut(lines[0], " failed: ")
	const frame = len("127.0.0.1:65535 answered HTTP 504 Gateway Timeout: ")
	if n := utf8.RuneCountInString(said); n > 512+frame {
		t.Errorf("%d characters of an error, want at most 512 of the vendor's: %s", n, said)
	}
}

func TestFault_09_ServerErrorsPass(t *testing.T) {
	for name, fault := range serverFailures {
		for dataSource, config := range reads {
			t.Run(name+" "+dataSource, func(t *testing.T) {
				fault.Count = 2
				e := inBubble(t, 2, []emulator.Fault{fault}, func(b bubble) {
					if _, problems := b.read(dataSource, config); len(problems) > 0 {
						b.Error(problems)
					}
				})
				if calls := len(e.Calls()); calls != 3 {
					t.Errorf("%d calls, want 3", calls)
				}
			})
		}
	}
}

func TestFault_09_ServerErrorsThatStay(t *testing.T) {
	status := map[string]string{
		"500":       "HTTP 500 Internal Server Error: {",
		"502 page":  `HTTP 502 Bad Gateway: a page titled "502 Bad Gateway".`,
		"503 empty": "HTTP 503 Service Unavailable.",
		"504 text":  "HTTP 504 Gateway Timeout: late[31m very",
	}
	spent := regexp.MustCompile(`\n(?:Request ID \S+, )?5 attempts in ([0-9.]+m?s)\.\n`)
	for name, fault := range serverFailures {
		for dataSource, config := range reads {
			t.Run(name+" "+dataSource, func(t *testing.T) {
				e := inBubble(t, 4, []emulator.Fault{fault}, func(b bubble) {
					started := time.Now()
					_, problems := b.read(dataSource, config)
					expectProblem(b.T, problems, "", "Unable to Read ", " failed: 127.0.0.1:", status[name], "Try again later")
					fit(b.T, problems[0])
					match := spent.FindStringSubmatch(problems[0].Detail)
					if match == nil {
						b.Fatalf("the error does not say what it cost: %s", problems)
					}
					if said, err := time.ParseDuration(match[1]); err != nil || said != time.Since(started).Round(time.Millisecond) {
						b.Errorf("took %s, the error says %s", time.Since(started), match[1])
					}
				})
				if calls := len(e.Calls()); calls != 5 {
					t.Errorf("%d calls, want 5", calls)
				}
			})
		}
	}
}

func TestFault_15_TheLastRequestIDIsShown(t *testing.T) {
	tencent := func(id string) emulator.Fault {
		return emulator.Fault{Kind: emulator.FaultAnswer, Body: `{"Response": {"Error": {"Code": "InternalError", "Message": "no"}, "RequestId": "` + id + `"}}`}
	}
	for dataSource, test := range map[string]struct {
		fault func(id string) emulator.Fault
		want  string
	}{
		mnaFlowStatistic:      {tencent, "InternalError: no.\nRequest ID last-1, 3 attempts in "},
		mnaStatisticExport:    {tencent, "InternalError: no.\nRequest ID last-1, 3 attempts in "},
		trroSessionStatistics: {tencent, "InternalError: no.\nRequest ID last-1, 3 attempts in "},
		cdnDistrictISPData:    {tencent, "InternalError: no.\nRequest ID last-1, 3 attempts in "},
		cdnRelayTraffic: {func(id string) emulator.Fault {
			return emulator.Fault{
				API: emulator.CDNetworks, Kind: emulator.FaultError, Code: "24002001", Message: "no", Header: map[string]string{"X-Cnc-Request-Id": id},
			}
		}, "code 24002001: no.\nRequest ID last-1, 3 attempts in "},
		// The legacy API gives its calls no ids.
		cdnOverseaISPDetail: {func(string) emulator.Fault {
			return emulator.Fault{API: emulator.CDNLegacy, Kind: emulator.FaultError, Code: "6000", Message: "no"}
		}, "code 6000: no.\n3 attempts in "},
	} {
		t.Run(dataSource, func(t *testing.T) {
			var faults []emulator.Fault
			for _, id := range []string{"first-1", "second-1", "last-1", "none-1"} {
				fault := test.fault(id)
				fault.Count = 1
				faults = append(faults, fault)
			}
			e := inBubble(t, 2, faults, func(b bubble) {
				_, problems := b.read(dataSource, reads[dataSource])
				expectProblem(b.T, problems, "", test.want)
				fit(b.T, problems[0])
			})
			if calls := len(e.Calls()); calls != 3 {
				t.Errorf("%d calls, want 3", calls)
			}
		})
	}
}

func TestFault_33_TextIsCleaned(t *testing.T) {
	refused := map[emulator.API]emulator.Fault{
		emulator.MNA:        {Code: "InvalidParameter"},
		emulator.TRRO:       {Code: "InvalidParameter"},
		emulator.CDN:        {Code: "InvalidParameter"},
		emulator.CDNetworks: {Code: "24001129"},
		emulator.CDNLegacy:  {Code: "4000"},
	}
	for name, message := range map[string]string{
		"escapes":       "\x1b[31mred\x1b[0m\x07 text",
		"NUL":           "red\x00 text",
		"line breaks":   "red\r\n\ttext",
		"overrides":     "\u202ered\u2066 text\ufeff",
		"invalid UTF-8": "red\xff text\xc3",
		"long":          "red text" + strings.Repeat("é", 2000),
	} {
		for dataSource, config := range reads {
			t.Run(name+" "+dataSource, func(t *testing.T) {
				fault := refused[apiOf[dataSource]]
				fault.API, fault.Kind, fault.Message = apiOf[dataSource], emulator.FaultError, message
				_, problems := readWith(t, dataSource, config, fault)
				expectProblem(t, problems, "", "red", "text")
				fit(t, problems[0])
			})
		}
	}
}

func TestFault_33_Encodings(t *testing.T) {
	const text = `{"Response": {"MaxValue": 7, "NetDetails": [], "RequestId": "r-1"}}`
	var utf16 strings.Builder
	for _, b := range []byte(text) {
		utf16.Write([]byte{b, 0})
	}
	answer := func(body string) emulator.Fault { return emulator.Fault{Kind: emulator.FaultAnswer, Body: body} }
	state := mustReadWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, answer("\xef\xbb\xbf\r\n"+text))
	expectState(t, state, map[string]string{"max_value": "7", "request_id": "r-1"})
	broken := map[string]string{
		"UTF-16 with its mark":    "\xff\xfe" + utf16.String(),
		"UTF-16 without its mark": utf16.String(),
		"NUL between":             strings.ReplaceAll(text, ", ", ",\x00 "),
		"escapes before":          "\x1b[2J" + text,
	}
	for name, body := range broken {
		t.Run(name, func(t *testing.T) {
			_, problems := readWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, answer(body))
			expectProblem(t, problems, "", "malformed answer from 127.0.0.1:")
			fit(t, problems[0])
		})
	}
}
