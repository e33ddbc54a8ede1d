// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// Data sources for tests about the provider as a whole. A new one need not be here: what every data source must do is tested
// by the suite.
const (
	mnaFlowStatistic      = "edgestats_mna_flow_statistic"
	mnaStatisticExport    = "edgestats_mna_statistic_export"
	trroSessionStatistics = "edgestats_trro_session_statistics"
	cdnRelayTraffic       = "edgestats_cdn_relay_traffic"
	cdnOverseaISPDetail   = "edgestats_cdn_oversea_isp_detail"
	cdnDistrictISPData    = "edgestats_cdn_district_isp_data"
)

// reads are valid configurations of these data sources.
var reads = map[string]acctest.Config{
	mnaFlowStatistic:      {"device_id": "mna-dev1", "type": "total", "time_granularity": "hour", "lookback": "24h"},
	mnaStatisticExport:    {"time_granularity": "hour", "lookback": "24h"},
	trroSessionStatistics: {"project_id": "project-1", "statistic_interval": "day", "lookback": "72h"},
	cdnRelayTraffic:       {"lookback": "2d"},
	cdnOverseaISPDetail:   {"date": "2026-01-14", "hosts": []any{"www.example.com"}},
	cdnDistrictISPData: {
		"domains": []any{"www.example.com"}, "metric": "flux", "lookback": "1h", "districts": []any{"4"}, "isps": []any{"2"},
	},
}
