// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// Values of DeviceType.
const (
	OwnDevice        int64 = 1
	ThirdPartyDevice int64 = 2
)

// GetDevicesRequest asks for devices.
type GetDevicesRequest struct {
	page

	// Keyword is an ID or a name; nil means all.
	Keyword *string `json:"Keyword,omitnil,omitempty" name:"Keyword"`
	// DeviceType is OwnDevice or ThirdPartyDevice; nil means both.
	DeviceType *int64 `json:"DeviceType,omitnil,omitempty" name:"DeviceType"`
}

func (r GetDevicesRequest) at(number, size int64) tencentcloud.Request {
	r.page = page{&tchttp.BaseRequest{}, number, size}
	return &r
}

// Device describes a device. Codes are the vendor's numbers as strings. Missing strings and codes are empty.
type Device struct {
	ID, Name, Remark   string
	GroupID, GroupName string
	// CreatedAt and LastOnlineAt are in UTC, or zero if the vendor returns no time.
	CreatedAt, LastOnlineAt time.Time
	// AccessScope is the code of the gateways: 0 public, 1 private, 2 both.
	AccessScope string
	// LicensePayMode is the code of the license: 0 monthly, 1 permanent.
	LicensePayMode string
	// Payer says who pays for the license: 0 vendor, 1 customer.
	Payer string
	// FlowTrunc says what happens when the packages are used up: 0 pay as you go, 1 cut off.
	FlowTrunc            string
	SerialNumber, Vendor string
	AllowedRegions       []string
}

// GetDevices returns the devices of the account, sorted by ID. See https://www.tencentcloud.com/document/api/1305/79781.
// Errors are those of tencentcloud.List.
func (c *Client) GetDevices(ctx context.Context, r GetDevicesRequest) ([]Device, error) {
	return tencentcloud.List(ctx, c.api, c.devices, tencentcloud.Listing[Device]{
		Build: r.at, OnePage: true, Elements: "DeviceInfos", Count: "Length",
		Field: (*Device).field, ID: func(d Device) string { return d.ID },
	})
}

func (d *Device) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "DeviceId":
		d.ID, err = r.Name()
	case "DeviceName":
		d.Name, err = r.Name()
	case "Remark":
		d.Remark, err = r.Name()
	case "GroupId":
		d.GroupID, err = r.Name()
	case "GroupName":
		d.GroupName, err = r.Name()
	case "CreateTime":
		d.CreatedAt, err = tencentcloud.Moment(r)
	case "LastTime":
		d.LastOnlineAt, err = tencentcloud.Moment(r)
	case "AccessScope":
		d.AccessScope, err = r.Name()
	case "LicensePayMode":
		d.LicensePayMode, err = r.Name()
	case "Payer":
		d.Payer, err = r.Name()
	case "FlowTrunc":
		d.FlowTrunc, err = r.Name()
	case "Sn":
		d.SerialNumber, err = r.Name()
	case "Vendor":
		d.Vendor, err = r.Name()
	case "AllowedRegions":
		d.AllowedRegions, err = jsonread.Names(r)
	}
	return err
}
