// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"fmt"
	"regexp"
	"slices"
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
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/cdn"
)

// districtISPData describes the data source edgestats_cdn_district_isp_data.
func districtISPData() source.DataSource[districtISPDataModel] {
	return source.DataSource[districtISPDataModel]{
		Name:       "cdn_district_isp_data",
		Schema:     districtISPDataSchema,
		Validators: []datasource.ConfigValidator{windowNames.Validator()},
		Window:     (*districtISPDataModel).window,
		Read:       readDistrictISPData,
	}
}

type districtISPDataModel struct {
	arguments.PointsArguments
	source.Timeouts

	Domains        []types.String         `tfsdk:"domains"`
	StartTime      types.String           `tfsdk:"start_time"`
	EndTime        types.String           `tfsdk:"end_time"`
	Lookback       types.String           `tfsdk:"lookback"`
	Metric         types.String           `tfsdk:"metric"`
	Districts      []types.Int64          `tfsdk:"districts"`
	ISPs           []types.Int64          `tfsdk:"isps"`
	Protocol       types.String           `tfsdk:"protocol"`
	IPProtocol     types.String           `tfsdk:"ip_protocol"`
	Interval       types.String           `tfsdk:"interval"`
	Window         *arguments.WindowModel `tfsdk:"window"`
	Details        points.List            `tfsdk:"details"`
	MissingDomains []types.String         `tfsdk:"missing_domains"`
	RequestID      types.String           `tfsdk:"request_id"`
}

var windowNames = arguments.WindowNames{Start: "start_time", End: "end_time"}

func districtISPDataSchema(context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads what domains delivered, per district and carrier: action " +
			"[DescribeDistrictIspData](https://cloud.tencent.com/document/api/228/47395) of Tencent Cloud CDN. " +
			"The vendor opens it to the accounts on a list only.",
		Attributes: map[string]schema.Attribute{
			"domains": schema.ListAttribute{
				MarkdownDescription: "Domains to read, any number of them. No domain twice.",
				Required:            true,
				ElementType:         types.StringType,
				Validators:          append(arguments.NameListValidators(), listvalidator.UniqueValues()),
			},
			"metric": schema.StringAttribute{
				MarkdownDescription: "What to read: `bandwidth` (bit/s), `flux` (bytes), `request` (number of requests), `statusCode` (requests per " +
					"class of status codes, `0` among them), `2xx`, `3xx`, `4xx` or `5xx` (requests of the class and of each of its codes), or a " +
					"status code such as `404`.",
				Required:   true,
				Validators: []validator.String{isMetric()},
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
			"window":  arguments.WindowAttribute(),
			"details": districtISPDetails.Attribute(),
			"missing_domains": schema.ListAttribute{
				MarkdownDescription: "Domains that were asked for and have no data.",
				Computed:            true,
				ElementType:         types.StringType,
			},
			"request_id": arguments.ComputedText("ID of the last call, for the vendor's support. It differs at every read."),
		},
	}
	windowNames.Attributes(s.Attributes)
	arguments.PointsAttributes("`values`", "`details`", s.Attributes)
	return s
}

func readDistrictISPData(ctx context.Context, c *settings.Clients, m *districtISPDataModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.CDN()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	data, err := client.DistrictISPData(ctx, m.request(w))
	if err == nil {
		err = m.flatten(ctx, w, data)
	}
	return m.operation(w).Diagnostics(ctx, err)
}

// window resolves the window and refuses one that has no period, begins before the vendor's data, or is too long.
func (m *districtISPDataModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	a := m.windowArguments()
	w, diags := a.Resolve(now, m.period())
	if diags.HasError() {
		return nil, diags
	}
	oldest := arguments.Day.Floor(now).AddDate(0, 0, -cdn.MaxDaysBack)
	if w.Start.Before(oldest) {
		return nil, append(diags, arguments.Invalid(a.StartPath(), fmt.Errorf("begins before the vendor's data, which goes back %d days, to %s",
			cdn.MaxDaysBack, oldest.Format(time.RFC3339))))
	}
	periods := m.request(w).Periods()
	if periods == 0 {
		return nil, append(diags, arguments.Invalid(a.StartPath(),
			fmt.Errorf("leaves no room for a period: none of %s begins from %s", m.interval(), w)))
	}
	return w, append(diags, m.CheckPoints(periods*len(m.Domains)*max(1, len(m.Districts))*max(1, len(m.ISPs)), a.StartPath())...)
}

