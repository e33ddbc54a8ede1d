// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
	arguments.PointsArguments
	source.Timeouts

	Date         types.String           `tfsdk:"date"`
	DateFrom     types.String           `tfsdk:"date_from"`
	DateTo       types.String           `tfsdk:"date_to"`
	LookbackDays types.Int64            `tfsdk:"lookback_days"`
	Hosts        []types.String         `tfsdk:"hosts"`
	Provs        []types.Int64          `tfsdk:"provs"`
	ISPs         []types.Int64          `tfsdk:"isps"`
	StatType     types.String           `tfsdk:"stat_type"`
	Window       *arguments.WindowModel `tfsdk:"window"`
	Details      points.List            `tfsdk:"details"`
	Missing      points.List            `tfsdk:"missing"`
}

func overseaISPDetailSchema(context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads what hosts outside the Chinese mainland delivered, per region and carrier in steps of 5 minutes: action " +
			"[GetCdnOverseaProvIspDetailStat](https://cloud.tencent.com/document/api/228/7344) of Tencent's legacy CDN API. " +
			"Data is 20 to 30 minutes late.",
		Attributes: map[string]schema.Attribute{
			"hosts": schema.ListAttribute{
				MarkdownDescription: "Hosts to read. Every day and every five hosts are a call.",
				Required:            true,
				ElementType:         types.StringType,
				Validators:          append(arguments.NameListValidators(), listvalidator.UniqueValues()),
			},
			"provs": codeListAttribute("Codes of the regions to read, such as `1044` for Japan. Defaults to all regions that have data."),
			"isps": codeListAttribute("Codes of the carriers to read; the API knows `-1`, all carriers outside the Chinese mainland. " +
				"Defaults to all carriers."),
			"stat_type": schema.StringAttribute{
				MarkdownDescription: "What to read: `bandwidth` (bit/s), `requests` (number), `flux` (bytes), `statuscode` (number of answers per " +
					"status code), `dlspeed` (bit/s), `dltime` (seconds) or `hitrate` (percent). Sent only when given.",
				Optional: true,
				Validators: []validator.String{
					stringvalidator.OneOf("bandwidth", "requests", "flux", "statuscode", "dlspeed", "dltime", "hitrate"),
				},
			},
			"window":  arguments.WindowAttribute(),
			"details": ispDetails.Attribute(),
			"missing": missingISPDetails.Attribute(),
		},
	}
	overseaDates.Attributes(s.Attributes)
	arguments.PointsAttributes("`values`", "`details`", s.Attributes)
	return s
}

// window resolves the days. It refuses too many points, counted as if everything that is named had data.
func (m *overseaISPDetailModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	a := m.dates()
	w, diags := a.Resolve(now, arguments.Beijing)
	if diags.HasError() {
		return nil, diags
	}
	expected := w.PeriodsUntil(now, arguments.FiveMinutes) * len(m.Hosts) * max(1, len(m.Provs)) * max(1, len(m.ISPs))
	return w, append(diags, m.CheckPoints(expected, a.StartPath())...)
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
	return arguments.DateArguments{Rules: overseaDates, Date: m.Date, From: m.DateFrom, To: m.DateTo, LookbackDays: m.LookbackDays}
}

func (m *overseaISPDetailModel) operation(w *arguments.Window) source.Operation {
	return source.Operation{
		Noun: "CDN Oversea ISP Detail", Action: "GetCdnOverseaProvIspDetailStat", Window: w, Points: m.PointsArguments, Narrow: m.dates().StartPath(),
		Arguments: map[string]path.Path{
			"9105": path.Root("hosts"),
			"9110": path.Root("hosts"),
			"9160": path.Root("stat_type"),
		},
	}
}

func (m *overseaISPDetailModel) request(w *arguments.Window) qcloud.OverseaISPDetailRequest {
	var dates []string
	for _, day := range w.Days().All() {
		dates = append(dates, arguments.Date(day))
	}
	return qcloud.OverseaISPDetailRequest{
		Dates:    dates,
		Hosts:    arguments.Strings(m.Hosts),
		Provs:    arguments.Ints(m.Provs),
		ISPs:     arguments.Ints(m.ISPs),
		StatType: m.StatType.ValueString(),
		Limits:   m.Limits(),
	}
}

