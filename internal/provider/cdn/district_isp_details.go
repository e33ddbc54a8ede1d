// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/cdn"
)

// question is what is asked for by name, with a warning about codes that the vendor's tables do not have.
func (m *districtISPDataModel) question() (question, diag.Diagnostics) {
	places, diags := districts.Codes(m.Districts, path.Root("districts"))
	ispCodes, more := isps.Codes(m.ISPs, path.Root("isps"))
	diags.Append(more...)
	if code := m.Metric.ValueString(); statusCode.MatchString(code) && !strings.ContainsAny(code[:1], "2345") {
		diags.AddAttributeWarning(path.Root("metric"), "Code Not in the Vendor's Table", "metric is the status code "+code+
			", but the vendor documents only the classes 2xx to 5xx. It was sent anyway. The vendor returns no data for codes that it does not know.")
	}
	return question{dates: []string{""}, names: m.Domains, places: places, isps: ispCodes}, diags
}

func (m *districtISPDataModel) flatten(ctx context.Context, w *arguments.Window, q question, data *cdn.DistrictISPData) (err error) {
	if err := m.Limits().Result().Add(data.Size()); err != nil {
		return err
	}
	domains, returned := make([]string, len(data.Series)), make(map[series]bool)
	for i, s := range data.Series {
		domains[i] = s.Domain
		returned[q.find("", s.Domain, wholeNumber(s.DistrictID), wholeNumber(s.ISPID))] = true
	}
	m.Window, m.PeriodSeconds = w.Model(), m.period().Seconds()
	m.MissingDomains = arguments.Missing(q.names, domains)
	m.RequestID = m.IncludeArguments.RequestID(data.RequestID)
	m.Details, err = districtISPDetails.List(ctx, len(data.Series), func(i int) (points.Object, error) {
		return m.detail(ctx, data.Series[i])
	})
	if err == nil {
		m.Missing, err = districtMissing.list(ctx, q.missing(returned))
	}
	return err
}

// wholeNumber returns a code of an answer, and null for what is none.
func wholeNumber(d decimal.Decimal) types.Int64 {
	n, err := strconv.ParseInt(d.String(), 10, 64)
	if err != nil {
		return types.Int64Null()
	}
	return types.Int64Value(n)
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
	values := valuesAt{s.Start, s.Interval, s.Values, kind, m.Percentiles}
	return detail, values.addTo(ctx, detail, districtISPValues, m.Includes(arguments.IncludePoints))
}

var districtISPDetails = points.NewObjects(
	"One entry per domain, district, ISP and metric that has data, in the order in which the API first returns them.",
	valuesAttributes("Start of the first value, RFC 3339 in UTC+8: the start of the window.", districtISPValues, "the unit of `metric`", map[string]schema.Attribute{
		"domain":        arguments.ComputedText("The domain."),
		"district_id":   arguments.ComputedNumber("Code of the district."),
		"district_name": arguments.ComputedText("Name of the district as the API returns it, in Chinese."),
		"isp_id":        arguments.ComputedNumber("Code of the ISP."),
		"isp_name":      arguments.ComputedText("Name of the ISP as the API returns it, in Chinese."),
		"protocol":      arguments.ComputedText("Protocol that was counted, as the API returns it."),
		"ip_protocol":   arguments.ComputedText("Version of IP that was counted, as the API returns it."),
		"metric": arguments.ComputedText("What the values are: the requested metric, or one of those that it comprises, such as `404` if " +
			"`4xx` was requested."),
	}))

var districtISPValues = points.NewNumbers("The values in the unit of `metric`, one for each period of the window. " +
	"Null where the API returned none.")

var districtMissing = newMissingSeries("", "domain", "district_id", map[string]schema.Attribute{
	"domain":      arguments.ComputedText("The domain."),
	"district_id": arguments.ComputedNumber("Code of the district; null if `districts` is not set."),
	"isp_id":      arguments.ComputedNumber("Code of the ISP; null if `isps` is not set."),
})
