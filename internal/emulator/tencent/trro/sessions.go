// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"math/bits"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// fleet contains the numbers of vehicles and remote seats, and the mean number of sessions that begin in a slot, in
// thousandths.
type fleet struct {
	vehicles, seats uint64
	mean            int64
}

var (
	// projectFleet contains the devices that a project lists.
	projectFleet = fleet{vehicles: 12, seats: 4, mean: 450}
	// deviceFleet is for a device that its project does not list: one vehicle with its own sessions.
	deviceFleet = fleet{vehicles: 1, seats: 4, mean: 150}
)

// anyDevice selects all vehicles or all seats.
const anyDevice = -1

// sessions are the sessions of a project or of a device.
type sessions struct {
	fleet

	series figures.Series
	// vehicle or seat, counted from 0, selects the sessions of one device.
	vehicle, seat int64
}

// sessions returns the sessions of a project, or those of one of its devices if device is not empty.
func (s service) sessions(project, device string) sessions {
	if figures.IsIdle(project) || figures.IsIdle(device) {
		return sessions{}
	}
	all := sessions{fleet: projectFleet, series: s.Series(projectFleet.mean, "trro", project, ""), vehicle: anyDevice, seat: anyDevice}
	vehicle, seat := figures.Number(device, vehicles(project)), figures.Number(device, seats(project))
	switch {
	case device == "":
	case 1 <= vehicle && vehicle <= int(all.vehicles):
		all.vehicle = int64(vehicle) - 1
	case 1 <= seat && seat <= int(all.seats):
		all.seat = int64(seat) - 1
	default:
		all.fleet, all.series = deviceFleet, s.Series(deviceFleet.mean, "trro", project, device)
	}
	return all
}

// isIdle reports whether there are no sessions at any time.
func (s sessions) isIdle() bool { return s.mean == 0 }

// count counts the sessions that begin from one time until another or now. If a window is split, its parts have the same
// sessions.
func (s sessions) count(from, to, now time.Time) sessionTotals {
	var totals sessionTotals
	var vehicles, seats uint64
	var notBad int64
	for n := from.Unix() / figures.Slot; n < min(to.Unix(), now.Unix())/figures.Slot; n++ {
		key := s.series.Key(n)
		// The figure of the slot is in thousandths of a session. The remainder is the probability of one more session.
		begun, rest := s.series.Slot(n)/1000, s.series.Slot(n)%1000
		if figures.Draw(key, 1000) < rest {
			begun++
		}
		for range begun {
			key = figures.Mix(key)
			vehicle, seat := figures.Draw(key+2, s.vehicles), figures.Draw(key+3, s.seats)
			if s.vehicle != anyDevice && vehicle != s.vehicle || s.seat != anyDevice && seat != s.seat {
				continue
			}
			totals.SessionNum++
			totals.TotalDuration += 4 + figures.Draw(key+1, 42)
			vehicles |= 1 << vehicle
			seats |= 1 << seat
			if figures.Draw(key+4, 100) < 93 {
				notBad++
			}
		}
	}
	totals.ActiveFieldDeviceNum, totals.ActiveRemoteDeviceNum = bits.OnesCount64(vehicles), bits.OnesCount64(seats)
	if totals.SessionNum > 0 {
		totals.NotBadSessionRatio = notBad * 100 / totals.SessionNum
	}
	return totals
}
