// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"regexp"
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
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/cdn"
)

// districtISPData describes the data source edgestats_cdn_district_isp_data.
func districtISPData() source.DataSource[districtISPDataModel] {
	return source.DataSource[districtISPDataModel]{
		Name:   "cdn_district_isp_data",
		Schema: districtISPDataSchema,
		Validators: []datasource.ConfigValidator{
			windowNames.Validator(),
			arguments.AtMostOneOf(ipVersion, arguments.Alternative{Argument: "districts", For: "some districts"}),
			arguments.AtMostOneOf(ipVersion, arguments.Alternative{Argument: "isps", For: "some ISPs"}),
		},
		Window: (*districtISPDataModel).window,
		Read:   readDistrictISPData,
	}
}

type districtISPDataModel struct {
	arguments.IncludeArguments
	source.Timeouts

	Domains        []types.String         `tfsdk:"domains"`
	StartTime      types.String           `tfsdk:"start_time"`
	EndTime        types.String           `tfsdk:"end_time"`
	Lookback       types.String           `tfsdk:"lookback"`
	Offset         types.String           `tfsdk:"offset"`
	Metric         types.String           `tfsdk:"metric"`
	Districts      []types.String         `tfsdk:"districts"`
	ISPs           []types.String         `tfsdk:"isps"`
	Protocol       types.String           `tfsdk:"protocol"`
	IPProtocol     types.String           `tfsdk:"ip_protocol"`
	Interval       types.String           `tfsdk:"interval"`
	Percentiles    []types.Number         `tfsdk:"percentiles"`
	Window         *arguments.WindowModel `tfsdk:"window"`
	PeriodSeconds  types.Int64            `tfsdk:"period_seconds"`
	Details        points.List            `tfsdk:"details"`
	MissingDomains []types.String         `tfsdk:"missing_domains"`
	Missing        points.List            `tfsdk:"missing"`
	RequestID      types.String           `tfsdk:"request_id"`
}

var (
	windowNames = arguments.WindowNames{
		Start: "start_time", End: "end_time", Granularity: "interval", Granularities: intervals, Period: periodOf,
	}
	ipVersion = arguments.Alternative{Argument: "ip_protocol", For: "one version of IP in all districts and ISPs together"}
	intervals = arguments.Words(string(cdn.Minute), string(cdn.FiveMinutes))

	districtInclude = arguments.IncludeRules{
		Points: "`values`", Series: "entry of `details`", Values: []string{arguments.IncludePoints, arguments.IncludeRequestID},
	}
)

// periodOf returns the period of an interval, 5 minutes where it is null.
func periodOf(interval types.String) arguments.Period {
	if interval.ValueString() == string(cdn.Minute) {
		return arguments.Minute
	}
	return arguments.FiveMinutes
}

func districtISPDataSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads the traffic and requests of domains by district and ISP: action " +
			"[DescribeDistrictIspData](https://cloud.tencent.com/document/api/228/47395) of Tencent Cloud CDN. " +
			"It is available only to accounts on the vendor's allowlist, and not on the international domain: set `domain = \"tencentcloudapi.com\"` " +
			"in the provider block.",
		Attributes: map[string]schema.Attribute{
			"domains": nameListAttribute("Domains to read, any number of them."),
			"metric": schema.StringAttribute{
				MarkdownDescription: "What to read: `bandwidth` (bit/s), `flux` (bytes), `request` (number of requests), `statusCode` (requests per " +
					"class of status codes: `0`, `2xx`, `3xx`, `4xx`, `5xx`), `2xx`, `3xx`, `4xx` or `5xx` (requests of the class and of each of its codes), or a " +
					"status code such as `404`.",
				Required:   true,
				Validators: []validator.String{metrics},
			},
			"districts": codeListAttribute(ctx, "Districts to read: provinces of the Chinese mainland, or countries and regions outside.", "all districts", districts),
			"isps":      codeListAttribute(ctx, "ISPs to read.", "all ISPs", isps),
			"protocol": schema.StringAttribute{
				MarkdownDescription: "Protocol to count: `all`, `http` or `https`. Sent only if it is set; the vendor's default is `all`.",
				Optional:            true,
				Validators:          []validator.String{arguments.Words("all", "http", "https")},
			},
			"ip_protocol": schema.StringAttribute{
				MarkdownDescription: "Version of IP to count: `all`, `ipv4` or `ipv6`. It cannot be combined with `districts` or `isps`. Sent only if it is set; " +
					"the vendor's default is `all`.",
				Optional:   true,
				Validators: []validator.String{arguments.Words("all", "ipv4", "ipv6")},
			},
			"interval": schema.StringAttribute{
				MarkdownDescription: "Length of a period: `min` or `5min`. Defaults to `5min`.",
				Optional:            true,
				Validators:          []validator.String{intervals},
			},
			"percentiles":    arguments.PercentilesAttribute(),
			"window":         arguments.WindowAttribute("UTC+8"),
			"period_seconds": arguments.PeriodSecondsAttribute(),
			"details":        districtISPDetails.Attribute(),
			"missing_domains": schema.ListAttribute{
				MarkdownDescription: "Requested domains that have no data.",
				Computed:            true,
				ElementType:         types.StringType,
			},
			"missing": districtMissing.Attribute(),
			"request_id": arguments.ComputedText("ID of the last call, for the vendor's support; null unless `include` has `\"request_id\"`. It differs at " +
				"every read."),
		},
	}
	windowNames.Attributes(s.Attributes)
	districtInclude.Attributes(s.Attributes)
	return s
}

