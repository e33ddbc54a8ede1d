// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
)

func TestEndpointAddresses(t *testing.T) {
	const port = "must have a port from 1 to 65535, or none"
	const user, query = "; remove the user name and password", "; remove the ? or # and everything after it"
	const form, loopback = "must be a URL with scheme, host and optional port", "must use https, got http for "
	const example = form + `, such as "https://mna.example.com"`
	for address, problem := range map[string]string{
		"https://mna.example.com":      "",
		"https://mna.example.com:8443": "",
		"https://mna.example.com/":     "",
		"HTTP://LOCALHOST:8080":        "",
		"https://mna.example.com:1":    "",
		"http://127.0.0.1:65535":       "",
		"https://192.0.2.1":            "",
		"https://[2001:db8::1]:8443":   "",
		"http://localhost:8080":        "",
		"http://127.0.0.1:8080":        "",
		"http://127.8.9.10":            "",
		"http://[::1]:8080":            "",

		"http://mna.example.com":                  loopback + `"mna.example.com"; http is accepted for loopback hosts only`,
		"http://192.0.2.1":                        loopback,
		"http://localhost.example.com":            loopback,
		"http://[::2]":                            loopback,
		"mna.example.com":                         form + `, got "mna.example.com"; write "https://mna.example.com"`,
		"mna.example.com:8443":                    form + `, got "mna.example.com:8443"; write "https://mna.example.com:8443"`,
		"127.0.0.1:18555":                         form + `, got "127.0.0.1:18555"; write "http://127.0.0.1:18555"`,
		"localhost":                               form + `, got "localhost"; write "http://localhost"`,
		"[::1]:8080":                              form + `, got "[::1]:8080"; write "http://[::1]:8080"`,
		"mna.example.com:0":                       example,
		"mna.example.com/v2":                      example,
		"mna.example.com?key=secret":              example,
		"secret":                                  example,
		"//mna.example.com":                       form,
		"ftp://mna.example.com":                   example,
		"https://":                                form,
		"https://:443":                            form,
		"https://mna.example.com//":               form + `; remove "/"`,
		"https://mna.example.com#":                form + query,
		"https://mna.example.com/v2":              form + `; remove "/v2"`,
		"https://mna.example.com/v2/":             form + `; remove "/v2"`,
		"https://mna.example.com/a%0Ab":           form + `; remove "/a%0Ab"`,
		"https://mna.example.com?key=secret":      form + query,
		"https://mna.example.com/?":               form + query,
		"https://mna.example.com/v2?key=secret":   form + query,
		"https://mna.example.com#secret":          form + query,
		"https://user:secret@mna.example.com":     form + user,
		"https://secret@mna.example.com":          form + user,
		"https://user:sec/secret@mna.example.com": form + user,
		"https://user/secret@mna.example.com":     form + user,
		"https://mna.example.com:port":            form,
		"https://mna example.com":                 form,
		"https://mna.example.com:":                form,
		"https://mna.example.com:0":               port,
		"https://mna.example.com:65536":           port,
		"https://mna.example.com:99999":           port,
		"http://127.0.0.1:00":                     port,
		"":                                        form,
	} {
		t.Run(address, func(t *testing.T) {
			err := checkEndpoint(address)
			if problem == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			expect.Error(t, err, problem)
			expect.None(t, err.Error(), "secret")
		})
	}
}

func TestDomains(t *testing.T) {
	for domain, ok := range map[string]bool{
		"intl.tencentcloudapi.com": true,
		"tencentcloudapi.com":      true,
		"example.com":              true,
		"example.com:443":          false,
		"example.com:":             false,
		"example.com/path":         false,
		"https://example.com":      false,
		".example.com":             false,
		"example.com.":             false,
		"user@example.com":         false,
		"example.com?":             false,
		"example .com":             false,
	} {
		t.Run(domain, func(t *testing.T) {
			if err := checkDomain(domain); (err == nil) != ok {
				t.Error(err)
			}
		})
	}
}

// The text of a number with an enormous exponent takes minutes.
func TestShares(t *testing.T) {
	for text, want := range map[string]string{
		"1e-9": "", "0.8": "", "1": "", "0": "got 0.", "-0.1": "got -0.1.", "9e-10": "got 9e-10.", "5e-324": "got 5e-324.", "1.01": "got 1.01.",
		"1e-20000000": "got 0.", "1e20000000": "got +Inf.", "Inf": "got +Inf.",
	} {
		share, ok := new(big.Float).SetString(text)
		if !ok {
			t.Fatal(text)
		}
		var resp validator.NumberResponse
		shareValidator{}.ValidateNumber(t.Context(), validator.NumberRequest{Path: path.Root("quota_share"), ConfigValue: types.NumberValue(share)}, &resp)
		if want == "" && resp.Diagnostics.HasError() || want != "" && resp.Diagnostics.ErrorsCount() != 1 {
			t.Errorf("%s: %v", text, resp.Diagnostics)
		} else if want != "" {
			expect.Diagnostic(t, resp.Diagnostics[0], "quota_share", "quota_share must be above 0 and at most 1, "+want)
		}
	}
}
