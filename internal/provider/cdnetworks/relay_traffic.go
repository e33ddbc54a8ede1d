// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdnetworks holds the data source of CDNetworks.
package cdnetworks

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

// DataSources returns the constructors of the data sources of CDNetworks.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{relayTraffic().New}
}

// relayTraffic describes the data source edgestats_cdn_relay_traffic.
func relayTraffic() source.DataSource[relayTrafficModel] {
	return source.DataSource[relayTrafficModel]{
		Name:       "cdn_relay_traffic",
		Vendor:     settings.CDNetworks,
		Schema:     relayTrafficSchema,
		Validators: []datasource.ConfigValidator{dateRules.Validator(), roundingValidator{}},
		Window:     (*relayTrafficModel).window,
		Read:       readRelayTraffic,
	}
}

var (
	granularities = arguments.Words("5m", "1h", "1d")
	includeRules  = arguments.IncludeRules{Points: "`items`", Series: "group", Values: []string{arguments.IncludePoints}}
)

var dateRules = arguments.DateRules{MaxBack: cdnetworks.MaxDaysBack, Zone: "`timezone`"}

type relayTrafficModel struct {
	arguments.IncludeArguments
	source.Timeouts

	DateFrom       types.String           `tfsdk:"date_from"`
	DateTo         types.String           `tfsdk:"date_to"`
	Lookback       types.String           `tfsdk:"lookback"`
	Offset         types.String           `tfsdk:"offset"`
	Timezone       types.String           `tfsdk:"timezone"`
	TimeRounding   types.String           `tfsdk:"time_rounding"`
	Domains        []types.String         `tfsdk:"domains"`
	ServiceTypes   []types.String         `tfsdk:"service_types"`
	BillingRegions []types.String         `tfsdk:"billing_regions"`
	Granularity    types.String           `tfsdk:"granularity"`
	GroupBy        []types.String         `tfsdk:"group_by"`
	Percentiles    []types.Number         `tfsdk:"percentiles"`
	Window         *arguments.WindowModel `tfsdk:"window"`
	PeriodSeconds  types.Int64            `tfsdk:"period_seconds"`
	ReportType     types.String           `tfsdk:"report_type"`
	Groups         points.List            `tfsdk:"groups"`
	MissingDomains []types.String         `tfsdk:"missing_domains"`
}

func relayTrafficSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads the traffic from CDNetworks' relay nodes to clients: " +
			"[/cdn/traffic/relay](https://documents.cdnetworks.com/document/api-doc/39395). Without dates and `lookback` " +
			"it reads today, as the API does, including periods that are still filling.",
		Attributes: map[string]schema.Attribute{
			"timezone": schema.StringAttribute{
				MarkdownDescription: "Time zone of the dates and of the times in the response: a fixed offset `GMT±hh:mm`, positive east of " +
					"UTC. Defaults to `" + cdnetworks.DefaultTimezone + "`.",
				Optional:   true,
				Validators: []validator.String{arguments.Zone()},
			},
			"time_rounding": schema.StringAttribute{
				MarkdownDescription: "Whether `time` is the end of a period, `up`, or its start, `down`. For granularities `5m` " +
					"and `1h` only. The vendor's default is `up`.",
				Optional:   true,
				Validators: []validator.String{arguments.Words("up", "down")},
			},
			"domains": listAttribute("Domains to read, any number of them.", "all domains of the account, if it has at most 2000",
				arguments.Entries{IgnoreCase: true}),
			"service_types":   listAttribute("Service types to count, such as `web`.", "all service types", arguments.Entries{}),
			"billing_regions": listAttribute("Billing regions to count, such as `cn`.", "all billing regions", arguments.Entries{IgnoreCase: true}),
			"granularity": schema.StringAttribute{
				MarkdownDescription: "Length of a period. " + granularities.MarkdownDescription(ctx) + ". Defaults to `1d`.",
				Optional:            true,
				Validators:          []validator.String{granularities},
			},
			"group_by": listAttribute("What to group by: `[\"domain\"]` gives one group for each domain.", "one group for all domains",
				arguments.Entries{Rule: arguments.Words("domain")}),
			"percentiles":    arguments.PercentilesAttribute(),
			"period_seconds": arguments.PeriodSecondsAttribute(),
			"window":         arguments.WindowAttribute("`timezone`"),
			"report_type":    arguments.ComputedText("The vendor's name for the report."),
			"groups":         trafficGroups.Attribute(),
			"missing_domains": schema.ListAttribute{
				MarkdownDescription: "Requested domains that the API did not return; null unless `domains` and `group_by` are set.",
				Computed:            true,
				ElementType:         types.StringType,
			},
		},
	}
	dateRules.Attributes(s.Attributes)
	includeRules.Attributes(s.Attributes)
	return s
}

// window resolves the dates in the zone asked for, and refuses too many periods: the least that the days bring if anything has
// data.
func (m *relayTrafficModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	zone, err := times.ParseZone(m.timezone())
	if err != nil {
		return nil, diag.Diagnostics{arguments.Invalid(path.Root("timezone"), err)}
	}
	days, diags := m.dates().Resolve(now, zone)
	if diags.HasError() {
		return nil, diags
	}
	w := days.Window()
	return w, append(diags, m.CheckPoints(w.PeriodsUntil(now, m.period()), 1, m.narrow())...)
}

// narrow says how there can be fewer points. No period is longer than a day.
func (m *relayTrafficModel) narrow() arguments.Narrow {
	narrow := arguments.Narrow{Argument: m.dates().StartPath()}
	if m.period() != arguments.Day {
		narrow.Longer = "granularity"
	}
	return narrow
}

