// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"os"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// Defaults, for what neither the configuration nor the environment gives.
const (
	defaultProfile         = "default"
	defaultProfilesDir     = "~/.tccli"
	defaultProviderID      = "OIDC"
	defaultSessionName     = "terraform-provider-edgestats"
	defaultSessionDuration = 7200
	maxSessionDuration     = 43200
)

// credentialKind is where Tencent Cloud keys come from.
type credentialKind int

const (
	byKey credentialKind = iota
	byProfile
	byMachineRole
	byWebIdentity
)

// credentials are the Tencent Cloud credentials of the provider block and the environment: one kind, and optionally a role
// that is assumed with them.
type credentials struct {
	kind                               credentialKind
	secretID, secretKey, token         argument
	profile, dir                       argument
	machineRole                        argument
	providerID, webToken, webTokenFile argument
	webRole                            role
	// assumed is nil if no role is assumed.
	assumed *role
}

// role is a role whose keys are requested, and the arguments of the request.
type role struct {
	arn, sessionName, sessionDuration argument
	externalID, policy                argument
}

// credentials resolves the block against the environment. The first kind that is given counts.
func (m providerModel) credentials(ctx context.Context, diags *diag.Diagnostics) credentials {
	c := credentials{
		kind:        m.credentialKind(),
		profile:     argumentOf("profile", envProfile, m.Profile),
		dir:         argumentOf("shared_credentials_dir", envSharedCredentialsDir, m.SharedCredentialsDir),
		machineRole: argumentOf("cam_role_name", envCAMRoleName, m.CAMRoleName),
		secretID:    argument{name: "secret_id", variable: envSecretID},
		secretKey:   argument{name: "secret_key", variable: envSecretKey},
		token:       argument{name: "security_token", variable: envSecurityToken},
	}
	oneSet([]types.String{m.SecretID, m.SecretKey, m.SecurityToken}, &c.secretID, &c.secretKey, &c.token)
	m.webIdentity(ctx, &c, diags)
	m.assumeRole(ctx, &c, diags)
	return c
}

func (m providerModel) credentialKind() credentialKind {
	switch {
	case anyGiven(m.SecretID, m.SecretKey, m.SecurityToken):
		return byKey
	case anyGiven(m.Profile):
		return byProfile
	case anyGiven(m.CAMRoleName):
		return byMachineRole
	case anyGiven(m.WebIdentity):
		return byWebIdentity
	case anySet(envSecretID, envSecretKey, envSecurityToken):
		return byKey
	case anySet(envProviderID, envWebIdentityToken, envWebIdentityTokenFile):
		return byWebIdentity
	case anySet(envCAMRoleName):
		return byMachineRole
	}
	return byProfile
}

// anyGiven reports whether the block gives one of the arguments, known or not.
func anyGiven(values ...attr.Value) bool {
	for _, v := range values {
		if !v.IsNull() {
			return true
		}
	}
	return false
}

func anySet(variables ...string) bool {
	for _, variable := range variables {
		if os.Getenv(variable) != "" {
			return true
		}
	}
	return false
}

// webIdentity resolves the arguments of a web identity. Its token comes from one place: the block's text or file, or else
// the environment's, or else the variable that HCP Terraform sets for its runs.
func (m providerModel) webIdentity(ctx context.Context, c *credentials, diags *diag.Diagnostics) {
	const block = "assume_role_with_web_identity."
	b := webIdentityModel{}
	if m.WebIdentity.IsUnknown() {
		b.RoleARN = types.StringUnknown()
	} else {
		diags.Append(m.WebIdentity.As(ctx, &b, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true})...)
	}
	c.providerID = argumentOf(block+"provider_id", envProviderID, b.ProviderID).or(defaultProviderID)
	c.webToken = argument{name: block + "web_identity_token", variable: envWebIdentityToken}
	c.webTokenFile = argument{name: block + "web_identity_token_file", variable: envWebIdentityTokenFile}
	oneSet([]types.String{b.Token, b.TokenFile}, &c.webToken, &c.webTokenFile)
	if c.webToken.setting.missing() && c.webTokenFile.setting.missing() {
		if token := os.Getenv(envWorkloadIdentityToken); token != "" {
			c.webToken.variable, c.webToken.setting.value = envWorkloadIdentityToken, token
		}
	}
	c.webRole = newRole(block, b.RoleARN, b.SessionName, b.SessionDuration)
}

// assumeRole resolves the role to assume. Without a block, the variable of its ARN is enough; with a web identity, that
// variable names the web identity's own role.
func (m providerModel) assumeRole(ctx context.Context, c *credentials, diags *diag.Diagnostics) {
	const block = "assume_role."
	b := assumeRoleModel{}
	switch {
	case m.AssumeRole.IsNull() && (c.kind == byWebIdentity || !anySet(envRoleARN)):
		return
	case m.AssumeRole.IsUnknown():
		b.RoleARN = types.StringUnknown()
	default:
		diags.Append(m.AssumeRole.As(ctx, &b, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true})...)
	}
	r := newRole(block, b.RoleARN, b.SessionName, b.SessionDuration)
	r.externalID = argumentOf(block+"external_id", envExternalID, b.ExternalID)
	r.policy = argument{name: block + "policy", setting: setting{b.Policy.ValueString(), b.Policy.IsUnknown()}}
	c.assumed = &r
}

func newRole(block string, arn, sessionName types.String, sessionDuration types.Int64) role {
	seconds := types.StringNull()
	switch {
	case sessionDuration.IsUnknown():
		seconds = types.StringUnknown()
	case !sessionDuration.IsNull():
		seconds = types.StringValue(strconv.FormatInt(sessionDuration.ValueInt64(), 10))
	}
	return role{
		arn:             argumentOf(block+"role_arn", envRoleARN, arn),
		sessionName:     argumentOf(block+"session_name", envSessionName, sessionName).or(defaultSessionName),
		sessionDuration: argumentOf(block+"session_duration", envSessionDuration, seconds).or(strconv.Itoa(defaultSessionDuration)),
	}
}

// seconds is the role's validated session duration.
func (r role) seconds() int64 {
	n, err := strconv.ParseInt(r.sessionDuration.setting.value, 10, 64)
	if err != nil {
		return defaultSessionDuration
	}
	return n
}