func (m *districtISPDataModel) windowArguments() arguments.WindowArguments {
	return arguments.WindowArguments{Names: windowNames, Start: m.StartTime, End: m.EndTime, Lookback: m.Lookback}
}

func (m *districtISPDataModel) interval() cdn.Interval {
	if m.Interval.IsNull() {
		return cdn.FiveMinutes
	}
	return cdn.Interval(m.Interval.ValueString())
}

func (m *districtISPDataModel) period() arguments.Period {
	if m.interval() == cdn.Minute {
		return arguments.Minute
	}
	return arguments.FiveMinutes
}

func (m *districtISPDataModel) operation(w *arguments.Window) source.Operation {
	return source.Operation{
		Noun: "CDN District ISP Data", Action: "DescribeDistrictIspData", Window: w, Points: m.PointsArguments, Narrow: m.windowArguments().StartPath(),
		Arguments: map[string]path.Path{
			"InvalidParameter.CdnStatInvalidDate":      m.windowArguments().StartPath(),
			"InvalidParameter.CdnStatInvalidMetric":    path.Root("metric"),
			"InvalidParameter.CdnStatTooManyDomains":   path.Root("domains"),
			"InvalidParameter.CdnInvalidParamInterval": path.Root("interval"),
			"ResourceNotFound.CdnHostNotExists":        path.Root("domains"),
		},
	}
}

func (m *districtISPDataModel) request(w *arguments.Window) cdn.DistrictISPDataRequest {
	return cdn.DistrictISPDataRequest{
		Domains:    arguments.Strings(m.Domains),
		Start:      w.Start,
		End:        w.LastSecond(),
		Metric:     m.Metric.ValueString(),
		Districts:  arguments.Ints(m.Districts),
		ISPs:       arguments.Ints(m.ISPs),
		Protocol:   m.Protocol.ValueString(),
		IPProtocol: m.IPProtocol.ValueString(),
		Interval:   m.interval(),
		Limits:     m.Limits(),
	}
}

func (m *districtISPDataModel) flatten(ctx context.Context, w *arguments.Window, data *cdn.DistrictISPData) (err error) {
	if err := m.Limits().Result().Add(data.Size()); err != nil {
		return err
	}
	domains := make([]string, len(data.Series))
	for i, s := range data.Series {
		domains[i] = s.Domain
	}
	m.Window = w.Model()
	m.MissingDomains = arguments.MissingDomains(m.Domains, domains)
	m.RequestID = arguments.NullText(data.RequestID)
	m.Details, err = districtISPDetails.List(ctx, len(data.Series), func(i int) (points.Object, error) {
		return m.detail(ctx, data.Series[i])
	})
	return err
}

func (m *districtISPDataModel) detail(ctx context.Context, s cdn.Series) (points.Object, error) {
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
	err := valuesAt{s.Start, s.Interval, s.Values, kind}.addTo(ctx, detail, districtISPValues, m.IncludesPoints())
	return detail, err
}

var (
	metrics    = []string{"bandwidth", "flux", "request", "statusCode", "2xx", "3xx", "4xx", "5xx"}
	statusCode = regexp.MustCompile(`^[1-9][0-9]{2}$`)
)

func isMetric() validator.String {
	return arguments.Text("a metric or a status code", func(text string) error {
		if slices.Contains(metrics, text) || statusCode.MatchString(text) {
			return nil
		}
		return fmt.Errorf(`must be one of %q or a status code such as "404", got: %q`, metrics, text)
	})
}

var districtISPDetails = points.NewObjects(
	"One entry per domain, district, carrier and metric that has data, in the order in which the API first names them.",
	valuesAttributes("Start of the first value, RFC 3339 in UTC+8: the first whole period of the window.", districtISPValues, "the unit of `metric`", map[string]schema.Attribute{
		"domain":        arguments.ComputedText("The domain."),
		"district_id":   arguments.ComputedNumber("Code of the district."),
		"district_name": arguments.ComputedText("Name of the district as the API gives it, in Chinese."),
		"isp_id":        arguments.ComputedNumber("Code of the carrier."),
		"isp_name":      arguments.ComputedText("Name of the carrier as the API gives it, in Chinese."),
		"protocol":      arguments.ComputedText("Protocol that was counted, as the API names it."),
		"ip_protocol":   arguments.ComputedText("Version of IP that was counted, as the API names it."),
		"metric": arguments.ComputedText("What the values are: the metric asked for, or one of those that it stands for, such as `404` where " +
			"`4xx` was asked for."),
	}))

var districtISPValues = points.NewNumbers("The values in the unit of `metric`, one for each period of the window. " +
	"Null where the API returned none.")
