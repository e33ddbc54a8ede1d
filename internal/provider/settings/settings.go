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

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// Configure resolves a provider block and returns the clients for it. It makes no call, and an invalid variable or
// credential is an error of the reads that need it only. The version is the provider's.
func Configure(ctx context.Context, config tfsdk.Config, c clock.Clock, version, terraformVersion string) (*Clients, diag.Diagnostics) {
	config, diags := withoutEmpty(config)
	if diags.HasError() {
		return nil, diags
	}
	var m model
	diags.Append(config.Get(ctx, &m)...)
	if diags.HasError() {
		return nil, diags
	}
	b := m.resolve(ctx, &diags)
	if diags.HasError() {
		return nil, diags
	}
	return newClients(b, c, userAgent(version, terraformVersion)), diags
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
	// always are the arguments that every read needs.
	always []argument
}

// secrets are the values to mask.
func (b block) secrets() []string {
	return append(b.credentials.secrets(), b.cdnetworksAPIKey.value)
}

// resolve resolves the block against the environment. It makes no call, and does not check credentials or variables: only
// the data sources that need them do.
func (m model) resolve(ctx context.Context, diags *diag.Diagnostics) block {
	b := block{
		credentials: m.credentials(ctx, diags),
		endpoints:   m.endpoints(ctx, diags),

		cdnetworksUsername: argument{name: "cdnetworks.username", variable: EnvCDNetworksUsername},
		cdnetworksAPIKey:   argument{name: "cdnetworks.api_key", variable: EnvCDNetworksAPIKey},
	}
	b.region = m.region(b.credentials)
	retries, share := argument{name: "max_retries", variable: EnvMaxRetries}, argument{name: "quota_share", variable: EnvQuotaShare}
	b.maxRetries, retries.setting = m.maxRetries()
	b.quotaShare, share.setting = m.quotaShare()
	b.always = []argument{retries, share}
	user := cdnetworksModel{Username: types.StringNull(), APIKey: types.StringNull()}
	if m.CDNetworks.IsUnknown() {
		user = cdnetworksModel{Username: types.StringUnknown(), APIKey: types.StringUnknown()}
	} else if !m.CDNetworks.IsNull() {
		diags.Append(m.CDNetworks.As(ctx, &user, basetypes.ObjectAsOptions{})...)
	}
	oneSet([]types.String{user.Username, user.APIKey}, &b.cdnetworksUsername, &b.cdnetworksAPIKey)
	return b
}

// maxRetries returns the number of retries, and whether it is unknown or invalid.
func (m model) maxRetries() (int, setting) {
	if !m.MaxRetries.IsNull() {
		return int(arguments.Int64Or(m.MaxRetries, defaultMaxRetries)), setting{unknown: m.MaxRetries.IsUnknown(), inBlock: true}
	}
	s := setting{value: os.Getenv(EnvMaxRetries)}.checked(EnvMaxRetries, checkRetries)
	if s.missing() || s.invalid != nil {
		return defaultMaxRetries, s
	}
	n, _ := strconv.Atoi(s.value) // It was checked.
	return n, s
}

func checkRetries(text string) error {
	if n, err := strconv.Atoi(text); err != nil || n < 0 || n > retriesLimit {
		return fmt.Errorf("must be a whole number from 0 to %d, got %.40q", retriesLimit, text)
	}
	return nil
}

// quotaShare returns the share, and whether it is unknown or invalid.
func (m model) quotaShare() (float64, setting) {
	if m.QuotaShare.IsUnknown() {
		return defaultQuotaShare, setting{unknown: true, inBlock: true}
	}
	if !m.QuotaShare.IsNull() {
		share, _ := m.QuotaShare.ValueBigFloat().Float64()
		return share, setting{inBlock: true}
	}
	s := setting{value: os.Getenv(EnvQuotaShare)}.checked(EnvQuotaShare, checkShare)
	if s.missing() || s.invalid != nil {
		return defaultQuotaShare, s
	}
	number, _ := new(big.Float).SetString(s.value) // It was checked.
	share, _ := number.Float64()
	return share, s
}

func checkShare(text string) error {
	if share, ok := new(big.Float).SetString(text); !ok || !validShare(share) {
		return fmt.Errorf("must be a number %s, got %.40q", shareRange, text)
	}
	return nil
}

// shareRange is the range of valid shares. Those below minQuotaShare are as good as 0.
const shareRange = "above 0 and at most 1"

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
			fmt.Sprintf("%s must be %s, got %g.", req.Path, shareRange, f))
	}
}

func userAgent(version, terraformVersion string) string {
	return "Terraform/" + terraformVersion + " (+https://www.terraform.io) terraform-provider-edgestats/" + version
}
