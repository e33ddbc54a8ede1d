// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
)

// ephemeralStatisticExport describes the ephemeral resource edgestats_mna_statistic_export.
func ephemeralStatisticExport() source.EphemeralResource[ephemeralStatisticExportModel] {
	return source.EphemeralResource[ephemeralStatisticExportModel]{
		Name: "mna_statistic_export",
		Schema: func(ctx context.Context) schema.Schema {
			return schema.Schema{
				MarkdownDescription: "Makes Tencent Cloud MNA write traffic statistics to an Excel file (xlsx), and returns its URL " +
					"without storing it in plan or state: action " +
					"[GetStatisticDataByName](https://www.tencentcloud.com/document/api/1305/79763). Terraform opens it during plan and " +
					"again during apply. Each time, the vendor generates another file.",
				Attributes: statisticExportAttributes(ctx),
			}
		},
		Validators: []ephemeral.ConfigValidator{windowNames.Validator()},
		Window:     (*ephemeralStatisticExportModel).window,
		Open:       openStatisticExport,
	}
}

type ephemeralStatisticExportModel struct {
	statisticExportArguments
	source.OpenTimeouts
}

func openStatisticExport(ctx context.Context, c *settings.Clients, m *ephemeralStatisticExportModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.MNA()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	if w.IsEmpty() {
		m.Window = w.Model()
		return nil
	}
	data, err := client.GetStatisticDataByName(ctx, m.request(w))
	if err != nil {
		operation := m.operation(w)
		operation.Timeout = "timeouts.open"
		return operation.Diagnostics(ctx, err)
	}
	m.flatten(w, data)
	return nil
}
