// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// override is what answers in place of the emulator.
type override = func(emulator.API, http.ResponseWriter, *http.Request) bool

// tencentError answers as API 3.0 does where it refuses.
func tencentError(code, message string) override {
	return acctest.Answer(fmt.Sprintf(`{"Response": {"Error": {"Code": %q, "Message": %q}, "RequestId": "r-1"}}`, code, message))
}

// relayError answers as CDNetworks does where the report refuses.
func relayError(code, message string) override {
	return acctest.Answer(fmt.Sprintf(`{"code": %q, "message": %q}`, code, message))
}

// legacyError answers as the legacy API does where its CDN module refuses.
func legacyError(code, module int) override {
	return acctest.Answer(fmt.Sprintf(`{"code": %d, "message": "(%d)no", "codeDesc": %d}`, code, module, module))
}

// failure reads a data source that fails, without trying again, and returns the one error.
func failure(t *testing.T, dataSource string, config acctest.Config, answer override) acctest.Problems {
	t.Helper()
	acctest.Start(t, emulator.Options{Override: answer})
	t.Setenv("EDGESTATS_MAX_RETRIES", "0")
	problems := readProblems(t, acctest.NewServer(t), dataSource, config)
	if len(problems) != 1 {
		t.Fatalf("%d errors, want 1\n%s", len(problems), problems)
	}
	return problems
}

var elapsed = regexp.MustCompile(` in [0-9.]+(µs|ms|s)\.`)

