// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const help = `Usage: edgestats-emulator [flags]

Emulates the APIs that the edgestats provider reads, on a loopback address. When it is ready, it prints one line: the
environment variable that directs the provider to it.

  edgestats-emulator > endpoint &
  export $(cat endpoint)

It checks signatures, parameters and rate limits as the vendors do. The figures are invented: they depend only on the
seed, the device or domain, the region and the time.

Special names for devices, domains, hosts, projects, groups and applications:
  idle...     exists but has no traffic
  missing...  does not exist
Every other name exists. Lists contain some of them: the MNA devices mna-dev1, mna-dev2 and so on in the groups group-1
to group-3, and the TRRO projects project-1, project-2 and so on with their devices. All roles and identity providers
exist except missing...: the emulator issues temporary keys as STS and a machine's metadata service do, and accepts them
until they expire.

Simulate outages with faults: with -fault at the start, or while the emulator runs:

  curl -d '{"api": "mna", "kind": "throttled", "count": 3}' $EDGESTATS_ENDPOINT_URL/_emulator/faults

GET lists the faults and DELETE removes them. GET /_emulator/calls lists the latest calls. These paths accept requests
from this machine only, and none from web pages.

A fault has a "kind". It may have an "api" (mna, trro, cdn, cdn_legacy, cdnetworks, export, sts or metadata; default:
all), an "action" (default: all), a "count" of requests that fail (default: all until the fault is removed) and a
"probability" (default: 1).
Kinds that happen to the connection, before the request is checked:
    reset        resets the connection
    stall        responds after "delay", such as "1m30s"; without "delay", never
    clock        behaves like a server whose clock is off by "clock_offset", such as "48h" or "-10m"
Kinds that replace the response:
    answer       responds with "body"
    error        responds with the vendor's error "code" and "message"; requires "api"
    throttled    responds as the vendor does to too many requests
Kinds that change the response:
    member       replaces the value of the JSON member "member" with "body", or removes it if there is no "body"
    large_body   puts "size" bytes of white space before the body
    truncated    sends only half of the body
Kinds that change a list after the response, until the faults are removed:
    list_grows   adds an entry at the beginning of the action's list
    list_shrinks removes the entry at the beginning of the action's list
Every kind except reset also accepts "status", the HTTP status of the response, and "header", an object of headers to
set; an empty value removes the header. For example, {"api": "trro", "kind": "member", "member": "TotalCount",
"body": "0"} returns a wrong count.

Flags:
`

// maxListed is the maximum number of listed devices or projects. It limits the time for a response.
const maxListed = 10_000

// config is the result of parsing the command line.
type config struct {
	address     string
	tls         bool
	certificate string
	verbose     bool
	version     bool
	options     emulator.Options
}

// parseArgs reads the command line. After printing the help, the error is flag.ErrHelp.
func parseArgs(args []string, stderr io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("edgestats-emulator", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	o := &c.options
	flags.StringVar(&c.address, "address", "127.0.0.1:0", "loopback `address` to listen on; port 0 chooses a free port")
	flags.StringVar(&o.SecretID, "secret-id", emulator.DefaultSecretID, "Tencent Cloud secret `ID` to accept")
	flags.StringVar(&o.SecretKey, "secret-key", emulator.DefaultSecretKey, "Tencent Cloud secret `key` to accept")
	flags.StringVar(&o.Token, "token", "", "Tencent Cloud `token` to require; none if empty")
	flags.StringVar(&o.WebIdentityToken, "web-identity-token", emulator.DefaultWebIdentityToken,
		"`token` to accept for AssumeRoleWithWebIdentity")
	flags.StringVar(&o.ExternalID, "external-id", "", "external `ID` to require for AssumeRole; none if empty")
	flags.StringVar(&o.CDNetworksUsername, "cdnetworks-username", emulator.DefaultCDNetworksUsername, "CDNetworks user `name` to accept")
	flags.StringVar(&o.CDNetworksAPIKey, "cdnetworks-api-key", emulator.DefaultCDNetworksAPIKey, "CDNetworks API `key` to accept")
	flags.Func("clock", "`time` (RFC 3339) that the emulator's clock starts at; default: the system's time", func(s string) error {
		start, err := time.Parse(time.RFC3339, s)
		o.Clock = clockFrom(start)
		return err
	})
	flags.IntVar(&o.Devices, "devices", emulator.DefaultDevices, "`number` of devices that MNA lists")
	flags.IntVar(&o.Projects, "projects", emulator.DefaultProjects, "`number` of projects that TRRO lists")
	flags.Uint64Var(&o.Seed, "seed", 0, "`number` that the figures depend on")
	flags.Func("fault", "fault that is active from the start, as a `JSON` object; may be repeated", func(s string) error {
		f, err := emulator.ParseFault([]byte(s))
		o.Faults = append(o.Faults, f)
		return err
	})
	flags.BoolVar(&c.tls, "tls", false, "serve HTTPS, with a certificate that is created at the start")
	flags.StringVar(&c.certificate, "tls-certificate", "", "`file` to write the certificate to, which clients must trust (PEM)")
	flags.BoolVar(&c.verbose, "verbose", false, "log each request to stderr, without queries and headers")
	flags.BoolVar(&c.version, "version", false, "print the version and exit")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			_, _ = io.WriteString(stderr, help)
			flags.PrintDefaults()
		}
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return c, c.validate()
}

func (c config) validate() error {
	host, _, err := net.SplitHostPort(c.address)
	if err != nil {
		return fmt.Errorf("read -address: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-address %s is not a loopback address; the emulator serves this machine only", c.address)
	}
	if min(c.options.Devices, c.options.Projects) < 1 || max(c.options.Devices, c.options.Projects) > maxListed {
		return fmt.Errorf("-devices and -projects must be from 1 to %d", maxListed)
	}
	if c.tls != (c.certificate != "") {
		return errors.New("-tls and -tls-certificate must be set together, because clients must trust the certificate")
	}
	return nil
}

// clockFrom returns a running clock that begins at start.
func clockFrom(start time.Time) clock.Clock {
	began := time.Now()
	return clock.Func(func() time.Time { return start.Add(time.Since(began)) })
}
