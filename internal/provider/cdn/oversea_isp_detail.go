// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

// overseaISPDetail describes the data source edgestats_cdn_oversea_isp_detail.
func overseaISPDetail() source.DataSource[overseaISPDetailModel] {
	return source.DataSource[overseaISPDetailModel]{
		Name:       "cdn_oversea_isp_detail",
		Schema:     overseaISPDetailSchema,
		Validators: []datasource.ConfigValidator{overseaDates.Validator()},
		Window:     (*overseaISPDetailModel).window,
		Read:       readOverseaISPDetail,
	}
}

type overseaISPDetailModel struct {
	arguments.IncludeArguments
	source.Timeouts

	Date        types.String           `tfsdk:"date"`
	DateFrom    types.String           `tfsdk:"date_from"`
	DateTo      types.String           `tfsdk:"date_to"`
	Lookback    types.String           `tfsdk:"lookback"`
	Offset      types.String           `tfsdk:"offset"`
	Hosts       []types.String         `tfsdk:"hosts"`
	Provs       []types.String         `tfsdk:"provs"`
	ISPs        []types.String         `tfsdk:"isps"`
	StatType    types.String           `tfsdk:"stat_type"`
	Percentiles []types.Number         `tfsdk:"percentiles"`
	Window      *arguments.WindowModel `tfsdk:"window"`
	Details     points.List            `tfsdk:"details"`
	Missing     points.List            `tfsdk:"missing"`
}

var overseaInclude = arguments.IncludeRules{Points: "`values`", Series: "entry of `details`", Values: []string{arguments.IncludePoints}}

var statTypes = arguments.WordOptions(
	arguments.Option{Word: "bandwidth", Near: []string{"bw"}},
	arguments.Option{Word: "requests", Near: []string{"request", "pv"}},
	arguments.Option{Word: "flux", Near: []string{"traffic", "flow", "bytes"}},
	arguments.Option{Word: "statuscode", Near: []string{"status", "status_codes"}},
	arguments.Option{Word: "dlspeed", Near: []string{"download_speed", "speed"}},
	arguments.Option{Word: "dltime", Near: []string{"download_time", "time"}},
	arguments.Option{Word: "hitrate", Near: []string{"hit", "hit_ratio"}},
)

func overseaISPDetailSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads the traffic and requests of hosts outside the Chinese mainland by region and ISP, every 5 minutes: " +
			"action [GetCdnOverseaProvIspDetailStat](https://cloud.tencent.com/document/api/228/7344) of Tencent's legacy CDN API. " +
			"Figures are 20 to 30 minutes late.",
		Attributes: map[string]schema.Attribute{
			"hosts": nameListAttribute("Hosts to read. One call covers one day and up to five hosts."),
			"provs": codeListAttribute(ctx, "Regions to read.", "all regions that have data", overseaRegions),
			"isps":  codeListAttribute(ctx, "ISPs to read.", "all ISPs", overseaISPs),
			"stat_type": schema.StringAttribute{
				MarkdownDescription: "What to read: `bandwidth` (bit/s), `requests` (number), `flux` (bytes), `statuscode` (number of " +
					"responses per status code), `dlspeed` (bit/s), `dltime` (seconds) or `hitrate` (percent). Sent only if it is set.",
				Optional:   true,
				Validators: []validator.String{statTypes},
			},
			"percentiles": arguments.PercentilesAttribute(),
			"window":      arguments.WindowAttribute("UTC+8"),
			"details":     ispDetails.Attribute(),
			"missing":     overseaMissing.Attribute(),
		},
	}
	overseaDates.Attributes(s.Attributes)
	overseaInclude.Attributes(s.Attributes)
	return s
}

// window resolves the days and refuses too many: the least that they bring if anything has data, which is one series a day.
func (m *overseaISPDetailModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	days, diags := m.dates().Resolve(now, arguments.Beijing)
	if diags.HasError() {
		return nil, diags
	}
	w := days.Window()
	diags.Append(m.CheckPoints(w.PeriodsUntil(now, arguments.FiveMinutes), len(days.All()), m.narrow())...)
	return w, append(diags, m.question(w).check("hosts")...)
}

func readOverseaISPDetail(ctx context.Context, c *settings.Clients, m *overseaISPDetailModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.CDNLegacy()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	details, err := client.OverseaISPDetail(ctx, m.request(w))
	if err == nil {
		err = m.flatten(ctx, w, details)
	}
	return m.operation(w).Diagnostics(ctx, err)
}

func (m *overseaISPDetailModel) dates() arguments.DateArguments {
	return arguments.DateArguments{
		Rules: overseaDates, Date: m.Date, From: m.DateFrom, To: m.DateTo, Lookback: m.Lookback, Offset: m.Offset,
	}
}

// narrow says how there can be fewer points. All periods have 5 minutes.
func (m *overseaISPDetailModel) narrow() arguments.Narrow {
	return arguments.Narrow{Argument: m.dates().StartPath()}
}

func (m *overseaISPDetailModel) operation(w *arguments.Window) source.Operation {
	return source.Operation{
		Noun: "CDN Oversea ISP Detail", Action: "GetCdnOverseaProvIspDetailStat", Window: w, Include: m.IncludeArguments, Narrow: m.narrow(),
		Arguments: map[string]path.Path{
			"9105": path.Root("hosts"),
			"9110": path.Root("hosts"),
			"9160": path.Root("stat_type"),
		},
	}
}

