// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Every number of values is kept: 288 are a day, but it is for summary to tell what came.
func TestFault_45_AnyNumberOfValues(t *testing.T) {
	one := cdnOverseaISPDetailConfig.With(acctest.Config{"provs": []any{57}})
	sevens := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat("7,", n), ",") + "]" }
	for name, test := range map[string]struct {
		values, length, count, last string
	}{
		"287":             {sevens(287), "287", "287", "2026-01-14T23:50:00+08:00"},
		"289":             {sevens(289), "289", "289", "2026-01-15T00:00:00+08:00"},
		"none":            {"[]", "0", "0", ""},
		"null":            {"null", "0", "0", ""},
		"null in the end": {`[1, "2.50", "", null, null]`, "5", "2", "2026-01-14T00:05:00+08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			state := mustReadWith(t, cdnOverseaISPDetail, one, member("-1", test.values))
			expectState(t, state, map[string]string{
				"details.#": "1", "missing.#": "0", "details.0.values.#": test.length,
				"details.0.summary.count": test.count, "details.0.summary.last_time": test.last,
			})
		})
	}
	t.Run("nulls stay null", func(t *testing.T) {
		state := mustReadWith(t, cdnOverseaISPDetail, one, member("-1", `[null, "2.50", 0, ""]`))
		expectState(t, state, map[string]string{
			"details.0.values.0": "", "details.0.values.1": "2.5", "details.0.values.2": "0", "details.0.values.3": "",
		})
	})
	t.Run("no number", func(t *testing.T) {
		_, problems := readWith(t, cdnOverseaISPDetail, one, member("-1", `[1, "..."]`))
		expectProblem(t, problems, "", "malformed answer", `prov_data["www.example.com"][0].isp_value.bandwidth["-1"][1]: not a decimal number: "..."`)
	})
}

func TestFault_46_UnknownRegion(t *testing.T) {
	config := cdnOverseaISPDetailConfig.With(acctest.Config{"provs": []any{57}})
	state := mustReadWith(t, cdnOverseaISPDetail, config, member("id", "9999"))
	expectState(t, state, map[string]string{
		"details.#": "1", "details.0.prov_id": "9999", "details.0.country_code": "", "details.0.values.#": "288",
		"missing.#": "1", "missing.0.prov_id": "57",
	})
	if state["details.0.prov_name"] == "" {
		t.Error("the region's name is null")
	}
}

// The vendor is half an hour behind: what is not counted yet is neither there nor invented.
func TestFault_47_Today(t *testing.T) {
	state := mustReadWith(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(acctest.Config{"date": "2026-01-15", "provs": []any{57, -3}}))
	expectState(t, state, map[string]string{
		"window.start": "2026-01-15T00:00:00+08:00", "window.end": "2026-01-16T00:00:00+08:00",
		"details.#": "1", "details.0.values.#": "234", "details.0.summary.count": "234",
		"details.0.summary.last_time": "2026-01-15T19:25:00+08:00",
		"missing.#":                   "1", "missing.0.date": "2026-01-15", "missing.0.prov_id": "-3",
	})
}

func TestFault_48_CodesPointAtArguments(t *testing.T) {
	for _, test := range []struct {
		code, attribute, advice string
	}{
		{"24001125", "domains", "has to list them in domains"},
		{"24001126", "domains", "Check the arguments"},
		{"24001127", "domains", "Check the arguments"},
		{"24001128", "billing_regions", "Check the arguments"},
		{"24001129", "", "Check the arguments"},
	} {
		fault := emulator.Fault{
			API: emulator.CDNetworks, Kind: emulator.FaultError, Code: test.code, Message: "It is refused",
			Header: map[string]string{"X-Cnc-Request-Id": "c-1"},
		}
		_, problems := readWith(t, cdnRelayTraffic, cdnRelayTrafficConfig, fault)
		expectProblem(t, problems, test.attribute, "Unable to Read CDNetworks Relay Traffic",
			"POST /cdn/traffic/relay for 2026-01-13T00:00:00+08:00 to 2026-01-15T00:00:00+08:00 failed: code "+test.code+": It is refused.",
			"Request ID c-1, 1 attempt in ", test.advice)
	}
}

func TestFault_51_ValuesAreNamed(t *testing.T) {
	grouped := cdnRelayTrafficConfig.With(acctest.Config{"group_by": []any{"domain"}})
	for value, want := range map[string]string{`""`: "", `"0.053"`: "0.053", `".5"`: "0.5", `"1e3"`: "1000", "null": ""} {
		state := mustReadWith(t, cdnRelayTraffic, grouped, member("relayTraffic", value))
		expectState(t, state, map[string]string{"groups.0.items.0.relay_traffic": want, "groups.0.items.#": "2"})
	}
	for value, place := range map[string]string{"relayTraffic": "item[0].relayTraffic", "totalRelayTraffic": "totalRelayTraffic", "peakBandwidth": "peakBandwidth"} {
		for _, text := range []string{"-", "1,234.567"} {
			_, problems := readWith(t, cdnRelayTraffic, grouped, member(value, `"`+text+`"`))
			expectProblem(t, problems, "", "malformed answer", fmt.Sprintf("groups[0].%s: not a decimal number: %q", place, text), "1 attempt in ")
		}
	}
}
