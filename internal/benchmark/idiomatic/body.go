// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package idiomatic

import (
	"context"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// body is a minimal copy of the http data source of the http provider.
type body struct{ configured }

type bodyModel struct {
	ResponseBody types.String `tfsdk:"response_body"`
}

func (d *body) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "idiomatic_body"
}

func (d *body) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"response_body": schema.StringAttribute{Computed: true},
	}}
}

func (d *body) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.clients.endpoint, http.NoBody)
	if err != nil {
		resp.Diagnostics.AddError("Unable to Read", err.Error())
		return
	}
	answer, err := d.clients.http.Exchange(request)
	if err != nil {
		resp.Diagnostics.AddError("Unable to Read", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, bodyModel{ResponseBody: types.StringValue(string(answer.Body))})...)
}
