// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// Environment variables; an empty one counts as unset.
const (
	envSecretID              = "TENCENTCLOUD_SECRET_ID"
	envSecretKey             = "TENCENTCLOUD_SECRET_KEY"
	envSecurityToken         = "TENCENTCLOUD_SECURITY_TOKEN"
	envProfile               = "TENCENTCLOUD_PROFILE"
	envSharedCredentialsDir  = "TENCENTCLOUD_SHARED_CREDENTIALS_DIR"
	envCAMRoleName           = "TENCENTCLOUD_CAM_ROLE_NAME"
	envRoleARN               = "TENCENTCLOUD_ASSUME_ROLE_ARN"
	envSessionName           = "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"
	envSessionDuration       = "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION"
	envExternalID            = "TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID"
	envProviderID            = "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID"
	envWebIdentityToken      = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN"
	envWebIdentityTokenFile  = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE"
	envWorkloadIdentityToken = "TFC_WORKLOAD_IDENTITY_TOKEN"
	envRegion                = "TENCENTCLOUD_REGION"
	envDomain                = "TENCENTCLOUD_DOMAIN"
	envCDNetworksUsername    = "CDNETWORKS_USERNAME"
	envCDNetworksAPIKey      = "CDNETWORKS_API_KEY"
	envEndpointURL           = "EDGESTATS_ENDPOINT_URL"
	envMaxRetries            = "EDGESTATS_MAX_RETRIES"
	envQuotaShare            = "EDGESTATS_QUOTA_SHARE"
)

const (
	defaultDomain     = "intl.tencentcloudapi.com"
	defaultCDNLegacy  = "https://cdn.api.qcloud.com"
	defaultCDNetworks = "https://api.cdnetworks.com"
	defaultMetadata   = "http://metadata.tencentyun.com"
	defaultMaxRetries = 4
	retriesLimit      = 20
	defaultQuotaShare = 0.8
	minQuotaShare     = 1e-9 // With less, a single call would take years.
)

