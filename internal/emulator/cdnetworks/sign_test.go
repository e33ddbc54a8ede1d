// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"testing"
)

func TestPasswordsOfKnownDates(t *testing.T) {
	for date, want := range map[string]string{
		"Thu, 17 May 2012 19:37:58 GMT": "ihRgx34wxX8XJNi87Q/6kl2U4+o=",
		"Sun, 01 Sep 2024 00:00:00 GMT": "Ce24SSmS1h/xr+NRhZgg5hsUR+Y=",
	} {
		if got := password("example_apikey", date); got != want {
			t.Errorf("password for %s is %s, want %s", date, got, want)
		}
	}
}
