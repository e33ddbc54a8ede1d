// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package settings holds the provider block: its schema, its environment variables, the credentials and the errors about them, and
// Clients, which Configure returns for it. It knows no data source.
package settings

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/providervalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// Configure resolves a provider block and returns the clients for it. It makes no call. The version is the provider's.
func Configure(ctx context.Context, config tfsdk.Config, c clock.Clock, version, terraformVersion string) (*Clients, diag.Diagnostics) {
	var m model
	diags := config.Get(ctx, &m)
	if diags.HasError() {
		return nil, diags
	}
	b := m.resolve(ctx, &diags)
	if diags.HasError() {
		return nil, diags
	}
	return newClients(b, c, userAgent(version, terraformVersion)), diags
}

// Validators refuse two kinds of credentials in one block, since one would be ignored.
func Validators() []provider.ConfigValidator {
	const webIdentity = "assume_role_with_web_identity"
	return []provider.ConfigValidator{
		providervalidator.Conflicting(path.MatchRoot("profile"), path.MatchRoot("cam_role_name"), path.MatchRoot(webIdentity)),
		providervalidator.Conflicting(path.MatchRoot("assume_role"), path.MatchRoot(webIdentity)),
	}
}

// block is the provider block, resolved against the environment.
type block struct {
	credentials        credentials
	region             setting
	cdnetworksUsername argument
	cdnetworksAPIKey   argument
	endpoints          endpoints
	maxRetries         int
	quotaShare         float64
	// unknown are the arguments that every read needs and whose values are not known before apply.
	unknown []argument
}

// secrets are the values to mask.
func (b block) secrets() []string {
	return append(b.credentials.secrets(), b.cdnetworksAPIKey.value)
}

// resolve resolves the block against the environment. It makes no call, and does not check credentials: only the data
// sources that need them do.
func (m model) resolve(ctx context.Context, diags *diag.Diagnostics) block {
	b := block{
		credentials: m.credentials(ctx, diags),
		region:      given(m.Region, EnvRegion),
		maxRetries:  m.maxRetries(diags),
		quotaShare:  m.quotaShare(diags),
		endpoints:   m.endpoints(ctx, diags),

		cdnetworksUsername: argument{name: "cdnetworks.username", variable: EnvCDNetworksUsername},
		cdnetworksAPIKey:   argument{name: "cdnetworks.api_key", variable: EnvCDNetworksAPIKey},
	}
	if m.MaxRetries.IsUnknown() {
		b.unknown = append(b.unknown, argument{"max_retries", EnvMaxRetries, setting{unknown: true}})
	}
	if m.QuotaShare.IsUnknown() {
		b.unknown = append(b.unknown, argument{"quota_share", EnvQuotaShare, setting{unknown: true}})
	}
	var user cdnetworksModel
	if m.CDNetworks.IsUnknown() {
		user = cdnetworksModel{Username: types.StringUnknown(), APIKey: types.StringUnknown()}
	} else if !m.CDNetworks.IsNull() {
		diags.Append(m.CDNetworks.As(ctx, &user, basetypes.ObjectAsOptions{})...)
	}
	oneSet([]types.String{user.Username, user.APIKey}, &b.cdnetworksUsername, &b.cdnetworksAPIKey)
	return b
}

func (m model) maxRetries(diags *diag.Diagnostics) int {
	if !m.MaxRetries.IsNull() && !m.MaxRetries.IsUnknown() {
		return int(m.MaxRetries.ValueInt64())
	}
	text := os.Getenv(EnvMaxRetries)
	if text == "" {
		return defaultMaxRetries
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > retriesLimit {
		diags.AddError("Invalid Environment Variable",
			fmt.Sprintf("%s is %q; it must be a whole number from 0 to %d.", EnvMaxRetries, text, retriesLimit))
	}
	return n
}

func (m model) quotaShare(diags *diag.Diagnostics) float64 {
	share, text := m.QuotaShare.ValueBigFloat(), os.Getenv(EnvQuotaShare)
	if m.QuotaShare.IsNull() || m.QuotaShare.IsUnknown() {
		if text == "" {
			return defaultQuotaShare
		}
		var ok bool
		if share, ok = new(big.Float).SetString(text); !ok || !validShare(share) {
			diags.AddError("Invalid Environment Variable",
				fmt.Sprintf("%s is %.40q; it must be a number %s.", EnvQuotaShare, text, shareRange))
			return defaultQuotaShare
		}
	}
	f, _ := share.Float64()
	return f
}

// shareRange is the range of valid shares. Those below minQuotaShare are as good as 0.
const shareRange = "above 0, up to 1"

func validShare(share *big.Float) bool {
	f, _ := share.Float64()
	return f >= minQuotaShare && f <= 1
}

// shareValidator accepts valid shares of a quota.
type shareValidator struct{}

func (shareValidator) Description(context.Context) string         { return shareRange }
func (shareValidator) MarkdownDescription(context.Context) string { return shareRange }

func (shareValidator) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if v := req.ConfigValue; !v.IsNull() && !v.IsUnknown() && !validShare(v.ValueBigFloat()) {
		// The value itself may have an exponent that takes minutes to print.
		f, _ := v.ValueBigFloat().Float64()
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value",
			fmt.Sprintf("%s must be %s, got: %g.", req.Path, shareRange, f))
	}
}

func userAgent(version, terraformVersion string) string {
	return "Terraform/" + terraformVersion + " (+https://www.terraform.io) terraform-provider-edgestats/" + version
}
