// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

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

// onePage is the PageNumber and the PageSize of a request for all devices on one page.
const onePage = -1

// The values of DeviceType.
const (
	ownDevice   = 1
	thirdDevice = 2
)

// vendors are the manufacturers of third-party devices.
var vendors = []string{"example-networks", "example-mobile"}

// groupNames are the names of the groups.
var groupNames = [groups]string{"North", "East", "South"}

// deviceList is the result of GetDevices.
type deviceList struct {
	DeviceInfos []deviceInfo
	Length      int
	TotalPage   int64
}

// deviceInfo describes a device. Times are Unix milliseconds as strings.
type deviceInfo struct {
	DeviceID       string `json:"DeviceId"`
	DeviceName     string
	CreateTime     string
	LastTime       string
	Remark         string
	AccessScope    int
	LicensePayMode int
	Payer          int
	GroupID        string `json:"GroupId"`
	GroupName      string
	FlowTrunc      int
	Sn             string
	Vendor         string
	AllowedRegions []string
}

// deviceQuery contains the parameters of GetDevices.
type deviceQuery struct {
	size, number int64
	keyword      string
	// deviceType is zero for all devices.
	deviceType int64
}

// devices implements GetDevices, see https://www.tencentcloud.com/document/api/1305/79781.
func (s service) devices(x *exchange.Exchange, p *params.Params) (func() any, error) {
	q, err := readDeviceQuery(p)
	if err != nil {
		return nil, err
	}
	return func() any {
		list := []deviceInfo{}
		for _, n := range tencent.Entries(int(s.fleet), x.ListGrowth) {
			if device := s.device(n, x.Time); q.isFor(n, device) {
				list = append(list, device)
			}
		}
		total, size, number := len(list), q.size, q.number
		if size == onePage {
			size, number = int64(max(1, total)), 1
		}
		return deviceList{
			DeviceInfos: tencent.Page(list, number, size),
			Length:      total,
			TotalPage:   tencent.Pages(total, size),
		}
	}, nil
}

func readDeviceQuery(p *params.Params) (deviceQuery, error) {
	p.Require("PageSize", "PageNumber")
	hasType := p.Has("DeviceType")
	q := deviceQuery{
		size:       p.Integer("PageSize", 0),
		number:     p.Integer("PageNumber", 0),
		keyword:    p.Text("Keyword"),
		deviceType: p.Integer("DeviceType", 0),
	}
	if err := p.Finish(); err != nil {
		return q, tencent.Mistyped(badValue, err)
	}
	switch isAll := q.size == onePage && q.number == onePage; {
	case !isAll && (q.size < 1 || q.number < 1):
		return q, tencent.Errorf(badValue, "PageSize and PageNumber must be positive, or both -1.")
	case hasType && q.deviceType != ownDevice && q.deviceType != thirdDevice:
		return q, tencent.Errorf(badValue, "DeviceType must be 1 or 2.")
	}
	return q, nil
}

// isFor reports whether the query selects the device with the given number.
func (q deviceQuery) isFor(n int, device deviceInfo) bool {
	return (strings.Contains(device.DeviceID, q.keyword) || strings.Contains(device.DeviceName, q.keyword)) &&
		(q.deviceType == 0 || q.deviceType == typeOf(n))
}

// typeOf returns the type of the device with the given number. Every fourth device is from a third party.
func typeOf(n int) int64 {
	if n%4 == 3 {
		return thirdDevice
	}
	return ownDevice
}

// device returns the device with the given number. It was last online when the current hour began.
func (s service) device(n int, now time.Time) deviceInfo {
	id := numbered(deviceIDs, n)
	created := firstDevice.AddDate(0, 0, int(s.Draw(700, "mna", id, "created")))
	device := deviceInfo{
		DeviceID:       id,
		DeviceName:     nameOf(id),
		CreateTime:     strconv.FormatInt(created.UnixMilli(), 10),
		LastTime:       strconv.FormatInt(now.Truncate(time.Hour).UnixMilli(), 10),
		AccessScope:    2,
		LicensePayMode: n % 2,
		Payer:          1,
		GroupID:        numbered(groupIDs, group(n)),
		GroupName:      groupNames[group(n)-1],
		AllowedRegions: allRegions,
	}
	if isPublicOnly(n) {
		device.AccessScope = 0
	}
	if n%3 == 1 {
		device.Remark = fmt.Sprintf("Truck %d", n)
	}
	if tileOf(n).isCutOff() {
		device.FlowTrunc = 1
	}
	if typeOf(n) == thirdDevice {
		device.Payer = 0
		device.Sn = fmt.Sprintf("SN%08d", s.Draw(100_000_000, "mna", id, "sn"))
		device.Vendor = vendors[n/4%len(vendors)]
	}
	return device
}

// firstDevice is the earliest time at which a device was created.
var firstDevice = time.Date(2023, time.January, 1, 0, 0, 0, 0, figures.ChinaTime)