func readDistrictISPData(ctx context.Context, c *settings.Clients, m *districtISPDataModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.CDN()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	q, diags := m.question()
	data, err := &cdn.DistrictISPData{}, error(nil)
	if w.IsEmpty() {
		q.names = nil // Nothing is asked for, so nothing is missing.
	} else {
		data, err = client.DistrictISPData(ctx, m.request(w))
	}
	if err == nil {
		err = m.flatten(ctx, w, q, data)
	}
	return append(diags, m.operation(w).Diagnostics(ctx, err)...)
}

// window resolves the window and refuses one that begins before the vendor's data or has too many periods: the least that a
// series brings if anything has data.
func (m *districtISPDataModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	a := m.windowArguments()
	w, diags := a.Resolve(now, m.period())
	if diags.HasError() {
		return nil, diags
	}
	oldest := arguments.Day.Floor(now).AddDate(0, 0, -cdn.MaxDaysBack)
	if w.Start.Before(oldest) {
		earliest, start := oldest.Format(time.RFC3339), w.Start.Format(time.RFC3339)
		return nil, append(diags, arguments.TooEarly(a.StartPath(), cdn.MaxDaysBack, earliest, start))
	}
	if periods := w.Periods(m.period()); periods > 0 {
		diags.Append(m.CheckPoints(periods, 1, m.narrow())...)
	}
	q, _ := m.question()
	return w, append(diags, q.check("domains")...)
}

func (m *districtISPDataModel) windowArguments() arguments.WindowArguments {
	return arguments.WindowArguments{Names: windowNames, Start: m.StartTime, End: m.EndTime, Lookback: m.Lookback, Offset: m.Offset}
}

func (m *districtISPDataModel) interval() cdn.Interval {
	if m.Interval.IsNull() {
		return cdn.FiveMinutes
	}
	return cdn.Interval(m.Interval.ValueString())
}

func (m *districtISPDataModel) period() arguments.Period { return periodOf(m.Interval) }

// narrow says how there can be fewer points. No period is longer than 5 minutes.
func (m *districtISPDataModel) narrow() arguments.Narrow {
	narrow := arguments.Narrow{Argument: m.windowArguments().StartPath()}
	if m.period() == arguments.Minute {
		narrow.Longer = windowNames.Granularity
	}
	return narrow
}

func (m *districtISPDataModel) operation(w *arguments.Window) source.Operation {
	return source.Operation{
		Noun: "CDN District ISP Data", Action: "DescribeDistrictIspData", Window: w, Include: m.IncludeArguments, Narrow: m.narrow(),
		Arguments: map[string]path.Path{
			"InvalidParameter.CdnStatInvalidDate":      m.windowArguments().StartPath(),
			"InvalidParameter.CdnStatInvalidMetric":    path.Root("metric"),
			"InvalidParameter.CdnStatTooManyDomains":   path.Root("domains"),
			"InvalidParameter.CdnInvalidParamInterval": path.Root("interval"),
			"ResourceNotFound.CdnHostNotExists":        path.Root("domains"),
		},
		Advice: map[string]string{"InvalidAction": `This API is not available on the international domain: set domain = "tencentcloudapi.com" in the ` +
			"provider block, and use the keys of a mainland account."},
	}
}

func (m *districtISPDataModel) request(w *arguments.Window) cdn.DistrictISPDataRequest {
	q, _ := m.question()
	return cdn.DistrictISPDataRequest{
		Domains:    arguments.Strings(m.Domains),
		Start:      w.Start,
		End:        w.LastSecond(),
		Metric:     m.Metric.ValueString(),
		Districts:  q.places,
		ISPs:       q.isps,
		Protocol:   m.Protocol.ValueString(),
		IPProtocol: m.IPProtocol.ValueString(),
		Interval:   m.interval(),
		Limits:     m.Limits(),
	}
}

var statusCode = regexp.MustCompile(`^[1-9][0-9]{2}$`)

var metrics = arguments.WordOptions(
	arguments.Option{Word: "bandwidth", Near: []string{"bw"}},
	arguments.Option{Word: "flux", Near: []string{"traffic", "flow", "bytes"}},
	arguments.Option{Word: "request", Near: []string{"requests", "pv"}},
	arguments.Option{Word: "statusCode", Near: []string{"status", "status_codes"}},
	arguments.Option{Word: "2xx"}, arguments.Option{Word: "3xx"}, arguments.Option{Word: "4xx"}, arguments.Option{Word: "5xx"},
).Or("a status code such as 404", statusCode.MatchString)
