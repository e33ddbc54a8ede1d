// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// defaultPeriods is the number of periods in the response to a request without StartTime.
const defaultPeriods = 24

// firstRecord is the start of all records, so that the response to a StartTime of zero is not too long.
var firstRecord = time.Date(2022, time.January, 1, 0, 0, 0, 0, figures.ChinaTime)

// interval is a value of StatisticInterval, a unit of the calendar.
type interval string

const (
	hourly  interval = "hour"
	daily   interval = "day"
	monthly interval = "month"
)

// floor returns the start of the period that contains a time in UTC+8.
func (i interval) floor(t time.Time) time.Time {
	year, month, day := t.Date()
	switch i {
	case hourly:
		return time.Date(year, month, day, t.Hour(), 0, 0, 0, figures.ChinaTime)
	case daily:
		return time.Date(year, month, day, 0, 0, 0, 0, figures.ChinaTime)
	default:
		return time.Date(year, month, 1, 0, 0, 0, 0, figures.ChinaTime)
	}
}

// add returns the start of the period n periods after the one that starts at t.
func (i interval) add(t time.Time, n int) time.Time {
	switch i {
	case hourly:
		return t.Add(time.Duration(n) * time.Hour)
	case daily:
		return t.AddDate(0, 0, n)
	default:
		return t.AddDate(0, n, 0)
	}
}

// sessionQuery contains the parameters of session statistics. from and to are inclusive.
type sessionQuery struct {
	project, device string
	interval        interval
	from, to        time.Time
}

// sessionStatistics is the result of DescribeSessionStatisticsByInterval.
type sessionStatistics struct {
	SessionStatistics []sessionStatistic
}

// sessionTotals counts sessions and the devices that took part in them. Durations are in minutes. The ratio is in percent,
// and zero without sessions.
type sessionTotals struct {
	ActiveFieldDeviceNum  int
	ActiveRemoteDeviceNum int
	SessionNum            int64
	TotalDuration         int64
	NotBadSessionRatio    int64
}

// sessionStatistic contains the totals of one period.
type sessionStatistic struct {
	sessionTotals

	StartTime int64
	EndTime   int64
}

// sessionStatisticsByInterval implements DescribeSessionStatisticsByInterval, see
// https://www.tencentcloud.com/document/product/1252/68095.
func (s service) sessionStatisticsByInterval(x *exchange.Exchange, p *params.Params) (func() any, error) {
	now := x.Time.In(figures.ChinaTime)
	p.Require("StatisticInterval")
	q, err := readSessionQuery(p, interval(p.Text("StatisticInterval")), now)
	if err != nil {
		return nil, err
	}
	return func() any { return sessionStatistics{SessionStatistics: s.periods(q, now)} }, nil
}

// readSessionQuery reads the parameters that both actions for session statistics have. Without StartTime, the window has
// defaultPeriods.
func readSessionQuery(p *params.Params, periods interval, now time.Time) (sessionQuery, error) {
	p.Require("ProjectId")
	q := sessionQuery{project: p.Text("ProjectId"), device: p.Text("DeviceId"), interval: periods}
	startsAtDefault := !p.Has("StartTime")
	start, end := p.Digits("StartTime", 0), p.Digits("EndTime", now.Unix())
	if err := p.Finish(); err != nil {
		return q, err
	}
	if start < 0 || end < 0 {
		return q, tencent.Errorf(badValue, "Times must not be negative.")
	}
	if q.project == "" {
		return q, tencent.Errorf(badValue, "ProjectId must not be empty.")
	}
	if figures.IsMissing(q.project) || figures.IsMissing(q.device) {
		return q, tencent.Errorf("ResourceNotFound", "The project or device does not exist.")
	}
	switch q.interval {
	case hourly, daily, monthly:
	default:
		return q, tencent.Errorf(badValue, "StatisticInterval must be hour, day or month.")
	}
	q.from, q.to = time.Unix(start, 0).In(figures.ChinaTime), time.Unix(end, 0).In(figures.ChinaTime)
	if startsAtDefault {
		q.from = q.interval.add(q.interval.floor(q.to), 1-defaultPeriods)
	}
	if q.to.Before(q.from) {
		return q, tencent.Errorf(badValue, "StartTime must not be after EndTime.")
	}
	return q, nil
}

// start returns the start of the first period of the window.
func (q sessionQuery) start() time.Time {
	start := q.interval.floor(q.from)
	if start.Before(firstRecord) {
		return firstRecord
	}
	return start
}

// periods returns the periods from the one that contains the start of the window to the end of the window or to now. The
// current period includes only complete slots.
func (s service) periods(q sessionQuery, now time.Time) []sessionStatistic {
	list := []sessionStatistic{}
	sessions := s.sessions(q.project, q.device)
	if sessions.isIdle() {
		return list
	}
	for start := q.start(); !start.After(q.to) && start.Before(now); {
		next := q.interval.add(start, 1)
		list = append(list, sessionStatistic{sessions.count(start, next, now), start.Unix(), next.Unix()})
		start = next
	}
	return list
}
