// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type cdnRelayTrafficDataSource struct{ dataSource }

func newCDNRelayTrafficDataSource() source { return &cdnRelayTrafficDataSource{} }

type cdnRelayTrafficModel struct {
	pointsArguments

	DateFrom       types.String   `tfsdk:"date_from"`
	DateTo         types.String   `tfsdk:"date_to"`
	LookbackDays   types.Int64    `tfsdk:"lookback_days"`
	Timezone       types.String   `tfsdk:"timezone"`
	TimeRounding   types.String   `tfsdk:"time_rounding"`
	Domains        []types.String `tfsdk:"domains"`
	ServiceTypes   []types.String `tfsdk:"service_types"`
	BillingRegions []types.String `tfsdk:"billing_regions"`
	Granularity    types.String   `tfsdk:"granularity"`
	GroupBy        []types.String `tfsdk:"group_by"`
	Window         *windowModel   `tfsdk:"window"`
	ReportType     types.String   `tfsdk:"report_type"`
	Groups         points.List    `tfsdk:"groups"`
	MissingDomains []types.String `tfsdk:"missing_domains"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
}

func (d *cdnRelayTrafficDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cdn_relay_traffic"
}

func (d *cdnRelayTrafficDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the traffic from CDNetworks' relay nodes to clients: " +
			"[/cdn/traffic/relay](https://documents.cdnetworks.com/document/api-doc/39395). Without dates and `lookback_days` " +
			"it reads today, as the API does, and periods that are still filling with it.",
		Attributes: map[string]schema.Attribute{
			"timezone": schema.StringAttribute{
				MarkdownDescription: "Zone of the dates and of the answer's times: a fixed offset `GMT±hh:mm`, east of UTC where positive. " +
					"Defaults to `" + cdnetworks.DefaultTimezone + "`.",
				Optional:   true,
				Validators: []validator.String{isZone()},
			},
			"time_rounding": schema.StringAttribute{
				MarkdownDescription: "Whether a period is labelled with its end, `up`, or with its start, `down`. For granularities `5m` " +
					"and `1h` only. The vendor's default is `up`.",
				Optional:   true,
				Validators: []validator.String{stringvalidator.OneOf("up", "down")},
			},
			"domains": relayListAttribute("Domains to read, any number of them. Defaults to all domains of the account, " +
				"which must not be more than 2000 then."),
			"service_types":   relayListAttribute("Service types to count, such as `web`. Defaults to all."),
			"billing_regions": relayListAttribute("Billing regions to count, such as `cn`. Defaults to all."),
			"granularity": schema.StringAttribute{
				MarkdownDescription: "Length of a period: `5m`, `1h` or `1d`. Defaults to `1d`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf("5m", "1h", "1d")},
			},
			"group_by": relayListAttribute(`What to group by: `+"`[\"domain\"]`"+` gives one group for each domain. By default there is one group for all of them.`,
				listvalidator.ValueStringsAre(stringvalidator.OneOf("domain"))),
			"window":      windowAttribute(),
			"report_type": computedText("The vendor's name of the report."),
			"groups":      relayGroups.Attribute(),
			"missing_domains": schema.ListAttribute{
				MarkdownDescription: "Domains that were asked for and did not come back; null unless `domains` and `group_by` are given.",
				Computed:            true,
				ElementType:         types.StringType,
			},
			"timeouts": timeoutsAttribute(ctx),
		},
	}
	dateAttributes("`timezone`", cdnetworks.MaxDaysBack, resp.Schema.Attributes)
	pointsAttributes("`items`", "`groups`", resp.Schema.Attributes)
}

func (d *cdnRelayTrafficDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datesValidator{}, roundingValidator{}}
}

func (d *cdnRelayTrafficDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m cdnRelayTrafficModel
	read(ctx, req, resp, &m, &m.Timeouts, func(ctx context.Context, diags *diag.Diagnostics) {
		client, problem := d.clients.CDNetworks()
		diags.Append(problem)
		days, problem := m.days(d.clients.clock)
		diags.Append(problem)
		if diags.HasError() {
			return
		}
		report, err := client.RelayTraffic(ctx, m.request(days))
		if err == nil {
			err = m.flatten(ctx, days.window(), report)
		}
		diags.Append(m.diagnostic(ctx, err, m.operation(days.window()), m.dates().path()))
	})
}

