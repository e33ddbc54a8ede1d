// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
)

// resolved resolves a provider block against an environment of the given variables alone.
func resolved(t *testing.T, m model, environment map[string]string) (block, diag.Diagnostics) {
	t.Helper()
	for _, variable := range []string{
		EnvSecretID, EnvSecretKey, EnvSecurityToken, EnvProfile, EnvSharedCredentialsDir, EnvCAMRoleName, EnvRoleARN, EnvSessionName,
		EnvSessionDuration, EnvExternalID, EnvProviderID, EnvWebIdentityToken, EnvWebIdentityTokenFile, EnvWorkloadIdentityToken,
		EnvRegion, EnvDomain, EnvCDNetworksUsername, EnvCDNetworksAPIKey, EnvEndpointURL, EnvMaxRetries, EnvQuotaShare,
	} {
		t.Setenv(variable, environment[variable])
	}
	var diagnostics diag.Diagnostics
	s := m.resolve(t.Context(), &diagnostics)
	return s, diagnostics
}

// endpointsObject is an endpoints block; arguments that are not given are null.
func endpointsObject(given map[string]attr.Value) types.Object {
	members := map[string]attr.Type{}
	values := map[string]attr.Value{}
	for _, name := range []string{"mna", "trro", "cdn", "cdn_legacy", "sts", "metadata", "cdnetworks"} {
		members[name], values[name] = types.StringType, types.StringNull()
		if value, ok := given[name]; ok {
			values[name] = value
		}
	}
	return types.ObjectValueMust(members, values)
}

