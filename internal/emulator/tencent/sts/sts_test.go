// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent/sts"
)

const exampleRole = `"RoleArn": "qcs::cam::uin/100000000001:roleName/reader", "RoleSessionName": "test"`

// issued is the result of both actions.
type issued struct {
	Credentials keys.Temporary
	ExpiredTime int64
	Expiration  string
	RequestID   string `json:"RequestId"`
}

// machineKeys is what the metadata service answers.
type machineKeys struct {
	keys.Temporary

	ExpiredTime int64
	Code        string
}

func TestAssumedRoleSigns(t *testing.T) {
	now := emulatortest.Noon
	e := emulator.New(emulator.Options{Clock: clock.Func(func() time.Time { return now })})
	role := emulatortest.Result[issued](t, e, emulatortest.STS("AssumeRole", `{`+exampleRole+`, "DurationSeconds": 600}`))
	if role.ExpiredTime != emulatortest.Noon.Unix()+600 || role.Expiration != "2026-03-10T04:10:00Z" || role.RequestID == "" {
		t.Errorf("%+v", role)
	}
	signed := func(change func(*emulatortest.Call)) string {
		call := emulatortest.MNA("GetFlowStatistic", `{"DeviceId": "mna-dev1", "BeginTime": 1, "EndTime": 2, "Type": 1, "TimeGranularity": 1}`)
		k := role.Credentials
		call.ID, call.Key, call.Token, call.At = k.SecretID, k.SecretKey, k.Token, now
		change(&call)
		return emulatortest.Code(t, e, call.Request())
	}
	same := func(*emulatortest.Call) {}
	for name, test := range map[string]struct {
		change func(*emulatortest.Call)
		want   string
	}{
		"as issued":     {same, ""},
		"no token":      {func(c *emulatortest.Call) { c.Token = "" }, "AuthFailure.TokenFailure"},
		"another token": {func(c *emulatortest.Call) { c.Token += "x" }, "AuthFailure.TokenFailure"},
		"another key":   {func(c *emulatortest.Call) { c.Key = emulator.DefaultSecretKey }, "AuthFailure.SignatureFailure"},
		"another id":    {func(c *emulatortest.Call) { c.ID += "x" }, "AuthFailure.SecretIdNotFound"},
	} {
		if got := signed(test.change); got != test.want {
			t.Errorf("%s: refused with %q, want %q", name, got, test.want)
		}
	}
	now = emulatortest.Noon.Add(599 * time.Second)
	if got := signed(same); got != "" {
		t.Errorf("refused before it expired: %s", got)
	}
	now = emulatortest.Noon.Add(600 * time.Second)
	if got := signed(same); got != "AuthFailure.TokenFailure" {
		t.Errorf("refused with %q when it had expired", got)
	}
}

func TestRevokedKeysAreRefused(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
	use := func(keys keys.Temporary) string {
		call := emulatortest.STS("AssumeRole", `{`+exampleRole+`}`)
		call.ID, call.Key, call.Token = keys.SecretID, keys.SecretKey, keys.Token
		return emulatortest.Code(t, e, call.Request())
	}
	first := emulatortest.Result[issued](t, e, emulatortest.STS("AssumeRole", `{`+exampleRole+`}`)).Credentials
	if got := use(first); got != "" {
		t.Errorf("refused with %s", got)
	}
	e.RevokeTemporaryKeys()
	second := emulatortest.Result[issued](t, e, emulatortest.STS("AssumeRole", `{`+exampleRole+`}`)).Credentials
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
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), ExternalID: "example-external-id", Limits: &emulator.Limits{}})
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
		if got := emulatortest.Code(t, e, emulatortest.STS("AssumeRole", body).Request()); got != want {
			t.Errorf("%s: refused with %q, want %q", body, got, want)
		}
	}
	call := emulatortest.STS("AssumeRole", `{`+agreed+`}`)
	call.Region = ""
	if got := emulatortest.Code(t, e, call.Request()); got != "MissingParameter" {
		t.Errorf("without a region: %q", got)
	}
}

