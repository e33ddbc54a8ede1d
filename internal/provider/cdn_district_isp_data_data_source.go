// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
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
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/cdn"
)

type cdnDistrictISPDataDataSource struct{ dataSource }

func newCDNDistrictISPDataDataSource() source { return &cdnDistrictISPDataDataSource{} }

type cdnDistrictISPDataModel struct {
	pointsArguments

	Domains        []types.String `tfsdk:"domains"`
	StartTime      types.String   `tfsdk:"start_time"`
	EndTime        types.String   `tfsdk:"end_time"`
	Lookback       types.String   `tfsdk:"lookback"`
	Metric         types.String   `tfsdk:"metric"`
	Districts      []types.Int64  `tfsdk:"districts"`
	ISPs           []types.Int64  `tfsdk:"isps"`
	Protocol       types.String   `tfsdk:"protocol"`
	IPProtocol     types.String   `tfsdk:"ip_protocol"`
	Interval       types.String   `tfsdk:"interval"`
	Window         *windowModel   `tfsdk:"window"`
	Details        points.List    `tfsdk:"details"`
	MissingDomains []types.String `tfsdk:"missing_domains"`
	RequestID      types.String   `tfsdk:"request_id"`
	Timeouts       timeouts.Value `tfsdk:"timeouts"`
}

var cdnDistrictWindow = windowNames{start: "start_time", end: "end_time"}

func (d *cdnDistrictISPDataDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cdn_district_isp_data"
}

func (d *cdnDistrictISPDataDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads what domains delivered, per district and carrier: action " +
			"[DescribeDistrictIspData](https://cloud.tencent.com/document/api/228/47395) of Tencent Cloud CDN. " +
			"The vendor opens it to the accounts on a list only.",
		Attributes: map[string]schema.Attribute{
			"domains": schema.ListAttribute{
				MarkdownDescription: "Domains to read, any number of them. No domain twice.",
				Required:            true,
				ElementType:         types.StringType,
				Validators:          append(nameListValidators(), listvalidator.UniqueValues()),
			},
			"metric": schema.StringAttribute{
				MarkdownDescription: "What to read: `bandwidth` (bit/s), `flux` (bytes), `request` (number of requests), `statusCode` (requests per " +
					"class of status codes, `0` among them), `2xx`, `3xx`, `4xx` or `5xx` (requests of the class and of each of its codes), or a " +
					"status code such as `404`.",
				Required:   true,
				Validators: []validator.String{isCDNMetric()},
			},
			"districts": codeListAttribute("Codes of the districts to read, such as `4` for Guangdong. Defaults to all districts."),
			"isps":      codeListAttribute("Codes of the carriers to read, such as `2` for China Telecom. Defaults to all carriers."),
			"protocol": schema.StringAttribute{
				MarkdownDescription: "Protocol to count: `all`, `http` or `https`. Sent only when given; the vendor's default is `all`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf("all", "http", "https")},
			},
			"ip_protocol": schema.StringAttribute{
				MarkdownDescription: "Version of IP to count: `all`, `ipv4` or `ipv6`. It does not go with `districts` or `isps`. Sent only when given; " +
					"the vendor's default is `all`.",
				Optional: true,
				Validators: []validator.String{
					stringvalidator.OneOf("all", "ipv4", "ipv6"),
					stringvalidator.ConflictsWith(path.MatchRoot("districts"), path.MatchRoot("isps")),
				},
			},
			"interval": schema.StringAttribute{
				MarkdownDescription: "Length of a period: `min` or `5min`. Defaults to `5min`.",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(string(cdn.Minute), string(cdn.FiveMinutes))},
			},
			"window":  windowAttribute(),
			"details": districtISPDetails.Attribute(),
			"missing_domains": schema.ListAttribute{
				MarkdownDescription: "Domains that were asked for and have no data.",
				Computed:            true,
				ElementType:         types.StringType,
			},
			"request_id": computedText("ID of the last call, for the vendor's support. It differs at every read."),
			"timeouts":   timeoutsAttribute(ctx),
		},
	}
	cdnDistrictWindow.attributes(resp.Schema.Attributes)
	pointsAttributes("`values`", "`details`", resp.Schema.Attributes)
}

func (d *cdnDistrictISPDataDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{windowValidator{names: cdnDistrictWindow}}
}

func (d *cdnDistrictISPDataDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m cdnDistrictISPDataModel
	read(ctx, req, resp, &m, &m.Timeouts, func(ctx context.Context, diags *diag.Diagnostics) {
		client, problem := d.clients.CDN()
		diags.Append(problem)
		w, problem := m.window(d.clients.clock)
		diags.Append(problem)
		if diags.HasError() {
			return
		}
		data, err := client.DistrictISPData(ctx, m.request(w))
		if err == nil {
			err = m.flatten(ctx, w, data)
		}
		diags.Append(m.diagnostic(ctx, err, m.operation(w), m.windowArguments().startPath()))
	})
}

