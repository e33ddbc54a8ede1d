// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

type mnaStatisticExportDataSource struct{ dataSource }

func newMNAStatisticExportDataSource() source { return &mnaStatisticExportDataSource{} }

type mnaStatisticExportModel struct {
	mnaStatisticExportArguments
	mnaStatisticExportContent

	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (d *mnaStatisticExportDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mna_statistic_export"
}

func (d *mnaStatisticExportDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Has Tencent Cloud MNA write traffic statistics into a workbook (xlsx) and returns its address, and on " +
			"demand its content: action [GetStatisticDataByName](https://www.tencentcloud.com/document/api/1305/79763). " +
			"Every read makes the vendor generate another file, and every plan reads at least once.",
		Attributes: mnaStatisticExportAttributes(ctx),
	}
	mnaStatisticExportContentAttributes(resp.Schema.Attributes)
	resp.Schema.Attributes["timeouts"] = timeoutsAttribute(ctx)
}

func (d *mnaStatisticExportDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{windowValidator{names: mnaWindow}}
}

func (d *mnaStatisticExportDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m mnaStatisticExportModel
	read(ctx, req, resp, &m, &m.Timeouts, func(ctx context.Context, diags *diag.Diagnostics) {
		client, problem := d.clients.MNA()
		diags.Append(problem)
		w, problem := m.window(d.clients.clock)
		diags.Append(problem)
		if diags.HasError() {
			return
		}
		data, file, err := m.export(ctx, client, w)
		if err != nil {
			diags.Append(m.operation(w).diagnostic(err))
			return
		}
		m.mnaStatisticExportArguments.flatten(w, data)
		diags.Append(m.mnaStatisticExportContent.flatten(ctx, file))
	})
}

// export has a workbook made and returns it if it is to be downloaded.
func (m *mnaStatisticExportModel) export(ctx context.Context, client *mna.Client, w *window) (*mna.StatisticData, []byte, error) {
	if m.Download.ValueBool() {
		return client.DownloadStatisticData(ctx, m.request(w))
	}
	data, err := client.GetStatisticDataByName(ctx, m.request(w))
	return data, nil, err
}
