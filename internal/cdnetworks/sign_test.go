// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"net/http"
	"testing"
	"time"
)

func TestPassword(t *testing.T) {
	for _, test := range []struct{ date, want string }{
		{"Thu, 17 May 2012 19:37:58 GMT", "ihRgx34wxX8XJNi87Q/6kl2U4+o="},
		{"Sun, 01 Sep 2024 00:00:00 GMT", "Ce24SSmS1h/xr+NRhZgg5hsUR+Y="},
	} {
		if got := password("example_apikey", test.date); got != test.want {
			t.Errorf("password at %s = %s, want %s", test.date, got, test.want)
		}
	}
}

func TestNewRequestSignsItsDate(t *testing.T) {
	c := New(Config{Endpoint: "https://api.example.com", Username: "example_username", APIKey: "example_apikey"})
	for _, test := range []struct {
		signed     time.Time
		date, auth string
	}{
		{
			time.Date(2012, 5, 17, 19, 37, 58, 0, time.UTC),
			"Thu, 17 May 2012 19:37:58 GMT",
			"Basic ZXhhbXBsZV91c2VybmFtZTppaFJneDM0d3hYOFhKTmk4N1EvNmtsMlU0K289",
		},
		{
			time.Date(2024, 9, 1, 8, 0, 0, 999, time.FixedZone("", 8*3600)),
			"Sun, 01 Sep 2024 00:00:00 GMT",
			"Basic ZXhhbXBsZV91c2VybmFtZTpDZTI0U1NtUzFoL3hyK05SaFpnZzVoc1VSK1k9",
		},
	} {
		request, err := c.newRequest(t.Context(), "/cdn/traffic/relay", nil, test.signed)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"Date": test.date, "Authorization": test.auth, "Accept": "application/json", "Content-Type": "application/json",
		} {
			if got := request.Header.Get(name); got != want {
				t.Errorf("%s = %q, want %q", name, got, want)
			}
		}
		if request.Method != http.MethodPost || request.URL.String() != "https://api.example.com/cdn/traffic/relay" {
			t.Errorf("%s %s, want POST https://api.example.com/cdn/traffic/relay", request.Method, request.URL)
		}
	}
}
