// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdn holds the data sources of Tencent Cloud CDN and of its retired legacy API, a file each, and what they share.
package cdn

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// DataSources returns the constructors of the data sources of CDN.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{overseaISPDetail().New, districtISPData().New}
}

func codeListAttribute(description string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description + " No code twice.",
		Optional:            true,
		ElementType:         types.Int64Type,
		Validators:          []validator.List{listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.UniqueValues()},
	}
}
