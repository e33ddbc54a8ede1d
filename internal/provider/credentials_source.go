// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// source returns the source of the keys that attempts are signed with. It makes no call. Credentials with a problem must
// not be used. STS and the metadata service are called at their own endpoints, the latter through the direct client.
func (c credentials) source(e endpoints, direct *transport.Client, config tencentcloud.Config) tencentcloud.CredentialSource {
	atSTS := config
	atSTS.Endpoint = e.sts.value
	var source tencentcloud.CredentialSource
	switch c.kind {
	case byKey:
		source = tencentcloud.Static{
			SecretID: c.secretID.setting.value, SecretKey: c.secretKey.setting.value, Token: c.token.setting.value,
		}
	case byProfile:
		source = tencentcloud.NewProfile(c.sharedDir(), c.profile.or(defaultProfile).setting.value, config.Clock)
	case byMachineRole:
		config.Endpoint, config.HTTP = e.metadata.value, direct
		source = tencentcloud.NewMachineRole(config, c.machineRole.setting.value)
	case byWebIdentity:
		source = sts.NewWebIdentityRole(atSTS, c.webRole.session(), sts.WebIdentity{
			ProviderID: c.providerID.setting.value, Token: c.webToken.setting.value, TokenFile: expandHome(c.webTokenFile.setting.value),
		})
	}
	if c.assumed == nil {
		return source
	}
	atSTS.Credentials = source
	return sts.NewRole(atSTS, c.assumed.session(), c.assumed.externalID.setting.value, c.assumed.policy.setting.value)
}

func (c credentials) sharedDir() string {
	return expandHome(c.dir.or(defaultProfilesDir).setting.value)
}

// expandHome returns a path whose ~ in front, if any, is the user's own directory.
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
	return sts.Session{RoleARN: r.arn.setting.value, Name: r.sessionName.setting.value, Seconds: r.seconds()}
}

// secrets are the values among them that nobody may see.
func (c credentials) secrets() []string {
	return []string{c.secretKey.setting.value, c.token.setting.value, c.webToken.setting.value}
}
