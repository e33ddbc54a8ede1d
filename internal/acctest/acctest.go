// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package acctest helps tests run the provider against an emulator, through Terraform or only through the plugin protocol.
package acctest

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// Now is the time in tests that depend on the time: noon UTC on a Thursday.
var Now = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

// Emulator is a running emulator.
type Emulator struct {
	*emulator.Emulator
	// URL is the endpoint for the provider.
	URL string
}

// Start starts an emulator on loopback until the test ends, and sets environment variables with its endpoint and
// credentials for the provider. If options have no clock, the emulator's time is always Now.
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

// Serve starts an emulator on loopback until the test ends. It does not change the environment.
func Serve(t *testing.T, options emulator.Options) *Emulator {
	t.Helper()
	e := emulator.New(options)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return &Emulator{Emulator: e, URL: server.URL}
}

// FreeAddress returns a loopback address on which nothing listens.
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

// Variables returns environment variables that configure a provider for the emulator at a URL, with the default
// credentials.
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

// Answer returns an emulator.Options.Override that sends the same body in response to every accepted request.
func Answer(body string) func(emulator.API, http.ResponseWriter, *http.Request) bool {
	return func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Type", "application/json")
		// An error here means that the client is gone.
		_, _ = io.WriteString(w, body)
		return true
	}
}

// Factories returns providers for terraform-plugin-testing. Their time is always Now, unless options set another clock.
func Factories(options ...provider.Option) map[string]func() (tfprotov6.ProviderServer, error) {
	options = append([]provider.Option{provider.WithClock(clock.At(Now))}, options...)
	p := provider.New("test", options...)()
	return map[string]func() (tfprotov6.ProviderServer, error){
		"edgestats": func() (tfprotov6.ProviderServer, error) { return provider.Server(p), nil },
	}
}
