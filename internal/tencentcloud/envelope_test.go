// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func failed(code string) string {
	return `{"Response":{"Error":{"Code":"` + code + `","Message":"It failed."},"RequestId":"r-1"}}`
}

// attempt decodes an answer like the first attempt of a call.
func attempt(t *testing.T, a answer) (*probeResult, error) {
	t.Helper()
	header := make(http.Header)
	for name, value := range a.headers {
		header.Set(name, value)
	}
	client := New(Config{Endpoint: "https://api.example.com", Credentials: Static{}, Clock: clock.NewCorrected(clock.At(noon))})
	received := &transport.Answer{Host: "api.example.com", Status: a.status, Header: header, Body: []byte(a.body)}
	return decode(t.Context(), client, received, signature{at: noon}, asking("", newProbe))
}

// verdict returns the verdict of an error. An error without a verdict is final.
func verdict(err error) transport.Verdict {
	if judged, ok := errors.AsType[transport.Judged](err); ok {
		return judged.Judge().Verdict
	}
	return transport.Final
}

func TestMalformedAnswersAreErrors(t *testing.T) {
	const host = "malformed response from api.example.com: "
	for name, test := range map[string]struct{ body, want string }{
		"empty object":           {`{}`, host + `there is no "Response" in it`},
		"null":                   {`{"Response":null}`, host + `there is no "Response" in it`},
		"no field":               {`{"Response":{}}`, host + `its "Response" has no documented field`},
		"no known field":         {`{"Response":{"Unknown":1}}`, host + `its "Response" has no documented field`},
		"legacy error":           {`{"code":4000,"message":"no","codeDesc":"x"}`, host + `there is no "Response" in it`},
		"error without a code":   {`{"Response":{"Error":{"Message":"It failed."},"RequestId":"r-1"}}`, host + `its "Error" has no "Code": It failed.`},
		"code is a number":       {`{"Response":{"Error":{"Code":4000}}}`, host + `not the JSON that is documented: $.Response.Error.Code: unexpected number`},
		"response is a string":   {`{"Response":"ok"}`, host + `not the JSON that is documented: $.Response: unexpected string`},
		"array":                  {`[]`, host + `not the JSON that is documented: $: unexpected array`},
		"nothing":                {"", host + "the body is empty"},
		"cut off":                {`{"Response":{"Values":[1`, host + "not the JSON that is documented: $.Response.Values[0]: unexpected end of JSON input"},
		"NaN":                    {`{"Response":{"Values":[NaN]}}`, host + "not the JSON that is documented: $.Response.Values[0]: invalid character 'N' looking for beginning of value"},
		"trailing garbage":       {empty + "x", host + "not the JSON that is documented: $: invalid character 'x' after top-level value"},
		"two documents":          {empty + empty, host + "not the JSON that is documented: $: invalid character '{' after top-level value"},
		"NUL after the document": {empty + "\x00", host + `not the JSON that is documented: $: invalid character '\x00' after top-level value`},
		"UTF-16":                 {"\xff\xfe{\x00}\x00", host + "not JSON (no valid content type): \ufffd\ufffd{}"},
		"deep":                   {strings.Repeat(`{"Response":`, 100_000), host + "not the JSON that is documented: $.Response.Response: invalid character '{' exceeded max depth"},
		"huge number":            {`{"Response":{"RequestId":` + strings.Repeat("7", 1<<20) + "}}", host + "not the JSON that is documented: $.Response.RequestId: unexpected number"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := attempt(t, ok(test.body))
			if err == nil || err.Error() != test.want || verdict(err) != transport.Final {
				t.Errorf("error\n%v, want\n%s", err, test.want)
			}
			if got != nil {
				t.Errorf("result %+v beside an error", got)
			}
			// A server error is retried, whatever the body is.
			_, err = attempt(t, answer{status: http.StatusBadGateway, body: test.body})
			if status, ok := errors.AsType[*transport.StatusError](err); !ok || status.Status != http.StatusBadGateway || verdict(err) != transport.Retry {
				t.Errorf("error with HTTP 502: %v", err)
			}
		})
	}
}