// window resolves the window and refuses one that has no period, begins before the vendor's data, or is too long.
func (m *cdnDistrictISPDataModel) window(c clock.Clock) (*window, diag.Diagnostic) {
	a := m.windowArguments()
	w, problem := a.resolve(c.Now(), m.period())
	if problem != nil {
		return nil, problem
	}
	oldest := dayPeriod.floor(c.Now()).AddDate(0, 0, -cdn.MaxDaysBack)
	if w.start.Before(oldest) {
		return nil, invalid(a.startPath(), fmt.Errorf("begins before the vendor's data, which goes back %d days, to %s",
			cdn.MaxDaysBack, oldest.Format(time.RFC3339)))
	}
	periods := m.request(w).Periods()
	if periods == 0 {
		return nil, invalid(a.startPath(), fmt.Errorf("leaves no room for a period: none of %s begins from %s", m.interval(), w))
	}
	return w, m.checkWindow(periods*len(m.Domains)*max(1, len(m.Districts))*max(1, len(m.ISPs)), a.startPath())
}

func (m *cdnDistrictISPDataModel) windowArguments() windowArguments {
	return windowArguments{cdnDistrictWindow, m.StartTime, m.EndTime, m.Lookback}
}

func (m *cdnDistrictISPDataModel) interval() cdn.Interval {
	if m.Interval.IsNull() {
		return cdn.FiveMinutes
	}
	return cdn.Interval(m.Interval.ValueString())
}

func (m *cdnDistrictISPDataModel) period() period {
	if m.interval() == cdn.Minute {
		return minutePeriod
	}
	return fiveMinutePeriod
}

func (m *cdnDistrictISPDataModel) operation(w *window) operation {
	return operation{
		noun: "CDN District ISP Data", action: "DescribeDistrictIspData", window: w,
		arguments: map[string]path.Path{
			"InvalidParameter.CdnStatInvalidDate":      m.windowArguments().startPath(),
			"InvalidParameter.CdnStatInvalidMetric":    path.Root("metric"),
			"InvalidParameter.CdnStatTooManyDomains":   path.Root("domains"),
			"InvalidParameter.CdnInvalidParamInterval": path.Root("interval"),
			"ResourceNotFound.CdnHostNotExists":        path.Root("domains"),
		},
	}
}

func (m *cdnDistrictISPDataModel) request(w *window) cdn.DistrictISPDataRequest {
	return cdn.DistrictISPDataRequest{
		Domains:    plainStrings(m.Domains),
		Start:      w.start,
		End:        w.wireEnd,
		Metric:     m.Metric.ValueString(),
		Districts:  plainInts(m.Districts),
		ISPs:       plainInts(m.ISPs),
		Protocol:   m.Protocol.ValueString(),
		IPProtocol: m.IPProtocol.ValueString(),
		Interval:   m.interval(),
		Limits:     m.limits(),
	}
}

func (m *cdnDistrictISPDataModel) flatten(ctx context.Context, w *window, data *cdn.DistrictISPData) (err error) {
	if err := m.limits().Result().Add(data.Size()); err != nil {
		return err
	}
	domains := make([]string, len(data.Series))
	for i, s := range data.Series {
		domains[i] = s.Domain
	}
	m.Window = w.model()
	m.MissingDomains = missingDomains(m.Domains, domains)
	m.RequestID = text(data.RequestID)
	m.Details, err = districtISPDetails.List(ctx, len(data.Series), func(i int) (points.Object, error) {
		return m.detail(ctx, data.Series[i])
	})
	return err
}

func (m *cdnDistrictISPDataModel) detail(ctx context.Context, s cdn.Series) (points.Object, error) {
	kind := stats.Amounts
	if s.Metric == "bandwidth" {
		kind = stats.Levels
	}
	detail := points.Object{
		"domain":        points.TextOrNull(s.Domain),
		"district_id":   points.Number(s.DistrictID),
		"district_name": points.TextOrNull(s.DistrictName),
		"isp_id":        points.Number(s.ISPID),
		"isp_name":      points.TextOrNull(s.ISPName),
		"protocol":      points.TextOrNull(s.Protocol),
		"ip_protocol":   points.TextOrNull(s.IPProtocol),
		"metric":        points.TextOrNull(s.Metric),
	}
	err := valuesAt{s.Start, s.Interval, s.Values, kind}.addTo(ctx, detail, districtISPValues, m.includesPoints())
	return detail, err
}
