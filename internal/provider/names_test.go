// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Names hold an escape, a bell, a NUL, a line break and characters that turn the direction of text. The domain is the one
// asked for.
func TestNamesAreFitForTerminals(t *testing.T) {
	const dirty, clean = `\u001b[31m\u0007n\u0000a\u202em\u200be\n\u2066x`, "[31mname x"
	const domain = `www.\u202eexample\u0000.com`
	for dataSource, test := range map[string]struct {
		config acctest.Config
		body   string
		want   map[string]string
	}{
		cdnRelayTraffic: {
			acctest.Config{"domains": []any{"www.example.com"}, "group_by": []any{"domain"}},
			`{"code":"0","data":{"report":{"type":"` + dirty + `","groups":[{"domain":"` + domain + `"},{"domain":"` + dirty + `"}]}}}`,
			map[string]string{"report_type": clean, "groups.0.domain": "www.example.com", "groups.1.domain": clean, "missing_domains.#": "0"},
		},
		cdnOverseaISPDetail: {
			nil,
			`{"code":0,"data":{"prov_data":{"` + domain + `":[{"id":57,"name":"` + dirty + `","isp_value":{"bandwidth":{"-1":[1]}}},
				{"id":58,"host":"` + dirty + `","isp_value":{"bandwidth":{"-1":[1]}}}]}}}`,
			map[string]string{
				"details.0.host": "www.example.com", "details.0.prov_name": clean, "details.1.host": clean, "missing.#": "0",
			},
		},
		cdnDistrictISPData: {
			nil,
			`{"Response":{"RequestId":"` + dirty + `","Data":[{"Domain":"` + domain + `","Interval":5,"StartTime":"2026-01-15 19:00:00","Protocol":"` + dirty + `",
				"IpProtocol":"` + dirty + `","Metric":"` + dirty + `","DistrictName":"` + dirty + `","IspName":"` + dirty + `"}]}}`,
			map[string]string{
				"request_id": clean, "details.0.domain": "www.example.com", "details.0.protocol": clean, "details.0.ip_protocol": clean,
				"details.0.metric": clean, "details.0.district_name": clean, "details.0.isp_name": clean, "missing_domains.#": "0",
			},
		},
	} {
		t.Run(dataSource, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(test.body)})
			expectState(t, acctest.MustRead(t, dataSource, reads[dataSource].With(test.config)), test.want)
		})
	}
}

// A domain may hold an invisible character that its script needs. The answer's name is without it.
func TestInvisibleCharactersMakeNoDomainMissing(t *testing.T) {
	const domain = "نامه\u200cای.example.com"
	body := `{"code":"0","data":{"report":{"groups":[{"domain":"` + domain + `"}]}}}`
	acctest.Start(t, emulator.Options{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
	t.Cleanup(server.Close) // The emulator knows no such domain.
	t.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	config := acctest.Config{"domains": []any{domain}, "group_by": []any{"domain"}}
	expectState(t, acctest.MustRead(t, cdnRelayTraffic, reads[cdnRelayTraffic].With(config)), map[string]string{"missing_domains.#": "0"})
}

// No error of any data source names a Go type or field; each names the place in the answer.
func TestErrorsAboutAnswersNameTheirPlace(t *testing.T) {
	for body, place := range map[string]map[string]string{
		`[]`: {
			mnaFlowStatistic: "$: unexpected array", mnaStatisticExport: "$: unexpected array", trroSessionStatistics: "$: unexpected array",
			cdnDistrictISPData: "$: unexpected array", cdnRelayTraffic: "$: unexpected array", cdnOverseaISPDetail: "$: unexpected array",
		},
		`{"Response":7}`: {
			mnaFlowStatistic: "$.Response: unexpected number", mnaStatisticExport: "$.Response: unexpected number",
			trroSessionStatistics: "$.Response: unexpected number", cdnDistrictISPData: "$.Response: unexpected number",
		},
		`{"Response":{"NetDetails":{},"FilePath":{},"SessionStatistics":{},"Data":{}}}`: {
			mnaFlowStatistic: "$.Response.NetDetails: unexpected object", mnaStatisticExport: "$.Response.FilePath: unexpected object",
			trroSessionStatistics: "$.Response.SessionStatistics: unexpected object", cdnDistrictISPData: "$.Response.Data: unexpected object",
		},
		`{"Response":{"NetDetails":[7],"FilePath":7,"SessionStatistics":[7],"Data":[7]}}`: {
			mnaFlowStatistic: "$.Response.NetDetails[0]: unexpected number", mnaStatisticExport: "$.Response.FilePath: unexpected number",
			trroSessionStatistics: "$.Response.SessionStatistics[0]: unexpected number", cdnDistrictISPData: "$.Response.Data[0]: unexpected number",
		},
		`{"Response":{"Error":7}}`: {
			mnaFlowStatistic: "$.Response.Error: unexpected number", mnaStatisticExport: "$.Response.Error: unexpected number",
			trroSessionStatistics: "$.Response.Error: unexpected number", cdnDistrictISPData: "$.Response.Error: unexpected number",
		},
		`{"code":0,"message":[]}`: {cdnRelayTraffic: "$.message: unexpected array", cdnOverseaISPDetail: "$.message: unexpected array"},
		`{"code":0,"data":"x"}`:   {cdnRelayTraffic: "$.data: unexpected string", cdnOverseaISPDetail: "$.data: unexpected string"},
		`{"code":0,"data":{"report":[],"prov_data":true}}`: {
			cdnRelayTraffic: "$.data.report: unexpected array", cdnOverseaISPDetail: "$.data.prov_data: unexpected bool",
		},
	} {
		for dataSource, want := range place {
			t.Run(dataSource+" "+body, func(t *testing.T) {
				acctest.Start(t, emulator.Options{Override: acctest.Answer(body)})
				problems := readProblems(t, acctest.NewServer(t), dataSource, reads[dataSource])
				expectProblem(t, problems, "", "not the JSON that is documented: "+want)
				fit(t, problems[0])
			})
		}
	}
}
