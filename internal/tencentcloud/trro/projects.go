// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// describeProjectList is the request as it is sent.
type describeProjectList struct {
	*tchttp.BaseRequest

	PageNumber int64 `json:"PageNumber" name:"PageNumber"`
	PageSize   int64 `json:"PageSize" name:"PageSize"`
}

// Project describes a project. Missing strings are empty.
type Project struct {
	ID, Name, Description string
	// PolicyMode is black or white: whether listed devices are denied or allowed.
	PolicyMode string
	// ModifiedAt is in UTC, or zero if the vendor returns no time.
	ModifiedAt time.Time
}

// DescribeProjectList returns the projects of the account, sorted by ID. The region is not sent if it is empty. See
// https://www.tencentcloud.com/document/api/1252/68101. Errors are those of tencentcloud.List.
func (c *Client) DescribeProjectList(ctx context.Context, region string) ([]Project, error) {
	return tencentcloud.List(ctx, c.api, c.projects, tencentcloud.Listing[Project]{
		Region: region,
		Build: func(number, size int64) tencentcloud.Request {
			return &describeProjectList{&tchttp.BaseRequest{}, number, size}
		},
		Elements: "Projects", Count: "Total", Field: (*Project).field, ID: func(p Project) string { return p.ID },
	})
}

func (p *Project) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "ProjectId":
		p.ID, err = r.Name()
	case "ProjectName":
		p.Name, err = r.Name()
	case "ProjectDescription":
		p.Description, err = r.Name()
	case "PolicyMode":
		p.PolicyMode, err = r.Name()
	case "ModifyTime":
		p.ModifiedAt, err = tencentcloud.Moment(r)
	}
	return err
}
