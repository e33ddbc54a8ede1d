// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

// Environment variables of the provider. An empty one counts as unset.
const (
	EnvSecretID              = "TENCENTCLOUD_SECRET_ID"
	EnvSecretKey             = "TENCENTCLOUD_SECRET_KEY"
	EnvSecurityToken         = "TENCENTCLOUD_SECURITY_TOKEN"
	EnvProfile               = "TENCENTCLOUD_PROFILE"
	EnvSharedCredentialsDir  = "TENCENTCLOUD_SHARED_CREDENTIALS_DIR"
	EnvCAMRoleName           = "TENCENTCLOUD_CAM_ROLE_NAME"
	EnvRoleARN               = "TENCENTCLOUD_ASSUME_ROLE_ARN"
	EnvSessionName           = "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME"
	EnvSessionDuration       = "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION"
	EnvExternalID            = "TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID"
	EnvProviderID            = "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID"
	EnvWebIdentityToken      = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN"
	EnvWebIdentityTokenFile  = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE"
	EnvWorkloadIdentityToken = "TFC_WORKLOAD_IDENTITY_TOKEN"
	EnvRegion                = "TENCENTCLOUD_REGION"
	EnvDomain                = "TENCENTCLOUD_DOMAIN"
	EnvCDNetworksUsername    = "CDNETWORKS_USERNAME"
	EnvCDNetworksAPIKey      = "CDNETWORKS_API_KEY"
	EnvEndpointURL           = "EDGESTATS_ENDPOINT_URL"
	EnvMaxRetries            = "EDGESTATS_MAX_RETRIES"
	EnvQuotaShare            = "EDGESTATS_QUOTA_SHARE"
)

// Defaults, where neither the configuration nor the environment says, and limits.
const (
	defaultDomain     = "intl.tencentcloudapi.com"
	defaultCDNLegacy  = "https://cdn.api.qcloud.com"
	defaultCDNetworks = "https://api.cdnetworks.com"
	defaultMetadata   = "http://metadata.tencentyun.com"
	defaultMaxRetries = 4
	retriesLimit      = 20
	defaultQuotaShare = 0.8
	minQuotaShare     = 1e-9 // With less, a single call would take years.

	defaultProfile         = "default"
	defaultProfilesDir     = "~/.tccli"
	defaultProviderID      = "OIDC"
	defaultSessionName     = "terraform-provider-edgestats"
	defaultSessionDuration = 7200
	maxSessionDuration     = 43200
)
