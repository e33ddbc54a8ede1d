// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud_test

import (
	"context"
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
)

// A refused temporary key is replaced once.
func TestRefusedTokensAreReplaced(t *testing.T) {
	request := qcloud.OverseaISPDetailRequest{Dates: []string{"2026-01-10"}, Hosts: []string{"www.example.com"}}
	for name, test := range map[string]struct {
		tokens []string
		others bool
		want   []string
	}{
		"others":      {[]string{"old", "new"}, true, []string{"4105", ""}},
		"no others":   {[]string{"old", "new"}, false, []string{"4105"}},
		"more of old": {[]string{"old", "old", "new"}, true, []string{"4105", "4105"}},
	} {
		t.Run(name, func(t *testing.T) {
			server := emulator.New(emulator.Options{Clock: clock.At(now), Token: "new"})
			config := configOf(t, serve(t, server))
			config.Policy.MaxRetries = 0
			refused := 0
			config.Credential = func(context.Context) (string, string, string, error) {
				return emulator.DefaultSecretID, emulator.DefaultSecretKey, test.tokens[refused], nil
			}
			config.Refused = func(secretID string) bool {
				refused++
				return test.others && secretID == emulator.DefaultSecretID
			}
			_, err := qcloud.New(config).OverseaISPDetail(t.Context(), request)
			if got := codes(server); !slices.Equal(got, test.want) || (err == nil) != (got[len(got)-1] == "") {
				t.Errorf("%v after calls with the codes %q, want %q", err, got, test.want)
			}
		})
	}
}
