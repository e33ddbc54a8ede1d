// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"math/big"
	"slices"
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
	const everywhere, unknown = "https://all.example.com", "unknown"
	// of returns the endpoints with the given hosts of Tencent Cloud's APIs, in the order of the fields.
	of := func(domain string) []string {
		return []string{
			"https://mna." + domain, "https://trro." + domain, "https://cdn." + domain, "https://cdn.api.qcloud.com",
			"https://sts." + domain, "http://metadata.tencentyun.com", "https://api.cdnetworks.com",
		}
	}
	tests := []struct {
		name        string
		model       model
		environment map[string]string
		// want has the endpoints in the order of the fields.
		want []string
	}{
		{name: "the vendors' own", want: of("intl.tencentcloudapi.com")},
		{
			name: "domain from the environment", environment: map[string]string{EnvDomain: "tencentcloudapi.com"},
			want: of("tencentcloudapi.com"),
		},
		{
			name: "domain from the configuration", environment: map[string]string{EnvDomain: "tencentcloudapi.com"},
			model: model{Domain: types.StringValue("api.example.com")},
			want:  of("api.example.com"),
		},
		{
			name: "an unknown domain", model: model{Domain: types.StringUnknown()},
			want: []string{unknown, unknown, unknown, of("")[3], unknown, of("")[5], of("")[6]},
		},
		{
			name: "one variable for all", environment: map[string]string{EnvEndpointURL: everywhere, EnvDomain: "example.com"},
			want: slices.Repeat([]string{everywhere}, 7),
		},
		{
			name: "trailing slashes", environment: map[string]string{EnvEndpointURL: everywhere + "/"},
			model: model{Endpoints: endpointsObject(map[string]attr.Value{"trro": types.StringValue("https://trro.example.com/")})},
			want:  []string{everywhere, "https://trro.example.com", everywhere, everywhere, everywhere, everywhere, everywhere},
		},
		{
			name: "some configured, some unknown", environment: map[string]string{EnvEndpointURL: everywhere},
			model: model{Endpoints: endpointsObject(map[string]attr.Value{
				"trro": types.StringValue("http://127.0.0.1:8080"), "cdnetworks": types.StringUnknown(),
			})},
			want: []string{everywhere, "http://127.0.0.1:8080", everywhere, everywhere, everywhere, everywhere, unknown},
		},
		{
			name: "all unknown", environment: map[string]string{EnvEndpointURL: everywhere},
			model: model{Endpoints: types.ObjectUnknown(nil)},
			want:  slices.Repeat([]string{unknown}, 7),
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, problems := resolved(t, test.model, test.environment)
			if problems.HasError() {
				t.Fatal(problems)
			}
			e := s.endpoints
			var got []string
			for _, a := range []argument{e.mna, e.trro, e.cdn, e.cdnLegacy, e.sts, e.metadata, e.cdnetworks} {
				if a.unknown {
					a.value = unknown
				}
				got = append(got, a.value)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
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
			model:       model{MaxRetries: types.NumberValue(big.NewFloat(20)), QuotaShare: types.NumberValue(big.NewFloat(1))},
			environment: map[string]string{EnvMaxRetries: "many", EnvQuotaShare: "2"},
			retries:     20, share: 1,
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
		share   = "must be a number above 0 and at most 1"
		domain  = "must be a domain name"
		url     = "must be a URL with scheme, host and optional port"
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
		{EnvDomain, "user:hidden@example.com", domain},
		{EnvEndpointURL, "https://api.example.com/v2", url + `; remove "/v2"`},
		{EnvEndpointURL, "api.example.com", url},
		{EnvEndpointURL, "https://user:hidden@api.example.com", url},
		{EnvEndpointURL, "https://api.example.com/?key=hidden", url},
		{EnvEndpointURL, "http://api.example.com", "must use https"},
	} {
		t.Run(test.variable+"="+test.value, func(t *testing.T) {
			b, problems := resolved(t, model{}, map[string]string{test.variable: test.value})
			if len(problems) > 0 {
				t.Fatalf("errors before the value is needed: %v", problems)
			}
			problem := unusable(append(b.always, b.endpoints.mna)...)
			expect.Diagnostic(t, problem, "", test.variable+" "+test.want)
			expect.None(t, problem.Detail(), "hidden")
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
