// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// appID is the account's AppId.
const appID = 1250000000

// The values of Status.
const (
	pending = 0
	valid   = 1
	expired = 2
)

// statuses are the states of the three packages of a tile.
var statuses = [...]int64{expired, valid, pending}

// packageType is a value of PackageType with its number of devices and its capacity in megabytes.
type packageType struct {
	name     string
	devices  int
	capacity int64
}

// packageTypes are used in turn.
var packageTypes = [...]packageType{
	{"DEVICE_1_FLOW_20G", 1, 20_000},
	{"DEVICE_2_FLOW_50G", 2, 50_000},
	{"DEVICE_3_FLOW_100G", 3, 100_000},
	{"DEVICE_5_FLOW_500G", 5, 500_000},
}

// packageRound is the total number of devices of one package of each type.
const packageRound = 1 + 2 + 3 + 5

// tile is the number of a group of devices with the same three packages: an expired, a valid and a pending one. Tiles are
// numbered from 0.
type tile int

// tileOf returns the tile of the device with the given number.
func tileOf(device int) tile {
	n := tile((device - 1) / packageRound * len(packageTypes))
	for n.first()+n.packageType().devices <= device {
		n++
	}
	return n
}

func (n tile) packageType() packageType { return packageTypes[int(n)%len(packageTypes)] }

// first returns the number of the tile's first device.
func (n tile) first() int {
	first := 1 + int(n)/len(packageTypes)*packageRound
	for _, earlier := range packageTypes[:int(n)%len(packageTypes)] {
		first += earlier.devices
	}
	return first
}

// renews reports whether the packages are renewed automatically.
func (n tile) renews() bool { return n%3 == 0 }

// isCutOff reports whether the devices are cut off when a package is used up. The vendor does not allow that for packages
// that are renewed automatically.
func (n tile) isCutOff() bool { return n%3 == 1 }

// days returns how many days a package is valid. In every other tile, the valid package expires within a month.
func (n tile) days() int64 {
	if n%2 == 0 {
		return 30
	}
	return 360
}

// flowPackages is the result of GetFlowPackages.
type flowPackages struct {
	PackageList []flowPackage
	Total       int
}

// flowPackage describes a package. Times are in Unix seconds, capacities in megabytes.
type flowPackage struct {
	ResourceID            string `json:"ResourceId"`
	AppID                 int64  `json:"AppId"`
	PackageType           string
	Status                int64
	CreateTime            int64
	ActiveTime            int64
	ExpireTime            int64
	DeviceList            []string
	CapacitySize          int64
	CapacityRemain        int64
	CapacityRemainPrecise int64
	RenewFlag             bool
	ModifyStatus          int
	TruncFlag             bool
}

// packageQuery contains the parameters of GetFlowPackages. Empty strings select all packages.
type packageQuery struct {
	number, size     int64
	resource, device string
	// status is negative for all.
	status int64
	// after and before limit the time of activation in Unix seconds, both exclusive.
	after, before int64
}

// flowPackages implements GetFlowPackages, following the vendor's only sample, see
// https://github.com/TencentCloud/tencentcloud-cli/blob/master/tccli/services/mna/v20210119/examples.json.
func (s service) flowPackages(x *exchange.Exchange, p *params.Params) (func() any, error) {
	q, err := readPackageQuery(p)
	if err != nil {
		return nil, err
	}
	return func() any {
		list := []flowPackage{}
		for _, n := range tencent.Entries(s.fleet.packages(), x.ListGrowth) {
			if pack := s.flowPackage(n, x.Time.Unix()); q.isFor(pack) {
				list = append(list, pack)
			}
		}
		return flowPackages{PackageList: tencent.Page(list, q.number, q.size), Total: len(list)}
	}, nil
}

