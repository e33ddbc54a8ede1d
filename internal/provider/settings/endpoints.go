// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// endpoints are URLs: scheme://host[:port].
type endpoints struct {
	mna, trro, cdn, cdnLegacy, sts, metadata, cdnetworks argument
}

// endpoints resolves the endpoints: the block's, else the variable's, else the vendors' own.
func (m model) endpoints(ctx context.Context, diags *diag.Diagnostics) endpoints {
	var b endpointsModel
	if m.Endpoints.IsUnknown() {
		unknown := types.StringUnknown()
		b = endpointsModel{unknown, unknown, unknown, unknown, unknown, unknown, unknown}
	} else {
		diags.Append(m.Endpoints.As(ctx, &b, basetypes.ObjectAsOptions{UnhandledNullAsEmpty: true})...)
	}
	domain := argumentOf("domain", EnvDomain, m.Domain).or(defaultDomain)
	domain.setting = domain.checked(EnvDomain, checkDomain)
	of := func(service string) argument {
		return argument{domain.name, domain.variable, domain.prefixed("https://" + service + ".")}
	}
	vendor := func(url string) argument { return argument{setting: setting{value: url}} }
	return endpoints{
		mna:        endpoint("mna", b.MNA, of("mna")),
		trro:       endpoint("trro", b.TRRO, of("trro")),
		cdn:        endpoint("cdn", b.CDN, of("cdn")),
		cdnLegacy:  endpoint("cdn_legacy", b.CDNLegacy, vendor(defaultCDNLegacy)),
		sts:        endpoint("sts", b.STS, of("sts")),
		metadata:   endpoint("metadata", b.Metadata, vendor(defaultMetadata)),
		cdnetworks: endpoint("cdnetworks", b.CDNetworks, vendor(defaultCDNetworks)),
	}
}

// endpoint returns a member of endpoints, without one trailing slash, or the vendor's own endpoint.
func endpoint(member string, configured types.String, vendor argument) argument {
	a := argumentOf("endpoints."+member, EnvEndpointURL, configured)
	if a.missing() {
		return vendor
	}
	a.setting = a.checked(EnvEndpointURL, checkEndpoint)
	a.value = strings.TrimSuffix(a.value, "/")
	return a
}

// endpointForm is what an endpoint is, for errors.
const endpointForm = "must be a URL with scheme, host and optional port"

var (
	errEndpoint = errors.New(endpointForm + `, such as "https://mna.example.com"`)
	errUser     = errors.New(endpointForm + "; remove the user name and password, up to and including the @")
	errQuery    = errors.New(endpointForm + "; remove the ? or # and everything after it")
	errPort     = errors.New("must have a port from 1 to 65535, or none")
)

// checkEndpoint reports what is wrong with a URL. One trailing slash is allowed. The error quotes the host or the path at
// most, because the rest may hold a password.
func checkEndpoint(address string) error {
	address = strings.TrimSuffix(address, "/")
	if strings.Contains(address, "@") { // Anywhere, because a password can have a slash in it.
		return errUser
	}
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http", strings.HasSuffix(u.Host, ":"):
		return endpointError(address)
	case strings.ContainsAny(address, "?#"):
		return errQuery
	case u.Path != "":
		const longest = 80
		return fmt.Errorf(endpointForm+"; remove %.*q", longest, u.EscapedPath())
	case !strings.EqualFold(address, u.Scheme+"://"+u.Host):
		return errEndpoint
	}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || port == 0) {
		return errPort
	}
	if u.Scheme == "http" && !IsLoopback(u.Hostname()) {
		return fmt.Errorf("must use https, got http for %q; http is accepted for loopback hosts only", u.Hostname())
	}
	return nil
}

// endpointError returns the error of an address that is not a URL. For a host without a scheme, with or without a port, it says
// which URL to write.
func endpointError(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	if strings.Contains(address, "/") || err != nil && !strings.Contains(host, ".") && !IsLoopback(host) {
		return errEndpoint
	}
	right := "https://" + address
	if IsLoopback(host) {
		right = "http://" + address
	}
	if checkEndpoint(right) != nil {
		return errEndpoint
	}
	return fmt.Errorf(endpointForm+", got %q; write %q", address, right)
}

// IsLoopback reports whether a host, without a port, is this machine.
func IsLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || (err == nil && address.IsLoopback())
}

// checkMetadataEndpoint is checkEndpoint for the metadata service, which the vendor provides by http only.
func checkMetadataEndpoint(address string) error {
	if strings.EqualFold(strings.TrimSuffix(address, "/"), defaultMetadata) {
		return nil
	}
	return checkEndpoint(address)
}

// checkDomain reports whether a text can be a root domain. The error does not quote what may hold a password.
func checkDomain(domain string) error {
	u, err := url.Parse("https://" + domain)
	if err == nil && u.Host == domain && !strings.Contains(domain, ":") && strings.Trim(domain, ".") == domain {
		return nil
	}
	if strings.ContainsAny(domain, "@?#") {
		return fmt.Errorf("must be a domain name such as %q", defaultDomain)
	}
	if right, found := strings.CutPrefix(domain, "https://"); found && checkDomain(right) == nil {
		return fmt.Errorf("must be a domain name, got %.80q; write %.80q", domain, right)
	}
	return fmt.Errorf("must be a domain name such as %q, got %.80q", defaultDomain, domain)
}