func TestUnusualAnswersAreRead(t *testing.T) {
	keys := strings.TrimSuffix(strings.Repeat(`"k":0,`, 1_000_000), ",")
	for name, body := range map[string]string{
		"byte order mark": "\xef\xbb\xbf" + empty,
		"space":           "\r\n" + empty + "\n",
		"unknown fields":  `{"More":{"Deep":[[{}]]},"Response":{"RequestId":"r-1","Unknown":{"Values":[{"a":[1e999]}]}},"Error":null}`,
		"no error":        `{"Response":{"RequestId":"r-1","Error":null}}`,
		"a million keys":  `{"Response":{"RequestId":"r-1","Unknown":{` + keys + `}}}`,
		"a long number":   `{"Response":{"RequestId":"r-1","Unknown":` + strings.Repeat("7", 1<<20) + `}}`,
	} {
		started := time.Now()
		got, err := attempt(t, ok(body))
		if err != nil || got.RequestID != "r-1" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if took := time.Since(started); took > time.Minute {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func TestRequestIDComesFromBodyOrHeader(t *testing.T) {
	for name, test := range map[string]struct{ body, header, want string }{
		"body":              {empty, "r-2", "r-1"},
		"empty in the body": {`{"Response":{"RequestId":"","Values":[]}}`, "r-2", "r-2"},
		"not in the body":   {`{"Response":{"Values":[]}}`, "r-2", "r-2"},
		"nowhere":           {`{"Response":{"Values":[]}}`, "", ""},
		"control":           {`{"Response":{"RequestId":"r\u001b[31m"}}`, "", "r[31m"},
	} {
		a := ok(test.body)
		a.headers = map[string]string{"X-TC-RequestId": test.header}
		got, err := attempt(t, a)
		if err != nil || got.RequestID != test.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		a.body = strings.Replace(test.body, `{"Response":{`, `{"Response":{"Error":{"Code":"InternalError"},`, 1)
		_, err = attempt(t, a)
		if failed, ok := errors.AsType[*APIError](err); !ok || failed.RequestID != test.want {
			t.Errorf("%s: %+v", name, err)
		}
	}
}

func TestVerdicts(t *testing.T) {
	const final, again, throttled = transport.Final, transport.Retry, transport.Throttled
	for code, want := range map[string]transport.Verdict{
		"RequestLimitExceeded":                              throttled,
		"RequestLimitExceeded.UinLimitExceeded":             throttled,
		"RequestLimitExceeded.IPLimitExceeded":              throttled,
		"RequestLimitExceeded.GlobalRegionUinLimitExceeded": throttled,
		"LimitExceeded.RateLimitExceeded":                   throttled,
		"LimitExceeded.CdnHostOpTooOften":                   throttled,
		"LimitExceeded.CdnCallingQueryIpTooOften":           throttled,
		"UnauthorizedOperation.OperationTooOften":           throttled,
		"InvalidParameter.OverLimit":                        throttled,
		"InternalError":                                     again,
		"InternalError.MonitorDataRequestError":             again,
		"InternalError.GetRoleError":                        again,
		"ServiceUnavailable":                                again,
		"ServiceUnavailable.Maintenance":                    again,
		"ResourceUnavailable":                               again,
		"ResourceUnavailable.Statistics":                    again,
		"ResourceInUse":                                     again,
		"ResourceInUse.CdnOpInProgress":                     again,
		"FailedOperation.DataSystemError":                   again,
		"InvalidParameter.CdnInterfaceError":                again,
		"InvalidParameter.EcdnInterfaceError":               again,
		"InternalError.IllegalRole":                         final,
		"InternalError.UndefinedEncryptedKey":               final,
		"ResourceUnavailable.CheckUserHighRisk":             final,
		"ResourceUnavailableElsewhere":                      final,
		"ResourceInsufficient":                              final,
		"LimitExceeded.CdnUserTooManyHosts":                 final,
		"FailedOperation":                                   final,
		"LimitExceeded":                                     final,
		"InternalErrorOfAnotherKind":                        final,
		"AuthFailure.SecretIdNotFound":                      final,
		"AuthFailure.SignatureFailure":                      final,
		"AuthFailure.TokenFailure":                          final,
		"AuthFailure.UnauthorizedOperation":                 final,
		"UnauthorizedOperation":                             final,
		"UnauthorizedOperation.CdnUserNoWhitelist":          final,
		"InvalidParameter":                                  final,
		"InvalidParameter.CdnParamError":                    final,
		"InvalidParameterValue.TimeSpanExceeded":            final,
		"MissingParameter":                                  final,
		"ResourceNotFound":                                  final,
		"ResourceNotFound.CdnHostNotExists":                 final,
		"OperationDenied.DeviceNotFound":                    final,
		"UnsupportedRegion":                                 final,
		"SomethingNew":                                      final,
	} {
		_, err := attempt(t, ok(failed(code)))
		wantError := &APIError{Code: code, Message: "It failed.", RequestID: "r-1"}
		got, isAPI := errors.AsType[*APIError](err)
		if !isAPI || got.Code != wantError.Code || got.Message != wantError.Message || got.RequestID != wantError.RequestID {
			t.Errorf("error %+v, want %+v", err, wantError)
		}
		if err.Error() != code+": It failed." || verdict(err) != want {
			t.Errorf("%q has verdict %d, want %d", err, verdict(err), want)
		}
	}
}

func TestVerdictsOfErrorsWithAStatus(t *testing.T) {
	for _, test := range []struct {
		status int
		code   string
		want   transport.Verdict
	}{
		{400, "SomethingNew", transport.Final},
		{400, "InternalError", transport.Retry},
		{429, "SomethingNew", transport.Throttled},
		{500, "SomethingNew", transport.Retry},
		{500, "AuthFailure.SignatureFailure", transport.Final},
		{503, "InvalidParameterValue.TimeTooEarly", transport.Final},
		{503, "RequestLimitExceeded", transport.Throttled},
	} {
		_, err := attempt(t, answer{status: test.status, body: failed(test.code), headers: map[string]string{"Retry-After": "7"}})
		got, ok := errors.AsType[*APIError](err)
		if !ok || got.Code != test.code {
			t.Fatalf("%d: error %v", test.status, err)
		}
		if diff := cmp.Diff(transport.Judgement{Verdict: test.want, RetryAfter: 7 * time.Second}, got.Judge()); diff != "" {
			t.Errorf("%d, %s: %s", test.status, test.code, diff)
		}
	}
}

func TestAnswersOfOtherServers(t *testing.T) {
	page := "<html><head><title>502 Bad Gateway</title></head><body>" + strings.Repeat("<p>", 100_000)
	for _, test := range []struct {
		status  int
		body    string
		want    string
		verdict transport.Verdict
	}{
		{502, page, `api.example.com responded with HTTP 502 Bad Gateway: a page titled "502 Bad Gateway"`, transport.Retry},
		{503, "", "api.example.com responded with HTTP 503 Service Unavailable", transport.Retry},
		{504, strings.Repeat("late ", 1000), "", transport.Retry},
		{500, `[{"error":"x"}]`, `api.example.com responded with HTTP 500 Internal Server Error: [{"error":"x"}]`, transport.Retry},
		{429, "slow down", "api.example.com responded with HTTP 429 Too Many Requests: slow down", transport.Throttled},
		{404, empty, "api.example.com responded with HTTP 404 Not Found: " + empty, transport.Final},
		{403, page, `api.example.com responded with HTTP 403 Forbidden: a page titled "502 Bad Gateway"`, transport.Final},
		{200, page, `malformed response from api.example.com: not JSON (no valid content type): a page titled "502 Bad Gateway"`, transport.Final},
	} {
		_, err := attempt(t, answer{status: test.status, body: test.body})
		if err == nil || verdict(err) != test.verdict || test.want != "" && err.Error() != test.want {
			t.Errorf("%d: error %v, want %s", test.status, err, test.want)
		}
		if characters := utf8.RuneCountInString(err.Error()); characters > 600 {
			t.Errorf("%d: the error has %d characters", test.status, characters)
		}
	}
}

func TestTheVendorsMessageIsCleaned(t *testing.T) {
	long := strings.Repeat("é", 200_000)
	_, err := attempt(t, ok(`{"Response":{"Error":{"Code":"Invalid\u0000Code","Message":"\u001b[31m<b>\u202e`+"\xff"+`\n`+long+`"}}}`))
	got, ok := errors.AsType[*APIError](err)
	if !ok || got.Code != "InvalidCode" || utf8.RuneCountInString(got.Message) != 512 || strings.ContainsFunc(err.Error(), unicode.IsControl) {
		t.Errorf("error %q", err)
	}
}

func TestHasCode(t *testing.T) {
	e := &APIError{Code: "InternalError.FileIOError"}
	for code, want := range map[string]bool{
		"InternalError": true, "InternalError.FileIOError": true, "InternalError.File": false, "Internal": false, "InternalError.FileIOError.More": false, "": false,
	} {
		if got := e.HasCode(code); got != want {
			t.Errorf("HasCode(%q) = %t", code, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, body := range []string{
		empty, failed("InternalError"), "{}", `{"Response":null}`, `{"Response":{}}`, `{"Response":{"Values":[1,"2",null,NaN]}}`, empty + empty,
		`{"Response":{"Error":{}}}`, `{"response":{"ERROR":{"code":""}}}`, "\xef\xbb\xbf[]", `{"Response":{"RequestId":7e999}}`, "<html>", "",
	} {
		f.Add(200, body)
		f.Add(503, body)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		got, err := attempt(t, answer{status: status, body: body})
		if (got == nil) == (err == nil) {
			t.Fatalf("%+v, %v", got, err)
		}
		if err == nil {
			if status != http.StatusOK || !json.Valid([]byte(strings.TrimPrefix(body, "\xef\xbb\xbf"))) {
				t.Errorf("%d %q is a success: %+v", status, body, got)
			}
			return
		}
		if text := err.Error(); !utf8.ValidString(text) || utf8.RuneCountInString(text) > 1200 || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("the error is not fit for a person: %q", text)
		}
	})
}
