// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

type mnaStatisticExportEphemeralResource struct{ ephemeralResource }

func newMNAStatisticExportEphemeralResource() ephemeralSource {
	return &mnaStatisticExportEphemeralResource{}
}

type mnaStatisticExportEphemeralModel struct {
	mnaStatisticExportArguments

	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (e *mnaStatisticExportEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mna_statistic_export"
}

func (e *mnaStatisticExportEphemeralResource) Schema(ctx context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Has Tencent Cloud MNA write traffic statistics into a workbook (xlsx) and lends its address, which gets " +
			"into neither plan nor state: action [GetStatisticDataByName](https://www.tencentcloud.com/document/api/1305/79763). " +
			"It is opened in plan and again in apply, and each time the vendor generates another file.",
		Attributes: ephemeralAttributes(mnaStatisticExportAttributes(ctx), &resp.Diagnostics),
	}
	resp.Schema.Attributes["timeouts"] = openTimeoutsAttribute(ctx)
}

func (e *mnaStatisticExportEphemeralResource) ConfigValidators(context.Context) []ephemeral.ConfigValidator {
	return []ephemeral.ConfigValidator{windowValidator{names: mnaWindow}}
}

func (e *mnaStatisticExportEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m mnaStatisticExportEphemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := withOpenTimeout(ctx, m.Timeouts, &resp.Diagnostics)
	defer cancel()
	client, problem := e.clients.MNA()
	resp.Diagnostics.Append(problem)
	w, problem := m.window(e.clients.clock)
	resp.Diagnostics.Append(problem)
	if resp.Diagnostics.HasError() {
		return
	}
	data, err := client.GetStatisticDataByName(ctx, m.request(w))
	if err != nil {
		operation := m.operation(w)
		operation.timeout = "timeouts.open"
		resp.Diagnostics.Append(operation.diagnostic(err))
		return
	}
	m.flatten(w, data)
	resp.Diagnostics.Append(resp.Result.Set(ctx, &m)...)
}
