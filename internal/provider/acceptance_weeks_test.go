// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// weeks is a data source that is read for this week, for the previous week and for both together.
type weeks struct {
	dataSource string
	arguments  string
	// chained are the arguments of a window that ends where local.this_week begins; this and previous are those of explicit windows.
	chained, this, previous string
	// days and total are expressions of the days and the total of w, a data source.
	days, total string
}

// chainedTo are arguments of a window that ends where this week begins.
const chainedTo = "lookback = \"168h\"\n  end_time = local.this_week.window.start"

// times returns the arguments of an explicit window.
func times(start, from, to string) string {
	return fmt.Sprintf("%s = %q\n  end_time = %q", start, from, to)
}

// For data sources that take dates.
const (
	daysBefore = `date_from = formatdate("YYYY-MM-DD", timeadd(local.this_week.window.start, "-168h"))
  date_to = formatdate("YYYY-MM-DD", timeadd(local.this_week.window.start, "-1s"))`
	datesThis     = "date_from = \"2026-01-08\"\n  date_to = \"2026-01-14\""
	datesPrevious = "date_from = \"2026-01-01\"\n  date_to = \"2026-01-07\""
)

const first, second, third = "2026-01-01T00:00:00+08:00", "2026-01-08T00:00:00+08:00", "2026-01-15T00:00:00+08:00"

// config returns the configuration. Sums are compared rounded, since Terraform adds up binary fractions.
func (w weeks) config() string {
	var b strings.Builder
	b.WriteString(requiredProviders)
	for _, block := range []struct{ name, window string }{
		{"this_week", `lookback = "7d"`},
		{"this_week_explicit", w.this},
		{"chained", w.chained},
		{"offset", "lookback = \"1w\"\n  offset = \"7d\""},
		{"explicit", w.previous},
		{"both", `lookback = "14d"`},
	} {
		fmt.Fprintf(&b, "data %q %q {\n  %s\n  %s\n}\n", w.dataSource, block.name, w.arguments, block.window)
	}
	b.WriteString(strings.NewReplacer("TYPE", w.dataSource, "DAYS", w.days, "TOTAL", w.total).Replace(`
locals {
  this_week = data.TYPE.this_week
  this      = [for w in [local.this_week, data.TYPE.this_week_explicit] : { window = w.window, days = DAYS, total = TOTAL }]
  previous  = [for w in [data.TYPE.chained, data.TYPE.offset, data.TYPE.explicit] : { window = w.window, days = DAYS, total = TOTAL }]
  both      = [for w in [data.TYPE.both] : { days = DAYS, total = TOTAL }]
}

output "this_week" {
  value = distinct(local.this)
}

output "previous_week" {
  value = distinct(local.previous)
}

output "adds_up" {
  value = local.both[0].days == 14 && format("%.3f", local.both[0].total) == format("%.3f", local.this[0].total + local.previous[0].total)
}

output "differs" {
  value = local.this[0].total != local.previous[0].total
}
`))
	return b.String()
}

// This week and the previous week agree by chaining, by offset and by explicit times, and add up to both together.
func TestAccWeekOnWeek(t *testing.T) {
	for name, w := range map[string]weeks{
		mnaFlowStatistic: {
			arguments: `device_id = "mna-dev1"
  type = "total"
  time_granularity = "day"`,
			chained: chainedTo, this: times("begin_time", second, third), previous: times("begin_time", first, second),
			days: "length(w.net_details)", total: "w.summary.total",
		},
		mnaStatisticExport: {
			arguments: `device_name = "gateway-1"
  time_granularity = "day"
  download = true`,
			chained: chainedTo, this: times("begin_time", second, third), previous: times("begin_time", first, second),
			days: "w.sheets[1].row_count - 1", total: "sum([for i, row in w.sheets[1].rows : i == 0 ? 0 : tonumber(row[4])])",
		},
		trroSessionStatistics: {
			arguments: `project_id = "project-1"
  statistic_interval = "day"`,
			chained: chainedTo, this: times("start_time", second, third), previous: times("start_time", first, second),
			days: "length(w.session_statistics)", total: "w.summary.session_num",
		},
		cdnRelayTraffic: {
			chained: daysBefore, this: datesThis, previous: datesPrevious,
			days: "length(w.groups[0].items)", total: "w.groups[0].total_relay_traffic",
		},
		cdnOverseaISPDetail: {
			arguments: `hosts = ["www.example.com"]
  provs = ["JP"]
  stat_type = "flux"`,
			chained: daysBefore, this: datesThis, previous: datesPrevious,
			days: "length(distinct(w.details[*].date))", total: "sum(w.details[*].summary.total)",
		},
		// Its last whole period ended this evening.
		cdnDistrictISPData: {
			arguments: `domains = ["www.example.com"]
  metric = "flux"
  districts = [4]
  isps = [2]`,
			chained: chainedTo, this: times("start_time", evening(second), evening(third)), previous: times("start_time", evening(first), evening(second)),
			days: "length(w.details[0].values) / 288", total: "w.details[0].summary.total",
		},
	} {
		t.Run(name, func(t *testing.T) {
			startForTerraform(t, nil)
			w.dataSource = name
			at := func(border string) string { return border }
			if name == cdnDistrictISPData {
				at = evening
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{Config: w.config(), ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownOutputValue("this_week", aWeek(at(second), at(third))),
					statecheck.ExpectKnownOutputValue("previous_week", aWeek(at(first), at(second))),
					statecheck.ExpectKnownOutputValue("adds_up", knownvalue.Bool(true)),
					statecheck.ExpectKnownOutputValue("differs", knownvalue.Bool(true)),
				}}},
			})
		})
	}
}

// evening returns the time 20 hours after midnight.
func evening(midnight string) string { return strings.Replace(midnight, "T00", "T20", 1) }

// aWeek is a list of the one week that all windows must agree on.
func aWeek(start, end string) knownvalue.Check {
	return knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
		"window": knownvalue.ObjectExact(map[string]knownvalue.Check{"start": knownvalue.StringExact(start), "end": knownvalue.StringExact(end)}),
		"days":   knownvalue.Int64Exact(7),
		"total":  knownvalue.NotNull(),
	})})
}
