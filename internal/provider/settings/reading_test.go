// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Data sources beside flowStatistic: the one of Tencent Cloud that has a region, and one of CDNetworks.
const (
	ofTRRO       = "edgestats_trro_session_statistics"
	ofCDNetworks = "edgestats_cdn_relay_traffic"
)

var questions = map[string]acctest.Config{
	flowStatistic: flowStatisticConfig,
	ofTRRO:        {"project_id": "project-1", "statistic_interval": "day"},
	ofCDNetworks:  {"date_from": "2026-01-01", "date_to": "2026-01-02"},
}

// blockTest reads a data source with a provider block and an environment.
type blockTest struct {
	// dataSource is flowStatistic if it is empty.
	dataSource string
	block      acctest.Config
	// environment is set in addition to the emulator's URL and CDNetworks user. Empty variables are not set.
	environment map[string]string
	// files are written to .tccli in the home directory.
	files map[string]string
}

// The emulator of blockTest knows this key, which the tests give in one place or another.
const (
	keyID     = "AKIDexample"
	keySecret = "example-secret-key"
)

var (
	keyInEnvironment = map[string]string{"TENCENTCLOUD_SECRET_ID": keyID, "TENCENTCLOUD_SECRET_KEY": keySecret}
	keyInBlock       = acctest.Config{"secret_id": keyID, "secret_key": keySecret}
)

// oneKey are options of an emulator that knows the key.
func oneKey() emulator.Options {
	return emulator.Options{Keys: map[string]string{keyID: keySecret}, Limits: &emulator.Limits{}, Clock: clock.At(acctest.Now)}
}

// read returns the calls that the emulator received, and the errors of the read. Configuring must have none.
func (b blockTest) read(t *testing.T) ([]emulator.Call, acctest.Problems) {
	t.Helper()
	e := acctest.Serve(t, oneKey())
	acctest.ClearEnvironment(t)
	variables := together(map[string]string{
		"EDGESTATS_ENDPOINT_URL": e.URL, "CDNETWORKS_USERNAME": emulator.DefaultCDNetworksUsername,
		"CDNETWORKS_API_KEY": emulator.DefaultCDNetworksAPIKey, "EDGESTATS_MAX_RETRIES": "0",
	}, b.environment)
	for variable, value := range variables {
		t.Setenv(variable, value)
	}
	for name, content := range b.files {
		path := filepath.Join(os.Getenv("HOME"), ".tccli", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dataSource := cmp.Or(b.dataSource, flowStatistic)
	_, problems := acctest.Configured(t, b.block).Read(t.Context(), t, dataSource, questions[dataSource])
	return e.Calls(), problems
}

// mustRead returns the actions of the calls, and fails the test if the read has errors.
func (b blockTest) mustRead(t *testing.T) []string {
	t.Helper()
	calls, problems := b.read(t)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var actions []string
	for _, call := range calls {
		actions = append(actions, call.Action)
	}
	return actions
}

// expect fails the test unless the read has one error, about no argument of the data source, and makes no call.
func (b blockTest) expect(t *testing.T, texts ...string) {
	t.Helper()
	calls, problems := b.read(t)
	acctest.ExpectProblem(t, problems, "", texts...)
	expect.None(t, problems.String(), keySecret, "canary")
	if len(calls) > 0 {
		t.Errorf("the vendor was asked %d times", len(calls))
	}
}

// profile is the content of a profile's file with the key.
func profile(t *testing.T) string {
	t.Helper()
	content, err := json.Marshal(map[string]string{"secretId": keyID, "secretKey": keySecret})
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// writeToken writes the token that the emulator accepts, and returns the file.
func writeToken(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(emulator.DefaultWebIdentityToken), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
