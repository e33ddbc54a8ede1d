// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// Schema describes the provider block.
func Schema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Reads usage and traffic statistics of edge networks: Tencent Cloud MNA, TRRO and CDN, " +
			"the legacy CDN API of Tencent Cloud, and CDNetworks relay traffic.",
		Attributes: map[string]schema.Attribute{
			"secret_id": schema.StringAttribute{
				MarkdownDescription: "ID of the Tencent Cloud API key. Together with `secret_key` and `security_token` it is one " +
					"set: if the configuration gives any of them, no other key counts. " + environment(EnvSecretID),
				Optional:   true,
				Validators: []validator.String{arguments.NotEmpty()},
			},
			"secret_key": schema.StringAttribute{
				MarkdownDescription: "Secret of the Tencent Cloud API key. " + environment(EnvSecretKey),
				Optional:            true,
				Sensitive:           true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"security_token": schema.StringAttribute{
				MarkdownDescription: "Token of a temporary Tencent Cloud API key. " + environment(EnvSecurityToken),
				Optional:            true,
				Sensitive:           true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"profile": schema.StringAttribute{
				MarkdownDescription: "Profile whose key is used: the file `<profile>.credential` in `shared_credentials_dir`, as `tccli` " +
					"writes it (JSON with `secretId`, `secretKey` and `token`). Defaults to `" + defaultProfile + "`. " + environment(EnvProfile),
				Optional:   true,
				Validators: []validator.String{arguments.NotEmpty(), arguments.Text("a name without slashes", checkProfile)},
			},
			"shared_credentials_dir": schema.StringAttribute{
				MarkdownDescription: "Directory of the profiles' files. Defaults to `" + defaultProfilesDir + "`. " +
					environment(EnvSharedCredentialsDir),
				Optional:   true,
				Validators: []validator.String{arguments.NotEmpty()},
			},
			"cam_role_name": schema.StringAttribute{
				MarkdownDescription: "CAM role of the machine that runs the provider. Its temporary keys come from the machine's metadata " +
					"service. " + environment(EnvCAMRoleName),
				Optional:   true,
				Validators: []validator.String{arguments.Text("the name of a role", checkRoleName)},
			},
			"assume_role":                   assumeRoleAttribute(),
			"assume_role_with_web_identity": webIdentityAttribute(),
			"region": schema.StringAttribute{
				MarkdownDescription: "Tencent Cloud region, such as `ap-guangzhou`, for the APIs that require one (TRRO). " +
					environment(EnvRegion),
				Optional:   true,
				Validators: []validator.String{arguments.NotEmpty()},
			},
			"domain": schema.StringAttribute{
				MarkdownDescription: "Root domain of the Tencent Cloud API. Defaults to `" + defaultDomain + "`; mainland " +
					"accounts use `tencentcloudapi.com`. " + environment(EnvDomain),
				Optional:   true,
				Validators: []validator.String{arguments.NotEmpty(), arguments.Text("a domain name", checkDomain)},
			},
			"cdnetworks": schema.SingleNestedAttribute{
				MarkdownDescription: "CDNetworks API user. If the block gives one of the two, neither is read from the environment.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"username": schema.StringAttribute{
						MarkdownDescription: "Name of the API user. " + environment(EnvCDNetworksUsername),
						Optional:            true,
						Validators:          []validator.String{arguments.NotEmpty()},
					},
					"api_key": schema.StringAttribute{
						MarkdownDescription: "API key of the user. " + environment(EnvCDNetworksAPIKey),
						Optional:            true,
						Sensitive:           true,
						Validators:          []validator.String{arguments.NotEmpty()},
					},
				},
			},
			"endpoints": schema.SingleNestedAttribute{
				MarkdownDescription: "Addresses to call instead of the vendors' own: scheme, host and optional port, nothing " +
					"else. `http` is accepted for loopback hosts only. `" + EnvEndpointURL + "` sets all that are not given here.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"mna":        endpointAttribute("Multi-Network Acceleration", "https://mna.<domain>", checkEndpoint),
					"trro":       endpointAttribute("Tencent Real-Time Remote Operations", "https://trro.<domain>", checkEndpoint),
					"cdn":        endpointAttribute("the Content Delivery Network", "https://cdn.<domain>", checkEndpoint),
					"cdn_legacy": endpointAttribute("the legacy CDN API", defaultCDNLegacy, checkEndpoint),
					"sts":        endpointAttribute("the Security Token Service", "https://sts.<domain>", checkEndpoint),
					"metadata":   metadataEndpointAttribute(),
					"cdnetworks": endpointAttribute("CDNetworks", defaultCDNetworks, checkEndpoint),
				},
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: "Maximum number of retries of a call after a transient error, 0 to 20. Defaults to `4`. " +
					"Retries after throttling do not count. " + environment(EnvMaxRetries),
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(0, retriesLimit)},
			},
			"quota_share": schema.NumberAttribute{
				MarkdownDescription: "Share of each API's documented rate limit that this provider configuration may use, " +
					"above 0 up to 1. Defaults to `0.8`. Lower it where several runs share an account. " + environment(EnvQuotaShare),
				Optional:   true,
				Validators: []validator.Number{shareValidator{}},
			},
		},
	}
}

