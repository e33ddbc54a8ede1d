// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"math/bits"
	"net/http"
	"time"
)

// trroDefaultPeriods is how many periods an answer has when the request names no start.
const trroDefaultPeriods = 24

// trroFirst is when the records of TRRO begin, so that a start of zero is answered with a list of sane length.
var trroFirst = time.Date(2022, time.January, 1, 0, 0, 0, 0, chinaTime)

// trroInterval is a value of StatisticInterval: a length of periods that begin as calendars do.
type trroInterval string

const (
	trroHour  trroInterval = "hour"
	trroDay   trroInterval = "day"
	trroMonth trroInterval = "month"
)

// floor returns the start of the period around a time in UTC+8.
func (i trroInterval) floor(t time.Time) time.Time {
	year, month, day := t.Date()
	switch i {
	case trroHour:
		return time.Date(year, month, day, t.Hour(), 0, 0, 0, chinaTime)
	case trroDay:
		return time.Date(year, month, day, 0, 0, 0, 0, chinaTime)
	default:
		return time.Date(year, month, 1, 0, 0, 0, 0, chinaTime)
	}
}

// add returns the start of the period n periods after the one that starts at t.
func (i trroInterval) add(t time.Time, n int) time.Time {
	switch i {
	case trroHour:
		return t.Add(time.Duration(n) * time.Hour)
	case trroDay:
		return t.AddDate(0, 0, n)
	default:
		return t.AddDate(0, n, 0)
	}
}

// trroFleet are the vehicles and remote seats that sessions are held with, and how many sessions, in
// thousandths, begin in a slot.
type trroFleet struct {
	vehicles, seats uint64
	mean            int64
}

// A device has the sessions of one vehicle, a project those of many.
var (
	trroProjectFleet = trroFleet{vehicles: 12, seats: 4, mean: 450}
	trroDeviceFleet  = trroFleet{vehicles: 1, seats: 4, mean: 150}
)

// sessionQuery is what DescribeSessionStatisticsByInterval asks for.
type sessionQuery struct {
	project, device string
	interval        trroInterval
	start, end      time.Time
}

// sessionStatistics is the result of DescribeSessionStatisticsByInterval.
type sessionStatistics struct {
	SessionStatistics []sessionStatistic
	RequestID         string `json:"RequestId"`
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

// prepareSessionStatistics reads DescribeSessionStatisticsByInterval, see
// https://www.tencentcloud.com/document/product/1252/68095.
func prepareSessionStatistics(e *Emulator, r *http.Request) (func() (any, error), error) {
	now := callOf(r).Time.In(chinaTime)
	q, err := readSessionQuery(tencentParams(r), now)
	if err != nil {
		return nil, err
	}
	if isMissing(q.project) || isMissing(q.device) {
		return nil, failf("ResourceNotFound", "The project or device does not exist.")
	}
	return func() (any, error) {
		return sessionStatistics{SessionStatistics: e.sessionStatistics(q, now), RequestID: e.requestID()}, nil
	}, nil
}

func readSessionQuery(p *params, now time.Time) (sessionQuery, error) {
	const code = "InvalidParameterValue"
	p.require("ProjectId", "StatisticInterval")
	q := sessionQuery{
		project:  p.text("ProjectId"),
		device:   p.text("DeviceId"),
		interval: trroInterval(p.text("StatisticInterval")),
	}
	startsAtDefault := !p.has("StartTime")
	start, end := p.digits("StartTime", 0), p.digits("EndTime", now.Unix())
	if err := p.finish(); err != nil {
		return q, err
	}
	if start < 0 || end < 0 {
		return q, failf(code, "Times must not be negative.")
	}
	if q.project == "" {
		return q, failf(code, "ProjectId must not be empty.")
	}
	switch q.interval {
	case trroHour, trroDay, trroMonth:
	default:
		return q, failf(code, "StatisticInterval must be hour, day or month.")
	}
	q.start, q.end = time.Unix(start, 0).In(chinaTime), time.Unix(end, 0).In(chinaTime)
	if startsAtDefault {
		q.start = q.interval.add(q.interval.floor(q.end), 1-trroDefaultPeriods)
	}
	if q.end.Before(q.start) {
		return q, failf(code, "StartTime must not be after EndTime.")
	}
	return q, nil
}

// sessionStatistics returns the periods that start in the window, which begins at the start of the period around
// its first second, and before now. A period that is not over holds the slots that are over.
func (e *Emulator) sessionStatistics(q sessionQuery, now time.Time) []sessionStatistic {
	list := []sessionStatistic{}
	if isIdle(q.project) || isIdle(q.device) {
		return list
	}
	fleet := trroProjectFleet
	if q.device != "" {
		fleet = trroDeviceFleet
	}
	sessions := e.series(fleet.mean, "trro", q.project, q.device)
	start := q.interval.floor(q.start)
	if start.Before(trroFirst) {
		start = trroFirst
	}
	for !start.After(q.end) && start.Before(now) {
		next := q.interval.add(start, 1)
		list = append(list, fleet.statistic(sessions, start.Unix(), next.Unix(), now.Unix()))
		start = next
	}
	return list
}

// statistic counts the sessions of a period. Whatever the period, a session is the same.
func (f trroFleet) statistic(sessions series, start, end, now int64) sessionStatistic {
	s := sessionStatistic{StartTime: start, EndTime: end}
	var vehicles, seats, notBad uint64
	for n := start / slotSeconds; n < min(end, now)/slotSeconds; n++ {
		key := mix(sessions.key ^ mix(uint64(n)))
		// The figure of the slot is in thousandths: what is left over is the chance of one more session.
		count, rest := sessions.slot(n)/1000, sessions.slot(n)%1000
		if draw(key, 1000) < rest {
			count++
		}
		for range count {
			key = mix(key)
			s.TotalDuration += 4 + draw(key+1, 42)
			vehicles |= 1 << draw(key+2, f.vehicles)
			seats |= 1 << draw(key+3, f.seats)
			if draw(key+4, 100) < 93 {
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
