// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

const (
	// licenseTerm is how long a license is valid. Licenses of different devices end on different days.
	licenseTerm = 360 * figures.Day
	// monthlyMinutes is the maximum time per month for one license.
	monthlyMinutes = 12_000
)

// deviceList is the result of GetDevices.
type deviceList struct {
	Devices    []deviceLicense
	TotalCount int
}

// deviceLicense describes the licenses of a device. ExpireTime is in Unix seconds and Duration in seconds, both as strings.
// MonthlyRemainTime and LimitedTime are in minutes.
type deviceLicense struct {
	DeviceID          string `json:"DeviceId"`
	DeviceName        string
	LicenseCount      int
	RemainDay         int64
	ExpireTime        string
	Duration          string
	LicenseIDs        []string `json:"LicenseIds"`
	MonthlyRemainTime int64
	LimitedTime       int64
}

// place is the n-th device of a project, counted from 1: first all vehicles, then all seats.
type place struct {
	project string
	n       int
}

func (d place) vehicle() bool { return d.n <= int(projectFleet.vehicles) }

func (d place) id() string {
	if d.vehicle() {
		return vehicles(d.project) + strconv.Itoa(d.n)
	}
	return seats(d.project) + strconv.Itoa(d.n-int(projectFleet.vehicles))
}

// devices implements GetDevices, see https://www.tencentcloud.com/document/product/1252/68116. The vendor documents no
// error for a project or device that does not exist, so the list is empty.
func (s service) devices(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("PageNum", "PageSize")
	number, size := p.Integer("PageNum", 0), p.Integer("PageSize", 0)
	project, device := p.Text("ProjectId"), p.Text("DeviceId")
	if err := p.Finish(); err != nil {
		return nil, tencent.Mistyped(badValue, err)
	}
	if number < 1 || size < 1 {
		return nil, tencent.Errorf(badValue, "PageNum and PageSize must be positive.")
	}
	return func() any {
		places := s.places(project, device, x.ListGrowth)
		list := []deviceLicense{}
		for _, d := range tencent.Page(places, number, size) {
			list = append(list, s.license(d, x.Time.In(figures.ChinaTime)))
		}
		return deviceList{Devices: list, TotalCount: len(places)}
	}, nil
}

// places returns the devices of a project, or of all listed projects if project is empty. If device is not empty, it
// returns only that device. growth adds devices to the last project.
func (s service) places(project, device string, growth int) []place {
	const size = 16 // Vehicles and seats of a project.
	projects := []string{project}
	if project == "" {
		projects = nil
		for n := range s.listed {
			projects = append(projects, projectID(n+1))
		}
	}
	list := []place{}
	if figures.IsMissing(project) || len(projects) == 0 {
		return list
	}
	for _, n := range tencent.Entries(len(projects)*size, growth) {
		owner := min((n-1)/size, len(projects)-1)
		d := place{projects[owner], n - owner*size}
		if device == "" || device == d.id() {
			list = append(list, d)
		}
	}
	return list
}

// license returns the licenses of a device at a time in UTC+8. Only vehicles have licenses. Sessions of the current day do
// not reduce the remaining time of the month yet.
func (s service) license(d place, now time.Time) deviceLicense {
	id := d.id()
	_, name, _ := strings.Cut(id, d.project+"-")
	license := deviceLicense{
		DeviceID: id, DeviceName: strings.ReplaceAll(name, "-", " "), ExpireTime: "0", Duration: "0", LicenseIDs: []string{},
	}
	if !d.vehicle() {
		return license
	}
	today, month := daily.floor(now), monthly.floor(now)
	phase := s.Draw(licenseTerm, "trro", "licenses", id)
	end := now.Unix() + licenseTerm - (now.Unix()-phase)%licenseTerm
	license.LicenseCount = 1 + d.n%2
	license.RemainDay = (end - now.Unix()) / figures.Day
	license.ExpireTime, license.Duration = strconv.FormatInt(end, 10), strconv.Itoa(licenseTerm)
	license.LimitedTime = monthlyMinutes * int64(license.LicenseCount)
	license.MonthlyRemainTime = max(0, license.LimitedTime-s.sessions(d.project, id).count(month, today, now).TotalDuration)
	for n := range license.LicenseCount {
		number := strconv.Itoa(n)
		license.LicenseIDs = append(license.LicenseIDs, fmt.Sprintf("trro-%012x", s.Draw(1<<48, "trro", "license", id, number)))
	}
	return license
}
