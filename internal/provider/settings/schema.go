// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// Schema describes the provider block.
func Schema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads usage and traffic statistics of edge networks: Tencent Cloud MNA (Multi-Network Acceleration), TRRO (Tencent " +
			"Real-Time Remote Operations) and CDN, the legacy CDN API of Tencent Cloud, and CDNetworks relay traffic. Every argument is optional. Empty strings and " +
			"empty objects count as not set.",
		Attributes: map[string]schema.Attribute{
			"secret_id": schema.StringAttribute{
				MarkdownDescription: "ID of the Tencent Cloud API key. It forms one set with `secret_key` and `security_token`: " +
					"if the provider block sets any of the three, none is read from the environment. " + environment(EnvSecretID),
				Optional: true,
			},
			"secret_key": schema.StringAttribute{
				MarkdownDescription: "Secret of the Tencent Cloud API key. " + environment(EnvSecretKey),
				Optional:            true,
				Sensitive:           true,
			},
			"security_token": schema.StringAttribute{
				MarkdownDescription: "Token of a temporary Tencent Cloud API key. " + environment(EnvSecurityToken),
				Optional:            true,
				Sensitive:           true,
			},
			"profile": schema.StringAttribute{
				MarkdownDescription: "Profile of the Tencent Cloud CLI (`tccli`) whose key is used: the file `<profile>.credential` in `shared_credentials_dir` " +
					"(JSON with `secretId`, `secretKey` and `token`). If no `region` is set, the profile's region is used " +
					"too: `_sys_param.region` in the file `<profile>.configure`. Defaults to `" + defaultProfile + "`. " + environment(EnvProfile),
				Optional:   true,
				Validators: []validator.String{optional("a name without slashes", checkProfile)},
			},
			"shared_credentials_dir": schema.StringAttribute{
				MarkdownDescription: "Directory that holds the profiles' files. A `~` at the beginning is your home directory; variables such as " +
					"`$HOME` are not expanded. Defaults to `" + defaultProfilesDir + "`. " +
					environment(EnvSharedCredentialsDir),
				Optional:   true,
				Validators: []validator.String{optional("a path without variables", checkPath)},
			},
			"cam_role_name": schema.StringAttribute{
				MarkdownDescription: "Role, in CAM (Tencent Cloud's access management), of the machine that runs the provider. Its temporary keys come from the machine's metadata " +
					"service. " + environment(EnvCAMRoleName),
				Optional:   true,
				Validators: []validator.String{optional("the name of a role", checkRoleName)},
			},
			"assume_role":                   assumeRoleAttribute(),
			"assume_role_with_web_identity": webIdentityAttribute(),
			"region": schema.StringAttribute{
				MarkdownDescription: "Tencent Cloud region, such as `ap-guangzhou`, for the APIs that take one: TRRO, and the packages of MNA. " +
					environment(EnvRegion),
				Optional:   true,
				Validators: []validator.String{optional("a region", checkRegion)},
			},
			"domain": schema.StringAttribute{
				MarkdownDescription: "Root domain of the Tencent Cloud API. Defaults to `" + defaultDomain + "`, that of international " +
					"accounts; mainland accounts use `tencentcloudapi.com`. " + environment(EnvDomain),
				Optional:   true,
				Validators: []validator.String{optional("a domain name", checkDomain)},
			},
			"cdnetworks": schema.SingleNestedAttribute{
				MarkdownDescription: "CDNetworks API user. If the provider block sets one of its members, neither is read from the " +
					"environment.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"username": schema.StringAttribute{
						MarkdownDescription: "Name of the API user. " + environment(EnvCDNetworksUsername),
						Optional:            true,
					},
					"api_key": schema.StringAttribute{
						MarkdownDescription: "API key of the user. " + environment(EnvCDNetworksAPIKey),
						Optional:            true,
						Sensitive:           true,
					},
				},
			},
			"endpoints": schema.SingleNestedAttribute{
				MarkdownDescription: "URLs to call instead of the vendors' own: scheme, host and optional port, such as `https://mna.example.com:8443`. `http` is " +
					"accepted for loopback hosts only. The environment variable `" + EnvEndpointURL + "` sets all that are not set here.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"mna":        endpointAttribute("Multi-Network Acceleration", "https://mna.<domain>"),
					"trro":       endpointAttribute("Tencent Real-Time Remote Operations", "https://trro.<domain>"),
					"cdn":        endpointAttribute("the Content Delivery Network", "https://cdn.<domain>"),
					"cdn_legacy": endpointAttribute("the legacy CDN API", defaultCDNLegacy),
					"sts":        endpointAttribute("the Security Token Service", "https://sts.<domain>"),
					"metadata":   metadataEndpointAttribute(),
					"cdnetworks": endpointAttribute("CDNetworks", defaultCDNetworks),
				},
			},
			"max_retries": schema.NumberAttribute{
				MarkdownDescription: "Maximum number of retries of a call after a transient error, 0 to 20. Defaults to `4`. " +
					"Retries after throttling do not count. " + environment(EnvMaxRetries),
				Optional:   true,
				Validators: []validator.Number{arguments.WholeNumber(0, retriesLimit)},
			},
			"quota_share": schema.NumberAttribute{
				MarkdownDescription: "Share of each API's documented rate limit that this provider configuration may use, " +
					"above 0 and at most 1. Defaults to `0.8`. Lower it if several runs share an account. " + environment(EnvQuotaShare),
				Optional:   true,
				Validators: []validator.Number{shareValidator{}},
			},
		},
	}
}

