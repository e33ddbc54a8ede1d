// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package trro calls the Tencent Real-Time Remote Operations API, version 2022-03-25.
package trro

import (
	"context"
	"fmt"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// Client calls the TRRO API.
type Client struct {
	api                         *tencentcloud.Client
	sessionStatisticsByInterval tencentcloud.Action
}

// New returns a client.
func New(c tencentcloud.Config) *Client {
	api := tencentcloud.New(c)
	return &Client{
		api:                         api,
		sessionStatisticsByInterval: api.Action("trro", "2022-03-25", "DescribeSessionStatisticsByInterval"),
	}
}

// Values of StatisticInterval.
const (
	Hour  = "hour"
	Day   = "day"
	Month = "month"
)

// DescribeSessionStatisticsByIntervalRequest asks for the sessions of a project per interval.
type DescribeSessionStatisticsByIntervalRequest struct {
	*tchttp.BaseRequest

	// ProjectID is required.
	ProjectID *string `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
	// StatisticInterval is Hour, Day or Month.
	StatisticInterval *string `json:"StatisticInterval,omitnil,omitempty" name:"StatisticInterval"`
	// DeviceID is nil for all devices.
	DeviceID *string `json:"DeviceId,omitnil,omitempty" name:"DeviceId"`
	// StartTime and EndTime are unix seconds; both nil leave the window to the vendor.
	StartTime *int64 `json:"StartTime,omitnil,omitempty" name:"StartTime"`
	EndTime   *int64 `json:"EndTime,omitnil,omitempty" name:"EndTime"`
}

func (r DescribeSessionStatisticsByIntervalRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// SessionStatistics are rows in the vendor's order, which may repeat windows. Rows is never nil.
type SessionStatistics struct {
	Rows      []SessionStatistic
	RequestID string
}

// SessionStatistic is what happened in one interval. Numbers are null where the vendor sent none.
type SessionStatistic struct {
	// StartTime and EndTime are the interval in UTC, as the vendor gives it.
	StartTime, EndTime time.Time
	// ActiveFieldDeviceNum and ActiveRemoteDeviceNum count devices.
	ActiveFieldDeviceNum, ActiveRemoteDeviceNum decimal.Decimal
	SessionNum                                  decimal.Decimal
	// TotalDuration is in minutes.
	TotalDuration decimal.Decimal
	// NotBadSessionRatio is the share of sessions that were not bad, in percent.
	NotBadSessionRatio decimal.Decimal
}

type sessionStatisticsResult struct {
	tencentcloud.Envelope
	SessionStatistics []sessionStatisticWire `json:"SessionStatistics"`
}

type sessionStatisticWire struct {
	ActiveFieldDeviceNum  decimal.JSON `json:"ActiveFieldDeviceNum"`
	ActiveRemoteDeviceNum decimal.JSON `json:"ActiveRemoteDeviceNum"`
	SessionNum            decimal.JSON `json:"SessionNum"`
	TotalDuration         decimal.JSON `json:"TotalDuration"`
	StartTime             decimal.JSON `json:"StartTime"`
	EndTime               decimal.JSON `json:"EndTime"`
	NotBadSessionRatio    decimal.JSON `json:"NotBadSessionRatio"`
}

// DescribeSessionStatisticsByInterval returns the sessions of a project per interval. The API requires a region.
// See https://www.tencentcloud.com/document/product/1252/68095.
func (c *Client) DescribeSessionStatisticsByInterval(ctx context.Context, region string, r DescribeSessionStatisticsByIntervalRequest) (*SessionStatistics, error) {
	return tencentcloud.Call(ctx, c.api, c.sessionStatisticsByInterval, region, r.fresh, newSessionStatistics)
}

func newSessionStatistics(w *sessionStatisticsResult) (*SessionStatistics, error) {
	s := &SessionStatistics{Rows: make([]SessionStatistic, len(w.SessionStatistics)), RequestID: w.RequestID}
	for i, row := range w.SessionStatistics {
		if err := row.read(&s.Rows[i]); err != nil {
			return nil, fmt.Errorf("SessionStatistics[%d].%w", i, err)
		}
	}
	return s, nil
}

func (w sessionStatisticWire) read(into *SessionStatistic) (err error) {
	if into.StartTime, err = tencentcloud.Time(w.StartTime); err != nil {
		return fmt.Errorf("StartTime: %w", err)
	}
	if into.EndTime, err = tencentcloud.Time(w.EndTime); err != nil {
		return fmt.Errorf("EndTime: %w", err)
	}
	return tencentcloud.Numbers(
		tencentcloud.Number{Name: "ActiveFieldDeviceNum", Value: w.ActiveFieldDeviceNum, Into: &into.ActiveFieldDeviceNum},
		tencentcloud.Number{Name: "ActiveRemoteDeviceNum", Value: w.ActiveRemoteDeviceNum, Into: &into.ActiveRemoteDeviceNum},
		tencentcloud.Number{Name: "SessionNum", Value: w.SessionNum, Into: &into.SessionNum},
		tencentcloud.Number{Name: "TotalDuration", Value: w.TotalDuration, Into: &into.TotalDuration},
		tencentcloud.Number{Name: "NotBadSessionRatio", Value: w.NotBadSessionRatio, Into: &into.NotBadSessionRatio},
	)
}
