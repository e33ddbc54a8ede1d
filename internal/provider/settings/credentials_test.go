// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// flowStatistic is a data source for tests of the credentials it uses.
const flowStatistic = "edgestats_mna_flow_statistic"

var flowStatisticConfig = acctest.Config{"device_id": "mna-dev1", "type": "total", "time_granularity": "hour", "lookback": "24h"}

const reader = "qcs::cam::uin/100000000001:roleName/reader"

// accepted are the keys that the emulator of these tests knows. Their ids tell where they come from.
var accepted = map[string]string{
	"AKIDblock": "key-of-block", "AKIDenvironment": "key-of-environment",
	"AKIDdefault": "key-of-default", "AKIDother": "key-of-other",
}

// startWithKeys starts an emulator that knows these keys, and an environment that has no others than those in the
// profiles default and other.
func startWithKeys(t *testing.T, environment map[string]string) *acctest.Emulator {
	t.Helper()
	e := acctest.Serve(t, emulator.Options{Keys: accepted, Limits: &emulator.Limits{}, Clock: clock.At(acctest.Now)})
	acctest.ClearEnvironment(t)
	t.Setenv("EDGESTATS_ENDPOINT_URL", e.URL)
	writeProfiles(t, filepath.Join(os.Getenv("HOME"), ".tccli"))
	for variable, value := range environment {
		t.Setenv(variable, value)
	}
	return e
}

