// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Errors about malformed responses name the place in the response, but no Go type or field.
func (d Description) testMalformed(t *testing.T) {
	t.Helper()
	for _, malformed := range []map[string]string{vendorOf(d.API).malformed, d.Malformed} {
		for body, place := range malformed {
			t.Run(body, func(t *testing.T) {
				acctest.Start(t, emulator.Options{Override: acctest.Answer(body)})
				problems := acctest.ReadProblems(t, d.Name, d.Config)
				acctest.ExpectProblem(t, problems, "", "not the JSON that is documented: "+place)
				ExpectReadable(t, problems)
			})
		}
	}
}

func (d Description) testUnixTimes(t *testing.T) {
	t.Helper()
	if d.UnixTime == "" {
		return
	}
	for value, want := range map[string]string{
		`""`:             "there is no time",
		"null":           "there is no time",
		"1768392000.5":   "1768392000.5 is not a time in unix seconds",
		"1768392000000":  "looks like milliseconds",
		`"2026-01-14"`:   `not a decimal number: "2026-01-14"`,
		`{"seconds": 1}`: "not a decimal number",
	} {
		t.Run(value, func(t *testing.T) {
			member := d.UnixTime[strings.LastIndexByte(d.UnixTime, '.')+1:]
			_, problems := acctest.ReadWith(t, d.Name, d.Config, acctest.Member(member, value))
			acctest.ExpectProblem(t, problems, "", "malformed response", d.UnixTime+": ", want)
		})
	}
}

// testUnknownMembers adds undocumented members to a response.
func (d Description) testUnknownMembers(t *testing.T) {
	t.Helper()
	if d.Figure == "" {
		return
	}
	const unknown = `, "Extra": {"NetDetails": [[{"Time": {}}]], "SessionStatistics": 1, "Response": {}}, "unit": null`
	plain := acctest.MustReadWith(t, d.Name, d.Config, acctest.Member(d.Figure, "5"))
	got := acctest.MustReadWith(t, d.Name, d.Config, acctest.Member(d.Figure, "5"+unknown))
	if diff := cmp.Diff(plain.Without(d.Varies...), got.Without(d.Varies...)); diff != "" {
		t.Errorf("(-plain +with unknown members)\n%s", diff)
	}
}

// Names in responses for Names. DirtyName contains, escaped as in JSON, an escape, a bell, a NUL, a line break and
// characters that change the direction of text. CleanName is DirtyName after cleaning. DirtyDomain becomes www.example.com.
const (
	DirtyName   = `\u001b[31m\u0007n\u0000a\u202em\u200be\n\u2066x`
	CleanName   = "[31mname x"
	DirtyDomain = `www.\u202eexample\u0000.com`
)

// Names is a response with dirty names, and the cleaned values that attributes must have.
type Names struct {
	// Config contains changes to Description.Config.
	Config acctest.Config
	Body   string
	Want   map[string]string
}

func (d Description) testNames(t *testing.T) {
	t.Helper()
	if d.Names == nil {
		return
	}
	acctest.Start(t, emulator.Options{Override: acctest.Answer(d.Names.Body)})
	acctest.ExpectState(t, acctest.MustRead(t, d.Name, d.Config.With(d.Names.Config)), d.Names.Want)
}
