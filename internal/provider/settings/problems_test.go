// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"strings"
	"testing"
)

func TestUnusableCredentialsAreRefused(t *testing.T) {
	good := argument{"secret_id", EnvSecretID, setting{value: "AKIDexample", inBlock: true}}
	for name, test := range map[string]struct {
		value string
		want  string
	}{
		"as it should be": {"example key", ""},
		"line break":      {"example-key\n", "secret_key begins or ends with white space"},
		"leading space":   {" example-key", "begins or ends with white space"},
		"control":         {"example\x00key", "begins or ends with white space"},
		"short":           {"example", "secret_key has fewer than 8 characters"},
		"missing":         {"", "The provider block sets secret_id but not secret_key"},
	} {
		t.Run(name, func(t *testing.T) {
			d := credentialProblem("Tencent Cloud", []argument{good, {"secret_key", EnvSecretKey, setting{value: test.value, inBlock: true}}})
			if test.want == "" {
				if d != nil {
					t.Errorf("got %v, want none", d)
				}
				return
			}
			if d == nil || !strings.Contains(d.Detail(), test.want) || strings.Contains(d.Detail(), "example") {
				t.Errorf("got %v, want %q and no part of the key", d, test.want)
			}
		})
	}
}
