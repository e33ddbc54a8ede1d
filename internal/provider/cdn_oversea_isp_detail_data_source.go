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

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
)

type cdnOverseaISPDetailDataSource struct{ dataSource }

func newCDNOverseaISPDetailDataSource() source {
	return &cdnOverseaISPDetailDataSource{}
}

type cdnOverseaISPDetailModel struct {
	pointsArguments

	Date         types.String   `tfsdk:"date"`
	DateFrom     types.String   `tfsdk:"date_from"`
	DateTo       types.String   `tfsdk:"date_to"`
	LookbackDays types.Int64    `tfsdk:"lookback_days"`
	Hosts        []types.String `tfsdk:"hosts"`
	Provs        []types.Int64  `tfsdk:"provs"`
	ISPs         []types.Int64  `tfsdk:"isps"`
	StatType     types.String   `tfsdk:"stat_type"`
	Window       *windowModel   `tfsdk:"window"`
	Details      points.List    `tfsdk:"details"`
	Missing      points.List    `tfsdk:"missing"`
	Timeouts     timeouts.Value `tfsdk:"timeouts"`
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
			"details":  ispDetails.Attribute(),
			"missing":  missingISPDetails.Attribute(),
			"timeouts": timeoutsAttribute(ctx),
		},
	}
	dateAttributes("GMT+8", overseaMaxDaysBack, resp.Schema.Attributes)
	pointsAttributes("`values`", "`details`", resp.Schema.Attributes)
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
		if err == nil {
			err = m.flatten(ctx, days, details)
		}
		diags.Append(m.diagnostic(ctx, err, m.operation(days.window()), m.dates().path()))
	})
}

func (m *cdnOverseaISPDetailModel) days(c clock.Clock) (dayRange, diag.Diagnostic) {
	a := m.dates()
	days, problem := a.resolve(c.Now(), beijing, overseaMaxDaysBack)
	if problem != nil {
		return dayRange{}, problem
	}
	return days, m.checkWindow(m.expectedPoints(days, c.Now()), a.path())
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
		Limits:   m.limits(),
	}
}

func (m *cdnOverseaISPDetailModel) flatten(ctx context.Context, days dayRange, series []qcloud.Series) (err error) {
	if err := m.limits().Result().Add(qcloud.Size(series)); err != nil {
		return err
	}
	midnights := make(map[string]time.Time)
	for _, day := range days.days() {
		midnights[dateString(day)] = day
	}
	m.Window = days.window().model()
	m.Details, err = ispDetails.List(ctx, len(series), func(i int) (points.Object, error) {
		return m.detail(ctx, midnights[series[i].Date], series[i])
	})
	if err != nil {
		return err
	}
	missing := m.missing(days, series)
	m.Missing, err = missingISPDetails.List(ctx, len(missing), func(i int) (points.Object, error) { return missing[i].object(), nil })
	return err
}

// detailKey is what can be asked for by name. The codes are null where none were.
type detailKey struct {
	date, host    string
	provID, ispID types.Int64
}

func (k detailKey) object() points.Object {
	return points.Object{
		"date":    points.Text(k.date),
		"host":    points.Text(k.host),
		"prov_id": points.IntegerOrNull(k.provID.ValueInt64Pointer()),
		"isp_id":  points.IntegerOrNull(k.ispID.ValueInt64Pointer()),
	}
}

// missing lists what was asked for by name and is not among the series. Host names do not distinguish case.
func (m *cdnOverseaISPDetailModel) missing(days dayRange, series []qcloud.Series) []detailKey {
	returned := make(map[detailKey]bool)
	for _, s := range series {
		key := detailKey{s.Date, comparableDomain(s.Host), types.Int64Null(), types.Int64Null()}
		if m.Provs != nil {
			key.provID = types.Int64Value(s.ProvID)
		}
		if m.ISPs != nil {
			key.ispID = types.Int64PointerValue(s.ISPID)
		}
		returned[key] = true
	}
	var missing []detailKey
	for _, day := range days.days() {
		for _, host := range plainStrings(m.Hosts) {
			for _, prov := range orNull(m.Provs) {
				for _, isp := range orNull(m.ISPs) {
					key := detailKey{dateString(day), comparableDomain(host), prov, isp}
					if !returned[key] {
						key.host = host
						missing = append(missing, key)
					}
				}
			}
		}
	}
	return missing
}

// orNull returns the codes asked for, or one null where none were.
func orNull(codes []types.Int64) []types.Int64 {
	if codes == nil {
		return []types.Int64{types.Int64Null()}
	}
	return codes
}

func (m *cdnOverseaISPDetailModel) detail(ctx context.Context, midnight time.Time, s qcloud.Series) (points.Object, error) {
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
	err := valuesAt{midnight, 5 * time.Minute, s.Values, overseaKind(s.StatType)}.addTo(ctx, detail, overseaValues, m.includesPoints())
	return detail, err
}
