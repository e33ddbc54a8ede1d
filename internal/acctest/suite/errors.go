// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Error is an error of the vendor and describes the error that the provider must return.
type Error struct {
	// Code is the vendor's code. If it is empty, the error comes from Answer, or else from the emulator itself.
	Code   string
	Answer Override
	// Config contains changes to Description.Config.
	Config acctest.Config
	// Attribute is the attribute that the error must point at; empty for none.
	Attribute string
	// Says are texts that the error must contain in addition to the code.
	Says []string
}

func (d Description) testErrors(t *testing.T) {
	t.Helper()
	for _, test := range d.Errors {
		t.Run(test.Code+" "+test.Attribute, func(t *testing.T) {
			options := emulator.Options{Override: test.Answer}
			says := append([]string{"Unable to Read ", " failed: ", test.Code}, test.Says...)
			if test.Code != "" {
				options.Faults = []emulator.Fault{{
					API: d.API, Kind: emulator.FaultError, Code: test.Code, Message: "It is refused",
					Header: map[string]string{"X-Cnc-Request-Id": "c-1"}, // CDNetworks sends it.
				}}
				says = append(says, "It is refused")
			}
			acctest.Start(t, options)
			t.Setenv("EDGESTATS_MAX_RETRIES", "0")
			acctest.ExpectProblem(t, acctest.ReadProblems(t, d.Name, d.Config.With(test.Config)), test.Attribute, says...)
		})
	}
}

// ExpectReadable fails the test unless the first error is readable: three lines without control characters or markup, and
// with at most 512 characters of the vendor's text.
func ExpectReadable(t *testing.T, problems acctest.Problems) {
	t.Helper()
	detail := problems[0].Detail
	if !utf8.ValidString(detail) || strings.ContainsFunc(strings.ReplaceAll(detail, "\n", ""), unicode.IsControl) {
		t.Errorf("there are control characters in %q", detail)
	}
	expect.None(t, detail, "<", "\u202e")
	lines := strings.Split(detail, "\n")
	if len(lines) != 3 {
		t.Errorf("%d lines, want 3: %q", len(lines), detail)
	}
	_, said, _ := strings.Cut(lines[0], " failed: ")
	const frame = len("127.0.0.1:65535 responded with HTTP 504 Gateway Timeout: ")
	if n := utf8.RuneCountInString(said); n > 512+frame {
		t.Errorf("%d characters of an error, want at most 512 of the vendor's: %s", n, said)
	}
}

func (d Description) testCleanedText(t *testing.T) {
	t.Helper()
	for name, message := range map[string]string{
		"escapes":       "\x1b[31mred\x1b[0m\x07 text",
		"NUL":           "red\x00 text",
		"line breaks":   "red\r\n\ttext",
		"overrides":     "\u202ered\u2066 text\ufeff",
		"invalid UTF-8": "red\xff text\xc3",
		"long":          "red text" + strings.Repeat("é", 2000),
	} {
		t.Run(name, func(t *testing.T) {
			fault := emulator.Fault{API: d.API, Kind: emulator.FaultError, Code: vendorOf(d.API).refused, Message: message}
			_, problems := acctest.ReadWith(t, d.Name, d.Config, fault)
			acctest.ExpectProblem(t, problems, "", "red", "text")
			ExpectReadable(t, problems)
			if n := strings.Count(problems[0].Detail, "é"); name == "long" && n < 400 {
				t.Errorf("%d of 2000 characters were kept, want at least 400", n)
			}
		})
	}
}

// A vendor or a proxy may repeat the secrets of a request.
func (d Description) testSecrets(t *testing.T) {
	t.Helper()
	const token = "token-canary"
	secrets := []string{emulator.DefaultSecretKey, emulator.DefaultCDNetworksAPIKey, token}
	sent := make(chan http.Header, 1)
	acctest.Start(t, emulator.Options{Token: token, Override: func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
		sent <- r.Header
		return acctest.Answer(vendorOf(api).refusal(strings.Join(secrets, " ")))(api, w, r)
	}})
	t.Setenv("TENCENTCLOUD_SECURITY_TOKEN", token)
	problems := acctest.ReadProblems(t, d.Name, d.Config)
	acctest.ExpectProblem(t, problems, "", "*** *** ***")
	expect.None(t, problems.String(), secrets...)
	if authorization := (<-sent).Get("Authorization"); authorization != "" {
		expect.None(t, problems.String(), authorization)
	}
}

// A network may return a login page instead of the API's response.
func (d Description) testLoginPage(t *testing.T) {
	t.Helper()
	_, problems := acctest.ReadWith(t, d.Name, d.Config, emulator.Fault{
		Kind: emulator.FaultAnswer, Status: http.StatusOK, Header: map[string]string{"Content-Type": "text/html; charset=utf-8"},
		Body: "<!DOCTYPE html>\n<title>Welcome\x1b[5m &amp; pay</title>" + strings.Repeat("<p>", 10_000),
	})
	acctest.ExpectProblem(t, problems, "", `not JSON (text/html): a page titled "Welcome[5m & pay"`,
		"Check domain and endpoints in the provider block")
	expect.None(t, problems.String(), "<", "\x1b")
}

// Parts describes failures of reads that need several calls.
type Parts struct {
	// Failing is split into at most five parts. Only the call with Text in its body gets Answer. The error must point at
	// Attribute and contain Says.
	Failing   acctest.Config
	Text      string
	Answer    string
	Attribute string
	Says      []string
	// TooMany is split into so many calls that the rate limit delays some beyond a read timeout of two minutes. The error
	// must contain TooManySays before its advice.
	TooMany     acctest.Config
	TooManySays string
}

func (d Description) testParts(t *testing.T) {
	t.Helper()
	if d.Parts == nil {
		return
	}
	test := *d.Parts
	t.Run("the error names the part", func(t *testing.T) {
		e := acctest.Start(t, emulator.Options{Override: func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
			body, err := io.ReadAll(r.Body)
			if err != nil || !strings.Contains(string(body), test.Text) {
				return false
			}
			return acctest.Answer(test.Answer)(api, w, r)
		}})
		problems := acctest.ReadProblems(t, d.Name, d.Config.With(test.Failing))
		acctest.ExpectProblem(t, problems, test.Attribute, test.Says...)
		if n := len(e.Calls()); n > 5 {
			t.Errorf("%d calls, want at most one for each part", n)
		}
	})
	t.Run("a read that does not fit into its timeout makes no call", func(t *testing.T) {
		config := d.Config.With(test.TooMany).With(acctest.Config{"include": []any{}, "timeouts": acctest.Config{"read": "2m"}})
		e := inBubble(t, 0, nil, func(b bubble) {
			_, problems := b.read(d.Name, config)
			acctest.ExpectProblem(b, problems, "", test.TooManySays+".\nRaise timeouts.read or quota_share, or read less at once.")
		})
		expectCalls(t, e, 0)
	})
}