func readPackageQuery(p *params.Params) (packageQuery, error) {
	const code = "InvalidParameter"
	p.Require("PageNumber", "PageSize")
	hasStatus := p.Has("Status")
	q := packageQuery{
		number:   p.Integer("PageNumber", 0),
		size:     p.Integer("PageSize", 0),
		resource: p.Text("ResourceId"),
		device:   p.Text("DeviceId"),
		status:   p.Integer("Status", -1),
	}
	after, before := p.Text("ActiveTimeStart"), p.Text("ActiveTimeEnd")
	if err := p.Finish(); err != nil {
		return q, err
	}
	var errAfter, errBefore error
	q.after, errAfter = activeTime(after, 0)
	q.before, errBefore = activeTime(before, 1<<62)
	switch {
	case q.number < 1 || q.size < 1:
		return q, tencent.Errorf(code, "PageNumber and PageSize must be positive.")
	case hasStatus && !slices.Contains(statuses[:], q.status):
		return q, tencent.Errorf(code, "Status must be 0, 1 or 2.")
	case errAfter != nil || errBefore != nil:
		return q, tencent.Errorf(code, "ActiveTimeStart and ActiveTimeEnd must look like 2006-01-02 15:04:05.")
	}
	return q, nil
}

// activeTime converts a time in UTC+8 to Unix seconds. It returns the fallback for an empty text. The vendor documents no
// format.
func activeTime(text string, fallback int64) (int64, error) {
	if text == "" {
		return fallback, nil
	}
	t, err := time.ParseInLocation(time.DateTime, text, figures.ChinaTime)
	return t.Unix(), err
}

func (q packageQuery) isFor(p flowPackage) bool {
	return (q.resource == "" || q.resource == p.ResourceID) &&
		(q.device == "" || slices.Contains(p.DeviceList, q.device)) &&
		(q.status < 0 || q.status == p.Status) &&
		q.after < p.ActiveTime && p.ActiveTime < q.before
}

// packages returns the number of packages of the listed devices.
func (f fleet) packages() int {
	if f == 0 {
		return 0
	}
	return int(tileOf(int(f))+1) * len(statuses)
}

// inTile returns the IDs of the listed devices of a tile.
func (f fleet) inTile(t tile) []string {
	ids := []string{}
	for n := t.first(); n < t.first()+t.packageType().devices && n <= int(f); n++ {
		ids = append(ids, numbered(deviceIDs, n))
	}
	return ids
}

// flowPackage returns the package with the given number, counted from 1, at a time in Unix seconds. Each package is bought
// when the previous one becomes valid. Its remaining capacity depends on the number of whole days that it has been valid.
func (s service) flowPackage(n int, now int64) flowPackage {
	tile, status := tile((n-1)/len(statuses)), statuses[(n-1)%len(statuses)]
	name := strconv.Itoa(int(tile))
	length := tile.days() * figures.Day
	// The packages of different tiles begin at different times.
	phase := int64(tile)*72*figures.Day%length + s.Draw(figures.Day, "mna", "packages", name)
	active := phase + ((now-phase)/length+valid-status)*length
	key := []string{"mna", "package", name, strconv.FormatInt(active, 10)}
	kind := tile.packageType()
	used := figures.PerMille(kind.capacity, 600+s.Draw(400, key...)) * min(max(0, now-active)/figures.Day, tile.days()) / tile.days()
	pack := flowPackage{
		ResourceID:            fmt.Sprintf("live-%012x", s.Draw(1<<48, key...)),
		AppID:                 appID,
		PackageType:           kind.name,
		Status:                status,
		CreateTime:            active - length,
		ActiveTime:            active,
		ExpireTime:            active + length,
		DeviceList:            s.fleet.inTile(tile),
		CapacitySize:          kind.capacity,
		CapacityRemain:        (kind.capacity - used) / 100 * 100,
		CapacityRemainPrecise: kind.capacity - used,
		RenewFlag:             tile.renews(),
		TruncFlag:             tile.isCutOff(),
	}
	if tile.renews() {
		pack.ModifyStatus = 2
	}
	return pack
}
