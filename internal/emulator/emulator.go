// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package emulator emulates the statistics APIs that the provider reads, so that no account is needed: Tencent Cloud MNA,
// TRRO and CDN, CDNetworks, and Tencent's legacy CDN API. It also issues temporary keys for them, like STS and the metadata
// service of a machine.
//
// It checks signatures by the published rules, refuses invalid requests with the vendors' error codes, enforces their rate
// limits, and returns figures that depend only on the seed, the device or domain, the region and the time.
//
// Two kinds of names are special. A device, domain, host, project, group or application whose name begins with "idle"
// exists but has no traffic. If the name begins with "missing", it does not exist; this also applies to roles and identity
// providers. Every other name exists.
//
// Not everything that exists is listed. MNA lists the devices mna-dev1, mna-dev2 and so on, named gateway-1, gateway-2 and
// so on, in the groups group-1 to group-3 and the applications app-1 and app-2. TRRO lists the projects project-1,
// project-2 and so on, with the devices project-1-vehicle-1, project-1-seat-1 and so on. The figures of a group, an
// application, a project or the whole MNA account are the sums of the figures of its devices.
//
// Faults simulate outages, see Fault.
//
// This package contains what all APIs have in common: the server, the record of calls, and the admin handler. Each vendor's
// API has its own package. Figures are in package figures, and faults in package faults.
package emulator

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/faults"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/limits"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent/cdn"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent/trro"
)

// Default credentials of an Emulator. All are invented.
const (
	DefaultSecretID           = "AKIDexampleSecretID"
	DefaultSecretKey          = "exampleSecretKey"
	DefaultCDNetworksUsername = "example_username"
	DefaultCDNetworksAPIKey   = "example_apikey"
	DefaultWebIdentityToken   = "exampleWebIdentityToken"
)

// Default numbers of devices and projects that the accounts list.
const (
	DefaultDevices  = 12
	DefaultProjects = 3
)

// maxBody is the maximum size of a request body in bytes.
const maxBody = 10 << 20

// Options configure an Emulator. The zero value is ready for use.
type Options struct {
	// SecretID and SecretKey are the accepted Tencent Cloud key; default DefaultSecretID and DefaultSecretKey.
	SecretID, SecretKey string
	// Token is the temporary token that requests signed with SecretID must contain; none if empty.
	Token string
	// Keys are additional accepted Tencent Cloud keys: secret keys by their IDs.
	Keys map[string]string
	// WebIdentityToken is the token that AssumeRoleWithWebIdentity accepts; default DefaultWebIdentityToken.
	WebIdentityToken string
	// ExternalID is the external ID that AssumeRole requires; none if empty.
	ExternalID string
	// CDNetworksUsername and CDNetworksAPIKey are the CDNetworks account; default DefaultCDNetworksUsername
	// and DefaultCDNetworksAPIKey.
	CDNetworksUsername, CDNetworksAPIKey string
	// AccountDomains are the domains of the CDNetworks account, used when a request names none. Default:
	// www.example.com, static.example.com and download.example.com.
	AccountDomains []string
	// Devices is how many devices the MNA account lists; default DefaultDevices, none if negative.
	Devices int
	// Projects is how many projects the TRRO account lists; default DefaultProjects, none if negative.
	Projects int
	// Clock provides the time; default clock.System.
	Clock clock.Clock
	// Seed determines the figures. The same seed produces the same figures.
	Seed uint64
	// Limits are the rate limits; default DocumentedLimits. &Limits{} turns all of them off.
	Limits *Limits
	// Faults are injected at the start. New panics if a fault is invalid.
	Faults []Fault
	// Override, if set, is called for every accepted request that has no fault. It returns true if it has written the
	// response. It can read the body of r.
	Override func(api API, w http.ResponseWriter, r *http.Request) bool
	// Observe, if set, is called with every request after the response. It may be called concurrently.
	Observe func(Call)
}

// Emulator is an http.Handler that serves all APIs. It is safe for concurrent use and starts no goroutine. It waits only
// for faults, and only until the context of the request ends.
type Emulator struct {
	options Options
	routes  []route
	keys    *keys.Ring
	faults  *faults.Queue
	journal journal
}

// route maps a path to a service.
type route struct {
	// path is the whole path. If it ends with a slash, it is the prefix of all paths of the service, except for "/", which
	// is the whole path.
	path    string
	service exchange.Service
}

