// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package acctest helps tests to run the provider against an emulator, through Terraform or through the protocol alone.
package acctest

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// Now is the time in tests whose figures matter: Thursday noon UTC.
var Now = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

// Emulator is a running emulator.
type Emulator struct {
	*emulator.Emulator
	// URL is its address.
	URL string
}

// Start starts an emulator on loopback until the test ends, and an environment that leads the provider to it with the
// credentials it accepts. An emulator without a clock stands still at Now.
func Start(t *testing.T, options emulator.Options) *Emulator {
	t.Helper()
	if options.Clock == nil {
		options.Clock = clock.At(Now)
	}
	e := Serve(t, options)
	ClearEnvironment(t)
	for variable, value := range Variables(e.URL) {
		t.Setenv(variable, value)
	}
	return e
}

// Serve starts an emulator on loopback until the test ends, and leaves the environment alone.
func Serve(t *testing.T, options emulator.Options) *Emulator {
	t.Helper()
	e := emulator.New(options)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return &Emulator{Emulator: e, URL: server.URL}
}

// FreeAddress returns an address on loopback that nothing listens on.
func FreeAddress(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}

// Variables are the environment that leads a provider to the emulator at a URL, with the credentials that emulators
// accept.
func Variables(url string) map[string]string {
	return map[string]string{
		"EDGESTATS_ENDPOINT_URL":  url,
		"TENCENTCLOUD_SECRET_ID":  emulator.DefaultSecretID,
		"TENCENTCLOUD_SECRET_KEY": emulator.DefaultSecretKey,
		"TENCENTCLOUD_REGION":     "ap-guangzhou",
		"CDNETWORKS_USERNAME":     emulator.DefaultCDNetworksUsername,
		"CDNETWORKS_API_KEY":      emulator.DefaultCDNetworksAPIKey,
	}
}

// Answer gives every request that the emulator accepts the same body, for emulator.Options.Override.
func Answer(body string) func(emulator.API, http.ResponseWriter, *http.Request) bool {
	return func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		// An error here means that the client is gone.
		_, _ = io.WriteString(w, body)
		return true
	}
}

// Factories makes providers for terraform-plugin-testing whose clock stands still at Now, unless options say otherwise.
func Factories(options ...provider.Option) map[string]func() (tfprotov6.ProviderServer, error) {
	options = append([]provider.Option{provider.WithClock(clock.At(Now))}, options...)
	return map[string]func() (tfprotov6.ProviderServer, error){
		"edgestats": providerserver.NewProtocol6WithError(provider.New("test", options...)()),
	}
}
