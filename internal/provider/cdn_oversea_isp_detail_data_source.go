// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
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

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type cdnOverseaISPDetailDataSource struct{ dataSource }

func newCDNOverseaISPDetailDataSource() source {
	return &cdnOverseaISPDetailDataSource{}
}

type cdnOverseaISPDetailModel struct {
	pointsArguments

	Date         types.String         `tfsdk:"date"`
	DateFrom     types.String         `tfsdk:"date_from"`
	DateTo       types.String         `tfsdk:"date_to"`
	LookbackDays types.Int64          `tfsdk:"lookback_days"`
	Hosts        []types.String       `tfsdk:"hosts"`
	Provs        []types.Int64        `tfsdk:"provs"`
	ISPs         []types.Int64        `tfsdk:"isps"`
	StatType     types.String         `tfsdk:"stat_type"`
	Window       *windowModel         `tfsdk:"window"`
	Details      []ispDetailModel     `tfsdk:"details"`
	Missing      []missingDetailModel `tfsdk:"missing"`
	Timeouts     timeouts.Value       `tfsdk:"timeouts"`
}

type ispDetailModel struct {
	Date            types.String  `tfsdk:"date"`
	Host            types.String  `tfsdk:"host"`
	ProvID          types.Int64   `tfsdk:"prov_id"`
	ProvName        types.String  `tfsdk:"prov_name"`
	CountryCode     types.String  `tfsdk:"country_code"`
	ISPID           types.Int64   `tfsdk:"isp_id"`
	StatType        types.String  `tfsdk:"stat_type"`
	StatusCode      types.String  `tfsdk:"status_code"`
	StartTime       types.String  `tfsdk:"start_time"`
	IntervalSeconds types.Int64   `tfsdk:"interval_seconds"`
	Values          points.List   `tfsdk:"values"`
	Summary         *summaryModel `tfsdk:"summary"`
}

type missingDetailModel struct {
	Date   types.String `tfsdk:"date"`
	Host   types.String `tfsdk:"host"`
	ProvID types.Int64  `tfsdk:"prov_id"`
	ISPID  types.Int64  `tfsdk:"isp_id"`
}

func (d *cdnOverseaISPDetailDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cdn_oversea_isp_detail"
}

func (d *cdnOverseaISPDetailDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads what hosts outside the Chinese mainland delivered, per region and carrier in steps of 5 minutes: action " +
			"[GetCdnOverseaProvIspDetailStat](https://cloud.tencent.com/document/api/228/7344) of Tencent's legacy CDN API. " +
			"Data is 20 to 30 minutes late.",
		Attributes: map[string]schema.Attribute{
			"date": schema.StringAttribute{
				MarkdownDescription: "The day to read, `yyyy-MM-dd` in GMT+8. Give this, `date_from` with `date_to`, or `lookback_days`.",
				Optional:            true,
				Validators:          []validator.String{isDate()},
			},
			"hosts": schema.ListAttribute{
				MarkdownDescription: "Hosts to read. Every day and every five hosts are a call.",
				Required:            true,
				ElementType:         types.StringType,
				Validators:          append(nameListValidators(), listvalidator.UniqueValues()),
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
			"window":   windowAttribute(),
			"details":  ispDetailsAttribute(),
			"missing":  missingDetailsAttribute(),
			"timeouts": timeoutsAttribute(ctx),
		},
	}
	dateAttributes("GMT+8", overseaMaxDaysBack, resp.Schema.Attributes)
	pointsAttributes("`values`", resp.Schema.Attributes)
}

func (d *cdnOverseaISPDetailDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datesValidator{single: true}}
}

func (d *cdnOverseaISPDetailDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m cdnOverseaISPDetailModel
	read(ctx, req, resp, &m, &m.Timeouts, func(ctx context.Context, diags *diag.Diagnostics) {
		client, problem := d.clients.CDNLegacy()
		diags.Append(problem)
		days, problem := m.days(d.clients.clock)
		diags.Append(problem)
		if diags.HasError() {
			return
		}
		details, err := client.OverseaISPDetail(ctx, m.request(days))
		if err != nil {
			diags.Append(m.operation(days.window()).diagnostic(err))
			return
		}
		diags.Append(m.flatten(days, details))
	})
}

func (m *cdnOverseaISPDetailModel) days(c clock.Clock) (dayRange, diag.Diagnostic) {
	a := m.dates()
	days, problem := a.resolve(c.Now(), beijing, overseaMaxDaysBack)
	if problem != nil {
		return dayRange{}, problem
	}
	return days, m.checkPoints(m.expectedPoints(days, c.Now()), a.path())
}