func (m *overseaISPDetailModel) flatten(ctx context.Context, w *arguments.Window, series []qcloud.Series) (err error) {
	if err := m.Limits().Result().Add(qcloud.Size(series)); err != nil {
		return err
	}
	midnights := make(map[string]time.Time)
	for _, day := range w.Days().All() {
		midnights[arguments.Date(day)] = day
	}
	m.Window = w.Model()
	m.Details, err = ispDetails.List(ctx, len(series), func(i int) (points.Object, error) {
		return m.detail(ctx, midnights[series[i].Date], series[i])
	})
	if err != nil {
		return err
	}
	missing := m.missing(w, series)
	m.Missing, err = missingISPDetails.List(ctx, len(missing), func(i int) (points.Object, error) { return missing[i].object(), nil })
	return err
}

func (m *overseaISPDetailModel) detail(ctx context.Context, midnight time.Time, s qcloud.Series) (points.Object, error) {
	detail := points.Object{
		"date":         points.Text(s.Date),
		"host":         points.Text(s.Host),
		"prov_id":      points.Integer(s.ProvID),
		"prov_name":    points.TextOrNull(s.ProvName),
		"country_code": points.TextOrNull(overseaCountries[s.ProvID]),
		"isp_id":       points.IntegerOrNull(s.ISPID),
		"stat_type":    points.TextOrNull(s.StatType),
		"status_code":  points.TextOrNull(s.StatusCode),
	}
	err := valuesAt{midnight, 5 * time.Minute, s.Values, overseaKind(s.StatType)}.addTo(ctx, detail, overseaValues, m.IncludesPoints())
	return detail, err
}

// overseaCountries are the documented regions that are countries, by ISO 3166-1 alpha-2.
var overseaCountries = map[int64]string{
	57: "TH", 73: "IN", 144: "VN", 669: "US", 1044: "JP", 1176: "SG", 1195: "ID", 1200: "HK", 2026: "TW", 2588: "PH",
	3379: "KR", 3701: "MY", 3839: "CA",
}

// overseaDates catch typing errors. How far back the API answers is not documented; it is less than 20 years.
var overseaDates = arguments.DateRules{Single: true, MaxBack: 7300, Zone: "GMT+8"}

// overseaKind tells whether values of a type add up.
func overseaKind(statType string) stats.Kind {
	switch statType {
	case "requests", "flux", "statuscode":
		return stats.Amounts
	}
	return stats.Levels
}

var ispDetails = points.NewObjects(
	"One entry per day, host, region, carrier and, for status codes, code, in the API's order. What has no data is not here but in `missing`.",
	valuesAttributes("Midnight GMT+8 of the day, RFC 3339: the start of the first value.", overseaValues, "the unit of `stat_type`", map[string]schema.Attribute{
		"date":         arguments.ComputedText("The day that was asked for, `yyyy-MM-dd` in GMT+8."),
		"host":         arguments.ComputedText("The host."),
		"prov_id":      arguments.ComputedInteger("Code of the region; `-2` is any other region, `-3` an unknown one."),
		"prov_name":    arguments.ComputedText("Name of the region as the API gives it, in Chinese."),
		"country_code": arguments.ComputedText("ISO 3166-1 alpha-2 code of the region; null for regions that are not among the 13 documented countries."),
		"isp_id":       arguments.ComputedInteger("Code of the carrier; `-1` is all carriers outside the Chinese mainland."),
		"stat_type":    arguments.ComputedText("What the values are; see the argument `stat_type` for units."),
		"status_code":  arguments.ComputedText("The status code or class, such as `404` or `2XX`; null unless `stat_type` is `statuscode`."),
	}))

var overseaValues = points.NewNumbers("The values in the unit of `stat_type`, as many as the API sent: 288 for a whole day. " +
	"Null where there is no data.")
