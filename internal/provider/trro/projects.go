// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

// projects reads edgestats_trro_projects.
func projects() source.DataSource[projectsModel] {
	return source.DataSource[projectsModel]{Name: "trro_projects", Schema: projectsSchema, Read: readProjects}
}

type projectsModel struct {
	source.Timeouts

	Region   types.String   `tfsdk:"region"`
	IDs      []types.String `tfsdk:"ids"`
	Projects points.List    `tfsdk:"projects"`
}

var projectList = points.NewObjects("The projects, one entry for each ID, sorted by ID.", map[string]schema.Attribute{
	"id":          arguments.ComputedText("ID of the project."),
	"name":        arguments.ComputedText("Name of the project; null if the API returns none."),
	"description": arguments.ComputedText("Description of the project; null if it has none."),
	"policy_mode": arguments.ComputedText("`black` if the devices on the project's list are denied, `white` if only they are allowed; " +
		"null if the API does not say."),
	"modified_at": arguments.ComputedText("When the project was last changed, RFC 3339 in UTC+8; null if the API does not say."),
})

func projectsSchema(context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the projects of the account: action " +
			"[DescribeProjectList](https://www.tencentcloud.com/document/product/1252/68101) of Tencent Cloud TRRO.",
		Attributes: map[string]schema.Attribute{
			"region":   regionAttribute(),
			"ids":      arguments.IDsAttribute("IDs of the projects, sorted."),
			"projects": projectList.Attribute(),
		},
	}
}

func readProjects(ctx context.Context, c *settings.Clients, m *projectsModel, _ *arguments.Window) diag.Diagnostics {
	client, region, diags := regionalClient(c, m.Region)
	if diags.HasError() {
		return diags
	}
	list, err := client.DescribeProjectList(ctx, region)
	if err == nil {
		err = m.flatten(ctx, list)
	}
	return aboutRegion(region, source.Operation{
		Noun: "TRRO Projects", Action: "DescribeProjectList", Fewer: "List the IDs of the projects in the configuration instead.",
	}).Diagnostics(ctx, err)
}

func (m *projectsModel) flatten(ctx context.Context, list []trro.Project) (err error) {
	m.IDs = arguments.IDs(list, func(p trro.Project) string { return p.ID })
	m.Projects, err = projectList.List(ctx, len(list), func(i int) (points.Object, error) {
		p := list[i]
		return points.Object{
			"id":          points.Text(p.ID),
			"name":        points.TextOrNull(p.Name),
			"description": points.TextOrNull(p.Description),
			"policy_mode": points.TextOrNull(p.PolicyMode),
			"modified_at": arguments.BeijingPoint(p.ModifiedAt),
		}, nil
	})
	return err
}