func TestEndpoints(t *testing.T) {
	const everywhere = "https://all.example.com"
	unknown := setting{unknown: true}
	tests := []struct {
		name        string
		model       model
		environment map[string]string
		want        endpoints
	}{
		{
			name: "the vendors' own",
			want: endpoints{
				mna: setting{value: "https://mna.intl.tencentcloudapi.com"}, trro: setting{value: "https://trro.intl.tencentcloudapi.com"},
				cdn: setting{value: "https://cdn.intl.tencentcloudapi.com"}, cdnLegacy: setting{value: "https://cdn.api.qcloud.com"},
				sts: setting{value: "https://sts.intl.tencentcloudapi.com"}, metadata: setting{value: "http://metadata.tencentyun.com"}, cdnetworks: setting{value: "https://api.cdnetworks.com"},
			},
		},
		{
			name: "domain from the environment", environment: map[string]string{EnvDomain: "tencentcloudapi.com"},
			want: endpoints{
				mna: setting{value: "https://mna.tencentcloudapi.com"}, trro: setting{value: "https://trro.tencentcloudapi.com"},
				cdn: setting{value: "https://cdn.tencentcloudapi.com"}, cdnLegacy: setting{value: "https://cdn.api.qcloud.com"},
				sts: setting{value: "https://sts.tencentcloudapi.com"}, metadata: setting{value: "http://metadata.tencentyun.com"}, cdnetworks: setting{value: "https://api.cdnetworks.com"},
			},
		},
		{
			name: "domain from the configuration", environment: map[string]string{EnvDomain: "tencentcloudapi.com"},
			model: model{Domain: types.StringValue("api.example.com")},
			want: endpoints{
				mna: setting{value: "https://mna.api.example.com"}, trro: setting{value: "https://trro.api.example.com"},
				cdn: setting{value: "https://cdn.api.example.com"}, cdnLegacy: setting{value: "https://cdn.api.qcloud.com"},
				sts: setting{value: "https://sts.api.example.com"}, metadata: setting{value: "http://metadata.tencentyun.com"}, cdnetworks: setting{value: "https://api.cdnetworks.com"},
			},
		},
		{
			name: "an unknown domain", model: model{Domain: types.StringUnknown()},
			want: endpoints{
				mna: setting{"https://mna.", true}, trro: setting{"https://trro.", true}, cdn: setting{"https://cdn.", true},
				cdnLegacy: setting{value: "https://cdn.api.qcloud.com"}, sts: setting{"https://sts.", true},
				metadata: setting{value: "http://metadata.tencentyun.com"}, cdnetworks: setting{value: "https://api.cdnetworks.com"},
			},
		},
		{
			name: "one variable for all", environment: map[string]string{EnvEndpointURL: everywhere, EnvDomain: "example.com"},
			want: endpoints{
				mna: setting{value: everywhere}, trro: setting{value: everywhere}, cdn: setting{value: everywhere},
				cdnLegacy: setting{value: everywhere}, sts: setting{value: everywhere}, metadata: setting{value: everywhere}, cdnetworks: setting{value: everywhere},
			},
		},
		{
			name: "some configured, some unknown", environment: map[string]string{EnvEndpointURL: everywhere},
			model: model{Endpoints: endpointsObject(map[string]attr.Value{
				"trro": types.StringValue("http://127.0.0.1:8080"), "cdnetworks": types.StringUnknown(),
			})},
			want: endpoints{
				mna: setting{value: everywhere}, trro: setting{value: "http://127.0.0.1:8080"}, cdn: setting{value: everywhere},
				cdnLegacy: setting{value: everywhere}, sts: setting{value: everywhere}, metadata: setting{value: everywhere}, cdnetworks: unknown,
			},
		},
		{
			name: "all unknown", environment: map[string]string{EnvEndpointURL: everywhere},
			model: model{Endpoints: types.ObjectUnknown(nil)},
			want:  endpoints{mna: unknown, trro: unknown, cdn: unknown, cdnLegacy: unknown, sts: unknown, metadata: unknown, cdnetworks: unknown},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, problems := resolved(t, test.model, test.environment)
			if problems.HasError() {
				t.Fatal(problems)
			}
			if diff := cmp.Diff(test.want, s.endpoints, cmp.AllowUnexported(endpoints{}, setting{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestRetriesAndShare(t *testing.T) {
	tests := []struct {
		name        string
		model       model
		environment map[string]string
		retries     int
		share       float64
	}{
		{name: "by default", retries: 4, share: 0.8},
		{
			name: "from the environment", environment: map[string]string{EnvMaxRetries: "0", EnvQuotaShare: "0.25"},
			retries: 0, share: 0.25,
		},
		{
			name: "the most that the environment may say", environment: map[string]string{EnvMaxRetries: "20", EnvQuotaShare: "1"},
			retries: 20, share: 1,
		},
		{
			name:        "from the configuration",
			model:       model{MaxRetries: types.Int64Value(20), QuotaShare: types.NumberValue(big.NewFloat(1))},
			environment: map[string]string{EnvMaxRetries: "many", EnvQuotaShare: "2"},
			retries:     20, share: 1,
		},
		{
			name:        "unknown in the configuration",
			model:       model{MaxRetries: types.Int64Unknown(), QuotaShare: types.NumberUnknown()},
			environment: map[string]string{EnvMaxRetries: "7"},
			retries:     7, share: 0.8,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, problems := resolved(t, test.model, test.environment)
			if problems.HasError() {
				t.Fatal(problems)
			}
			if s.maxRetries != test.retries || s.quotaShare != test.share {
				t.Errorf("%d retries, share %v, want %d and %v", s.maxRetries, s.quotaShare, test.retries, test.share)
			}
		})
	}
}

func TestWrongVariables(t *testing.T) {
	const (
		retries = "must be a whole number from 0 to 20"
		share   = "must be a number above 0, up to 1"
		domain  = "must be a domain name such as"
		url     = "must be a URL of scheme, host and optional port"
	)
	for _, test := range []struct{ variable, value, want string }{
		{EnvMaxRetries, "-1", retries},
		{EnvMaxRetries, "21", retries},
		{EnvMaxRetries, "1.5", retries},
		{EnvMaxRetries, "many", retries},
		{EnvQuotaShare, "0", share},
		{EnvQuotaShare, "-0.1", share},
		{EnvQuotaShare, "1.01", share},
		{EnvQuotaShare, "80%", share},
		{EnvQuotaShare, "Inf", share},
		{EnvQuotaShare, "NaN", share},
		{EnvQuotaShare, "5e-324", share},
		{EnvQuotaShare, "1e-999999999", share},
		{EnvQuotaShare, "1e999999999", share},
		{EnvMaxRetries, "1e1", retries},
		{EnvMaxRetries, "99999999999999999999", retries},
		{EnvEndpointURL, "https://api.example.com:99999", "must have a port from 1 to 65535"},
		{EnvDomain, "https://example.com", domain},
		{EnvDomain, "example.com/path", domain},
		{EnvEndpointURL, "api.example.com", url},
		{EnvEndpointURL, "https://user:hidden@api.example.com", url},
		{EnvEndpointURL, "https://api.example.com/?key=hidden", url},
		{EnvEndpointURL, "http://api.example.com", "must use https"},
	} {
		t.Run(test.variable+"="+test.value, func(t *testing.T) {
			_, problems := resolved(t, model{}, map[string]string{test.variable: test.value})
			if len(problems) != 1 {
				t.Fatalf("%d errors, want 1: %v", len(problems), problems)
			}
			expect.Diagnostic(t, problems[0], "", test.variable)
			expect.Diagnostic(t, problems[0], "", test.want)
			expect.NoSecret(t, problems[0].Detail(), "hidden")
		})
	}
}

func TestModelFitsSchema(t *testing.T) {
	object, ok := Schema().Type().TerraformType(t.Context()).(tftypes.Object)
	if !ok {
		t.Fatal("the provider block is no object")
	}
	members := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, member := range object.AttributeTypes {
		members[name] = tftypes.NewValue(member, nil)
	}
	config := tfsdk.Config{Schema: Schema(), Raw: tftypes.NewValue(object, members)}
	if diagnostics := config.Get(t.Context(), &model{}); diagnostics.HasError() {
		t.Error(diagnostics)
	}
}
