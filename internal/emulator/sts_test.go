// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

const exampleRole = `"RoleArn": "qcs::cam::uin/100000000001:roleName/reader", "RoleSessionName": "test"`

func stsCall(name, body string) tc3Call {
	return tc3Call{
		id: DefaultSecretID, key: DefaultSecretKey, region: "ap-guangzhou",
		service: "sts", version: "2018-08-13", name: name, body: body, at: noon,
	}
}

// refusalOf returns the code with which a request is refused, empty if it is not.
func refusalOf(t *testing.T, e *Emulator, r *http.Request) string {
	t.Helper()
	var got struct{ Error tencentError }
	ask(t, e, r, &got)
	return got.Error.Code
}

func TestAssumedRoleSigns(t *testing.T) {
	now := noon
	e := New(Options{Clock: clock.Func(func() time.Time { return now })})
	issued := result[stsResult](t, e, stsCall("AssumeRole", `{`+exampleRole+`, "DurationSeconds": 600}`))
	if issued.ExpiredTime != noon.Unix()+600 || issued.Expiration != "2026-03-10T04:10:00Z" || issued.RequestID == "" {
		t.Errorf("%+v", issued)
	}
	signed := func(change func(*tc3Call)) string {
		call := mnaCall("GetFlowStatistic", `{"DeviceId": "mna-dev1", "BeginTime": 1, "EndTime": 2, "Type": 1, "TimeGranularity": 1}`)
		keys := issued.Credentials
		call.id, call.key, call.token, call.at = keys.SecretID, keys.SecretKey, keys.Token, now
		change(&call)
		return refusalOf(t, e, call.request())
	}
	same := func(*tc3Call) {}
	for name, test := range map[string]struct {
		change func(*tc3Call)
		want   string
	}{
		"as issued":     {same, ""},
		"no token":      {func(c *tc3Call) { c.token = "" }, "AuthFailure.TokenFailure"},
		"another token": {func(c *tc3Call) { c.token += "x" }, "AuthFailure.TokenFailure"},
		"another key":   {func(c *tc3Call) { c.key = DefaultSecretKey }, "AuthFailure.SignatureFailure"},
		"another id":    {func(c *tc3Call) { c.id += "x" }, "AuthFailure.SecretIdNotFound"},
	} {
		if got := signed(test.change); got != test.want {
			t.Errorf("%s: refused with %q, want %q", name, got, test.want)
		}
	}
	now = noon.Add(599 * time.Second)
	if got := signed(same); got != "" {
		t.Errorf("refused before it expired: %s", got)
	}
	now = noon.Add(600 * time.Second)
	if got := signed(same); got != "AuthFailure.TokenFailure" {
		t.Errorf("refused with %q when it had expired", got)
	}
}

func TestRevokedKeys(t *testing.T) {
	e := New(Options{Clock: clock.At(noon)})
	use := func(keys temporaryKey) string {
		call := stsCall("AssumeRole", `{`+exampleRole+`}`)
		call.id, call.key, call.token = keys.SecretID, keys.SecretKey, keys.Token
		return refusalOf(t, e, call.request())
	}
	first := result[stsResult](t, e, stsCall("AssumeRole", `{`+exampleRole+`}`)).Credentials
	if got := use(first); got != "" {
		t.Errorf("refused with %s", got)
	}
	e.RevokeTemporaryKeys()
	second := result[stsResult](t, e, stsCall("AssumeRole", `{`+exampleRole+`}`)).Credentials
	if got := use(first); got != "AuthFailure.TokenFailure" {
		t.Errorf("the first keys are refused with %q", got)
	}
	if got := use(second); got != "" || second == first {
		t.Errorf("the second keys are refused with %q", got)
	}
}

// mfa names a device, and tags writes a list of tags.
const mfa = `"SerialNumber": "qcs::cam:uin/100000000001::mfa/softToken"`

