// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Users look codes up on the page about errors.
func TestTroubleshootingKnowsEveryCodeWithAdvice(t *testing.T) {
	page, err := os.ReadFile("../../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	for vendor, table := range map[string]codes.Table[string]{
		"tencent": tencentAdvice, "CDNetworks": cdnetworksAdvice, "legacy": legacyAdvice,
	} {
		for code := range table {
			known := strings.Contains(string(page), "`"+code+"`") || strings.Contains(string(page), "`("+code+")`")
			if dot := strings.LastIndexByte(code, '.'); dot >= 0 {
				known = known || strings.Contains(string(page), "`"+code[dot:]+"`")
			}
			if !known {
				t.Errorf("%s: the page does not know %s", vendor, code)
			}
		}
	}
}

func TestAdviceIsWholeSentences(t *testing.T) {
	for _, table := range []codes.Table[string]{tencentAdvice, cdnetworksAdvice, legacyAdvice} {
		for code, advice := range table {
			if advice != "" && (!strings.HasSuffix(advice, ".") || strings.Count(advice, ". ") > 1) {
				t.Errorf("the advice on %s is not one or two sentences: %q", code, advice)
			}
		}
	}
}

// The most specific code wins, in whatever order Go ranges over a map.
func TestErrorsPointAtTheMostSpecificArgument(t *testing.T) {
	o := Operation{Noun: "Test", Action: "Test", Arguments: map[string]path.Path{
		"InvalidParameter": path.Root("general"), "InvalidParameter.Metric": path.Root("metric"), "InvalidParameter.Metric.Name": path.Root("name"),
	}}
	for code, want := range map[string]string{
		"InvalidParameter": "general", "InvalidParameter.Other": "general", "InvalidParameter.Metric": "metric",
		"InvalidParameter.Metric.Unit": "metric", "InvalidParameter.Metric.Name": "name",
	} {
		for range 50 {
			problem, ok := o.diagnostic(&tencentcloud.APIError{Code: code}).(diag.DiagnosticWithPath)
			if !ok || !problem.Path().Equal(path.Root(want)) {
				t.Fatalf("%s points at %v, want %s", code, problem, want)
			}
		}
	}
}

func TestAdviceNamesTheArgumentThatBoundsTheRead(t *testing.T) {
	throttled := &transport.StatusError{Host: "api.example.com", Status: 429}
	slow := &transport.TooSlowError{Calls: 2}
	for _, err := range []error{
		throttled, slow, fmt.Errorf("part 2: %w", slow),
		&transport.CallError{Err: fmt.Errorf("late: %w", context.DeadlineExceeded), Last: throttled},
		&tencentcloud.CredentialError{Origin: tencentcloud.AssumedRole, Err: &transport.CallError{Err: throttled}},
	} {
		for _, timeout := range []string{"timeouts.read", "timeouts.open"} {
			if advice := describe(err, timeout).advice; !strings.Contains(advice, "aise "+timeout) {
				t.Errorf("%v: %q does not name %s", err, advice, timeout)
			}
		}
	}
	// What the vendor says stays as it is.
	o := Operation{Noun: "Test", Action: "Test", Timeout: "timeouts.open"}
	if detail := o.diagnostic(errors.New("not timeouts.read")).Detail(); !strings.Contains(detail, "not timeouts.read") {
		t.Error(detail)
	}
}

// An inventory has no max_points, so the advice does not name it.
func TestInventoriesSayHowToHaveFewerEntries(t *testing.T) {
	o := Operation{Noun: "Test", Action: "ListTests", Fewer: "Set test_id."}
	for what, want := range map[limit.Kind]string{limit.Series: "10 entries", limit.Points: "10 values"} {
		diags := o.Diagnostics(t.Context(), fmt.Errorf("page 2: %w", &limit.Error{What: what, Max: 10}))
		if len(diags) != 1 {
			t.Fatalf("%v", diags)
		}
		expect.Diagnostic(t, diags[0], "", "ListTests returned more than "+want+", which is the maximum for one read.\nSet test_id.")
	}
}
