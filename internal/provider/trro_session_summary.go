// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

func sessionStatisticsAttribute() schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		MarkdownDescription: "Sessions per interval, in the API's order; the API may repeat an interval, or give an end before its start.",
		Computed:            true,
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"start_time":               computedText("Start of the interval, RFC 3339 in UTC."),
			"end_time":                 computedText("End of the interval, RFC 3339 in UTC."),
			"active_field_device_num":  computedNumber("Number of field devices (vehicles) that were active."),
			"active_remote_device_num": computedNumber("Number of remote devices that were active."),
			"session_num":              computedNumber("Number of sessions."),
			"total_duration":           computedNumber("Duration of all sessions together, in minutes."),
			"not_bad_session_ratio":    computedNumber("Share of sessions that were not bad, in percent."),
		}},
	}
}

func sessionSummaryAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Figures of `session_statistics`, computed exactly. Null values do not count; without any, all but `count` are null.",
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"count":                          schema.Int64Attribute{MarkdownDescription: "Number of intervals.", Computed: true},
			"session_num":                    computedNumber("Sessions of all intervals."),
			"total_duration":                 computedNumber("Duration of all sessions of all intervals, in minutes."),
			"max_active_field_device_num":    computedNumber("Most field devices that were active in an interval."),
			"max_active_remote_device_num":   computedNumber("Most remote devices that were active in an interval."),
			"min_not_bad_session_ratio":      computedNumber("Smallest share of sessions that were not bad, in percent, among intervals that had sessions."),
			"min_not_bad_session_ratio_time": computedText("Start of the earliest interval with that share, RFC 3339 in UTC."),
			"first_time":                     computedText("Earliest start of an interval, RFC 3339 in UTC."),
			"last_time":                      computedText("Latest start of an interval, RFC 3339 in UTC."),
		},
	}
}

func newSessionSummaryModel(rows []trro.SessionStatistic) *sessionSummaryModel {
	column := func(value func(trro.SessionStatistic) decimal.Decimal) stats.Summary {
		samples := make([]stats.Sample, len(rows))
		for i, row := range rows {
			samples[i] = stats.Sample{Time: row.StartTime, Value: value(row)}
		}
		return stats.Summarize(samples, stats.Amounts)
	}
	rowCount := column(func(trro.SessionStatistic) decimal.Decimal { return decimal.FromInt(1) })
	ratio, ratioTime := worstRatio(rows)
	return &sessionSummaryModel{
		Count:                     types.Int64Value(rowCount.Count),
		SessionNum:                number(column(func(r trro.SessionStatistic) decimal.Decimal { return r.SessionNum }).Total),
		TotalDuration:             number(column(func(r trro.SessionStatistic) decimal.Decimal { return r.TotalDuration }).Total),
		MaxActiveFieldDeviceNum:   number(column(func(r trro.SessionStatistic) decimal.Decimal { return r.ActiveFieldDeviceNum }).Max),
		MaxActiveRemoteDeviceNum:  number(column(func(r trro.SessionStatistic) decimal.Decimal { return r.ActiveRemoteDeviceNum }).Max),
		MinNotBadSessionRatio:     number(ratio),
		MinNotBadSessionRatioTime: timeString(ratioTime),
		FirstTime:                 timeString(rowCount.FirstTime),
		LastTime:                  timeString(rowCount.LastTime),
	}
}

// worstRatio returns the least ratio and the earliest start of an interval that has it. Intervals without sessions do
// not count: the vendor gives them a ratio of zero.
func worstRatio(rows []trro.SessionStatistic) (worst decimal.Decimal, at time.Time) {
	for _, row := range rows {
		if row.SessionNum == decimal.FromInt(0) || row.NotBadSessionRatio.IsNull() {
			continue
		}
		order := row.NotBadSessionRatio.Cmp(worst)
		if worst.IsNull() || order < 0 || (order == 0 && row.StartTime.Before(at)) {
			worst, at = row.NotBadSessionRatio, row.StartTime
		}
	}
	return worst, at
}