// What the vendor said and where, what it cost, and what to do: a line each.
func TestErrorsSayWhatToDo(t *testing.T) {
	const (
		window = "2026-01-14T12:00:00Z to 2026-01-15T12:00:00Z"
		keys   = "Check secret_id and secret_key, or TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or the profile: " +
			"they must be an active API key of this account."
		exists = "Check the arguments against what exists in the account."
	)
	tests := []struct {
		name, dataSource string
		config           acctest.Config
		answer           override
		summary          string
		lines            []string
	}{
		{
			name: "internal error", dataSource: mnaFlowStatistic, answer: tencentError("InternalError.MonitorDataRequestError", "Try later."),
			summary: "Unable to Read MNA Flow Statistic",
			lines: []string{
				"GetFlowStatistic for " + window + " failed: InternalError.MonitorDataRequestError: Try later.",
				"Request ID r-1, 1 attempt in D.",
				"Try again later. If it keeps failing, contact the vendor's support, with the request ID if there is one.",
			},
		},
		{
			name: "unknown key", dataSource: mnaStatisticExport, answer: tencentError("AuthFailure.SecretIdNotFound", "no"),
			summary: "Unable to Read MNA Statistic Export",
			lines: []string{
				"GetStatisticDataByName for " + window + " failed: AuthFailure.SecretIdNotFound: no.",
				"Request ID r-1, 1 attempt in D.", keys,
			},
		},
		{
			name: "no permission, no window", dataSource: trroSessionStatistics, config: acctest.Config{"lookback": nil},
			answer:  tencentError("UnauthorizedOperation", "no"),
			summary: "Unable to Read TRRO Session Statistics",
			lines: []string{
				"DescribeSessionStatisticsByInterval failed: UnauthorizedOperation: no.",
				"Request ID r-1, 1 attempt in D.", "Allow the key's user this action in CAM.",
			},
		},
		{
			name: "no request ID", dataSource: mnaFlowStatistic,
			answer:  acctest.Answer(`{"Response": {"Error": {"Code": "InvalidParameterValue", "Message": "no"}, "RequestId": ""}}`),
			summary: "Unable to Read MNA Flow Statistic",
			lines:   []string{"GetFlowStatistic for " + window + " failed: InvalidParameterValue: no.", "1 attempt in D.", exists},
		},
		{
			name: "legacy error", dataSource: cdnOverseaISPDetail, answer: legacyError(4100, 0),
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

func TestErrorsCountAttempts(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: tencentError("InternalError", "no")})
	t.Setenv("EDGESTATS_MAX_RETRIES", "1")
	problems := readProblems(t, acctest.NewServer(t), mnaFlowStatistic, mnaFlowStatisticConfig)
	expectProblem(t, problems, "", "Request ID r-1, 2 attempts in ")
}

func TestErrorsPointAtArguments(t *testing.T) {
	for _, test := range []struct {
		dataSource string
		config     acctest.Config
		answer     override
		attribute  string
	}{
		{mnaFlowStatistic, nil, tencentError("ResourceNotFoundElsewhere", "no"), ""},
		{trroSessionStatistics, nil, tencentError("UnsupportedRegion", "no"), "region"},
		{trroSessionStatistics, acctest.Config{"project_id": "missing-1"}, nil, "project_id"},
		{cdnRelayTraffic, nil, relayError("24001125", "no"), "domains"},
		{cdnRelayTraffic, acctest.Config{"domains": []any{"missing.example.com"}}, nil, "domains"},
		{cdnRelayTraffic, acctest.Config{"domains": []any{"not a domain"}}, nil, "domains"},
		{cdnRelayTraffic, acctest.Config{"billing_regions": []any{"nowhere"}}, nil, "billing_regions"},
		{cdnRelayTraffic, nil, relayError("24001129", "no"), ""},
		{cdnOverseaISPDetail, acctest.Config{"hosts": []any{"missing.example.com"}}, nil, "hosts"},
		{cdnOverseaISPDetail, nil, legacyError(4000, 9105), "hosts"},
		{cdnOverseaISPDetail, nil, legacyError(4000, 9160), "stat_type"},
		{cdnOverseaISPDetail, nil, legacyError(4000, 9003), ""},
		{cdnDistrictISPData, nil, tencentError("InvalidParameter.CdnStatInvalidDate", "no"), "lookback"},
		{cdnDistrictISPData, acctest.Config{"lookback": nil, "start_time": "2026-01-15T11:00:00Z"}, tencentError("InvalidParameter.CdnStatInvalidDate", "no"), "start_time"},
		{cdnDistrictISPData, nil, tencentError("InvalidParameter.CdnStatInvalidMetric", "no"), "metric"},
		{cdnDistrictISPData, nil, tencentError("InvalidParameter.CdnInvalidParamInterval", "no"), "interval"},
		{cdnDistrictISPData, nil, tencentError("InvalidParameter.CdnStatTooManyDomains", "no"), "domains"},
		{cdnDistrictISPData, acctest.Config{"domains": []any{"missing.example.com"}}, nil, "domains"},
		{cdnDistrictISPData, nil, tencentError("InvalidParameter.CdnParamError", "no"), ""},
	} {
		t.Run(test.dataSource+" "+test.attribute, func(t *testing.T) {
			problems := failure(t, test.dataSource, reads[test.dataSource].With(test.config), test.answer)
			expectProblem(t, problems, test.attribute, "Unable to Read ", " failed: ")
		})
	}
}

func TestErrorsGiveTheRightAdvice(t *testing.T) {
	status := func(status int, contentType, body string) override {
		return func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	for name, test := range map[string]struct {
		dataSource string
		answer     override
		texts      []string
	}{
		"not allowed": {mnaFlowStatistic, tencentError("AuthFailure.UnauthorizedOperation", "no"), []string{"Allow the key's user this action in CAM"}},
		"redirect": {
			mnaFlowStatistic, status(http.StatusFound, "text/html", ""),
			[]string{"redirects are refused", "Check the network, the proxy settings and the provider's endpoints."},
		},
		"expired token": {mnaFlowStatistic, tencentError("AuthFailure.TokenFailure", "no"), []string{"temporary key is no longer valid", "security_token"}},
		"account that is not on the list": {
			cdnDistrictISPData, tencentError("UnauthorizedOperation.CdnUserNoWhitelist", "no"),
			[]string{"UnauthorizedOperation.CdnUserNoWhitelist: no", "only to accounts on its allowlist", "ask its support to add this account"},
		},
		"no permission for the CDN": {
			cdnDistrictISPData, tencentError("UnauthorizedOperation.CdnCamUnauthorized", "no"), []string{"Allow the key's user this action in CAM."},
		},
		"address that is not allowed": {
			mnaFlowStatistic, tencentError("IpNotInWhitelist", "no"), []string{"from certain IP addresses only", "CAM console"},
		},
		"address that is blocked": {
			mnaFlowStatistic, tencentError("IpInBlacklist", "no"), []string{"from certain IP addresses only", "CAM console"},
		},
		"identity": {
			mnaFlowStatistic, tencentError("OperationDenied.UnauthorizedUser", "no"), []string{"complete identity verification"},
		},
		"balance": {
			mnaFlowStatistic, tencentError("OperationDenied.InsufficientBalance", "no"), []string{"balance is too low", "pay its bills"},
		},
		"payment": {
			mnaFlowStatistic, tencentError("OperationDenied.NotAllowedToPay", "no"), []string{"not allowed to pay", "allow it in CAM"},
		},
		"MNA vendor": {
			mnaFlowStatistic, tencentError("OperationDenied.VendorNotRegister", "no"), []string{"not registered as an MNA vendor", "MNA console"},
		},
		"other denied operation": {
			mnaFlowStatistic, tencentError("OperationDenied.TruncFlagOn", "no"), []string{"Check the arguments against what exists"},
		},
		"bills":  {cdnDistrictISPData, tencentError("UnauthorizedOperation.CdnUserIsIsolated", "no"), []string{"pay its bills"}},
		"no CDN": {cdnDistrictISPData, tencentError("ResourceNotFound.CdnUserNotExists", "no"), []string{"CDN is not enabled for this account"}},
		"internal error with another name": {
			cdnDistrictISPData, tencentError("InvalidParameter.CdnInterfaceError", "no"), []string{"Try again later", "request ID"},
		},
		"busy service":   {mnaFlowStatistic, tencentError("ServiceUnavailable", "no"), []string{"Try again later", "request ID"}},
		"large response": {mnaFlowStatistic, tencentError("ResponseSizeLimitExceeded", "no"), []string{"Read less at once"}},
		"another factor": {mnaFlowStatistic, tencentError("AuthFailure.MFAFailure", "no"), []string{"requires multi-factor authentication"}},
		"another start": {
			cdnDistrictISPData, acctest.Answer(`{"Response": {"Data": [{"Interval": 5, "StartTime": "2026-01-15 19:05:00"}]}}`),
			[]string{`Data[0].StartTime: "2026-01-15 19:05:00" instead of "2026-01-15 19:00:00"`, "please report it"},
		},
		"clock": {
			mnaFlowStatistic, tencentError("AuthFailure.SignatureExpire", "no"), []string{"clock of this machine", "set it right"},
		},
		"CDNetworks key": {
			cdnRelayTraffic, status(http.StatusUnauthorized, "application/json", `{"code": "401", "message": "no"}`),
			[]string{"code 401: no", "cdnetworks.api_key", "CDNETWORKS_API_KEY", "clock"},
		},
		"CDNetworks key and a page": {
			cdnRelayTraffic, status(http.StatusForbidden, "text/html", "<html><title>Forbidden</title>"),
			[]string{"HTTP 403 Forbidden", `a page titled "Forbidden"`, "Access was refused", "credentials"},
		},
		"too many domains": {cdnRelayTraffic, relayError("24001125", "too much"), []string{"code 24001125: too much", "has to list them in domains"}},
		"legacy clock":     {cdnOverseaISPDetail, legacyError(4500, 0), []string{"clock of this machine"}},
		"legacy permission": {cdnOverseaISPDetail, legacyError(4300, 25002), []string{
			"code 4300: (25002)no", "Allow the key's user this action in CAM.",
		}},
		"legacy permission of the module": {cdnOverseaISPDetail, legacyError(4000, 25002), []string{"Allow the key's user this action in CAM."}},
		"legacy permission of a host":     {cdnOverseaISPDetail, legacyError(4000, 23103), []string{"Allow the key's user this action in CAM."}},
		"legacy permission of a project":  {cdnOverseaISPDetail, legacyError(4000, 25010), []string{"Allow the key's user this action in CAM."}},
		"legacy permission of the API":    {cdnOverseaISPDetail, legacyError(4101, 0), []string{"Allow the key's user this action in CAM."}},
		"legacy token":                    {cdnOverseaISPDetail, legacyError(4105, 0), []string{"temporary key is no longer valid"}},
		"no legacy CDN":                   {cdnOverseaISPDetail, legacyError(4000, 9111), []string{"CDN is not enabled for this account"}},
		"legacy failure":                  {cdnOverseaISPDetail, legacyError(4000, 9000), []string{"Try again later"}},
		"legacy API that is gone": {
			cdnOverseaISPDetail, legacyError(6100, 0), []string{"shut this API down", "edgestats_cdn_district_isp_data", "DescribeCdnData"},
		},
		"CDNetworks in XML": {
			cdnRelayTraffic, status(http.StatusOK, "application/xml", `<response><code>24001125</code><message>too much</message></response>`),
			[]string{"code 24001125: too much", "has to list them in domains"},
		},
		"no response": {mnaFlowStatistic, acctest.Answer(`{}`), []string{`there is no "Response"`, "endpoints lead to the API"}},
		"no address":  {mnaStatisticExport, acctest.Answer(`{"Response": {"FilePath": "", "RequestId": "r-1"}}`), []string{"FilePath: there is no address"}},
		"bad gateway": {trroSessionStatistics, status(http.StatusBadGateway, "text/html", ""), []string{"HTTP 502 Bad Gateway", "Try again later"}},
		"no content":  {trroSessionStatistics, status(http.StatusNoContent, "", ""), []string{"HTTP 204 No Content", "Check the network, the proxy"}},
		"connection cut": {
			cdnOverseaISPDetail, func(emulator.API, http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) },
			[]string{"the answer was truncated", "Check the network"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			problems := failure(t, test.dataSource, reads[test.dataSource], test.answer)
			expectProblem(t, problems, acctest.Attribute(problems[0]), test.texts...)
		})
	}
}

// Codes whose kind is another, and those of XML, mean too many calls too. The vendor asks for a longer pause than the read
// may take, so the read ends at once.
func TestThrottlingHasTheAdviceOnQuotas(t *testing.T) {
	for code, test := range map[string]struct {
		dataSource string
		answer     override
	}{
		"RequestLimitExceeded.UinLimitExceeded":   {mnaFlowStatistic, nil},
		"LimitExceeded.CdnHostOpTooOften":         {cdnDistrictISPData, nil},
		"UnauthorizedOperation.OperationTooOften": {cdnDistrictISPData, nil},
		"InvalidParameter.OverLimit":              {mnaFlowStatistic, nil},
		"WPLUS_AccountApiTooFrequence": {
			cdnRelayTraffic, acctest.Answer(`<response><code>WPLUS_AccountApiTooFrequence</code><message>no</message></response>`),
		},
		"(9163)": {cdnOverseaISPDetail, legacyError(4000, 9163)},
	} {
		t.Run(code, func(t *testing.T) {
			answer := test.answer
			if answer == nil {
				answer = tencentError(code, "no")
			}
			config := reads[test.dataSource].With(acctest.Config{"timeouts": acctest.Config{"read": "50s"}})
			problems := failure(t, test.dataSource, config, func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
				w.Header().Set("Retry-After", "60")
				return answer(api, w, r)
			})
			expectProblem(t, problems, "", code, "1 attempt in ", "lower quota_share, run fewer plans at once, or raise timeouts.read.")
		})
	}
}