// expectedPoints returns how many values there are where everything that is named has data.
func (m *cdnOverseaISPDetailModel) expectedPoints(days dayRange, now time.Time) int {
	w := days.window()
	if w.end.After(now) {
		w.end = now
	}
	return w.periods(fiveMinutePeriod) * len(m.Hosts) * max(1, len(m.Provs)) * max(1, len(m.ISPs))
}

func (m *cdnOverseaISPDetailModel) dates() dateArguments {
	return dateArguments{date: m.Date, from: m.DateFrom, to: m.DateTo, lookbackDays: m.LookbackDays}
}

func (m *cdnOverseaISPDetailModel) operation(w *window) operation {
	return operation{
		noun: "CDN Oversea ISP Detail", action: "GetCdnOverseaProvIspDetailStat", window: w,
		arguments: map[string]path.Path{
			"9105": path.Root("hosts"),
			"9110": path.Root("hosts"),
			"9160": path.Root("stat_type"),
		},
	}
}

func (m *cdnOverseaISPDetailModel) request(days dayRange) qcloud.OverseaISPDetailRequest {
	var dates []string
	for _, day := range days.days() {
		dates = append(dates, dateString(day))
	}
	return qcloud.OverseaISPDetailRequest{
		Dates:    dates,
		Hosts:    plainStrings(m.Hosts),
		Provs:    plainInts(m.Provs),
		ISPs:     plainInts(m.ISPs),
		StatType: m.StatType.ValueString(),
	}
}

func (m *cdnOverseaISPDetailModel) flatten(days dayRange, series []qcloud.Series) diag.Diagnostic {
	values := 0
	for _, s := range series {
		values += len(s.Values)
	}
	if problem := m.checkPoints(values, m.dates().path()); problem != nil {
		return problem
	}
	midnights := make(map[string]time.Time)
	for _, day := range days.days() {
		midnights[dateString(day)] = day
	}
	m.Window = days.window().model()
	m.Details = make([]ispDetailModel, len(series))
	for i, s := range series {
		m.Details[i] = newISPDetailModel(midnights[s.Date], s, m.includesPoints())
	}
	m.Missing = m.missing(days)
	return nil
}

// missing lists what was asked for by name and is not among the details. Host names do not distinguish case.
func (m *cdnOverseaISPDetailModel) missing(days dayRange) []missingDetailModel {
	returned := make(map[missingDetailModel]bool)
	for _, d := range m.Details {
		asked := missingDetailModel{Date: d.Date, Host: lower(d.Host), ProvID: types.Int64Null(), ISPID: types.Int64Null()}
		if m.Provs != nil {
			asked.ProvID = d.ProvID
		}
		if m.ISPs != nil {
			asked.ISPID = d.ISPID
		}
		returned[asked] = true
	}
	missing := []missingDetailModel{}
	for _, day := range days.days() {
		for _, host := range m.Hosts {
			for _, prov := range orNull(m.Provs) {
				for _, isp := range orNull(m.ISPs) {
					asked := missingDetailModel{types.StringValue(dateString(day)), lower(host), prov, isp}
					if !returned[asked] {
						asked.Host = host
						missing = append(missing, asked)
					}
				}
			}
		}
	}
	return missing
}

func lower(name types.String) types.String {
	return types.StringValue(strings.ToLower(name.ValueString()))
}

// orNull returns the codes asked for, or one null where none were.
func orNull(codes []types.Int64) []types.Int64 {
	if codes == nil {
		return []types.Int64{types.Int64Null()}
	}
	return codes
}

func newISPDetailModel(midnight time.Time, s qcloud.Series, includePoints bool) ispDetailModel {
	const interval = 5 * time.Minute
	values := overseaValues.Null()
	if includePoints {
		values = overseaValues.List(s.Values)
	}
	return ispDetailModel{
		Date:            types.StringValue(s.Date),
		Host:            types.StringValue(s.Host),
		ProvID:          types.Int64Value(s.ProvID),
		ProvName:        text(s.ProvName),
		CountryCode:     text(overseaCountries[s.ProvID]),
		ISPID:           types.Int64PointerValue(s.ISPID),
		StatType:        text(s.StatType),
		StatusCode:      text(s.StatusCode),
		StartTime:       timeString(midnight),
		IntervalSeconds: types.Int64Value(int64(interval / time.Second)),
		Values:          values,
		Summary:         newSummaryModel(stats.Summarize(samples(midnight, interval, s.Values), overseaKind(s.StatType))),
	}
}
