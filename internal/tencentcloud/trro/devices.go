// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// getDevices is the request as it is sent.
type getDevices struct {
	*tchttp.BaseRequest

	PageNum   int64   `json:"PageNum" name:"PageNum"`
	PageSize  int64   `json:"PageSize" name:"PageSize"`
	ProjectID *string `json:"ProjectId,omitnil,omitempty" name:"ProjectId"`
}

// Device describes the licenses of a device. Missing strings are empty, and missing numbers are null.
type Device struct {
	ID, Name string
	// LicenseCount is the number of licenses that are bound to the device.
	LicenseCount decimal.Decimal
	// RemainingDays is the number of days until ExpiresAt. ExpiresAt is in UTC, or zero if the vendor returns no time.
	RemainingDays decimal.Decimal
	ExpiresAt     time.Time
	// MonthlyRemainTime is the remaining time of the month. Its unit is not documented.
	MonthlyRemainTime decimal.Decimal
	// LimitedTime is the maximum time per month in minutes.
	LimitedTime decimal.Decimal
	LicenseIDs  []string
}

// GetDevices returns the devices with licenses of a project, or of all projects if projectID is nil, sorted by ID. If
// devices of different projects have the same ID, only one of them is returned, because the vendor does not return their
// projects. The region is not sent if it is empty. See https://www.tencentcloud.com/document/api/1252/68116. Errors are
// those of tencentcloud.List.
func (c *Client) GetDevices(ctx context.Context, region string, projectID *string) ([]Device, error) {
	return tencentcloud.List(ctx, c.api, c.devices, tencentcloud.Listing[Device]{
		Region: region,
		Build: func(number, size int64) tencentcloud.Request {
			return &getDevices{&tchttp.BaseRequest{}, number, size, projectID}
		},
		Elements: "Devices", Count: "TotalCount", Field: (*Device).field, ID: func(d Device) string { return d.ID },
	})
}

func (d *Device) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "DeviceId":
		d.ID, err = r.Name()
	case "DeviceName":
		d.Name, err = r.Name()
	case "LicenseCount":
		d.LicenseCount, err = r.Number()
	case "RemainDay":
		d.RemainingDays, err = r.Number()
	case "ExpireTime":
		d.ExpiresAt, err = tencentcloud.Moment(r)
	case "MonthlyRemainTime":
		d.MonthlyRemainTime, err = r.Number()
	case "LimitedTime":
		d.LimitedTime, err = r.Number()
	case "LicenseIds":
		d.LicenseIDs, err = jsonread.Names(r)
	}
	return err
}