func TestReadTimeout(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Override: func(_ emulator.API, _ http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return true
	}})
	config := mnaFlowStatisticConfig.With(acctest.Config{"timeouts": acctest.Config{"read": "5s"}}) // Time to make the call.
	problems := readProblems(t, acctest.NewServer(t), mnaFlowStatistic, config)
	expectProblem(t, problems, "", "the read timed out", "1 attempt in ", "Raise timeouts.read, or narrow what is read.")
	if got := len(e.CallsTo(emulator.MNA)); got > 1 {
		t.Errorf("%d calls, want 1", got)
	}
}

func TestCancelledRead(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	acctest.Start(t, emulator.Options{Override: func(_ emulator.API, _ http.ResponseWriter, r *http.Request) bool {
		cancel()
		<-r.Context().Done()
		return true
	}})
	s := acctest.NewServer(t)
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	_, problems := s.Read(ctx, t, cdnRelayTraffic, cdnRelayTrafficConfig)
	expectProblem(t, problems, "", "the read was cancelled", "Nothing is wrong: the run was told to stop.")
}

// A vendor, or something in between, may repeat what it was sent.
func TestErrorsKeepSecrets(t *testing.T) {
	for dataSource, config := range reads {
		t.Run(dataSource, func(t *testing.T) {
			sent := make(chan http.Header, 1)
			acctest.Start(t, emulator.Options{Token: "token-canary", Override: func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
				sent <- r.Header
				echo := emulator.DefaultSecretKey + " " + emulator.DefaultCDNetworksAPIKey + " token-canary"
				switch api {
				case emulator.CDNetworks:
					return relayError("24001129", echo)(api, w, r)
				case emulator.CDNLegacy:
					return acctest.Answer(`{"code": 4000, "message": "`+echo+`"}`)(api, w, r)
				default:
					return tencentError("InvalidParameter", echo)(api, w, r)
				}
			}})
			t.Setenv("TENCENTCLOUD_SECURITY_TOKEN", "token-canary")
			problems := readProblems(t, acctest.NewServer(t), dataSource, config)
			expectProblem(t, problems, "", "*** *** ***")
			expectNone(t, problems.String(), emulator.DefaultSecretKey, emulator.DefaultCDNetworksAPIKey, "token-canary")
			if authorization := (<-sent).Get("Authorization"); authorization != "" {
				expectNone(t, problems.String(), authorization)
			}
		})
	}
}

