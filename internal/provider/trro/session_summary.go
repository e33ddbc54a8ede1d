// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

var sessions = points.NewObjects(
	"Sessions per interval, in the API's order. The API may return an interval twice, or an end before its start.", intervalFigures())

// sessionFigures are the figures of an interval or a window.
func sessionFigures() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"active_field_device_num":  arguments.ComputedNumber("Number of field devices (vehicles) that were active."),
		"active_remote_device_num": arguments.ComputedNumber("Number of remote devices that were active."),
		"session_num":              arguments.ComputedNumber("Number of sessions."),
		"total_duration":           arguments.ComputedNumber("Duration of all sessions together, in minutes."),
		"not_bad_session_ratio":    arguments.ComputedNumber("Share of sessions that were not bad, in percent; 0 may mean that there were no sessions."),
	}
}

func intervalFigures() map[string]schema.Attribute {
	figures := sessionFigures()
	figures["start_time"] = arguments.ComputedText("Start of the interval, RFC 3339 in UTC+8.")
	figures["end_time"] = arguments.ComputedText("End of the interval, RFC 3339 in UTC+8.")
	return figures
}

func sessionSummaryAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Statistics of `session_statistics`, computed exactly. Null values do not count. " +
			"If there are no other values, everything except `count` is null.",
		Computed: true,
		Attributes: map[string]schema.Attribute{
			"count":          schema.Int64Attribute{MarkdownDescription: "Number of intervals.", Computed: true},
			"session_num":    arguments.ComputedNumber("Sessions of all intervals."),
			"total_duration": arguments.ComputedNumber("Duration of all sessions of all intervals, in minutes."),
			"max_active_field_device_num": arguments.ComputedNumber("Greatest number of field devices that were active in one " +
				"interval."),
			"max_active_remote_device_num": arguments.ComputedNumber("Greatest number of remote devices that were active in one " +
				"interval."),
			"min_not_bad_session_ratio":      arguments.ComputedNumber("Smallest share of sessions that were not bad, in percent, among intervals that had sessions."),
			"min_not_bad_session_ratio_time": arguments.ComputedText("Start of the earliest interval with that share, RFC 3339 in UTC+8."),
			"first_time":                     arguments.ComputedText("Earliest start of an interval, RFC 3339 in UTC+8."),
			"last_time":                      arguments.ComputedText("Latest start of an interval, RFC 3339 in UTC+8."),
		},
	}
}

func newSessionSummaryModel(rows []trro.SessionStatistic) *sessionSummaryModel {
	var m sessionSummaryModel
	var sessions, minutes, field, remote decimal.Decimal
	var first, last time.Time
	for i, row := range rows {
		sessions, minutes = sessions.Add(row.SessionNum), minutes.Add(row.TotalDuration)
		field, remote = greater(field, row.ActiveFieldDeviceNum), greater(remote, row.ActiveRemoteDeviceNum)
		if i == 0 || row.StartTime.Before(first) {
			first = row.StartTime
		}
		if row.StartTime.After(last) {
			last = row.StartTime
		}
	}
	ratio, ratioTime := worstRatio(rows)
	m.Count = types.Int64Value(int64(len(rows)))
	m.SessionNum, m.TotalDuration = arguments.Number(sessions), arguments.Number(minutes)
	m.MaxActiveFieldDeviceNum, m.MaxActiveRemoteDeviceNum = arguments.Number(field), arguments.Number(remote)
	m.MinNotBadSessionRatio, m.MinNotBadSessionRatioTime = arguments.Number(ratio), arguments.BeijingTime(ratioTime)
	m.FirstTime, m.LastTime = arguments.BeijingTime(first), arguments.BeijingTime(last)
	return &m
}

// greater returns the greater of two numbers; null is less than any.
func greater(a, b decimal.Decimal) decimal.Decimal {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
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
