// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// Values of GetFlowPackagesRequest.Status.
const (
	PendingPackage int64 = 0
	ValidPackage   int64 = 1
	ExpiredPackage int64 = 2
)

// GetFlowPackagesRequest asks for prepaid traffic packages. A nil field means all packages.
type GetFlowPackagesRequest struct {
	page

	ResourceID *string `json:"ResourceId,omitnil,omitempty" name:"ResourceId"`
	// DeviceID is a device that uses the package.
	DeviceID *string `json:"DeviceId,omitnil,omitempty" name:"DeviceId"`
	// Status is PendingPackage, ValidPackage or ExpiredPackage.
	Status *int64 `json:"Status,omitnil,omitempty" name:"Status"`
}

func (r GetFlowPackagesRequest) at(number, size int64) tencentcloud.Request {
	r.page = page{&tchttp.BaseRequest{}, number, size}
	return &r
}

// FlowPackage describes a package. Missing strings are empty, and missing numbers are null.
type FlowPackage struct {
	ResourceID string
	// PackageType is the vendor's name of the size, such as DEVICE_2_FLOW_50G.
	PackageType string
	// Status is the vendor's code as a string: 0 pending, 1 valid, 2 expired.
	Status string
	// CreatedAt, ActivatedAt and ExpiresAt are in UTC, or zero if the vendor returns no time.
	CreatedAt, ActivatedAt, ExpiresAt time.Time
	// DeviceIDs are the devices that use the package.
	DeviceIDs []string
	// Capacity and Remaining are in MB. Remaining is the precise value if the vendor returns one.
	Capacity, Remaining decimal.Decimal
	// Renews says whether the package is renewed automatically. It is nil if the vendor does not say.
	Renews *bool
}

// GetFlowPackages returns the packages of the account, sorted by resource ID. The vendor documents the region as required,
// unlike for other actions of MNA. It is not sent if it is empty. See https://cloud.tencent.com/document/api/1385/102110.
// Errors are those of tencentcloud.List.
func (c *Client) GetFlowPackages(ctx context.Context, region string, r GetFlowPackagesRequest) ([]FlowPackage, error) {
	return tencentcloud.List(ctx, c.api, c.flowPackages, tencentcloud.Listing[FlowPackage]{
		Region: region, Build: r.at, Elements: "PackageList", Count: "Total",
		Field: (*FlowPackage).field, ID: func(p FlowPackage) string { return p.ResourceID },
	})
}

func (p *FlowPackage) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "ResourceId":
		p.ResourceID, err = r.Name()
	case "PackageType":
		p.PackageType, err = r.Name()
	case "Status":
		p.Status, err = r.Name()
	case "CreateTime":
		p.CreatedAt, err = tencentcloud.Moment(r)
	case "ActiveTime":
		p.ActivatedAt, err = tencentcloud.Moment(r)
	case "ExpireTime":
		p.ExpiresAt, err = tencentcloud.Moment(r)
	case "DeviceList":
		p.DeviceIDs, err = jsonread.Names(r)
	case "CapacitySize":
		p.Capacity, err = r.Number()
	case "CapacityRemain":
		err = p.remaining(r, p.Remaining.IsNull())
	case "CapacityRemainPrecise":
		err = p.remaining(r, true)
	case "RenewFlag":
		p.Renews, err = r.Bool()
	}
	return err
}

// remaining reads a number and sets Remaining to it if use is true and the number is not null.
func (p *FlowPackage) remaining(r *jsonread.Reader, use bool) error {
	number, err := r.Number()
	if use && !number.IsNull() {
		p.Remaining = number
	}
	return err
}
