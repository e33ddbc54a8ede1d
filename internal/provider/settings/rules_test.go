// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"encoding/json"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
)

func TestNumbersOfTheBlock(t *testing.T) {
	assume := func(seconds any) acctest.Config {
		return acctest.Config{"assume_role": acctest.Config{"role_arn": reader, "session_duration": seconds}}
	}
	identity := func(seconds any) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader, "session_duration": seconds}}
	}
	for name, test := range map[string]struct {
		block           acctest.Config
		attribute, want string
	}{
		"a fraction":             {acctest.Config{"max_retries": 1.5}, "max_retries", "max_retries must be a whole number, got 1.5."},
		"a very small fraction":  {acctest.Config{"max_retries": json.Number("1e-300")}, "max_retries", "max_retries must be a whole number, got 1e-300."},
		"a large number":         {acctest.Config{"max_retries": json.Number("1e300")}, "max_retries", "max_retries must be from 0 to 20, got 1e+300."},
		"a negative number":      {acctest.Config{"max_retries": -1}, "max_retries", "max_retries must be from 0 to 20, got -1."},
		"half a second":          {assume(0.5), "assume_role.session_duration", "assume_role.session_duration must be a whole number, got 0.5."},
		"no second":              {assume(0), "assume_role.session_duration", "must be from 1 to 43200, got 0."},
		"a fraction of a second": {identity(7200.25), "assume_role_with_web_identity.session_duration", "must be a whole number, got 7200.25."},
		"too long a session":     {identity(43201), "assume_role_with_web_identity.session_duration", "must be from 1 to 43200, got 43201."},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			acctest.ExpectProblem(t, acctest.NewServer(t).Configure(t, test.block), test.attribute, test.want)
		})
	}
	for _, block := range []acctest.Config{
		{"max_retries": json.Number("2e1")}, {"max_retries": json.Number("3.0")}, assume(43200), identity(1), assume(nil),
	} {
		if problems := acctest.NewServer(t).Configure(t, block); len(problems) > 0 {
			t.Error(problems)
		}
	}
}

// Two that cannot be configured together: the error says what each is for.
func TestExclusiveArguments(t *testing.T) {
	identity := acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader}}
	tokens := acctest.Config{"assume_role_with_web_identity": acctest.Config{
		"role_arn": reader, "web_identity_token": "canary-of-a-token", "web_identity_token_file": "token",
	}}
	const advice = "Set profile for keys in a file, cam_role_name for the role of this machine, or assume_role_with_web_identity for the token of a pipeline."
	for name, test := range map[string]struct {
		block     acctest.Config
		attribute string
		want      []string
	}{
		"profile and machine": {acctest.Config{"profile": "a", "cam_role_name": "b"}, "profile", []string{"profile and cam_role_name cannot be configured together", advice}},
		"profile and token":   {identity.With(acctest.Config{"profile": "a"}), "profile", []string{"profile and assume_role_with_web_identity cannot", advice}},
		"machine and token":   {identity.With(acctest.Config{"cam_role_name": "a"}), "cam_role_name", []string{"cam_role_name and assume_role_with_web_identity cannot", advice}},
		"role and token": {
			identity.With(acctest.Config{"assume_role": acctest.Config{"role_arn": reader}}), "assume_role",
			[]string{"assume_role and assume_role_with_web_identity cannot", "Set assume_role for a role that is assumed with keys"},
		},
		"token and its file": {
			tokens, "assume_role_with_web_identity.web_identity_token",
			[]string{"web_identity_token_file cannot", "Set web_identity_token for the token itself, or web_identity_token_file for a file that contains it."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			problems := acctest.NewServer(t).Configure(t, test.block)
			acctest.ExpectProblem(t, problems, test.attribute, test.want...)
			expect.None(t, problems.String(), "canary")
		})
	}
	acctest.ClearEnvironment(t)
	for _, block := range []acctest.Config{
		identity.With(acctest.Config{"profile": acctest.Unknown}), {"profile": "a", "assume_role_with_web_identity": acctest.Unknown},
	} {
		if problems := acctest.NewServer(t).Configure(t, block); len(problems) > 0 {
			t.Errorf("one of two may turn out to be null: %s", problems)
		}
	}
}