// days resolves the dates in the zone asked for.
func (m *cdnRelayTrafficModel) days(c clock.Clock) (dayRange, diag.Diagnostic) {
	zone, err := cdnetworks.ParseZone(m.timezone())
	if err != nil {
		return dayRange{}, invalid(path.Root("timezone"), err)
	}
	days, problem := m.dates().resolve(c.Now(), zone, cdnetworks.MaxDaysBack)
	if problem != nil {
		return dayRange{}, problem
	}
	return days, m.checkWindow(m.expectedPoints(days, c.Now()), m.dates().path())
}

func (m *cdnRelayTrafficModel) timezone() string {
	if m.Timezone.IsNull() {
		return cdnetworks.DefaultTimezone
	}
	return m.Timezone.ValueString()
}

func (m *cdnRelayTrafficModel) operation(w *window) operation {
	return operation{
		noun: "CDNetworks Relay Traffic", action: "POST /cdn/traffic/relay", window: w,
		arguments: map[string]path.Path{
			"24001125": path.Root("domains"),
			"24001126": path.Root("domains"),
			"24001127": path.Root("domains"),
			"24001128": path.Root("billing_regions"),
		},
	}
}

func (m *cdnRelayTrafficModel) request(days dayRange) cdnetworks.RelayTrafficRequest {
	return cdnetworks.RelayTrafficRequest{
		DateFrom:       dateString(days.first),
		DateTo:         dateString(days.last),
		Timezone:       m.timezone(),
		TimeRounding:   m.TimeRounding.ValueString(),
		Domains:        plainStrings(m.Domains),
		ServiceTypes:   plainStrings(m.ServiceTypes),
		BillingRegions: plainStrings(m.BillingRegions),
		Granularity:    m.Granularity.ValueString(),
		GroupBy:        plainStrings(m.GroupBy),
		Limits:         m.limits(),
	}
}

// expectedPoints returns how many items the days bring at least.
func (m *cdnRelayTrafficModel) expectedPoints(days dayRange, now time.Time) int {
	length := map[string]time.Duration{"5m": 5 * time.Minute, "1h": time.Hour}[m.Granularity.ValueString()]
	if length == 0 {
		length = 24 * time.Hour
	}
	w := days.window()
	if w.end.After(now) {
		w.end = now
	}
	groups := 1
	if m.GroupBy != nil {
		groups = max(1, len(m.Domains))
	}
	return w.periods(period{length: length}) * groups
}

func (m *cdnRelayTrafficModel) dates() dateArguments {
	return dateArguments{from: m.DateFrom, to: m.DateTo, lookbackDays: m.LookbackDays}
}

func (m *cdnRelayTrafficModel) flatten(ctx context.Context, w *window, r *cdnetworks.RelayTrafficReport) (err error) {
	if err := m.limits().Result().Add(r.Size()); err != nil {
		return err
	}
	m.Window = w.model()
	m.ReportType = text(r.Type)
	if m.Domains != nil && m.GroupBy != nil {
		returned := make([]string, len(r.Groups))
		for i, g := range r.Groups {
			returned[i] = g.Domain
		}
		m.MissingDomains = missingDomains(m.Domains, returned)
	}
	m.Groups, err = relayGroups.List(ctx, len(r.Groups), func(i int) (points.Object, error) { return m.group(ctx, r.Groups[i]) })
	return err
}

func (m *cdnRelayTrafficModel) group(ctx context.Context, g cdnetworks.Group) (points.Object, error) {
	samples := make([]stats.Sample, len(g.Items))
	for i, item := range g.Items {
		samples[i] = stats.Sample{Time: item.Time, Value: item.Traffic}
	}
	summary, err := summarize(ctx, samples, stats.Amounts)
	if err != nil {
		return nil, err
	}
	items := relayItems.Null()
	if m.includesPoints() {
		items, err = relayItems.List(ctx, len(g.Items), func(i int) (points.Object, error) {
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
