// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import "github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"

// overseaCountries are the documented regions of the legacy API that are countries; the word is the code of ISO 3166-1 alpha-2. The
// table is final, because the API is retired. See https://cloud.tencent.com/document/api/228/7344.
var overseaCountries = []arguments.Option{
	{Word: "TH", Code: 57, Name: "Thailand"},
	{Word: "IN", Code: 73, Name: "India"},
	{Word: "VN", Code: 144, Name: "Vietnam"},
	{Word: "US", Code: 669, Name: "United States"},
	{Word: "JP", Code: 1044, Name: "Japan"},
	{Word: "SG", Code: 1176, Name: "Singapore"},
	{Word: "ID", Code: 1195, Name: "Indonesia"},
	{Word: "HK", Code: 1200, Name: "Hong Kong"},
	{Word: "TW", Code: 2026, Name: "Taiwan"},
	{Word: "PH", Code: 2588, Name: "Philippines"},
	{Word: "KR", Code: 3379, Name: "South Korea", Near: []string{"Korea"}},
	{Word: "MY", Code: 3701, Name: "Malaysia"},
	{Word: "CA", Code: 3839, Name: "Canada"},
}

var (
	overseaRegions = arguments.FinalTable(append(overseaCountries,
		arguments.Option{Code: -2, Name: "elsewhere outside the Chinese mainland"}, arguments.Option{Code: -3, Name: "unknown"})...)
	overseaISPs = arguments.FinalTable(arguments.Option{Code: -1, Name: "all ISPs outside the Chinese mainland"})
)

// countryCode returns the ISO 3166-1 alpha-2 code of a region, and nothing for one that is not a documented country.
func countryCode(region int64) string {
	for _, country := range overseaCountries {
		if country.Code == region {
			return country.Word
		}
	}
	return ""
}
