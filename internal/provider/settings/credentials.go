// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
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

// credentials resolves the credentials of the block against the environment. The first kind that is given counts.
func (m model) credentials(ctx context.Context, diags *diag.Diagnostics) credentials {
	c := credentials{
		kind:        m.credentialKind(),
		profile:     argumentOf("profile", EnvProfile, m.Profile),
		dir:         argumentOf("shared_credentials_dir", EnvSharedCredentialsDir, m.SharedCredentialsDir),
		machineRole: argumentOf("cam_role_name", EnvCAMRoleName, m.CAMRoleName),
		secretID:    argument{name: "secret_id", variable: EnvSecretID},
		secretKey:   argument{name: "secret_key", variable: EnvSecretKey},
		token:       argument{name: "security_token", variable: EnvSecurityToken},
	}
	oneSet([]types.String{m.SecretID, m.SecretKey, m.SecurityToken}, &c.secretID, &c.secretKey, &c.token)
	m.webIdentity(ctx, &c, diags)
	m.assumeRole(ctx, &c, diags)
	return c
}

func (m model) credentialKind() credentialKind {
	switch {
	case anyGiven(m.SecretID, m.SecretKey, m.SecurityToken):
		return byKey
	case anyGiven(m.Profile):
		return byProfile
	case anyGiven(m.CAMRoleName):
		return byMachineRole
	case anyGiven(m.WebIdentity):
		return byWebIdentity
	case anySet(EnvSecretID, EnvSecretKey, EnvSecurityToken):
		return byKey
	case anySet(EnvProviderID, EnvWebIdentityToken, EnvWebIdentityTokenFile):
		return byWebIdentity
	case anySet(EnvCAMRoleName):
		return byMachineRole
	case !anySet(EnvProfile) && !anyGiven(m.AssumeRole) && anySet(EnvRoleARN) && anySet(EnvWorkloadIdentityToken):
		return byWebIdentity // HCP Terraform set the token.
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
func (m model) webIdentity(ctx context.Context, c *credentials, diags *diag.Diagnostics) {
	const block = "assume_role_with_web_identity."
	b := webIdentityModel{}
	if m.WebIdentity.IsUnknown() {
		b.RoleARN = types.StringUnknown()
	} else {
		diags.Append(m.WebIdentity.As(ctx, &b, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true})...)
	}
	c.providerID = argumentOf(block+"provider_id", EnvProviderID, b.ProviderID).or(defaultProviderID)
	c.webToken = argument{name: block + "web_identity_token", variable: EnvWebIdentityToken}
	c.webTokenFile = argument{name: block + "web_identity_token_file", variable: EnvWebIdentityTokenFile}
	oneSet([]types.String{b.Token, b.TokenFile}, &c.webToken, &c.webTokenFile)
	if c.webToken.missing() && c.webTokenFile.missing() {
		if token := os.Getenv(EnvWorkloadIdentityToken); token != "" {
			c.webToken.variable, c.webToken.value = EnvWorkloadIdentityToken, token
		}
	}
	c.webRole = newRole(block, b.sessionModel)
}

// assumeRole resolves the role to assume. Without a block, the variable of its ARN is enough. With a web identity, that variable is the
// ARN of the web identity's own role.
func (m model) assumeRole(ctx context.Context, c *credentials, diags *diag.Diagnostics) {
	const block = "assume_role."
	b := assumeRoleModel{}
	switch {
	case m.AssumeRole.IsNull() && (c.kind == byWebIdentity || !anySet(EnvRoleARN)):
		return
	case m.AssumeRole.IsUnknown():
		b.RoleARN = types.StringUnknown()
	default:
		diags.Append(m.AssumeRole.As(ctx, &b, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true})...)
	}
	r := newRole(block, b.sessionModel)
	r.externalID = argumentOf(block+"external_id", EnvExternalID, b.ExternalID)
	r.policy = argument{name: block + "policy", setting: inBlock(b.Policy)}
	c.assumed = &r
}

func newRole(block string, m sessionModel) role {
	seconds := types.StringNull()
	if n := arguments.Int64(m.SessionDuration); n != nil {
		seconds = types.StringValue(strconv.FormatInt(*n, 10))
	} else if m.SessionDuration.IsUnknown() {
		seconds = types.StringUnknown()
	}
	return role{
		arn:             argumentOf(block+"role_arn", EnvRoleARN, m.RoleARN),
		sessionName:     argumentOf(block+"session_name", EnvSessionName, m.SessionName).or(defaultSessionName),
		sessionDuration: argumentOf(block+"session_duration", EnvSessionDuration, seconds).or(strconv.Itoa(defaultSessionDuration)),
	}
}

// seconds is the role's validated session duration.
func (r role) seconds() int64 {
	n, err := strconv.ParseInt(r.sessionDuration.value, 10, 64)
	if err != nil {
		return defaultSessionDuration
	}
	return n
}

// source returns the source of the keys that sign requests. It makes no call. Do not use it while problem reports one. STS and the
// metadata service have their own endpoints; the metadata service is called through the direct client.
func (c credentials) source(e endpoints, direct *transport.Client, config tencentcloud.Config) tencentcloud.CredentialSource {
	atSTS := config
	atSTS.Endpoint = e.sts.value
	var source tencentcloud.CredentialSource
	switch c.kind {
	case byKey:
		source = tencentcloud.Static{
			SecretID: c.secretID.value, SecretKey: c.secretKey.value, Token: c.token.value,
		}
	case byProfile:
		source = tencentcloud.NewProfile(c.sharedDir(), c.profileName().value, config.Clock)
	case byMachineRole:
		config.Endpoint, config.HTTP = e.metadata.value, direct
		source = tencentcloud.NewMachineRole(config, c.machineRole.value)
	case byWebIdentity:
		source = sts.NewWebIdentityRole(atSTS, c.webRole.session(), sts.WebIdentity{
			ProviderID: c.providerID.value, Token: c.webToken.value, TokenFile: expandHome(c.webTokenFile.value),
		})
	}
	if c.assumed == nil {
		return source
	}
	atSTS.Credentials = source
	return sts.NewRole(atSTS, c.assumed.session(), c.assumed.externalID.value, c.assumed.policy.value)
}

// profileName is the profile or its default.
func (c credentials) profileName() argument { return c.profile.or(defaultProfile) }

// sharedDir is the directory of the profiles.
func (c credentials) sharedDir() string {
	return expandHome(c.dir.or(defaultProfilesDir).value)
}

// expandHome replaces a leading ~ with the user's home directory.
func expandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || (rest != "" && !os.IsPathSeparator(rest[0])) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}

func (r role) session() sts.Session {
	return sts.Session{RoleARN: r.arn.value, Name: r.sessionName.value, Seconds: r.seconds()}
}

// secrets are the values to mask.
func (c credentials) secrets() []string {
	return []string{c.secretKey.value, c.token.value, c.webToken.value}
}
