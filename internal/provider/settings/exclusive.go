// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// Validators refuse arguments that cannot be given together, because one of them would be ignored.
func Validators() []provider.ConfigValidator {
	webIdentity := path.Root("assume_role_with_web_identity")
	return []provider.ConfigValidator{
		exclusive{
			advice: "Set profile for keys in a file, cam_role_name for the role of this machine, or " +
				"assume_role_with_web_identity for the token of a pipeline",
			arguments: path.Paths{path.Root("profile"), path.Root("cam_role_name"), webIdentity},
		},
		exclusive{
			advice: "Set assume_role for a role that is assumed with keys, or assume_role_with_web_identity for a role that is " +
				"assumed with the token of a pipeline",
			arguments: path.Paths{path.Root("assume_role"), webIdentity},
		},
		exclusive{
			advice:    "Set web_identity_token for the token itself, or web_identity_token_file for a file that contains it",
			arguments: path.Paths{webIdentity.AtName("web_identity_token"), webIdentity.AtName("web_identity_token_file")},
		},
	}
}

// exclusive are arguments of which the provider block gives one at most.
type exclusive struct {
	// advice says what each is for, without a full stop.
	advice    string
	arguments path.Paths
}

func (e exclusive) Description(context.Context) string {
	return fmt.Sprintf("at most one of %s", e.arguments)
}

func (e exclusive) MarkdownDescription(ctx context.Context) string { return e.Description(ctx) }

// ValidateProvider reports two arguments that are given. One that is not known yet may turn out to be null.
func (e exclusive) ValidateProvider(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	config, diags := withoutEmpty(req.Config)
	if !diags.HasError() {
		diags.Append(e.problem(ctx, config)...)
	}
	resp.Diagnostics.Append(diags...)
}

func (e exclusive) problem(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
	var diags diag.Diagnostics
	var found path.Paths
	for _, at := range e.arguments {
		var v attr.Value
		diags.Append(config.GetAttribute(ctx, at, &v)...)
		if v != nil && !v.IsNull() && !v.IsUnknown() {
			found = append(found, at)
		}
	}
	if len(found) > 1 {
		diags.AddAttributeError(found[0], "Invalid Attribute Combination",
			fmt.Sprintf("%s and %s cannot be configured together. %s.", found[0], found[1], e.advice))
	}
	return diags
}
