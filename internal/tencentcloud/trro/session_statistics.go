// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// Values of StatisticInterval.
const (
	Hour  = "hour"
	Day   = "day"
	Month = "month"
)

// DescribeSessionStatisticsRequest asks for the sessions of a project in a window.
type DescribeSessionStatisticsRequest struct {
	*tchttp.BaseRequest

	// ProjectID is required.
	ProjectID *string `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
	// DeviceID is nil for all devices.
	DeviceID *string `json:"DeviceId,omitnil,omitempty" name:"DeviceId"`
	// StartTime and EndTime are unix seconds. If both are nil, the vendor chooses the window.
	StartTime *int64 `json:"StartTime,omitnil,omitempty" name:"StartTime"`
	EndTime   *int64 `json:"EndTime,omitnil,omitempty" name:"EndTime"`
}

// DescribeSessionStatisticsByIntervalRequest asks for the sessions of a project per interval.
type DescribeSessionStatisticsByIntervalRequest struct {
	DescribeSessionStatisticsRequest

	// StatisticInterval is Hour, Day or Month.
	StatisticInterval *string `json:"StatisticInterval,omitnil,omitempty" name:"StatisticInterval"`
	// Limits limits the result. It is not sent.
	Limits limit.Limits `json:"-"`
}

func (r DescribeSessionStatisticsRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

func (r DescribeSessionStatisticsByIntervalRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// Sessions contains the figures of a window or an interval. Missing numbers are null.
type Sessions struct {
	// ActiveFieldDeviceNum and ActiveRemoteDeviceNum count each device once.
	ActiveFieldDeviceNum, ActiveRemoteDeviceNum decimal.Decimal
	SessionNum                                  decimal.Decimal
	// TotalDuration is in minutes.
	TotalDuration decimal.Decimal
	// NotBadSessionRatio is the share of sessions that were not bad, in percent.
	NotBadSessionRatio decimal.Decimal
}

// SessionTotals contains the figures of a whole window.
type SessionTotals struct {
	Sessions

	RequestID string
}

// SessionStatistics contains rows in the vendor's order. Intervals may repeat. Rows is never nil.
type SessionStatistics struct {
	Rows      []SessionStatistic
	RequestID string
}

// SessionStatistic contains the figures of one interval.
type SessionStatistic struct {
	Sessions

	// StartTime and EndTime are the interval in UTC. The vendor may return an end before the start.
	StartTime, EndTime time.Time
}

type sessionStatisticWire struct {
	ActiveFieldDeviceNum  jsonread.Value `json:"ActiveFieldDeviceNum"`
	ActiveRemoteDeviceNum jsonread.Value `json:"ActiveRemoteDeviceNum"`
	SessionNum            jsonread.Value `json:"SessionNum"`
	TotalDuration         jsonread.Value `json:"TotalDuration"`
	StartTime             jsonread.Value `json:"StartTime"`
	EndTime               jsonread.Value `json:"EndTime"`
	NotBadSessionRatio    jsonread.Value `json:"NotBadSessionRatio"`
}

// DescribeSessionStatisticsByInterval returns the sessions of a project per interval. The API requires a region.
// See https://www.tencentcloud.com/document/product/1252/68095.
func (c *Client) DescribeSessionStatisticsByInterval(ctx context.Context, region string, r DescribeSessionStatisticsByIntervalRequest) (*SessionStatistics, error) {
	return tencentcloud.Call(ctx, c.api, c.sessionStatisticsByInterval, tencentcloud.Question[SessionStatistics]{
		Region: region, Build: r.fresh, Limits: r.Limits, Field: (*SessionStatistics).field, Finish: (*SessionStatistics).finish,
	})
}

func (s *SessionStatistics) field(r *jsonread.Reader, name string) (err error) {
	if name == "SessionStatistics" {
		s.Rows, err = jsonread.Points(r, (*sessionStatisticWire).read)
	}
	return err
}

func (s *SessionStatistics) finish(requestID string) error {
	s.RequestID = requestID
	if s.Rows == nil {
		s.Rows = []SessionStatistic{}
	}
	return nil
}

func (w *sessionStatisticWire) read() (s SessionStatistic, err error) {
	if s.StartTime, err = tencentcloud.Time(w.StartTime); err != nil {
		return s, jsonread.At("StartTime", err)
	}
	if s.EndTime, err = tencentcloud.Time(w.EndTime); err != nil {
		return s, jsonread.At("EndTime", err)
	}
	return s, jsonread.Convert(
		jsonread.Number{Name: "ActiveFieldDeviceNum", Value: w.ActiveFieldDeviceNum, Into: &s.ActiveFieldDeviceNum},
		jsonread.Number{Name: "ActiveRemoteDeviceNum", Value: w.ActiveRemoteDeviceNum, Into: &s.ActiveRemoteDeviceNum},
		jsonread.Number{Name: "SessionNum", Value: w.SessionNum, Into: &s.SessionNum},
		jsonread.Number{Name: "TotalDuration", Value: w.TotalDuration, Into: &s.TotalDuration},
		jsonread.Number{Name: "NotBadSessionRatio", Value: w.NotBadSessionRatio, Into: &s.NotBadSessionRatio},
	)
}

// DescribeSessionStatistics returns the figures of a window. Each active device counts once. The region is not sent if it
// is empty. See https://www.tencentcloud.com/document/api/1252/68096.
func (c *Client) DescribeSessionStatistics(ctx context.Context, region string, r DescribeSessionStatisticsRequest) (*SessionTotals, error) {
	return tencentcloud.Call(ctx, c.api, c.sessionStatistics, tencentcloud.Question[SessionTotals]{
		Region: region, Build: r.fresh, Field: (*SessionTotals).field, Finish: (*SessionTotals).finish,
	})
}

func (s *SessionTotals) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "ActiveFieldDeviceNum":
		s.ActiveFieldDeviceNum, err = r.Number()
	case "ActiveRemoteDeviceNum":
		s.ActiveRemoteDeviceNum, err = r.Number()
	case "SessionNum":
		s.SessionNum, err = r.Number()
	case "TotalDuration":
		s.TotalDuration, err = r.Number()
	case "NotBadSessionRatio":
		s.NotBadSessionRatio, err = r.Number()
	}
	return err
}

func (s *SessionTotals) finish(requestID string) error {
	s.RequestID = requestID
	return nil
}
