// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package emulator answers, without an account, the statistics APIs that the provider reads: those of Tencent Cloud MNA, TRRO and
// CDN, of CDNetworks, and Tencent's legacy CDN API. It also issues temporary keys for them, as STS and the metadata service of a
// machine do.
//
// It checks signatures from the published rules, refuses what the vendors refuse with their codes, enforces their rate limits, and
// answers with figures that depend only on the seed, the device or domain, the region and the time.
//
// Two kinds of names are special. A device, domain, host, project, group or application whose name begins with "idle" exists but
// has no traffic. One whose name begins with "missing" does not exist, nor does such a role or identity provider. Every other name
// exists.
//
// The accounts list some of them. MNA lists the devices mna-dev1, mna-dev2 and so on, named gateway-1, gateway-2 and so on, in the
// groups group-1 to group-3 and the applications app-1 and app-2. TRRO lists the projects project-1, project-2 and so on, with the
// devices project-1-vehicle-1, project-1-seat-1 and so on. The figures of a group, an application or the whole MNA account are the
// sums of their devices, and so are the figures of a project.
//
// Outages can be rehearsed with faults, see Fault.
//
// This package holds what all APIs have in common: the server, the record of calls, and the admin handler. Each vendor has a
// package that knows its API. Figures are in package figures, and faults in package faults.
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

// What an Emulator accepts unless its Options say otherwise. All of it is invented.
const (
	DefaultSecretID           = "AKIDexampleSecretID"
	DefaultSecretKey          = "exampleSecretKey"
	DefaultCDNetworksUsername = "example_username"
	DefaultCDNetworksAPIKey   = "example_apikey"
	DefaultWebIdentityToken   = "exampleWebIdentityToken"
)

// How many devices and projects the accounts list unless the Options say otherwise.
const (
	DefaultDevices  = 12
	DefaultProjects = 3
)

// maxBody is the maximum size of a request body in bytes.
const maxBody = 10 << 20

// Options set up an Emulator. The zero value is ready for use.
type Options struct {
	// SecretID and SecretKey are the Tencent Cloud key that is accepted; default DefaultSecretID and
	// DefaultSecretKey.
	SecretID, SecretKey string
	// Token is the temporary token that requests signed with SecretID must carry; none if empty.
	Token string
	// Keys are more Tencent Cloud keys that are accepted: secret keys by their ids.
	Keys map[string]string
	// WebIdentityToken is what AssumeRoleWithWebIdentity accepts; default DefaultWebIdentityToken.
	WebIdentityToken string
	// ExternalID is what AssumeRole requires; none if empty.
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
	// Clock tells the time; default the system's.
	Clock clock.Clock
	// Seed chooses the figures. The same seed gives the same figures.
	Seed uint64
	// Limits are the rate limits; default DocumentedLimits. &Limits{} turns all of them off.
	Limits *Limits
	// Faults are injected at the start. New panics if one of them is invalid.
	Faults []Fault
	// Override, if set, is called for every request that would be accepted and to which no fault happens. It returns true if
	// it has written the answer. It can read the body of r.
	Override func(api API, w http.ResponseWriter, r *http.Request) bool
	// Observe, if set, is called with every request after it was answered. It may be called concurrently.
	Observe func(Call)
}

// Emulator is an http.Handler that answers for all APIs. It is safe for concurrent use and starts no goroutine.
// Only faults make it wait, and no longer than the context of the request.
type Emulator struct {
	options Options
	routes  []route
	keys    *keys.Ring
	faults  *faults.Queue
	journal journal
}

// route is a service and its path.
type route struct {
	// path is a whole path, or the beginning of all paths of the service if it ends with a slash. "/" is a whole path.
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

// routes returns the services by their paths.
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

// ServeHTTP answers one request and records it.
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

// serve lets a service answer a request, or the fault that the request takes.
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

// RevokeTemporaryKeys makes the emulator refuse all temporary keys that it has issued so far, as expired ones.
func (e *Emulator) RevokeTemporaryKeys() { e.keys.Revoke() }

// Inject adds faults after those that are there. It panics if one of them is invalid.
//
//	e.Inject(emulator.Fault{API: emulator.MNA, Kind: emulator.FaultThrottled, Count: 3})
func (e *Emulator) Inject(list ...Fault) { e.faults.Add(list...) }

// Faults returns the faults that are not used up, each with the Count that is left.
func (e *Emulator) Faults() []Fault { return e.faults.List() }

// ClearFaults removes all faults and undoes what they did to lists. They still happen to requests that have taken one.
func (e *Emulator) ClearFaults() { e.faults.Clear() }
