// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// None of these is tried with the vendor: the data source says what to set.
func TestKeysThatCannotBeHad(t *testing.T) {
	unknownRole := acctest.Config{"assume_role": acctest.Config{"role_arn": acctest.Unknown}}
	withARN := func(more acctest.Config) acctest.Config {
		return acctest.Config{"assume_role": acctest.Config{"role_arn": reader}.With(more)}
	}
	missingToken := map[string]string{"TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID": "example", "TENCENTCLOUD_ASSUME_ROLE_ARN": reader}
	duration := func(seconds string) map[string]string {
		return together(environmentKey, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": reader, "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION": seconds})
	}
	for name, test := range map[string]struct {
		block       acctest.Config
		environment map[string]string
		want        []string
	}{
		"half a key in the environment": {
			environment: map[string]string{"TENCENTCLOUD_SECRET_ID": "AKIDenvironment"},
			want:        []string{"Missing Tencent Cloud Credentials", "The environment has TENCENTCLOUD_SECRET_ID but not TENCENTCLOUD_SECRET_KEY"},
		},
		"a token alone in the environment": {
			environment: map[string]string{"TENCENTCLOUD_SECURITY_TOKEN": "canary"},
			want:        []string{"The environment has TENCENTCLOUD_SECURITY_TOKEN but not TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY"},
		},
		"a role without ARN": {
			block: blockKey.With(acctest.Config{"assume_role": acctest.Config{"session_name": "plan"}}),
			want:  []string{"Missing Tencent Cloud Credentials", "Set assume_role.role_arn", "TENCENTCLOUD_ASSUME_ROLE_ARN"},
		},
		"a web identity without ARN": {
			environment: map[string]string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": "canary"},
			want:        []string{"Set assume_role_with_web_identity.role_arn", "TENCENTCLOUD_ASSUME_ROLE_ARN"},
		},
		"a web identity without token": {
			environment: missingToken,
			want: []string{
				"Set assume_role_with_web_identity.web_identity_token or web_identity_token_file in the provider block",
				"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN or TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE in the environment",
			},
		},
		"a web identity with two tokens": {
			environment: together(environmentIdentity, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE": "/absent"}),
			want:        []string{"Conflicting Environment Variables", "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN and TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE"},
		},
		"a web identity with a line break": {
			environment: together(environmentIdentity, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": "canary\n"}),
			want:        []string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN begins or ends with white space"},
		},
		"a short secret": {
			block: acctest.Config{"secret_id": "AKIDblock", "secret_key": "canary1"},
			want:  []string{"Invalid Tencent Cloud Credentials", "secret_key has fewer than 8 characters"},
		},
		"a short secret in the environment": {
			environment: map[string]string{"TENCENTCLOUD_SECRET_ID": "AKIDenvironment", "TENCENTCLOUD_SECRET_KEY": "e"},
			want:        []string{"TENCENTCLOUD_SECRET_KEY has fewer than 8 characters"},
		},
		"a short token": {
			block: blockKey.With(acctest.Config{"security_token": "canary1"}),
			want:  []string{"security_token has fewer than 8 characters"},
		},
		"a short web identity token": {
			environment: together(environmentIdentity, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": "canary1"}),
			want: []string{
				"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN has fewer than 8 characters",
			},
		},
		"a role on top of a web identity": {
			block: assumeRole, environment: environmentIdentity,
			want: []string{"Conflicting Provider Arguments", "assume_role requires keys", "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID"},
		},
		"a role on top of half a web identity": {
			block: assumeRole, environment: map[string]string{"TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID": "example"},
			want: []string{"Conflicting Provider Arguments", "assume_role requires keys"},
		},
		"a variable that is no ARN": {
			environment: together(environmentKey, map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": "reader"}),
			want:        []string{"Invalid Environment Variable", "TENCENTCLOUD_ASSUME_ROLE_ARN must be a role's ARN", `got "reader"`},
		},
		"a variable that is no duration": {
			environment: duration("2h"), want: []string{"TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION must be a whole number of seconds from 1 to 43200"},
		},
		"too long a duration": {environment: duration("43201"), want: []string{"from 1 to 43200", `got "43201"`}},
		"no duration":         {environment: duration("0"), want: []string{"from 1 to 43200"}},
		"a variable with a bad name": {
			environment: together(environmentKey, map[string]string{
				"TENCENTCLOUD_ASSUME_ROLE_ARN": reader, "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME": "two words",
			}),
			want: []string{"TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME must be 2 to 128 letters"},
		},
		"a machine's role that is a path": {
			environment: map[string]string{"TENCENTCLOUD_CAM_ROLE_NAME": "../reader"}, want: []string{"TENCENTCLOUD_CAM_ROLE_NAME must be a role's name"},
		},
		"a profile that is a path": {
			environment: map[string]string{"TENCENTCLOUD_PROFILE": "../other"}, want: []string{"TENCENTCLOUD_PROFILE must be the name of a profile, without slashes"},
		},

		"an unknown profile": {
			block: acctest.Config{"profile": acctest.Unknown}, environment: environmentKey,
			want: []string{"profile is not known yet", "TENCENTCLOUD_PROFILE"},
		},
		"an unknown machine's role": {block: acctest.Config{"cam_role_name": acctest.Unknown}, want: []string{"cam_role_name is not known yet"}},
		"an unknown role": {
			block: blockKey.With(unknownRole), want: []string{"assume_role.role_arn is not known yet", "TENCENTCLOUD_ASSUME_ROLE_ARN"},
		},
		"an unknown block of a role": {
			block: blockKey.With(acctest.Config{"assume_role": acctest.Unknown}), want: []string{"assume_role.role_arn is not known yet"},
		},
		"an unknown duration": {
			block: blockKey.With(withARN(acctest.Config{"session_duration": acctest.Unknown})),
			want:  []string{"assume_role.session_duration is not known yet"},
		},
		"an unknown policy": {
			block: blockKey.With(withARN(acctest.Config{"policy": acctest.Unknown})),
			want:  []string{"assume_role.policy is not known yet", "with -target."},
		},
		"an unknown token": {
			block: acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader, "web_identity_token": acctest.Unknown}},
			want:  []string{"assume_role_with_web_identity.web_identity_token is not known yet"},
		},
		"an unknown block of a web identity": {
			block: acctest.Config{"assume_role_with_web_identity": acctest.Unknown}, want: []string{"assume_role_with_web_identity.role_arn is not known yet"},
		},
		"an unknown endpoint of STS": {
			block: blockKey.With(assumeRole).With(acctest.Config{"endpoints": acctest.Config{"sts": acctest.Unknown}}),
			want:  []string{"endpoints.sts is not known yet"},
		},
		"an unknown endpoint of the machine": {
			block: blockRole.With(acctest.Config{"endpoints": acctest.Config{"metadata": acctest.Unknown}}),
			want:  []string{"endpoints.metadata is not known yet"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := startWithKeys(t, test.environment)
			s := acctest.NewServer(t)
			if problems := s.Configure(t, test.block); len(problems) > 0 {
				t.Fatalf("configuring failed over keys that nobody used: %s", problems)
			}
			_, problems := s.Read(t.Context(), t, flowStatistic, flowStatisticConfig)
			acctest.ExpectProblem(t, problems, "", test.want...)
			if calls := e.Calls(); len(calls) > 0 || strings.Contains(problems.String(), "canary") {
				t.Errorf("after %d calls: %s", len(calls), problems)
			}
		})
	}
}

// These are known only once they are tried. The code of STS points at no argument of the data source.
func TestKeysThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	tokenFile := filepath.Join(dir, "token")
	if err := os.WriteFile(tokenFile, []byte("canary-of-a-token"), 0o600); err != nil {
		t.Fatal(err)
	}
	absent := filepath.Join(dir, "absent")
	short := []byte(`{"secretId": "AKIDexample", "secretKey": "canary1"}`)
	if err := os.WriteFile(filepath.Join(dir, "short.credential"), short, 0o600); err != nil {
		t.Fatal(err)
	}
	role := func(arn string) acctest.Config {
		return blockKey.With(acctest.Config{"assume_role": acctest.Config{"role_arn": arn}})
	}
	identity := func(c acctest.Config) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader}.With(c)}
	}
	for name, test := range map[string]struct {
		block acctest.Config
		fault *emulator.Fault
		// timeout is that of the read; empty means 10 minutes.
		timeout string
		want    []string
	}{
		"a profile that is not there": {
			block: acctest.Config{"profile": "absent", "shared_credentials_dir": dir},
			want: []string{
				"Unable to Read MNA Flow Statistic", "no keys from the profile absent: " + absent + ".credential: no such file or directory.\nCheck profile",
				"Check profile and shared_credentials_dir, or TENCENTCLOUD_PROFILE and TENCENTCLOUD_SHARED_CREDENTIALS_DIR",
			},
		},
		"a machine without the role": {
			block: acctest.Config{"cam_role_name": "missing"},
			want:  []string{"no keys from the machine role missing: ", "HTTP 404 Not Found", "Check cam_role_name, or TENCENTCLOUD_CAM_ROLE_NAME"},
		},
		"a machine without service": {
			block: blockRole, fault: &emulator.Fault{API: emulator.Metadata, Kind: emulator.FaultReset},
			want: []string{"no keys from the machine role machine: ", "Check cam_role_name"},
		},
		"a role that is not there": {
			block: role("qcs::cam::uin/100000000001:roleName/missing"),
			want: []string{
				"no keys from the role qcs::cam::uin/100000000001:roleName/missing: ResourceNotFound.RoleNotFound: ", "Request ID ", ", 1 attempt in ",
				"Check assume_role, or TENCENTCLOUD_ASSUME_ROLE_ARN: the role must exist",
			},
		},
		"a wrong key below a role": {
			block: role(reader).With(acctest.Config{"secret_key": "wrong-key"}),
			want:  []string{"no keys from the role " + reader + ": AuthFailure.SignatureFailure: ", "Check secret_id and secret_key"},
		},
		"a role on top of a profile that is not there": {
			block: acctest.Config{"profile": "absent", "assume_role": acctest.Config{"role_arn": reader}},
			want:  []string{"no keys from the profile absent: ", "no such file or directory.\nCheck profile and shared_credentials_dir"},
		},
		"a role on top of a machine without the role": {
			block: acctest.Config{"cam_role_name": "missing", "assume_role": acctest.Config{"role_arn": reader}},
			want:  []string{"no keys from the machine role missing: ", "1 attempt in ", "Check cam_role_name"},
		},
		"STS that fails": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultError, Code: "InternalError"},
			want: []string{"no keys from the role " + reader + ": InternalError: ", "2 attempts in ", "Retry later"},
		},
		"STS that does not accept the role": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultError, Code: "InternalError.IllegalRole"},
			want: []string{"no keys from the role " + reader + ": InternalError.IllegalRole: ", "1 attempt in ", "Check assume_role, or "},
		},
		"STS that does not accept the address": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultError, Code: "IpNotInWhitelist"},
			want: []string{"no keys from the role " + reader + ": IpNotInWhitelist: ", "1 attempt in ", "from certain IP addresses only"},
		},
		"STS that is asked too often": {
			block: role(reader), fault: &emulator.Fault{
				API: emulator.STS, Kind: emulator.FaultError, Code: "InvalidParameter.OverLimit", Header: map[string]string{"Retry-After": "60"},
			},
			timeout: "50s",
			want:    []string{"no keys from the role " + reader, "the read timed out", "lower quota_share"},
		},
		"STS that is throttled": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultThrottled, Header: map[string]string{"Retry-After": "60"}},
			timeout: "50s", // The pause does not fit, so nothing waits for it.
			want:    []string{"no keys from the role " + reader, "the read timed out", "lower quota_share"},
		},
		"STS that cannot be reached": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultReset},
			want: []string{"no keys from the role " + reader, "2 attempts in ", "Check the network"},
		},
		"STS that takes too long": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultStall},
			timeout: "3s",
			want:    []string{"the read timed out", "Raise timeouts.read"},
		},
		"STS that is malformed": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultMember, Member: "Credentials"},
			want: []string{"no keys from the role " + reader, "there are no Credentials", "Check domain and endpoints in the provider block"},
		},
		"a token of somebody else": {
			block: identity(acctest.Config{"web_identity_token_file": tokenFile}),
			want: []string{
				"no keys from the web identity role " + reader + ": InvalidParameter.WebIdentityTokenError: ", "Check assume_role_with_web_identity",
			},
		},
		"a token that is a directory": {
			block: identity(acctest.Config{"web_identity_token_file": dir}), want: []string{dir + ": it is not a regular file", "Check web_identity_token_file, or TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE"},
		},
		"a profile with a short secret": {
			block: acctest.Config{"profile": "short", "shared_credentials_dir": dir},
			want:  []string{filepath.Join(dir, "short.credential") + ": the secret of the key has fewer than 8 characters", "Check profile"},
		},
		"keys of STS that have expired": {
			block: role(reader), fault: &emulator.Fault{API: emulator.STS, Kind: emulator.FaultMember, Member: "ExpiredTime", Body: "1768478400"},
			want: []string{
				"no keys from the role " + reader + ": the keys had expired when they arrived", "they expire at 2026-01-15T12:00:00Z, and the time here is",
				"Check the clock of this machine",
			},
		},
		"keys of a machine that have expired": {
			block: blockRole, fault: &emulator.Fault{API: emulator.Metadata, Kind: emulator.FaultMember, Member: "ExpiredTime", Body: "1768478400"},
			want: []string{"no keys from the machine role machine: the keys had expired when they arrived"},
		},
		"a file of a token that is not there": {
			block: identity(acctest.Config{"web_identity_token_file": absent}), want: []string{absent + ": no such file or directory"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := startWithKeys(t, map[string]string{"EDGESTATS_MAX_RETRIES": "1"})
			if test.fault != nil {
				e.Inject(*test.fault)
			}
			s := acctest.Configured(t, test.block)
			config := flowStatisticConfig.With(acctest.Config{"timeouts": acctest.Config{"read": cmp.Or(test.timeout, "10m")}})
			_, problems := s.Read(t.Context(), t, flowStatistic, config)
			acctest.ExpectProblem(t, problems, "", test.want...)
			if strings.Contains(problems.String(), "canary") || len(e.CallsTo(emulator.MNA)) > 0 {
				t.Errorf("after calls to MNA: %s", problems)
			}
		})
	}
}