func tags(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"Key": "k%d", "Value": "v"}`, i)
	}
	return "[" + strings.Join(list, ",") + "]"
}

func TestAssumeRoleChecksParameters(t *testing.T) {
	e := New(Options{Clock: clock.At(noon), ExternalID: "example-external-id", Limits: &Limits{}})
	agreed := exampleRole + `, "ExternalId": "example-external-id"`
	for body, want := range map[string]string{
		`{` + agreed + `}`:                              "",
		`{` + exampleRole + `}`:                         "UnauthorizedOperation",
		`{` + agreed + `, "DurationSeconds": 43200}`:    "",
		`{` + agreed + `, "DurationSeconds": 43201}`:    "InvalidParameter.OverTimeError",
		`{` + agreed + `, "DurationSeconds": 0}`:        "InvalidParameter.OverTimeError",
		`{` + agreed + `, "DurationSeconds": "600"}`:    "InvalidParameter",
		`{` + agreed + `, "Policy": "{\"a\": 1}"}`:      "InvalidParameter.StrategyFormatError",
		`{` + agreed + `, "Policy": "%7B%22a%22%3A1}"}`: "InvalidParameter.StrategyFormatError",
		`{` + agreed + `, "Policy": "%7B%22version%22%3A%222.0%22%2C%22statement%22%3A%5B%5D%7D"}`: "",
		`{` + agreed + `, "SourceIdentity": "100000000002"}`:                                       "",
		`{` + agreed + `, "SourceIdentity": "x"}`:                                                  "InvalidParameter.ParamError",
		`{` + agreed + `, "Tags": [{"Key": "team", "Value": "edge"}, {"Key": "Team"}]}`:            "",
		`{` + agreed + `, "Tags": []}`:                                                             "",
		`{` + agreed + `, "Tags": {"team": "edge"}}`:                                               "InvalidParameter",
		`{` + agreed + `, "Tags": [{"Key": "a"}, {"Key": "a"}]}`:                                   "InvalidParameter.ParamError",
		`{` + agreed + `, "Tags": [{"Value": "a"}]}`:                                               "InvalidParameter.ParamError",
		`{` + agreed + `, "Tags": [{"Key": "` + strings.Repeat("键", 128) + `", "Value": ""}]}`:     "",
		`{` + agreed + `, "Tags": [{"Key": "` + strings.Repeat("a", 129) + `"}]}`:                  "InvalidParameter.ParamError",
		`{` + agreed + `, "Tags": [{"Key": "a", "Value": "` + strings.Repeat("a", 257) + `"}]}`:    "InvalidParameter.ParamError",
		`{` + agreed + `, "Tags": ` + tags(50) + `}`:                                               "",
		`{` + agreed + `, "Tags": ` + tags(51) + `}`:                                               "InvalidParameter.ParamError",
		`{` + agreed + `, ` + mfa + `, "TokenCode": "123456"}`:                                     "",
		`{` + agreed + `, ` + mfa + `, "TokenCode": "12345"}`:                                      "AuthFailure.MFAFailure",
		`{` + agreed + `, ` + mfa + `}`:                                                            "InvalidParameter.ParamError",
		`{` + agreed + `, "TokenCode": "123456"}`:                                                  "InvalidParameter.ParamError",
		`{` + agreed + `, "SerialNumber": "softToken", "TokenCode": "123456"}`:                     "InvalidParameter.ParamError",
		`{` + agreed + `, "SessionTags": []}`:                                                      "UnknownParameter",
		`{` + exampleRole + `, "ExternalId": "a b"}`:                                               "InvalidParameter.ParamError",
		`{"RoleArn": "reader", "RoleSessionName": "test"}`:                                         "InvalidParameter.ParamError",
		strings.Replace(`{`+agreed+`}`, "/reader", "/missing-role", 1):                             "ResourceNotFound.RoleNotFound",
		strings.Replace(`{`+agreed+`}`, `"test"`, `"a b"`, 1):                                      "InvalidParameter.ParamError",
		`{"RoleArn": "qcs::cam::uin/100000000001:roleName/reader"}`:                                "MissingParameter",
	} {
		if got := refusalOf(t, e, stsCall("AssumeRole", body).request()); got != want {
			t.Errorf("%s: refused with %q, want %q", body, got, want)
		}
	}
	call := stsCall("AssumeRole", `{`+agreed+`}`)
	call.region = ""
	if got := refusalOf(t, e, call.request()); got != "MissingParameter" {
		t.Errorf("without a region: %q", got)
	}
}

func TestAssumeRoleWithWebIdentity(t *testing.T) {
	e := New(Options{Clock: clock.At(noon)})
	ask := func(body, authorization string) string {
		r := stsCall("AssumeRoleWithWebIdentity", body).request()
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		return refusalOf(t, e, r)
	}
	accepted := `{` + exampleRole + `, "ProviderId": "example", "WebIdentityToken": "` + DefaultWebIdentityToken + `"}`
	for name, test := range map[string]struct{ body, authorization, want string }{
		"as documented":    {accepted, "SKIP", ""},
		"signed":           {accepted, "", ""},
		"signed wrongly":   {accepted, "TC3-HMAC-SHA256 x", "AuthFailure.InvalidAuthorization"},
		"another token":    {strings.Replace(accepted, DefaultWebIdentityToken, "x", 1), "SKIP", "InvalidParameter.WebIdentityTokenError"},
		"no token":         {`{` + exampleRole + `, "ProviderId": "example"}`, "SKIP", "MissingParameter"},
		"another provider": {strings.Replace(accepted, `"example"`, `"missing-provider"`, 1), "SKIP", "InvalidParameter.ParamError"},
	} {
		if got := ask(test.body, test.authorization); got != test.want {
			t.Errorf("%s: refused with %q, want %q", name, got, test.want)
		}
	}
	// No other action is open to those without a key.
	r := mnaCall("GetFlowStatistic", "{}").request()
	r.Header.Set("Authorization", "SKIP")
	if got := refusalOf(t, e, r); got != "AuthFailure.InvalidAuthorization" {
		t.Errorf("an unsigned call was refused with %q", got)
	}
}

func TestMetadata(t *testing.T) {
	e := New(Options{Clock: clock.At(noon)})
	get := func(path string) (int, metadataKeys) {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		var keys metadataKeys
		if w.Code == http.StatusOK {
			if err := json.Unmarshal(w.Body.Bytes(), &keys); err != nil {
				t.Fatal(err)
			}
		}
		return w.Code, keys
	}
	status, keys := get(metadataPath + "reader")
	if status != http.StatusOK || keys.Code != "Success" || keys.ExpiredTime != noon.Add(6*time.Hour).Unix() {
		t.Errorf("%d, %+v", status, keys)
	}
	call := stsCall("AssumeRole", `{`+exampleRole+`}`)
	call.id, call.key, call.token = keys.SecretID, keys.SecretKey, keys.Token
	if got := refusalOf(t, e, call.request()); got != "" {
		t.Errorf("the machine's keys are refused with %s", got)
	}
	for _, path := range []string{metadataPath, metadataPath + "missing-role"} {
		if status, _ := get(path); status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, status)
		}
	}
	calls := e.CallsTo(Metadata)
	if len(calls) != 3 || calls[2].Code == "" {
		t.Errorf("%d calls were recorded: %+v", len(calls), calls)
	}
	e.Inject(Fault{API: Metadata, Kind: FaultError, Code: "Failed", Count: 1}, Fault{API: Metadata, Kind: FaultThrottled})
	if _, keys := get(metadataPath + "reader"); keys.Code != "Failed" || keys.SecretID != "" {
		t.Errorf("%+v", keys)
	}
	if status, _ := get(metadataPath + "reader"); status != http.StatusTooManyRequests {
		t.Errorf("throttled with status %d", status)
	}
}

func TestMoreKeys(t *testing.T) {
	e := New(Options{Clock: clock.At(noon), Token: "example-token", Keys: map[string]string{"AKIDother": "other-key"}})
	call := stsCall("AssumeRole", `{`+exampleRole+`}`)
	call.id, call.key = "AKIDother", "other-key"
	if got := refusalOf(t, e, call.request()); got != "" {
		t.Errorf("another key is refused with %s", got)
	}
	call.id, call.key = DefaultSecretID, DefaultSecretKey
	if got := refusalOf(t, e, call.request()); got != "AuthFailure.TokenFailure" {
		t.Errorf("a key without its token is refused with %q", got)
	}
}
