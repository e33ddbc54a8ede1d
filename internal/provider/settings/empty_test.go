// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
)

// emptyTexts returns a block with the empty text for every text argument, in objects too.
func emptyTexts(t *testing.T, attributes map[string]schema.Attribute) acctest.Config {
	t.Helper()
	empty := acctest.Config{}
	for name, attribute := range attributes {
		switch attribute := attribute.(type) {
		case schema.StringAttribute:
			empty[name] = ""
		case schema.SingleNestedAttribute:
			empty[name] = emptyTexts(t, attribute.Attributes)
		case schema.NumberAttribute:
		default:
			t.Fatalf("%s is of another kind", name)
		}
	}
	return empty
}

// Modules pass "" for what they do not set.
func TestEmptyTextsCountAsNotGiven(t *testing.T) {
	all := emptyTexts(t, settings.Schema().Attributes)
	if len(all) < 12 {
		t.Fatalf("only %v are empty", all)
	}
	inEnvironment := together(keyInEnvironment, map[string]string{"TENCENTCLOUD_REGION": "ap-guangzhou"})
	for dataSource := range questions {
		t.Run("all in "+dataSource, func(t *testing.T) {
			if calls := (blockTest{dataSource: dataSource, block: all, environment: inEnvironment}).mustRead(t); len(calls) != 1 {
				t.Errorf("%v were called, want one", calls)
			}
		})
	}
	for name, value := range all {
		t.Run(name, func(t *testing.T) {
			block := acctest.Config{name: value}
			if calls := (blockTest{block: block, environment: inEnvironment}).mustRead(t); len(calls) != 1 {
				t.Errorf("%v were called, want one", calls)
			}
		})
	}
}

func TestEmptyTextsCountBeforeOtherRules(t *testing.T) {
	const flow = "GetFlowStatistic"
	file := writeToken(t)
	identity := func(c acctest.Config) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader}.With(c)}
	}
	byIdentity := []string{"AssumeRoleWithWebIdentity", flow}
	for name, test := range map[string]struct {
		blockTest

		want []string
	}{
		"a token beside a key": {blockTest{block: keyInBlock.With(acctest.Config{"security_token": ""})}, []string{flow}},
		"half a key beside the environment's": {
			blockTest{block: acctest.Config{"secret_id": "", "secret_key": ""}, environment: keyInEnvironment}, []string{flow},
		},
		"a profile beside a role of the machine": {
			blockTest{block: acctest.Config{"profile": "", "cam_role_name": "machine"}}, []string{"security-credentials", flow},
		},
		"a profile and a role of the machine beside a web identity": {
			blockTest{block: identity(acctest.Config{"web_identity_token_file": file}).With(acctest.Config{"profile": "", "cam_role_name": ""})}, byIdentity,
		},
		"a role beside a web identity": {
			blockTest{block: identity(acctest.Config{"web_identity_token_file": file}).With(acctest.Config{"assume_role": acctest.Config{"role_arn": "", "policy": ""}})},
			byIdentity,
		},
		"a web identity beside a role": {
			blockTest{block: keyInBlock.With(acctest.Config{
				"assume_role":                   acctest.Config{"role_arn": reader},
				"assume_role_with_web_identity": acctest.Config{"role_arn": "", "web_identity_token": ""},
			})}, []string{"AssumeRole", flow},
		},
		"a token beside its file": {
			blockTest{block: identity(acctest.Config{"web_identity_token": "", "web_identity_token_file": file})}, byIdentity,
		},
		"a role without members": {blockTest{block: keyInBlock.With(acctest.Config{"assume_role": acctest.Config{}})}, []string{flow}},
		"a role beside the environment's": {
			blockTest{
				block:       keyInBlock.With(acctest.Config{"assume_role": acctest.Config{"role_arn": ""}}),
				environment: map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": reader},
			}, []string{"AssumeRole", flow},
		},
		"members of a role": {
			blockTest{block: keyInBlock.With(acctest.Config{"assume_role": acctest.Config{
				"role_arn": reader, "session_name": "", "external_id": "", "policy": "",
			}})}, []string{"AssumeRole", flow},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.mustRead(t); !slices.Equal(got, test.want) {
				t.Errorf("%v were called, want %v", got, test.want)
			}
		})
	}
}

// Half a pair is half a pair where the other half is an empty string, and the environment does not complete it.
func TestEmptyHalves(t *testing.T) {
	blockTest{block: acctest.Config{"secret_id": keyID, "secret_key": ""}, environment: keyInEnvironment}.expect(t,
		"The provider block sets secret_id but not secret_key")
	blockTest{
		dataSource: ofCDNetworks, block: acctest.Config{"cdnetworks": acctest.Config{"username": emulator.DefaultCDNetworksUsername, "api_key": ""}},
	}.expect(t, "The provider block sets cdnetworks.username but not cdnetworks.api_key")
}
