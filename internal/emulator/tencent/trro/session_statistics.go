// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"math/bits"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// defaultPeriods is the number of periods in an answer to a request without a start.
const defaultPeriods = 24

// firstRecord is when the records begin, so that the answer to a start of zero is not too long.
var firstRecord = time.Date(2022, time.January, 1, 0, 0, 0, 0, figures.ChinaTime)

// interval is a value of StatisticInterval, a length of calendar periods.
type interval string

const (
	hourly  interval = "hour"
	daily   interval = "day"
	monthly interval = "month"
)

// floor returns the start of the period around a time in UTC+8.
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

// fleet is the vehicles and remote seats of sessions, and how many sessions begin in a slot, in thousandths.
type fleet struct {
	vehicles, seats uint64
	mean            int64
}

// A device has the sessions of one vehicle, a project those of many.
var (
	projectFleet = fleet{vehicles: 12, seats: 4, mean: 450}
	deviceFleet  = fleet{vehicles: 1, seats: 4, mean: 150}
)

// sessionQuery holds the parameters of DescribeSessionStatisticsByInterval.
type sessionQuery struct {
	project, device string
	interval        interval
	start, end      time.Time
}

// sessionStatistics is the result of DescribeSessionStatisticsByInterval.
type sessionStatistics struct {
	SessionStatistics []sessionStatistic
}

// sessionStatistic is one period. Durations are minutes; the ratio is in percent, zero without sessions.
type sessionStatistic struct {
	ActiveFieldDeviceNum  int
	ActiveRemoteDeviceNum int
	SessionNum            int64
	TotalDuration         int64
	StartTime             int64
	EndTime               int64
	NotBadSessionRatio    int64
}

// sessionStatisticsByInterval answers DescribeSessionStatisticsByInterval, see
// https://www.tencentcloud.com/document/product/1252/68095.
func (s service) sessionStatisticsByInterval(x *exchange.Exchange, p *params.Params) (func() any, error) {
	now := x.Time.In(figures.ChinaTime)
	q, err := readSessionQuery(p, now)
	if err != nil {
		return nil, err
	}
	if figures.IsMissing(q.project) || figures.IsMissing(q.device) {
		return nil, tencent.Errorf("ResourceNotFound", "The project or device does not exist.")
	}
	return func() any { return sessionStatistics{SessionStatistics: s.periods(q, now)} }, nil
}

func readSessionQuery(p *params.Params, now time.Time) (sessionQuery, error) {
	const code = "InvalidParameterValue"
	p.Require("ProjectId", "StatisticInterval")
	q := sessionQuery{
		project:  p.Text("ProjectId"),
		device:   p.Text("DeviceId"),
		interval: interval(p.Text("StatisticInterval")),
	}
	startsAtDefault := !p.Has("StartTime")
	start, end := p.Digits("StartTime", 0), p.Digits("EndTime", now.Unix())
	if err := p.Finish(); err != nil {
		return q, err
	}
	if start < 0 || end < 0 {
		return q, tencent.Errorf(code, "Times must not be negative.")
	}
	if q.project == "" {
		return q, tencent.Errorf(code, "ProjectId must not be empty.")
	}
	switch q.interval {
	case hourly, daily, monthly:
	default:
		return q, tencent.Errorf(code, "StatisticInterval must be hour, day or month.")
	}
	q.start, q.end = time.Unix(start, 0).In(figures.ChinaTime), time.Unix(end, 0).In(figures.ChinaTime)
	if startsAtDefault {
		q.start = q.interval.add(q.interval.floor(q.end), 1-defaultPeriods)
	}
	if q.end.Before(q.start) {
		return q, tencent.Errorf(code, "StartTime must not be after EndTime.")
	}
	return q, nil
}

// periods returns the periods from the one around the first second of the window to its end or now. The current period counts the
// slots that are over.
func (s service) periods(q sessionQuery, now time.Time) []sessionStatistic {
	list := []sessionStatistic{}
	if figures.IsIdle(q.project) || figures.IsIdle(q.device) {
		return list
	}
	f := projectFleet
	if q.device != "" {
		f = deviceFleet
	}
	sessions := s.Series(f.mean, "trro", q.project, q.device)
	start := q.interval.floor(q.start)
	if start.Before(firstRecord) {
		start = firstRecord
	}
	for !start.After(q.end) && start.Before(now) {
		next := q.interval.add(start, 1)
		list = append(list, f.statistic(sessions, start.Unix(), next.Unix(), now.Unix()))
		start = next
	}
	return list
}

// statistic counts the sessions of a period. Periods of any length count the same sessions.
func (f fleet) statistic(sessions figures.Series, start, end, now int64) sessionStatistic {
	s := sessionStatistic{StartTime: start, EndTime: end}
	var vehicles, seats, notBad uint64
	for n := start / figures.Slot; n < min(end, now)/figures.Slot; n++ {
		key := sessions.Key(n)
		// The figure of the slot is in thousandths of a session. The remainder is the chance of one more.
		count, rest := sessions.Slot(n)/1000, sessions.Slot(n)%1000
		if figures.Draw(key, 1000) < rest {
			count++
		}
		for range count {
			key = figures.Mix(key)
			s.TotalDuration += 4 + figures.Draw(key+1, 42)
			vehicles |= 1 << figures.Draw(key+2, f.vehicles)
			seats |= 1 << figures.Draw(key+3, f.seats)
			if figures.Draw(key+4, 100) < 93 {
				notBad++
			}
		}
		s.SessionNum += count
	}
	s.ActiveFieldDeviceNum, s.ActiveRemoteDeviceNum = bits.OnesCount64(vehicles), bits.OnesCount64(seats)
	if s.SessionNum > 0 {
		s.NotBadSessionRatio = int64(notBad) * 100 / s.SessionNum
	}
	return s
}