// settings is the provider block resolved.
type settings struct {
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

// endpoints are URLs: scheme://host[:port].
type endpoints struct {
	mna, trro, cdn, cdnLegacy, sts, metadata, cdnetworks setting
}

// secrets are the values to mask.
func (s settings) secrets() []string {
	return append(s.credentials.secrets(), s.cdnetworksAPIKey.setting.value)
}

// settings resolves the block against the environment. It makes no call, and does not check credentials: only the data
// sources that need them do.
func (m providerModel) settings(ctx context.Context, diags *diag.Diagnostics) settings {
	s := settings{
		credentials: m.credentials(ctx, diags),
		region:      given(m.Region, envRegion),
		maxRetries:  m.maxRetries(diags),
		quotaShare:  m.quotaShare(diags),
		endpoints:   m.endpoints(ctx, diags),

		cdnetworksUsername: argument{name: "cdnetworks.username", variable: envCDNetworksUsername},
		cdnetworksAPIKey:   argument{name: "cdnetworks.api_key", variable: envCDNetworksAPIKey},
	}
	if m.MaxRetries.IsUnknown() {
		s.unknown = append(s.unknown, argument{"max_retries", envMaxRetries, setting{unknown: true}})
	}
	if m.QuotaShare.IsUnknown() {
		s.unknown = append(s.unknown, argument{"quota_share", envQuotaShare, setting{unknown: true}})
	}
	user := cdnetworksModel{Username: types.StringNull(), APIKey: types.StringNull()}
	if m.CDNetworks.IsUnknown() {
		user = cdnetworksModel{Username: types.StringUnknown(), APIKey: types.StringUnknown()}
	} else if !m.CDNetworks.IsNull() {
		diags.Append(m.CDNetworks.As(ctx, &user, basetypes.ObjectAsOptions{})...)
	}
	oneSet([]types.String{user.Username, user.APIKey}, &s.cdnetworksUsername, &s.cdnetworksAPIKey)
	return s
}

func (m providerModel) maxRetries(diags *diag.Diagnostics) int {
	if !m.MaxRetries.IsNull() && !m.MaxRetries.IsUnknown() {
		return int(m.MaxRetries.ValueInt64())
	}
	text := os.Getenv(envMaxRetries)
	if text == "" {
		return defaultMaxRetries
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > retriesLimit {
		diags.AddError("Invalid Environment Variable",
			fmt.Sprintf("%s is %q; it must be a whole number from 0 to %d.", envMaxRetries, text, retriesLimit))
	}
	return n
}

func (m providerModel) quotaShare(diags *diag.Diagnostics) float64 {
	share, text := m.QuotaShare.ValueBigFloat(), os.Getenv(envQuotaShare)
	if m.QuotaShare.IsNull() || m.QuotaShare.IsUnknown() {
		if text == "" {
			return defaultQuotaShare
		}
		var ok bool
		if share, ok = new(big.Float).SetString(text); !ok || !validShare(share) {
			diags.AddError("Invalid Environment Variable",
				fmt.Sprintf("%s is %.40q; it must be a number %s.", envQuotaShare, text, shareRange))
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

// endpoints resolves the endpoints: the block's, else the variable's, else the vendors' own.
func (m providerModel) endpoints(ctx context.Context, diags *diag.Diagnostics) endpoints {
	everywhere := os.Getenv(envEndpointURL)
	if everywhere != "" {
		if err := checkEndpoint(everywhere); err != nil {
			diags.AddError("Invalid Environment Variable", fmt.Sprintf("%s %v.", envEndpointURL, err))
		}
	}
	domain := given(m.Domain, envDomain)
	if domain.missing() {
		domain.value = defaultDomain
	}
	if err := checkDomain(domain.value); err != nil && !domain.unknown {
		diags.AddError("Invalid Environment Variable", fmt.Sprintf("%s %v.", envDomain, err))
	}
	var configured endpointsModel
	diags.Append(m.Endpoints.As(ctx, &configured, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true, UnhandledUnknownAsEmpty: true})...)
	choose := func(configured types.String, vendor setting) setting {
		switch {
		case m.Endpoints.IsUnknown() || configured.IsUnknown():
			return setting{unknown: true}
		case configured.ValueString() != "":
			return setting{value: configured.ValueString()}
		case everywhere != "":
			return setting{value: everywhere}
		}
		return vendor
	}
	return endpoints{
		mna:        choose(configured.MNA, domain.prefixed("https://mna.")),
		trro:       choose(configured.TRRO, domain.prefixed("https://trro.")),
		cdn:        choose(configured.CDN, domain.prefixed("https://cdn.")),
		cdnLegacy:  choose(configured.CDNLegacy, setting{value: defaultCDNLegacy}),
		sts:        choose(configured.STS, domain.prefixed("https://sts.")),
		metadata:   choose(configured.Metadata, setting{value: defaultMetadata}),
		cdnetworks: choose(configured.CDNetworks, setting{value: defaultCDNetworks}),
	}
}

var errEndpoint = errors.New(`must be a URL of scheme, host and optional port with nothing behind, such as "https://mna.example.com"`)

var errPort = errors.New("must have a port from 1 to 65535, or none")

// checkEndpoint reports what is wrong with a URL. The error does not quote it, because it may hold a password.
func checkEndpoint(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || (u.Scheme != "https" && u.Scheme != "http") ||
		!strings.EqualFold(address, u.Scheme+"://"+u.Host) || strings.HasSuffix(u.Host, ":") {
		return errEndpoint
	}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || port == 0) {
		return errPort
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return fmt.Errorf("must use https: http is accepted for loopback hosts only, and %q is not one", u.Hostname())
	}
	return nil
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || (err == nil && address.IsLoopback())
}

// checkMetadataEndpoint is checkEndpoint for the metadata service, which the vendor provides by http only.
func checkMetadataEndpoint(address string) error {
	if strings.EqualFold(address, defaultMetadata) {
		return nil
	}
	return checkEndpoint(address)
}

// checkDomain reports whether a text can be a root domain.
func checkDomain(domain string) error {
	u, err := url.Parse("https://" + domain)
	if err != nil || u.Host != domain || strings.Contains(domain, ":") || strings.Trim(domain, ".") != domain {
		return fmt.Errorf("must be a domain name such as %q, and %q is not", defaultDomain, domain)
	}
	return nil
}

func userAgent(version, terraformVersion string) string {
	return "Terraform/" + terraformVersion + " (+https://www.terraform.io) terraform-provider-edgestats/" + version
}
