// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

// overseaCountries are the documented regions that are countries, by ISO 3166-1 alpha-2.
var overseaCountries = map[int64]string{
	57: "TH", 73: "IN", 144: "VN", 669: "US", 1044: "JP", 1176: "SG", 1195: "ID", 1200: "HK", 2026: "TW", 2588: "PH",
	3379: "KR", 3701: "MY", 3839: "CA",
}

// overseaMaxDaysBack catches typing errors. How far back the API answers is not documented; it is not that old.
const overseaMaxDaysBack = 7300

// overseaKind tells whether values of a type add up.
func overseaKind(statType string) stats.Kind {
	switch statType {
	case "requests", "flux", "statuscode":
		return stats.Amounts
	}
	return stats.Levels
}

func codeListAttribute(description string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description + " No code twice.",
		Optional:            true,
		ElementType:         types.Int64Type,
		Validators:          []validator.List{listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.UniqueValues()},
	}
}

var ispDetails = points.NewObjects(
	"One entry per day, host, region, carrier and, for status codes, code, in the API's order. What has no data is not here but in `missing`.",
	valuesAttributes("Midnight GMT+8 of the day, RFC 3339: the start of the first value.", overseaValues, "the unit of `stat_type`", map[string]schema.Attribute{
		"date":         computedText("The day that was asked for, `yyyy-MM-dd` in GMT+8."),
		"host":         computedText("The host."),
		"prov_id":      computedInteger("Code of the region; `-2` is any other region, `-3` an unknown one."),
		"prov_name":    computedText("Name of the region as the API gives it, in Chinese."),
		"country_code": computedText("ISO 3166-1 alpha-2 code of the region; null for regions that are not among the 13 documented countries."),
		"isp_id":       computedInteger("Code of the carrier; `-1` is all carriers outside the Chinese mainland."),
		"stat_type":    computedText("What the values are; see the argument `stat_type` for units."),
		"status_code":  computedText("The status code or class, such as `404` or `2XX`; null unless `stat_type` is `statuscode`."),
	}))

var overseaValues = points.NewNumbers("The values in the unit of `stat_type`, as many as the API sent: 288 for a whole day. " +
	"Null where there is no data.")

var missingISPDetails = points.NewObjects(
	"What was asked for by name and did not come back: the API leaves out what has no data.",
	map[string]schema.Attribute{
		"date":    computedText("The day, `yyyy-MM-dd` in GMT+8."),
		"host":    computedText("The host."),
		"prov_id": computedInteger("Code of the region; null where `provs` is not given."),
		"isp_id":  computedInteger("Code of the carrier; null where `isps` is not given."),
	})