func assumeRoleAttribute() schema.SingleNestedAttribute {
	attributes := sessionAttributes("The keys that were found have to be allowed to assume it.")
	attributes["external_id"] = schema.StringAttribute{
		MarkdownDescription: "External ID that the role's owner agreed on. " + environment(EnvExternalID),
		Optional:            true,
		Validators:          []validator.String{arguments.NotEmpty()},
	}
	attributes["policy"] = schema.StringAttribute{
		MarkdownDescription: "Policy (JSON) that narrows what the temporary keys may do further than the role's own.",
		Optional:            true,
		Validators:          []validator.String{arguments.Text("JSON", checkPolicy)},
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Role to assume with the keys that were found, unless they come from a web identity. Its temporary keys " +
			"are used for all calls, and renewed before they expire.",
		Optional:   true,
		Attributes: attributes,
	}
}

func webIdentityAttribute() schema.SingleNestedAttribute {
	attributes := sessionAttributes("It has to trust the identity provider.")
	attributes["provider_id"] = schema.StringAttribute{
		MarkdownDescription: "Name of the identity provider in CAM. Defaults to `" + defaultProviderID + "`. " + environment(EnvProviderID),
		Optional:            true,
		Validators:          []validator.String{arguments.NotEmpty()},
	}
	attributes["web_identity_token"] = schema.StringAttribute{
		MarkdownDescription: "Token that the identity provider issued. " + environment(EnvWebIdentityToken) + " Where neither it nor a " +
			"file is given, `" + EnvWorkloadIdentityToken + "` counts, which HCP Terraform sets.",
		Optional:  true,
		Sensitive: true,
		Validators: []validator.String{
			arguments.NotEmpty(), stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("web_identity_token_file")),
		},
	}
	attributes["web_identity_token_file"] = schema.StringAttribute{
		MarkdownDescription: "File that holds the token instead: a regular file of at most 1 MiB. It is read each time keys are requested. " + environment(EnvWebIdentityTokenFile),
		Optional:            true,
		Validators:          []validator.String{arguments.NotEmpty()},
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Role to assume with a token of an identity provider, so that a pipeline needs no stored key. Its temporary " +
			"keys are used for all calls, and renewed before they expire.",
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
			Validators:          []validator.String{arguments.Text("a role's ARN", checkRoleARN)},
		},
		"session_name": schema.StringAttribute{
			MarkdownDescription: "Name of the session in the vendor's audit log, 2 to 128 letters, digits and `=,.@_-+`. Defaults to `" +
				defaultSessionName + "`. " + environment(EnvSessionName),
			Optional:   true,
			Validators: []validator.String{arguments.Text("the name of a session", checkSessionName)},
		},
		"session_duration": schema.Int64Attribute{
			MarkdownDescription: fmt.Sprintf("How long the temporary keys are valid, in seconds, 1 to %d. Defaults to `%d`. ",
				maxSessionDuration, defaultSessionDuration) + environment(EnvSessionDuration),
			Optional:   true,
			Validators: []validator.Int64{int64validator.Between(1, maxSessionDuration)},
		},
	}
}

// endpointAttribute describes the endpoint of an API and its default.
func endpointAttribute(api, address string, check func(string) error) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Address of " + api + ". Defaults to `" + address + "`.",
		Optional:            true,
		Validators:          []validator.String{arguments.Text("a URL of scheme, host and optional port", check)},
	}
}

func metadataEndpointAttribute() schema.StringAttribute {
	a := endpointAttribute("the machine's metadata service", defaultMetadata, checkMetadataEndpoint)
	a.MarkdownDescription += " That one may be given with `http`. It is called without a proxy."
	return a
}

func environment(variable string) string {
	return "Can also be set with the environment variable `" + variable + "`."
}