func assumeRoleAttribute() schema.SingleNestedAttribute {
	attributes := sessionAttributes("The keys must be allowed to assume it.")
	attributes["external_id"] = schema.StringAttribute{
		MarkdownDescription: "External ID that the role's trust policy requires. " + environment(EnvExternalID),
		Optional:            true,
	}
	attributes["policy"] = schema.StringAttribute{
		MarkdownDescription: "Policy (JSON) that further restricts what the temporary keys may do, in addition to the role's own policies.",
		Optional:            true,
		Validators:          []validator.String{optional("JSON", checkPolicy)},
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Role to assume with the keys from the other arguments or the environment. It cannot be combined with a web identity. Its temporary keys " +
			"are used for all calls to Tencent Cloud, and renewed before they expire.",
		Optional:   true,
		Attributes: attributes,
	}
}

func webIdentityAttribute() schema.SingleNestedAttribute {
	attributes := sessionAttributes("The role must trust the identity provider.")
	attributes["provider_id"] = schema.StringAttribute{
		MarkdownDescription: "Name of the identity provider in CAM. Defaults to `" + defaultProviderID + "`. " + environment(EnvProviderID),
		Optional:            true,
	}
	attributes["web_identity_token"] = schema.StringAttribute{
		MarkdownDescription: "Token that the identity provider issued. " + environment(EnvWebIdentityToken) + " If neither it nor a " +
			"file is set, the token in `" + EnvWorkloadIdentityToken + "` is used, which HCP Terraform sets.",
		Optional:  true,
		Sensitive: true,
	}
	attributes["web_identity_token_file"] = schema.StringAttribute{
		MarkdownDescription: "File that contains the token instead: a regular file of at most 1 MiB. It is read each time keys are requested. " +
			"A `~` at the beginning is your home directory. " + environment(EnvWebIdentityTokenFile),
		Optional:   true,
		Validators: []validator.String{optional("a path without variables", checkPath)},
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Role to assume with a token of an identity provider, so that a pipeline needs no stored key. Its temporary " +
			"keys are used for all calls to Tencent Cloud, and renewed before they expire.",
		Optional:   true,
		Attributes: attributes,
	}
}

// sessionAttributes describe a role and its session.
func sessionAttributes(trust string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"role_arn": schema.StringAttribute{
			MarkdownDescription: "ARN of the role, such as `qcs::cam::uin/100000000001:roleName/example`. " + trust + " " + environment(EnvRoleARN),
			Optional:            true,
			Validators:          []validator.String{optional("a role's ARN", checkRoleARN)},
		},
		"session_name": schema.StringAttribute{
			MarkdownDescription: "Name of the session in the vendor's audit log, 2 to 128 letters, digits and `=,.@_-+`. Defaults to `" +
				defaultSessionName + "`. " + environment(EnvSessionName),
			Optional:   true,
			Validators: []validator.String{optional("the name of a session", checkSessionName)},
		},
		"session_duration": schema.NumberAttribute{
			MarkdownDescription: fmt.Sprintf("How long the temporary keys are valid, in seconds, 1 to %d. Defaults to `%d`. ",
				maxSessionDuration, defaultSessionDuration) + environment(EnvSessionDuration),
			Optional:   true,
			Validators: []validator.Number{arguments.WholeNumber(1, maxSessionDuration)},
		},
	}
}

func metadataEndpointAttribute() schema.StringAttribute {
	a := endpointAttribute("the machine's metadata service", defaultMetadata)
	a.MarkdownDescription += " This URL may use `http`. Calls to it never use a proxy."
	a.Validators = []validator.String{optional("a URL with scheme, host and optional port", checkMetadataEndpoint)}
	return a
}

func endpointAttribute(api, address string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "URL of " + api + ". Defaults to `" + address + "`.",
		Optional:            true,
		Validators:          []validator.String{optional("a URL with scheme, host and optional port", checkEndpoint)},
	}
}

// optional returns a validator of a check. An empty text counts as not given.
func optional(description string, check func(string) error) validator.String {
	return arguments.Text(description, func(text string) error {
		if text == "" {
			return nil
		}
		return check(text)
	})
}

func environment(variable string) string {
	return "Can also be set with the environment variable `" + variable + "`."
}
