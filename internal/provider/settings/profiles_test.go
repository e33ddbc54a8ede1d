// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestRegionOfAProfile(t *testing.T) {
	const configured = `{"_sys_param": {"output": "json", "region": "ap-profile", "timeout": 60}, "cvm": {"version": "2017-03-12"}}`
	files := map[string]string{
		"default.credential": profile(t), "default.configure": configured,
		"other.credential": profile(t), "other.configure": `{"_sys_param": {"region": "ap-other"}}`,
	}
	for name, test := range map[string]struct {
		blockTest

		want string
	}{
		"the default profile":         {blockTest{}, "ap-profile"},
		"a profile in the block":      {blockTest{block: acctest.Config{"profile": "other"}}, "ap-other"},
		"a profile in a variable":     {blockTest{environment: map[string]string{"TENCENTCLOUD_PROFILE": "other"}}, "ap-other"},
		"below a role":                {blockTest{block: acctest.Config{"assume_role": acctest.Config{"role_arn": reader}}}, "ap-profile"},
		"not over the block's":        {blockTest{block: acctest.Config{"region": "ap-block"}}, "ap-block"},
		"not over the variable's":     {blockTest{environment: map[string]string{"TENCENTCLOUD_REGION": "ap-variable"}}, "ap-variable"},
		"over an empty text":          {blockTest{block: acctest.Config{"region": ""}}, "ap-profile"},
		"not with keys of the block":  {blockTest{block: keyInBlock}, ""},
		"not with keys of a variable": {blockTest{environment: keyInEnvironment}, ""},
		"not with a machine's role":   {blockTest{block: acctest.Config{"cam_role_name": "machine"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			test.dataSource, test.files = ofTRRO, files
			calls, problems := test.read(t)
			sent := ""
			for _, call := range calls {
				if call.Action == "DescribeSessionStatisticsByInterval" {
					sent = call.Header.Get("X-TC-Region")
				}
			}
			if sent != test.want || test.want != "" && len(problems) > 0 {
				t.Errorf("the region is %q, want %q\n%s", sent, test.want, problems)
			}
		})
	}
}

// The error is that of a read that needs a region, and no other.
func TestRegionOfABrokenProfile(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"not JSON":      {"region = canary", "default.configure: the file is not a JSON object with the string _sys_param.region"},
		"another shape": {`{"_sys_param": {"region": ["canary"]}}`, "the file is not a JSON object with the string _sys_param.region"},
		"no region":     {`{"_sys_param": {"region": "two words"}}`, `default.configure: must be a region such as "ap-guangzhou", got "two words"`},
	} {
		t.Run(name, func(t *testing.T) {
			b := blockTest{dataSource: ofTRRO, files: map[string]string{"default.credential": profile(t), "default.configure": test.content}}
			b.expect(t, "Invalid Profile", "Cannot read the region of the profile default: ", test.want, "set region or TENCENTCLOUD_REGION")
			b.dataSource = flowStatistic
			b.mustRead(t)
			b.dataSource, b.block = ofTRRO, acctest.Config{"region": "ap-block"}
			b.mustRead(t)
		})
	}
}

// Shells expand variables, and Terraform and this provider do not.
func TestVariablesInPathsAreNotExpanded(t *testing.T) {
	key := map[string]string{"default.credential": profile(t)}
	identity := func(file string) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader, "web_identity_token_file": file}}
	}
	for path, want := range map[string]string{
		"$HOME/.tccli":          "must be a path without environment variables, got $HOME; write ~/.tccli.",
		"${HOME}/.tccli":        "must be a path without environment variables, got ${HOME}; write ~/.tccli.",
		"$HOME":                 "must be a path without environment variables, got $HOME; write ~.",
		`%USERPROFILE%\.tccli`:  `must be a path without environment variables, got %USERPROFILE%; write ~\.tccli.`,
		"$XDG_CONFIG_HOME/keys": "must be a path without environment variables, got $XDG_CONFIG_HOME; write the directory itself",
	} {
		t.Run(path, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			problems := acctest.NewServer(t).Configure(t, acctest.Config{"shared_credentials_dir": path})
			acctest.ExpectProblem(t, problems, "shared_credentials_dir", "shared_credentials_dir "+want)
			problems = acctest.NewServer(t).Configure(t, identity(path))
			acctest.ExpectProblem(t, problems, "assume_role_with_web_identity.web_identity_token_file", "web_identity_token_file "+want)
			blockTest{files: key, environment: map[string]string{"TENCENTCLOUD_SHARED_CREDENTIALS_DIR": path}}.expect(t,
				"Invalid Environment Variable", "TENCENTCLOUD_SHARED_CREDENTIALS_DIR "+want)
			blockTest{environment: map[string]string{
				"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE": path, "TENCENTCLOUD_ASSUME_ROLE_ARN": reader,
			}}.expect(t, "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE "+want)
		})
	}
	blockTest{files: key, block: acctest.Config{"shared_credentials_dir": "~/.tccli"}}.mustRead(t)
	blockTest{files: map[string]string{"$keys/default.credential": profile(t)}, block: acctest.Config{"shared_credentials_dir": "~/.tccli/$keys"}}.mustRead(t)
}

// The error of a directory that was given names the file that is not there.
func TestDirectoryWithoutTheDefaultProfile(t *testing.T) {
	calls, problems := blockTest{block: acctest.Config{"shared_credentials_dir": "~/absent"}}.read(t)
	acctest.ExpectProblem(t, problems, "", "no keys from the profile default: ", "/absent/default.credential: no such file or directory")
	if len(calls) > 0 {
		t.Errorf("%d calls were made", len(calls))
	}
}
