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

// What counts where neither the configuration nor the environment says anything.
const (
	defaultProfile         = "default"
	defaultProfilesDir     = "~/.tccli"
	defaultProviderID      = "OIDC"
	defaultSessionName     = "terraform-provider-edgestats"
	defaultSessionDuration = 7200
	maxSessionDuration     = 43200
)

// wayIn is how the provider gets Tencent Cloud keys.
type wayIn int

const (
	byKey wayIn = iota
	byProfile
	byMachineRole
	byWebIdentity
)

// credentials are what the provider block and the environment say about Tencent Cloud keys: one way in, and a role that
// may go on top of it.
type credentials struct {
	way                              wayIn
	secretID, secretKey, token       argument
	profile, dir                     argument
	machineRole                      argument
	providerID, webToken, webTokenIn argument
	webRole                          role
	// assumed is nil where no role goes on top.
	assumed *role
}

// role is a role to have keys of, and how.
type role struct {
	arn, sessionName, sessionDuration argument
	externalID, policy                argument
}

// credentials resolves the block against the environment: the first way in that is found counts.
func (m providerModel) credentials(ctx context.Context, diags *diag.Diagnostics) credentials {
	c := credentials{
		way:         m.wayIn(),
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

func (m providerModel) wayIn() wayIn {
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

// webIdentity resolves who the role trusts. The token is one set from one place: the text or the file of the block, or
// else of the environment, or else what HCP Terraform gives to its runs.
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
	c.webTokenIn = argument{name: block + "web_identity_token_file", variable: envWebIdentityTokenFile}
	oneSet([]types.String{b.Token, b.TokenFile}, &c.webToken, &c.webTokenIn)
	if c.webToken.setting.missing() && c.webTokenIn.setting.missing() {
		if token := os.Getenv(envWorkloadIdentityToken); token != "" {
			c.webToken.variable, c.webToken.setting.value = envWorkloadIdentityToken, token
		}
	}
	c.webRole = newRole(block, b.RoleARN, b.SessionName, b.SessionDuration)
}

// assumeRole resolves the role on top. Without a block its variable is enough, unless it is the role of a web identity.
func (m providerModel) assumeRole(ctx context.Context, c *credentials, diags *diag.Diagnostics) {
	const block = "assume_role."
	b := assumeRoleModel{}
	switch {
	case m.AssumeRole.IsNull() && (c.way == byWebIdentity || !anySet(envRoleARN)):
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
