// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// failure reads a data source that fails, without retries, and returns the one error.
func failure(t *testing.T, dataSource string, config acctest.Config, answer suite.Override) acctest.Problems {
	t.Helper()
	acctest.Start(t, emulator.Options{Override: answer})
	t.Setenv("EDGESTATS_MAX_RETRIES", "0")
	problems := acctest.ReadProblems(t, dataSource, config)
	if len(problems) != 1 {
		t.Fatalf("%d errors, want 1\n%s", len(problems), problems)
	}
	return problems
}

var elapsed = regexp.MustCompile(` in [0-9.]+(µs|ms|s)\.`)

// What the vendor said and where, what it cost, and what to do: a line each.
func TestErrorsSayWhatToDo(t *testing.T) {
	const (
		window = "2026-01-14T20:00:00+08:00 to 2026-01-15T20:00:00+08:00"
		keys   = "Check secret_id and secret_key, or TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or the profile: " +
			"the API key must exist and be enabled. A mainland account also needs domain = \"tencentcloudapi.com\" in the provider block."
		refused = "Check the arguments: the vendor does not accept one of them, or it names something that does not exist in this account."
	)
	tests := []struct {
		name, dataSource string
		config           acctest.Config
		answer           suite.Override
		summary          string
		lines            []string
	}{
		{
			name: "internal error", dataSource: mnaFlowStatistic, answer: suite.TencentError("InternalError.MonitorDataRequestError", "Try later."),
			summary: "Unable to Read MNA Flow Statistic",
			lines: []string{
				"GetFlowStatistic for " + window + " failed: InternalError.MonitorDataRequestError: Try later.",
				"Request ID r-1, 1 attempt in D.",
				"Retry later. If it keeps failing, contact the vendor's support and include the request ID, if there is one.",
			},
		},
		{
			name: "unknown key", dataSource: mnaStatisticExport, answer: suite.TencentError("AuthFailure.SecretIdNotFound", "no"),
			summary: "Unable to Read MNA Statistic Export",
			lines: []string{
				"GetStatisticDataByName for " + window + " failed: AuthFailure.SecretIdNotFound: no.",
				"Request ID r-1, 1 attempt in D.", keys,
			},
		},
		{
			name: "no permission, no window", dataSource: trroSessionStatistics, config: acctest.Config{"lookback": nil},
			answer: suite.TencentError("UnauthorizedOperation", "no"), summary: "Unable to Read TRRO Session Statistics",
			lines: []string{
				"DescribeSessionStatisticsByInterval failed: UnauthorizedOperation: no.",
				"Request ID r-1, 1 attempt in D.", "In CAM, allow the user or role of the keys to call this action.",
			},
		},
		{
			name: "no request ID", dataSource: mnaFlowStatistic,
			answer:  acctest.Answer(`{"Response": {"Error": {"Code": "InvalidParameterValue", "Message": "no"}, "RequestId": ""}}`),
			summary: "Unable to Read MNA Flow Statistic",
			lines:   []string{"GetFlowStatistic for " + window + " failed: InvalidParameterValue: no.", "1 attempt in D.", refused},
		},
		{
			name: "legacy error", dataSource: cdnOverseaISPDetail, answer: suite.LegacyError(4100, 0),
			summary: "Unable to Read CDN Oversea ISP Detail",
			lines: []string{
				"GetCdnOverseaProvIspDetailStat for 2026-01-14T00:00:00+08:00 to 2026-01-15T00:00:00+08:00 failed: code 4100: (0)no.",
				"1 attempt in D.", keys,
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problem := failure(t, test.dataSource, reads[test.dataSource].With(test.config), test.answer)[0]
			got := strings.Split(elapsed.ReplaceAllString(problem.Detail, " in D."), "\n")
			if problem.Summary != test.summary || acctest.Attribute(problem) != "" {
				t.Errorf("summary %q on %q, want %q", problem.Summary, acctest.Attribute(problem), test.summary)
			}
			if diff := cmp.Diff(test.lines, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestErrorsGiveTheRightAdvice(t *testing.T) {
	status := func(status int, contentType, body string) suite.Override {
		return func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	for name, test := range map[string]struct {
		dataSource string
		answer     suite.Override
		texts      []string
	}{
		"not allowed": {mnaFlowStatistic, suite.TencentError("AuthFailure.UnauthorizedOperation", "no"), []string{"In CAM, allow the user or role of the keys to call this action"}},
		"redirect": {
			mnaFlowStatistic, status(http.StatusFound, "text/html", ""),
			[]string{"redirects are refused", "Check the network, the proxy settings, and domain and endpoints in the provider block."},
		},
		"expired token": {mnaFlowStatistic, suite.TencentError("AuthFailure.TokenFailure", "no"), []string{"temporary key has expired", "security_token"}},
		"account that is not on the list": {
			cdnDistrictISPData, suite.TencentError("UnauthorizedOperation.CdnUserNoWhitelist", "no"),
			[]string{"UnauthorizedOperation.CdnUserNoWhitelist: no", "only to accounts on its allowlist", "ask its support to add this account"},
		},
		"international domain": {
			cdnDistrictISPData, suite.TencentError("InvalidAction", "no"), []string{"InvalidAction: no", `set domain = "tencentcloudapi.com" in the provider block`},
		},
		"no permission for the CDN": {
			cdnDistrictISPData, suite.TencentError("UnauthorizedOperation.CdnCamUnauthorized", "no"), []string{"In CAM, allow the user or role of the keys to call this action."},
		},
		"address that is not allowed": {mnaFlowStatistic, suite.TencentError("IpNotInWhitelist", "no"), []string{"from certain IP addresses only", "CAM console"}},
		"address that is blocked":     {mnaFlowStatistic, suite.TencentError("IpInBlacklist", "no"), []string{"from certain IP addresses only", "CAM console"}},
		"identity":                    {mnaFlowStatistic, suite.TencentError("OperationDenied.UnauthorizedUser", "no"), []string{"complete identity verification"}},
		"balance":                     {mnaFlowStatistic, suite.TencentError("OperationDenied.InsufficientBalance", "no"), []string{"balance is too low", "pay its bills"}},
		"payment":                     {mnaFlowStatistic, suite.TencentError("OperationDenied.NotAllowedToPay", "no"), []string{"not allowed to pay", "allow it in CAM"}},
		"MNA vendor":                  {mnaFlowStatistic, suite.TencentError("OperationDenied.VendorNotRegister", "no"), []string{"not registered as an MNA vendor", "MNA console"}},
		"other denied operation":      {mnaFlowStatistic, suite.TencentError("OperationDenied.TruncFlagOn", "no"), []string{"Check the arguments"}},
		"bills":                       {cdnDistrictISPData, suite.TencentError("UnauthorizedOperation.CdnUserIsIsolated", "no"), []string{"pay its bills"}},
		"no CDN":                      {cdnDistrictISPData, suite.TencentError("ResourceNotFound.CdnUserNotExists", "no"), []string{"CDN is not enabled for this account"}},
		"internal error with another name": {
			cdnDistrictISPData, suite.TencentError("InvalidParameter.CdnInterfaceError", "no"), []string{"Retry later", "request ID"},
		},
		"busy service":   {mnaFlowStatistic, suite.TencentError("ServiceUnavailable", "no"), []string{"Retry later", "request ID"}},
		"large response": {mnaFlowStatistic, suite.TencentError("ResponseSizeLimitExceeded", "no"), []string{"Read less at once"}},
		"body that is too large": {
			mnaFlowStatistic, func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
				w.Header().Set("Content-Length", "34000000")
				return true
			},
			[]string{"the body is larger than 32 MiB", "Read less at once"},
		},
		"another factor": {mnaFlowStatistic, suite.TencentError("AuthFailure.MFAFailure", "no"), []string{"requires multi-factor authentication"}},
		"another start": {
			cdnDistrictISPData, acctest.Answer(`{"Response": {"Data": [{"Interval": 5, "StartTime": "2026-01-15 19:05:00"}]}}`),
			[]string{`Data[0].StartTime: "2026-01-15 19:05:00" instead of "2026-01-15 19:00:00"`, "please report this"},
		},
		"clock": {mnaFlowStatistic, suite.TencentError("AuthFailure.SignatureExpire", "no"), []string{"Set the clock of this machine"}},
		"CDNetworks key": {
			cdnRelayTraffic, status(http.StatusUnauthorized, "application/json", `{"code": "401", "message": "no"}`),
			[]string{"code 401: no", "cdnetworks.api_key", "CDNETWORKS_API_KEY", "clock"},
		},
		"CDNetworks key and a page": {
			cdnRelayTraffic, status(http.StatusForbidden, "text/html", "<html><title>Forbidden</title>"),
			[]string{"HTTP 403 Forbidden", `a page titled "Forbidden"`, "Check the credentials for this vendor"},
		},
		"too many domains":                {cdnRelayTraffic, suite.RelayError("24001125", "too much"), []string{"code 24001125: too much", "list those to read in domains"}},
		"legacy clock":                    {cdnOverseaISPDetail, suite.LegacyError(4500, 0), []string{"clock of this machine"}},
		"legacy permission":               {cdnOverseaISPDetail, suite.LegacyError(4300, 25002), []string{"code 4300: (25002)no", "In CAM, allow the user or role of the keys to call this action."}},
		"legacy permission of the module": {cdnOverseaISPDetail, suite.LegacyError(4000, 25002), []string{"In CAM, allow the user or role of the keys to call this action."}},
		"legacy permission of a host":     {cdnOverseaISPDetail, suite.LegacyError(4000, 23103), []string{"In CAM, allow the user or role of the keys to call this action."}},
		"legacy permission of a project":  {cdnOverseaISPDetail, suite.LegacyError(4000, 25010), []string{"In CAM, allow the user or role of the keys to call this action."}},
		"legacy permission of the API":    {cdnOverseaISPDetail, suite.LegacyError(4101, 0), []string{"In CAM, allow the user or role of the keys to call this action."}},
		"legacy token":                    {cdnOverseaISPDetail, suite.LegacyError(4105, 0), []string{"temporary key has expired"}},
		"no legacy CDN":                   {cdnOverseaISPDetail, suite.LegacyError(4000, 9111), []string{"CDN is not enabled for this account"}},
		"legacy failure":                  {cdnOverseaISPDetail, suite.LegacyError(4000, 9000), []string{"Retry later"}},
		"legacy API that is gone": {
			cdnOverseaISPDetail, suite.LegacyError(6100, 0), []string{"shut this API down", "edgestats_cdn_district_isp_data", "DescribeCdnData"},
		},
		"CDNetworks in XML": {
			cdnRelayTraffic, status(http.StatusOK, "application/xml", `<response><code>24001125</code><message>too much</message></response>`),
			[]string{"code 24001125: too much", "list those to read in domains"},
		},
		"no response": {mnaFlowStatistic, acctest.Answer(`{}`), []string{`there is no "Response"`, "Check domain and endpoints in the provider block"}},
		"no address":  {mnaStatisticExport, acctest.Answer(`{"Response": {"FilePath": "", "RequestId": "r-1"}}`), []string{"FilePath: there is no URL"}},
		"bad gateway": {trroSessionStatistics, status(http.StatusBadGateway, "text/html", ""), []string{"HTTP 502 Bad Gateway", "Retry later"}},
		"no content":  {trroSessionStatistics, status(http.StatusNoContent, "", ""), []string{"HTTP 204 No Content", "Check the network, the proxy"}},
		"connection cut": {
			cdnOverseaISPDetail, func(emulator.API, http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) },
			[]string{"the response was truncated", "Check the network"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			problems := failure(t, test.dataSource, reads[test.dataSource], test.answer)
			acctest.ExpectProblem(t, problems, acctest.Attribute(problems[0]), test.texts...)
		})
	}
}

// Codes whose kind is another, and those of XML, mean too many calls too. The vendor asks for a longer pause than the read
// may take, so the read ends at once.
func TestThrottlingHasTheAdviceOnQuotas(t *testing.T) {
	for code, test := range map[string]struct {
		dataSource string
		answer     suite.Override
	}{
		"RequestLimitExceeded.UinLimitExceeded":   {mnaFlowStatistic, nil},
		"LimitExceeded.CdnHostOpTooOften":         {cdnDistrictISPData, nil},
		"UnauthorizedOperation.OperationTooOften": {cdnDistrictISPData, nil},
		"InvalidParameter.OverLimit":              {mnaFlowStatistic, nil},
		"WPLUS_AccountApiTooFrequence":            {cdnRelayTraffic, acctest.Answer(`<response><code>WPLUS_AccountApiTooFrequence</code><message>no</message></response>`)},
		"(9163)":                                  {cdnOverseaISPDetail, suite.LegacyError(4000, 9163)},
	} {
		t.Run(code, func(t *testing.T) {
			answer := test.answer
			if answer == nil {
				answer = suite.TencentError(code, "no")
			}
			config := reads[test.dataSource].With(acctest.Config{"timeouts": acctest.Config{"read": "50s"}})
			problems := failure(t, test.dataSource, config, func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("Retry-After", "60")
				return answer(api, w, r)
			})
			acctest.ExpectProblem(t, problems, "", code, "1 attempt in ", "lower quota_share, run fewer plans at once, or raise timeouts.read.")
		})
	}
}

// A wrong key stays wrong, so there is no retry. The error does not contain the key.
func TestWrongKeysAreNotRetried(t *testing.T) {
	for _, code := range []string{"AuthFailure.SecretIdNotFound", "AuthFailure.SignatureFailure"} {
		e := acctest.Start(t, emulator.Options{Faults: []emulator.Fault{{API: emulator.MNA, Kind: emulator.FaultError, Code: code}}})
		problems := acctest.ReadProblems(t, mnaFlowStatistic, reads[mnaFlowStatistic])
		acctest.ExpectProblem(t, problems, "", code, "1 attempt in ", "Check secret_id and secret_key")
		expect.None(t, problems.String(), emulator.DefaultSecretKey, emulator.DefaultSecretID)
		if calls := len(e.Calls()); calls != 1 {
			t.Errorf("%s: %d calls, want 1", code, calls)
		}
	}
}
