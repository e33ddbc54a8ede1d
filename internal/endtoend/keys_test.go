// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const readerRole = "qcs::cam::uin/100000000001:roleName/reader"

// withoutKey returns the environment variables for an emulator, without the Tencent Cloud key.
func withoutKey(url string) map[string]string {
	variables := acctest.Variables(url)
	delete(variables, "TENCENTCLOUD_SECRET_ID")
	delete(variables, "TENCENTCLOUD_SECRET_KEY")
	return variables
}

// actions returns the distinct actions of calls.
func actions(calls []emulator.Call) []string {
	var names []string
	for _, call := range calls {
		if !slices.Contains(names, call.Action) {
			names = append(names, call.Action)
		}
	}
	return names
}

func TestEverySourceOfKeys(t *testing.T) {
	t.Parallel()
	key := map[string]string{
		"TENCENTCLOUD_SECRET_ID": emulator.DefaultSecretID, "TENCENTCLOUD_SECRET_KEY": emulator.DefaultSecretKey,
	}
	const read, readLegacy = "GetFlowStatistic", "GetCdnOverseaProvIspDetailStat"
	for name, test := range map[string]struct {
		block       string
		environment map[string]string
		want        []string
	}{
		"the default profile": {},
		"a profile":           {block: `profile = "other"`},
		"a profile elsewhere": {block: `shared_credentials_dir = "keys"`},
		"a profile of the environment": {
			environment: map[string]string{"TENCENTCLOUD_PROFILE": "other", "TENCENTCLOUD_SHARED_CREDENTIALS_DIR": "~/.tccli"},
		},
		"a machine's role":                    {block: `cam_role_name = "reader"`, want: []string{"security-credentials"}},
		"a machine's role of the environment": {environment: map[string]string{"TENCENTCLOUD_CAM_ROLE_NAME": "reader"}, want: []string{"security-credentials"}},
		"an assumed role": {
			block: `
  assume_role = {
    role_arn         = "` + readerRole + `"
    session_name     = "plan"
    session_duration = 900
    policy           = jsonencode({ version = "2.0", statement = [] })
  }`,
			environment: key, want: []string{"AssumeRole"},
		},
		"an assumed role of the environment": {
			environment: mapWith(key, "TENCENTCLOUD_ASSUME_ROLE_ARN", readerRole), want: []string{"AssumeRole"},
		},
		"a web identity": {
			block: `
  assume_role_with_web_identity = {
    provider_id             = "pipelines"
    role_arn                = "` + readerRole + `"
    web_identity_token_file = "token"
  }`,
			want: []string{"AssumeRoleWithWebIdentity"},
		},
		"a web identity of HCP Terraform": {
			environment: map[string]string{
				"TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID": "hcp", "TENCENTCLOUD_ASSUME_ROLE_ARN": readerRole,
				"TFC_WORKLOAD_IDENTITY_TOKEN": emulator.DefaultWebIdentityToken,
			},
			want: []string{"AssumeRoleWithWebIdentity"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Serve(t, emulator.Options{})
			config := flowStatistic + overseaISPDetail + fmt.Sprintf("provider \"edgestats\" {\n  %s\n}\n", test.block)
			w := newWorkspace(t, config, withoutKey(e.URL), test.environment)
			writeKeys(t, w.dir)
			w.apply(t).expect(t, 0)
			want := slices.Concat(test.want, []string{read, readLegacy})
			got := actions(e.Calls())
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("actions %v, want %v", got, want)
			}
		})
	}
}

func mapWith(variables map[string]string, name, value string) map[string]string {
	more := maps.Clone(variables)
	more[name] = value
	return more
}

// writeKeys writes profiles and a token into the home directory of a workspace.
func writeKeys(t *testing.T, dir string) {
	t.Helper()
	profile, err := json.Marshal(map[string]string{"secretId": emulator.DefaultSecretID, "secretKey": emulator.DefaultSecretKey})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".tccli/default.credential", ".tccli/other.credential", "keys/default.credential"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, string(profile))
	}
	writeFile(t, filepath.Join(dir, "token"), emulator.DefaultWebIdentityToken+"\n")
}