// question is what is asked for by name. Codes outside of the final tables are errors of validation, so there are no warnings.
func (m *overseaISPDetailModel) question(w *arguments.Window) question {
	q := question{names: m.Hosts}
	for _, day := range w.Days().All() {
		q.dates = append(q.dates, arguments.Date(day))
	}
	q.places, _ = overseaRegions.Codes(m.Provs, path.Root("provs"))
	q.isps, _ = overseaISPs.Codes(m.ISPs, path.Root("isps"))
	return q
}

func (m *overseaISPDetailModel) request(w *arguments.Window) qcloud.OverseaISPDetailRequest {
	q := m.question(w)
	return qcloud.OverseaISPDetailRequest{
		Dates:    q.dates,
		Hosts:    arguments.Strings(m.Hosts),
		Provs:    q.places,
		ISPs:     q.isps,
		StatType: m.StatType.ValueString(),
		Limits:   m.Limits(),
	}
}

func (m *overseaISPDetailModel) flatten(ctx context.Context, w *arguments.Window, details []qcloud.Series) (err error) {
	if err := m.Limits().Result().Add(qcloud.Size(details)); err != nil {
		return err
	}
	midnights := make(map[string]time.Time)
	for _, day := range w.Days().All() {
		midnights[arguments.Date(day)] = day
	}
	m.Window = w.Model()
	m.Details, err = ispDetails.List(ctx, len(details), func(i int) (points.Object, error) {
		return m.detail(ctx, midnights[details[i].Date], details[i])
	})
	if err != nil {
		return err
	}
	q, returned := m.question(w), make(map[series]bool)
	for _, s := range details {
		returned[q.find(s.Date, s.Host, types.Int64Value(s.ProvID), types.Int64PointerValue(s.ISPID))] = true
	}
	m.Missing, err = overseaMissing.list(ctx, q.missing(returned))
	return err
}

func (m *overseaISPDetailModel) detail(ctx context.Context, midnight time.Time, s qcloud.Series) (points.Object, error) {
	detail := points.Object{
		"date":         points.Text(s.Date),
		"host":         points.Text(s.Host),
		"prov_id":      points.Integer(s.ProvID),
		"prov_name":    points.TextOrNull(s.ProvName),
		"country_code": points.TextOrNull(countryCode(s.ProvID)),
		"isp_id":       points.IntegerOrNull(s.ISPID),
		"stat_type":    points.TextOrNull(s.StatType),
		"status_code":  points.TextOrNull(s.StatusCode),
	}
	values := valuesAt{midnight, 5 * time.Minute, s.Values, overseaKind(s.StatType), m.Percentiles}
	return detail, values.addTo(ctx, detail, overseaValues, m.Includes(arguments.IncludePoints))
}

// overseaDates catch typing errors. How far back the API answers is not documented; it is less than 20 years.
var overseaDates = arguments.DateRules{Single: true, MaxBack: 7300, Zone: "UTC+8"}

// overseaKind tells whether values of a type add up.
func overseaKind(statType string) stats.Kind {
	switch statType {
	case "requests", "flux", "statuscode":
		return stats.Amounts
	}
	return stats.Levels
}

var ispDetails = points.NewObjects(
	"One entry per day, host, region and ISP, and for `statuscode` per status code, in the API's order. `missing` lists what has no data.",
	valuesAttributes("Midnight UTC+8 of the day, RFC 3339: the start of the first value.", overseaValues, "the unit of `stat_type`", map[string]schema.Attribute{
		"date":         arguments.ComputedText("The day, `yyyy-MM-dd` in UTC+8."),
		"host":         arguments.ComputedText("The host."),
		"prov_id":      arguments.ComputedInteger("Code of the region; `-2` is elsewhere outside the Chinese mainland, `-3` is unknown."),
		"prov_name":    arguments.ComputedText("Name of the region as the API returns it, in Chinese."),
		"country_code": arguments.ComputedText("ISO 3166-1 alpha-2 code of the region; null for `-2`, `-3` and codes that the vendor does not document."),
		"isp_id":       arguments.ComputedInteger("Code of the ISP; `-1` is all ISPs outside the Chinese mainland."),
		"stat_type":    arguments.ComputedText("What the values are; see the argument `stat_type` for units."),
		"status_code":  arguments.ComputedText("The status code or class, such as `404` or `2XX`; null unless `stat_type` is `statuscode`."),
	}))

var overseaValues = points.NewNumbers("The values in the unit of `stat_type`, as many as the API sent: 288 for a whole day. " +
	"Null where there is no data.")

var overseaMissing = newMissingSeries("date", "host", "prov_id", map[string]schema.Attribute{
	"date":    arguments.ComputedText("The day, `yyyy-MM-dd` in UTC+8."),
	"host":    arguments.ComputedText("The host."),
	"prov_id": arguments.ComputedInteger("Code of the region; null if `provs` is not set."),
	"isp_id":  arguments.ComputedInteger("Code of the ISP; null if `isps` is not set."),
})
