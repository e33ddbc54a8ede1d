// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"fmt"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// projectList is the result of DescribeProjectList.
type projectList struct {
	Projects []projectInfo
	Total    int
	Num      int
}

// projectInfo describes a project. ModifyTime is in ISO 8601.
type projectInfo struct {
	ProjectID          string `json:"ProjectId"`
	ProjectName        string
	ProjectDescription string
	PolicyMode         string
	ModifyTime         string
}

// projects implements DescribeProjectList, following the vendor's only sample, see
// https://github.com/TencentCloud/tencentcloud-cli/blob/master/tccli/services/trro/v20220325/examples.json. Page 1 is the
// first page and the default. The sample requests it as page 0.
func (s service) projects(x *exchange.Exchange, p *params.Params) (func() any, error) {
	size, number := p.Integer("PageSize", 10), p.Integer("PageNumber", 1)
	if err := p.Finish(); err != nil {
		return nil, err
	}
	if size < 1 || number < 0 {
		return nil, tencent.Errorf(badValue, "PageSize must be positive and PageNumber must not be negative.")
	}
	return func() any {
		all := tencent.Entries(s.listed, x.ListGrowth)
		page := tencent.Page(all, max(1, number), size)
		list := make([]projectInfo, len(page))
		for i, n := range page {
			list[i] = s.project(n)
		}
		return projectList{Projects: list, Total: len(all), Num: len(list)}
	}, nil
}

// project returns the project with the given number.
func (s service) project(n int) projectInfo {
	id := projectID(n)
	project := projectInfo{
		ProjectID:   id,
		ProjectName: fmt.Sprintf("Site %d", n),
		PolicyMode:  [...]string{"black", "white"}[n%2],
		ModifyTime:  firstRecord.Add(time.Duration(s.Draw(1000*figures.Day, "trro", id, "modified")) * time.Second).Format(time.RFC3339),
	}
	if n%3 != 0 {
		project.ProjectDescription = fmt.Sprintf("Vehicles of site %d", n)
	}
	return project
}