func writeProfiles(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, profile := range []string{"default", "other"} {
		id := "AKID" + profile
		content, err := json.Marshal(map[string]string{"secretId": id, "secretKey": accepted[id]})
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, profile+".credential"), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// signers tells of each call what it was and with which key it was signed. Keys that the emulator issued are temporary.
func signers(calls []emulator.Call) []string {
	var list []string
	for _, call := range calls {
		_, id, _ := strings.Cut(call.Header.Get("Authorization"), "Credential=")
		id, _, _ = strings.Cut(id, "/")
		if strings.HasPrefix(id, "AKIDtemporary") {
			id = "temporary"
		}
		list = append(list, strings.TrimSpace(call.Action+" "+id))
	}
	return list
}

// readOnce reads a data source with a provider that is configured so.
func readOnce(t *testing.T, block acctest.Config) {
	t.Helper()
	s := acctest.Configured(t, block)
	if _, problems := s.Read(t.Context(), t, flowStatistic, flowStatisticConfig); len(problems) > 0 {
		t.Fatal(problems)
	}
}

var (
	environmentKey      = map[string]string{"TENCENTCLOUD_SECRET_ID": "AKIDenvironment", "TENCENTCLOUD_SECRET_KEY": accepted["AKIDenvironment"]}
	environmentIdentity = map[string]string{
		"TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID": "example", "TENCENTCLOUD_ASSUME_ROLE_ARN": reader,
		"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": emulator.DefaultWebIdentityToken,
	}
	environmentRole    = map[string]string{"TENCENTCLOUD_CAM_ROLE_NAME": "machine"}
	environmentProfile = map[string]string{"TENCENTCLOUD_PROFILE": "other"}

	blockKey      = acctest.Config{"secret_id": "AKIDblock", "secret_key": accepted["AKIDblock"]}
	blockProfile  = acctest.Config{"profile": "other"}
	blockRole     = acctest.Config{"cam_role_name": "machine"}
	blockIdentity = acctest.Config{"assume_role_with_web_identity": acctest.Config{
		"provider_id": "example", "role_arn": reader, "web_identity_token": emulator.DefaultWebIdentityToken,
	}}
	assumeRole = acctest.Config{"assume_role": acctest.Config{"role_arn": reader}}
)

// together merges environments; the last one counts.
func together(all ...map[string]string) map[string]string {
	merged := make(map[string]string)
	for _, variables := range all {
		maps.Copy(merged, variables)
	}
	return merged
}

func TestWhichTencentKeyCounts(t *testing.T) {
	const read = "GetFlowStatistic "
	byWebIdentity := []string{"AssumeRoleWithWebIdentity", read + "temporary"}
	byMachineRole := []string{"security-credentials", read + "temporary"}
	byRole := func(id string) []string { return []string{"AssumeRole " + id, read + "temporary"} }
	onTop := map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": reader}
	all := together(environmentKey, environmentRole, environmentProfile, map[string]string{
		"TENCENTCLOUD_SECURITY_TOKEN": "token-of-environment", "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID": "example",
		"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": emulator.DefaultWebIdentityToken,
	})
	for name, test := range map[string]struct {
		block       acctest.Config
		environment map[string]string
		want        []string
	}{
		"the default profile":                {want: []string{read + "AKIDdefault"}},
		"a profile":                          {environment: environmentProfile, want: []string{read + "AKIDother"}},
		"a machine's role over a profile":    {environment: together(environmentProfile, environmentRole), want: byMachineRole},
		"web identity over a machine's role": {environment: together(environmentRole, environmentIdentity), want: byWebIdentity},
		"a key over web identity":            {environment: together(environmentIdentity, all, onTop), want: byRole("AKIDenvironment")},
		"a key alone":                        {environment: all, want: []string{read + "AKIDenvironment"}},

		"a key in the block":                  {block: blockKey, environment: all, want: []string{read + "AKIDblock"}},
		"a profile in the block":              {block: blockProfile, environment: all, want: []string{read + "AKIDother"}},
		"a machine's role in the block":       {block: blockRole, environment: all, want: byMachineRole},
		"web identity in the block":           {block: blockIdentity, environment: all, want: byWebIdentity},
		"a key over a profile, both there":    {block: blockKey.With(blockProfile), want: []string{read + "AKIDblock"}},
		"a key over web identity, both there": {block: blockKey.With(blockIdentity), environment: all, want: []string{read + "AKIDblock"}},

		"a role on top of a key":                  {block: blockKey.With(assumeRole), environment: all, want: byRole("AKIDblock")},
		"a role on top of a variable's key":       {block: assumeRole, environment: environmentKey, want: byRole("AKIDenvironment")},
		"a role on top of a profile":              {block: blockProfile.With(assumeRole), want: byRole("AKIDother")},
		"a role on top of no more than files":     {block: assumeRole, want: byRole("AKIDdefault")},
		"a role on top of a machine's role":       {block: blockRole.With(assumeRole), want: []string{"security-credentials", "AssumeRole temporary", read + "temporary"}},
		"a variable's role on top of a key":       {environment: together(environmentKey, onTop), want: byRole("AKIDenvironment")},
		"a variable's role on top of the block's": {block: blockKey, environment: onTop, want: byRole("AKIDblock")},
		"a variable's role for web identity":      {block: blockIdentity, environment: onTop, want: byWebIdentity},
		"the block's role over a variable's": {
			block: blockKey.With(assumeRole), environment: map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": "qcs::cam::uin/1:roleName/missing"},
			want: byRole("AKIDblock"),
		},
		"a token of HCP Terraform": {
			environment: map[string]string{
				"TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID": "hcp", "TENCENTCLOUD_ASSUME_ROLE_ARN": reader,
				"TFC_WORKLOAD_IDENTITY_TOKEN": emulator.DefaultWebIdentityToken,
			},
			want: byWebIdentity,
		},
		"a token of HCP Terraform alone counts for nothing": {
			environment: map[string]string{"TFC_WORKLOAD_IDENTITY_TOKEN": emulator.DefaultWebIdentityToken},
			want:        []string{read + "AKIDdefault"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := startWithKeys(t, test.environment)
			s := acctest.Configured(t, test.block)
			if calls := e.Calls(); len(calls) > 0 {
				t.Errorf("configuring made %d calls", len(calls))
			}
			for range 2 { // The second read needs no more keys.
				if _, problems := s.Read(t.Context(), t, flowStatistic, flowStatisticConfig); len(problems) > 0 {
					t.Fatal(problems)
				}
			}
			if diff := cmp.Diff(test.want, signers(e.Calls())); diff != "" {
				t.Errorf("what was received (-want +got)\n%s", diff)
			}
		})
	}
}

// A token belongs to the key beside it and to no other.
func TestTokensGoWithTheirKeys(t *testing.T) {
	token := map[string]string{"TENCENTCLOUD_SECURITY_TOKEN": "token-of-environment"}
	for name, test := range map[string]struct {
		block       acctest.Config
		environment map[string]string
		want        string
	}{
		"from the environment": {environment: together(environmentKey, token), want: "token-of-environment"},
		"key from the block":   {block: blockKey, environment: together(environmentKey, token)},
		"from the block":       {block: blockKey.With(acctest.Config{"security_token": "token-of-block"}), environment: token, want: "token-of-block"},
		"key from a profile":   {block: blockProfile, environment: together(environmentKey, token)},
	} {
		t.Run(name, func(t *testing.T) {
			e := startWithKeys(t, test.environment)
			readOnce(t, test.block)
			if got := e.Calls()[0].Header.Get("X-TC-Token"); got != test.want {
				t.Errorf("the token is %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhatIsAskedOfSTS(t *testing.T) {
	tokenFile := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(tokenFile, []byte(emulator.DefaultWebIdentityToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	session := map[string]string{
		"TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME": "pipeline", "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION": "600",
		"TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID": "external",
	}
	for name, test := range map[string]struct {
		block       acctest.Config
		environment map[string]string
		want        map[string]any
	}{
		"by default": {
			block: blockKey.With(assumeRole),
			want:  map[string]any{"RoleArn": reader, "RoleSessionName": "terraform-provider-edgestats", "DurationSeconds": 7200.},
		},
		"from the environment": {
			environment: together(environmentKey, session, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": reader}),
			want:        map[string]any{"RoleArn": reader, "RoleSessionName": "pipeline", "DurationSeconds": 600., "ExternalId": "external"},
		},
		"from the block": {
			block: blockKey.With(acctest.Config{"assume_role": acctest.Config{
				"role_arn": reader, "session_name": "block", "session_duration": 43200, "external_id": "own",
				"policy": `{"version": "2.0", "statement": [{"effect": "allow"}]}`,
			}}),
			environment: session,
			want: map[string]any{
				"RoleArn": reader, "RoleSessionName": "block", "DurationSeconds": 43200., "ExternalId": "own",
				"Policy": "%7B%22version%22%3A%20%222.0%22%2C%20%22statement%22%3A%20%5B%7B%22effect%22%3A%20%22allow%22%7D%5D%7D",
			},
		},
		"for a web identity by default": {
			environment: map[string]string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE": tokenFile, "TENCENTCLOUD_ASSUME_ROLE_ARN": reader},
			want: map[string]any{
				"ProviderId": "OIDC", "RoleArn": reader, "RoleSessionName": "terraform-provider-edgestats", "DurationSeconds": 7200.,
				"WebIdentityToken": emulator.DefaultWebIdentityToken,
			},
		},
		"for a web identity from both": {
			block: acctest.Config{"assume_role_with_web_identity": acctest.Config{
				"provider_id": "example", "web_identity_token_file": tokenFile, "session_duration": 900,
			}},
			environment: together(session, environmentIdentity, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": "other"}),
			want: map[string]any{
				"ProviderId": "example", "RoleArn": reader, "RoleSessionName": "pipeline", "DurationSeconds": 900.,
				"WebIdentityToken": emulator.DefaultWebIdentityToken,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := startWithKeys(t, test.environment)
			readOnce(t, test.block)
			asked := suite.Asked(t, e.CallsTo(emulator.STS)[0])
			if diff := cmp.Diff(test.want, asked); diff != "" {
				t.Errorf("what STS received (-want +got)\n%s", diff)
			}
		})
	}
}