func TestWebIdentityIsChecked(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
	ask := func(body, authorization string) string {
		r := emulatortest.STS("AssumeRoleWithWebIdentity", body).Request()
		if authorization != "" {
			r.Header.Set("Authorization", authorization)
		}
		return emulatortest.Code(t, e, r)
	}
	accepted := `{` + exampleRole + `, "ProviderId": "example", "WebIdentityToken": "` + emulator.DefaultWebIdentityToken + `"}`
	for name, test := range map[string]struct{ body, authorization, want string }{
		"as documented":    {accepted, "SKIP", ""},
		"signed":           {accepted, "", ""},
		"signed wrongly":   {accepted, "TC3-HMAC-SHA256 x", "AuthFailure.InvalidAuthorization"},
		"another token":    {strings.Replace(accepted, emulator.DefaultWebIdentityToken, "x", 1), "SKIP", "InvalidParameter.WebIdentityTokenError"},
		"no token":         {`{` + exampleRole + `, "ProviderId": "example"}`, "SKIP", "MissingParameter"},
		"another provider": {strings.Replace(accepted, `"example"`, `"missing-provider"`, 1), "SKIP", "InvalidParameter.ParamError"},
	} {
		if got := ask(test.body, test.authorization); got != test.want {
			t.Errorf("%s: refused with %q, want %q", name, got, test.want)
		}
	}
	// No other action can be called without a key.
	r := emulatortest.MNA("GetFlowStatistic", "{}").Request()
	r.Header.Set("Authorization", "SKIP")
	if got := emulatortest.Code(t, e, r); got != "AuthFailure.InvalidAuthorization" {
		t.Errorf("an unsigned call was refused with %q", got)
	}
}

func TestMetadataIssuesKeys(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon)})
	ask := func(path string) (int, machineKeys) {
		w := httptest.NewRecorder()
		e.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		var keys machineKeys
		if w.Code == http.StatusOK {
			if err := json.Unmarshal(w.Body.Bytes(), &keys); err != nil {
				t.Fatal(err)
			}
		}
		return w.Code, keys
	}
	status, got := ask(sts.MetadataPath + "reader")
	if status != http.StatusOK || got.Code != "Success" || got.ExpiredTime != emulatortest.Noon.Add(6*time.Hour).Unix() {
		t.Errorf("%d, %+v", status, got)
	}
	call := emulatortest.STS("AssumeRole", `{`+exampleRole+`}`)
	call.ID, call.Key, call.Token = got.SecretID, got.SecretKey, got.Token
	if got := emulatortest.Code(t, e, call.Request()); got != "" {
		t.Errorf("the machine's keys are refused with %s", got)
	}
	for _, path := range []string{sts.MetadataPath, sts.MetadataPath + "missing-role"} {
		if status, _ := ask(path); status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, status)
		}
	}
	calls := e.CallsTo(emulator.Metadata)
	if len(calls) != 3 || calls[2].Code == "" {
		t.Errorf("%d calls were recorded: %+v", len(calls), calls)
	}
	e.Inject(emulator.Fault{API: emulator.Metadata, Kind: emulator.FaultError, Code: "Failed", Count: 1}, emulator.Fault{API: emulator.Metadata, Kind: emulator.FaultThrottled})
	if _, got := ask(sts.MetadataPath + "reader"); got.Code != "Failed" || got.SecretID != "" {
		t.Errorf("%+v", got)
	}
	if status, _ := ask(sts.MetadataPath + "reader"); status != http.StatusTooManyRequests {
		t.Errorf("throttled with status %d", status)
	}
}

func TestEachKeyHasItsOwnToken(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(emulatortest.Noon), Token: "example-token", Keys: map[string]string{"AKIDother": "other-key"}})
	call := emulatortest.STS("AssumeRole", `{`+exampleRole+`}`)
	call.ID, call.Key = "AKIDother", "other-key"
	if got := emulatortest.Code(t, e, call.Request()); got != "" {
		t.Errorf("another key is refused with %s", got)
	}
	call.ID, call.Key = emulator.DefaultSecretID, emulator.DefaultSecretKey
	if got := emulatortest.Code(t, e, call.Request()); got != "AuthFailure.TokenFailure" {
		t.Errorf("a key without its token is refused with %q", got)
	}
}