// Ephemeral values can be used as keys, and are in neither plan nor state.
func TestEphemeralVariablesAreKeys(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.EphemeralResources)
	e := acctest.Serve(t, emulator.Options{SecretKey: canaryKey, Token: canaryToken})
	w := newWorkspace(t, `
variable "secret_key" {
  type      = string
  ephemeral = true
}

variable "security_token" {
  type      = string
  ephemeral = true
}

provider "edgestats" {
  secret_id      = "AKIDexampleSecretID"
  secret_key     = var.secret_key
  security_token = var.security_token
}
`+flowStatistic, withoutKey(e.URL), map[string]string{"TF_VAR_secret_key": canaryKey, "TF_VAR_security_token": canaryToken})
	w.plan(t, "-out=plan").expect(t, 0)
	w.apply(t, "plan").expect(t, 0)
	for _, args := range [][]string{{"plan"}, nil} {
		var document map[string]any
		w.show(t, &document, args...)
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		expectNoSecret(t, string(text), "net_details", canaries)
	}
}

// A key that is created during apply is unknown during plan. The error must not blame the user.
func TestUnknownKeysAreReportedAsUnknown(t *testing.T) {
	t.Parallel()
	e := acctest.Serve(t, emulator.Options{})
	w := newWorkspace(t, `
provider "edgestats" {
  secret_id  = "AKIDexampleSecretID"
  secret_key = "exampleSecretKey${substr(timestamp(), 0, 0)}" # Terraform knows the time in apply only.
}
`+flowStatistic, withoutKey(e.URL))
	w.plan(t, "-json").problem(t).expect(t, "Unknown Provider Argument", "secret_key is not known yet", "-target", "TENCENTCLOUD_SECRET_KEY")
	if calls := len(e.Calls()); calls > 0 {
		t.Errorf("the vendor received %d calls", calls)
	}
}

// Keys that are revoked during a plan are replaced once.
func TestKeysRevokedDuringAPlanAreReplaced(t *testing.T) {
	t.Parallel()
	var answered atomic.Int64
	var revoke func()
	e := acctest.Serve(t, emulator.Options{Limits: &emulator.Limits{}, Observe: func(call emulator.Call) {
		if call.API == emulator.MNA && answered.Add(1) == 25 {
			revoke()
		}
	}})
	revoke = e.RevokeTemporaryKeys
	config := strings.Replace(manyReads, "120", "50", 1)
	variables := mapWith(acctest.Variables(e.URL), "TENCENTCLOUD_ASSUME_ROLE_ARN", readerRole)
	newWorkspace(t, config, variables).plan(t, "-parallelism=50").expect(t, 0)
	if calls := len(e.CallsTo(emulator.STS)); calls != 2 {
		t.Errorf("keys were issued %d times, want 2", calls)
	}
}

// Issued keys are as secret as configured ones.
func TestIssuedKeysStayOutOfLogsAndErrors(t *testing.T) {
	t.Parallel()
	e := acctest.Serve(t, emulator.Options{WebIdentityToken: canaryToken})
	w := newWorkspace(t, flowStatistic, withoutKey(e.URL), logged, map[string]string{
		"TENCENTCLOUD_ASSUME_ROLE_ARN": readerRole, "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE": "token", "EDGESTATS_MAX_RETRIES": "1",
	})
	writeFile(t, filepath.Join(w.dir, "token"), canaryToken)
	w.apply(t).expect(t, 0)
	issued := e.CallsTo(emulator.MNA)[0].Header.Get("X-TC-Token")
	secrets := map[string]string{"web identity token": canaryToken, "issued token": issued}
	expectNoSecret(t, w.log(t), "HTTP exchange", secrets)

	// The vendor echoes the token of the attempt that it refuses.
	echoes := acctest.Serve(t, emulator.Options{WebIdentityToken: canaryToken})
	echoes.Inject(emulator.Fault{API: emulator.MNA, Kind: emulator.FaultError, Code: "InternalError", Message: "control-text " + issued})
	again := newWorkspace(t, flowStatistic, withoutKey(echoes.URL), logged, map[string]string{
		"TENCENTCLOUD_ASSUME_ROLE_ARN": readerRole, "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN": canaryToken, "EDGESTATS_MAX_RETRIES": "1",
	})
	r := again.plan(t)
	r.expect(t, 1)
	if echoed := echoes.CallsTo(emulator.MNA)[0].Header.Get("X-TC-Token"); echoed != issued {
		t.Fatalf("the emulators issued different tokens, so nothing was echoed")
	}
	expectNoSecret(t, r.stdout+r.stderr, "control-text", secrets)
	expectNoSecret(t, again.log(t), retrying, secrets)
}