// New returns an emulator.
func New(o Options) *Emulator {
	source := figures.Source{Seed: o.Seed}
	if o.AccountDomains == nil {
		o.AccountDomains = figures.Domains()
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	e := &Emulator{options: o, keys: o.keys(source), faults: faults.NewQueue(source), journal: journal{observe: o.Observe}}
	e.routes = o.routes(e.keys, source)
	e.Inject(o.Faults...)
	return e
}

func (o Options) keys(source figures.Source) *keys.Ring {
	permanent := make(map[string]keys.Key)
	for id, key := range o.Keys {
		permanent[id] = keys.Key{SecretKey: key}
	}
	permanent[cmp.Or(o.SecretID, DefaultSecretID)] = keys.Key{SecretKey: cmp.Or(o.SecretKey, DefaultSecretKey), Token: o.Token}
	return keys.NewRing(source, permanent)
}

// routes returns all services with their paths.
func (o Options) routes(ring *keys.Ring, source figures.Source) []route {
	ids := &figures.IDs{Source: source}
	rates := limits.Documented()
	if o.Limits != nil {
		rates = *o.Limits
	}
	actions := slices.Concat(
		mna.Actions(source, cmp.Or(o.Devices, DefaultDevices)),
		trro.Actions(source, cmp.Or(o.Projects, DefaultProjects)),
		cdn.Actions(source),
		sts.Actions(ring, sts.Config{WebIdentityToken: cmp.Or(o.WebIdentityToken, DefaultWebIdentityToken), ExternalID: o.ExternalID}),
	)
	account := cdnetworks.Account{
		Username: cmp.Or(o.CDNetworksUsername, DefaultCDNetworksUsername),
		APIKey:   cmp.Or(o.CDNetworksAPIKey, DefaultCDNetworksAPIKey),
		Domains:  o.AccountDomains,
	}
	return []route{
		{"/", tencent.New(ring, rates.Tencent, ids, actions...)},
		{mna.DownloadPath, mna.NewDownload(source, ids)},
		{sts.MetadataPath, sts.NewMetadata(ring)},
		{cdnetworks.RelayPath, cdnetworks.New(account, rates, source, ids)},
		{qcloud.Path, qcloud.New(ring, rates.CDNLegacy, source)},
	}
}

// ServeHTTP serves one request and records it.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchange.New(w, r, e.options.Clock.Now())
	// Deferred, because a fault or Override may cut the connection with a panic.
	defer func() {
		x.End()
		e.journal.add(x.Call)
	}()
	if !x.ReadBody(maxBody) {
		return
	}
	for _, route := range e.routes {
		if route.isFor(x.Path) {
			e.serve(x, route.service)
			return
		}
	}
	http.NotFound(x.Answer, r)
}

func (r route) isFor(path string) bool {
	isPrefix := r.path != "/" && strings.HasSuffix(r.path, "/")
	return path == r.path || isPrefix && strings.HasPrefix(path, r.path)
}

// serve makes the service or a fault respond to a request.
func (e *Emulator) serve(x *exchange.Exchange, service exchange.Service) {
	service.Identify(x)
	x.ListGrowth = e.faults.ListGrowth(x.API, x.Action)
	fault := e.faults.Take(x.API, x.Action)
	defer fault.GiveBack()
	if fault.Interrupt(x) {
		return
	}
	answer, err := service.Prepare(x)
	if err != nil {
		service.Refuse(x, err)
		return
	}
	if fault.IsDue() {
		if fault.Replace(x, service) {
			return
		}
	} else if e.options.Override != nil && e.options.Override(x.API, x.Answer, x.Reread()) {
		return
	}
	if err := answer(); err != nil {
		service.Refuse(x, err)
	}
	fault.Deliver(x)
}

// RevokeTemporaryKeys makes the emulator refuse all temporary keys that it has issued so far, as if they had expired.
func (e *Emulator) RevokeTemporaryKeys() { e.keys.Revoke() }

// Inject adds faults at the end of the queue. It panics if a fault is invalid.
//
//	e.Inject(emulator.Fault{API: emulator.MNA, Kind: emulator.FaultThrottled, Count: 3})
func (e *Emulator) Inject(list ...Fault) { e.faults.Add(list...) }

// Faults returns the faults that are not used up, each with its remaining Count.
func (e *Emulator) Faults() []Fault { return e.faults.List() }

// ClearFaults removes all faults and undoes their changes to lists. A request that has already taken a fault still fails.
func (e *Emulator) ClearFaults() { e.faults.Clear() }
