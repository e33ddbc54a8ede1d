// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// endpoints are URLs: scheme://host[:port].
type endpoints struct {
	mna, trro, cdn, cdnLegacy, sts, metadata, cdnetworks setting
}

// endpoints resolves the endpoints: the block's, else the variable's, else the vendors' own.
func (m model) endpoints(ctx context.Context, diags *diag.Diagnostics) endpoints {
	everywhere := os.Getenv(EnvEndpointURL)
	if everywhere != "" {
		if err := checkEndpoint(everywhere); err != nil {
			diags.AddError("Invalid Environment Variable", fmt.Sprintf("%s %v.", EnvEndpointURL, err))
		}
	}
	domain := given(m.Domain, EnvDomain)
	if domain.missing() {
		domain.value = defaultDomain
	}
	if err := checkDomain(domain.value); err != nil && !domain.unknown {
		diags.AddError("Invalid Environment Variable", fmt.Sprintf("%s %v.", EnvDomain, err))
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