func TestErrorsHoldNoQuery(t *testing.T) {
	t.Run("request", func(t *testing.T) {
		problems := failure(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig, func(emulator.API, http.ResponseWriter, *http.Request) bool {
			panic(http.ErrAbortHandler)
		})
		expectNone(t, problems.String(), "?", "Signature", "Nonce", emulator.DefaultSecretID)
	})
	t.Run("address in an answer", func(t *testing.T) {
		problems := failure(t, mnaStatisticExport, mnaStatisticExportConfig,
			acctest.Answer(`{"Response": {"FilePath": "https://cos.example.com/a.xlsx?q-sign-time=1;never&q-signature=canary", "RequestId": "r-1"}}`))
		expectProblem(t, problems, "", "FilePath", "q-sign-time")
		expectNone(t, problems.String(), "canary", "never", "cos.example.com")
	})
}

func TestErrorsKeepTheVendorsTextShort(t *testing.T) {
	message, err := json.Marshal("\x1b[31mred\x00\n" + strings.Repeat("é", 2000))
	if err != nil {
		t.Fatal(err)
	}
	problems := failure(t, mnaFlowStatistic, mnaFlowStatisticConfig,
		acctest.Answer(`{"Response": {"Error": {"Code": "InvalidParameter", "Message": `+string(message)+`}, "RequestId": "r-1"}}`))
	detail := problems[0].Detail
	if lines := strings.Count(detail, "\n"); lines != 2 {
		t.Errorf("%d line breaks, want 2", lines)
	}
	if strings.ContainsFunc(strings.ReplaceAll(detail, "\n", ""), unicode.IsControl) {
		t.Errorf("there are control characters in %q", detail)
	}
	if n := strings.Count(detail, "é"); n < 400 || n > 512 {
		t.Errorf("%d of 2000 characters were kept, want at most 512", n)
	}
}

// expectNone fails if a text holds one of the others.
func expectNone(t *testing.T, text string, others ...string) {
	t.Helper()
	for _, other := range others {
		if strings.Contains(text, other) {
			t.Errorf("%q is in %s", other, text)
		}
	}
}
