// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// midPeriod is on the border of no period: 2026-01-15T12:34:56Z, which is in the evening of the same day in UTC+8.
var midPeriod = acctest.Now.Add(34*time.Minute + 56*time.Second)

// Question is a configuration that is read at 2026-01-15T12:34:56Z, and what it sends to the vendor. The stored arguments
// must be those of the configuration.
type Question struct {
	Name   string
	Config acctest.Config
	// Body is the JSON, or for the legacy API the form as JSON, that the vendor must receive.
	Body string
	// Window is the attribute's start and end with a blank between; empty for none.
	Window string
}

func (d Description) testQuestions(t *testing.T) {
	t.Helper()
	for _, test := range d.Questions {
		t.Run(test.Name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{Clock: clock.At(midPeriod)})
			state := acctest.MustRead(t, d.Name, test.Config, provider.WithClock(clock.At(midPeriod)))
			var want map[string]any
			if err := json.Unmarshal([]byte(test.Body), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, Asked(t, e.CallsTo(d.API)[0])); diff != "" {
				t.Errorf("what the vendor received (-want +got)\n%s", diff)
			}
			if got := strings.TrimSpace(state["window.start"] + " " + state["window.end"]); got != test.Window {
				t.Errorf("window is %q, want %q", got, test.Window)
			}
			for name, value := range test.Config {
				if text, ok := value.(string); ok && state[name] != text {
					t.Errorf("%s is stored as %q, want %q", name, state[name], text)
				}
			}
		})
	}
}

// Asked returns the parameters of a call, without those that the legacy API's signature adds.
func Asked(t *testing.T, call emulator.Call) map[string]any {
	t.Helper()
	members := map[string]any{}
	if call.API != emulator.CDNLegacy {
		if err := json.Unmarshal(call.Body, &members); err != nil {
			t.Fatal(err)
		}
		return members
	}
	form, err := url.ParseQuery(string(call.Body))
	if err != nil {
		t.Fatal(err)
	}
	for name := range form {
		switch name {
		case "Action", "SecretId", "Timestamp", "Nonce", "SignatureMethod", "Signature":
		default:
			members[name] = form.Get(name)
		}
	}
	return members
}

// expectCalls fails unless the emulator received so many calls.
func expectCalls(t *testing.T, e *acctest.Emulator, want int) {
	t.Helper()
	if calls := len(e.Calls()); calls != want {
		t.Errorf("%d calls, want %d", calls, want)
	}
}
