// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// model is the provider block, with null where a text or an object is empty.
type model struct {
	SecretID             types.String `tfsdk:"secret_id"`
	SecretKey            types.String `tfsdk:"secret_key"`
	SecurityToken        types.String `tfsdk:"security_token"`
	Profile              types.String `tfsdk:"profile"`
	SharedCredentialsDir types.String `tfsdk:"shared_credentials_dir"`
	CAMRoleName          types.String `tfsdk:"cam_role_name"`
	AssumeRole           types.Object `tfsdk:"assume_role"`
	WebIdentity          types.Object `tfsdk:"assume_role_with_web_identity"`
	Region               types.String `tfsdk:"region"`
	Domain               types.String `tfsdk:"domain"`
	CDNetworks           types.Object `tfsdk:"cdnetworks"`
	Endpoints            types.Object `tfsdk:"endpoints"`
	MaxRetries           types.Number `tfsdk:"max_retries"`
	QuotaShare           types.Number `tfsdk:"quota_share"`
}

// sessionModel is a role and its session.
type sessionModel struct {
	RoleARN         types.String `tfsdk:"role_arn"`
	SessionName     types.String `tfsdk:"session_name"`
	SessionDuration types.Number `tfsdk:"session_duration"`
}

type assumeRoleModel struct {
	sessionModel

	ExternalID types.String `tfsdk:"external_id"`
	Policy     types.String `tfsdk:"policy"`
}

type webIdentityModel struct {
	sessionModel

	ProviderID types.String `tfsdk:"provider_id"`
	Token      types.String `tfsdk:"web_identity_token"`
	TokenFile  types.String `tfsdk:"web_identity_token_file"`
}

type cdnetworksModel struct {
	Username types.String `tfsdk:"username"`
	APIKey   types.String `tfsdk:"api_key"`
}

type endpointsModel struct {
	MNA        types.String `tfsdk:"mna"`
	TRRO       types.String `tfsdk:"trro"`
	CDN        types.String `tfsdk:"cdn"`
	CDNLegacy  types.String `tfsdk:"cdn_legacy"`
	STS        types.String `tfsdk:"sts"`
	Metadata   types.String `tfsdk:"metadata"`
	CDNetworks types.String `tfsdk:"cdnetworks"`
}
