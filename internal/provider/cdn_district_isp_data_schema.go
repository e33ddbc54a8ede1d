// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
)

var (
	cdnMetrics    = []string{"bandwidth", "flux", "request", "statusCode", "2xx", "3xx", "4xx", "5xx"}
	cdnStatusCode = regexp.MustCompile(`^[1-9][0-9]{2}$`)
)

func isCDNMetric() validator.String {
	return textValidator{"a metric or a status code", func(text string) error {
		if slices.Contains(cdnMetrics, text) || cdnStatusCode.MatchString(text) {
			return nil
		}
		return fmt.Errorf(`must be one of %q or a status code such as "404", got: %q`, cdnMetrics, text)
	}}
}

var districtISPDetails = points.NewObjects(
	"One entry per domain, district, carrier and metric that has data, in the order in which the API first names them.",
	valuesAttributes("Start of the first value, RFC 3339 in UTC+8: the first whole period of the window.", districtISPValues, "the unit of `metric`", map[string]schema.Attribute{
		"domain":        computedText("The domain."),
		"district_id":   computedNumber("Code of the district."),
		"district_name": computedText("Name of the district as the API gives it, in Chinese."),
		"isp_id":        computedNumber("Code of the carrier."),
		"isp_name":      computedText("Name of the carrier as the API gives it, in Chinese."),
		"protocol":      computedText("Protocol that was counted, as the API names it."),
		"ip_protocol":   computedText("Version of IP that was counted, as the API names it."),
		"metric": computedText("What the values are: the metric asked for, or one of those that it stands for, such as `404` where " +
			"`4xx` was asked for."),
	}))

var districtISPValues = points.NewNumbers("The values in the unit of `metric`, one for each period of the window. " +
	"Null where the API returned none.")