func (m *relayTrafficModel) period() arguments.Period {
	switch m.Granularity.ValueString() {
	case "5m":
		return arguments.FiveMinutes
	case "1h":
		return arguments.Hour
	}
	return arguments.Day
}

func readRelayTraffic(ctx context.Context, c *settings.Clients, m *relayTrafficModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.CDNetworks()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	report, err := client.RelayTraffic(ctx, m.request(w))
	if err == nil {
		err = m.flatten(ctx, w, report)
	}
	return m.operation(w).Diagnostics(ctx, err)
}

func (m *relayTrafficModel) timezone() string {
	if m.Timezone.IsNull() {
		return cdnetworks.DefaultTimezone
	}
	return m.Timezone.ValueString()
}

func (m *relayTrafficModel) operation(w *arguments.Window) source.Operation {
	o := source.Operation{
		Noun: "CDNetworks Relay Traffic", Action: "POST /cdn/traffic/relay", Window: w, Include: m.IncludeArguments, Narrow: m.narrow(),
		Arguments: map[string]path.Path{
			"24001125": path.Root("domains"),
			"24001126": path.Root("domains"),
			"24001127": path.Root("domains"),
			"24001128": path.Root("billing_regions"),
		},
	}
	if m.ServiceTypes != nil { // The other values have been checked before they were sent.
		o.Arguments[cdnetworks.CodeWrongValue] = path.Root("service_types")
		o.Advice = map[string]string{cdnetworks.CodeWrongValue: "Check service_types: the vendor's names are those of its products, such as web, web-https, " +
			"download or vodstream, and the account must have the product."}
	}
	return o
}

func (m *relayTrafficModel) request(w *arguments.Window) cdnetworks.RelayTrafficRequest {
	return cdnetworks.RelayTrafficRequest{
		DateFrom:       arguments.Date(w.Start),
		DateTo:         arguments.Date(w.LastSecond()),
		Timezone:       m.timezone(),
		TimeRounding:   m.TimeRounding.ValueString(),
		Domains:        arguments.Strings(m.Domains),
		ServiceTypes:   arguments.Strings(m.ServiceTypes),
		BillingRegions: arguments.Strings(m.BillingRegions),
		Granularity:    m.Granularity.ValueString(),
		GroupBy:        arguments.Strings(m.GroupBy),
		Limits:         m.Limits(),
	}
}

func (m *relayTrafficModel) dates() arguments.DateArguments {
	return arguments.DateArguments{Rules: dateRules, From: m.DateFrom, To: m.DateTo, Lookback: m.Lookback, Offset: m.Offset}
}

func (m *relayTrafficModel) flatten(ctx context.Context, w *arguments.Window, r *cdnetworks.RelayTrafficReport) (err error) {
	if err := m.Limits().Result().Add(r.Size()); err != nil {
		return err
	}
	m.Window, m.PeriodSeconds = w.Model(), m.period().Seconds()
	m.ReportType = arguments.NullText(r.Type)
	if m.Domains != nil && m.GroupBy != nil {
		returned := make([]string, len(r.Groups))
		for i, g := range r.Groups {
			returned[i] = g.Domain
		}
		m.MissingDomains = arguments.Missing(m.Domains, returned)
	}
	m.Groups, err = trafficGroups.List(ctx, len(r.Groups), func(i int) (points.Object, error) { return m.group(ctx, r.Groups[i]) })
	return err
}

func (m *relayTrafficModel) group(ctx context.Context, g cdnetworks.Group) (points.Object, error) {
	samples := make([]stats.Sample, len(g.Items))
	for i, item := range g.Items {
		samples[i] = stats.Sample{Time: item.Time, Value: item.Traffic}
	}
	summary, err := arguments.Summarize(ctx, samples, stats.Amounts, m.Percentiles)
	if err != nil {
		return nil, err
	}
	items := trafficItems.Null()
	if m.Includes(arguments.IncludePoints) {
		items, err = trafficItems.List(ctx, len(g.Items), func(i int) (points.Object, error) {
			return points.Object{"time": points.Time(g.Items[i].Time), "relay_traffic": points.Number(g.Items[i].Traffic)}, nil
		})
	}
	return points.Object{
		"domain":              points.TextOrNull(g.Domain),
		"total_relay_traffic": points.Number(g.Total),
		"peak_bandwidth":      points.Number(g.PeakBandwidth),
		"peak_time":           points.Time(g.PeakTime),
		"summary":             summary,
		"items":               items.Value(),
	}, err
}

var trafficGroups = points.NewObjects("Traffic per group, in the API's order.", map[string]schema.Attribute{
	"domain":              arguments.ComputedText("Domain of the group; null unless grouped by domain."),
	"total_relay_traffic": arguments.ComputedNumber("Traffic of the whole window in GB, as the vendor counts them (whether 10⁹ or 2³⁰ bytes is not documented)."),
	"peak_bandwidth": arguments.ComputedNumber("Highest 5-minute bandwidth in Mbps. It is null at granularity `5m`, because the API omits it, and for more than " +
		"2000 domains without `group_by`, because the peaks of several calls may be at different times."),
	"peak_time": arguments.ComputedText("Time of `peak_bandwidth`, RFC 3339 with the offset of the response's time zone."),
	"summary":   arguments.SummaryAttribute("items", "GB"),
	"items":     trafficItems.Attribute(),
})

var trafficItems = points.NewObjects("Traffic per period, in the API's order.", map[string]schema.Attribute{
	"time": arguments.ComputedText("Time of the period as the API returns it, RFC 3339 with the offset of the response's time zone: at `5m` its end " +
		"unless `time_rounding` is `down`, at `1d` its start; at `1h` the vendor's document contradicts itself."),
	"relay_traffic": arguments.ComputedNumber("Traffic of the period in GB, as the vendor counts them."),
})
