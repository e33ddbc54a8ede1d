// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

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

func TestMain(m *testing.M) {
	if err := acctest.SetUp(); err != nil {
		panic(err)
	}
	m.Run()
}

// midPeriod is on the border of no period: 2026-01-15T12:34:56Z, which is in the evening of the same day in UTC+8.
var midPeriod = acctest.Now.Add(34*time.Minute + 56*time.Second)

// refusal is a configuration that has to be refused before any call, and what the error has to say.
type refusal struct {
	name string
	// changes are made to a configuration that is accepted.
	changes acctest.Config
	// byRead tells that the configuration is valid in itself, and only the time of the read makes it wrong.
	byRead bool
	// attribute is where the error has to point; empty where it is about several.
	attribute string
	// texts have to be in the error.
	texts []string
}

// testRefusals refuses one configuration after another, and reads the one that is accepted.
func testRefusals(t *testing.T, dataSource string, accepted acctest.Config, refusals []refusal) {
	t.Helper()
	t.Run("accepted", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		acctest.MustRead(t, dataSource, accepted)
	})
	for _, test := range refusals {
		t.Run(test.name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			s := acctest.NewServer(t)
			problems := s.Validate(t, dataSource, accepted.With(test.changes))
			if test.byRead {
				if len(problems) > 0 {
					t.Fatalf("refused before the read: %s", problems)
				}
				problems = readProblems(t, s, dataSource, accepted.With(test.changes))
			}
			expectProblem(t, problems, test.attribute, test.texts...)
			if calls := e.Calls(); len(calls) > 0 {
				t.Errorf("the vendor was asked %d times", len(calls))
			}
		})
	}
}

// readProblems configures a provider from the environment and returns the errors of a read.
func readProblems(t *testing.T, s *acctest.Server, dataSource string, c acctest.Config) acctest.Problems {
	t.Helper()
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	_, problems := s.Read(t.Context(), t, dataSource, c)
	return problems
}

// expectProblem fails unless there is one error, on the attribute, with all the texts.
func expectProblem(t *testing.T, problems acctest.Problems, attribute string, texts ...string) {
	t.Helper()
	if len(problems) != 1 {
		t.Fatalf("%d errors, want 1\n%s", len(problems), problems)
	}
	if got := acctest.Attribute(problems[0]); got != attribute {
		t.Errorf("the error points at %q, want %q", got, attribute)
	}
	for _, text := range texts {
		if !strings.Contains(problems[0].Summary+": "+problems[0].Detail, text) {
			t.Errorf("the error does not say %q:\n%s", text, problems)
		}
	}
}

// question is a configuration and what the vendor is to be asked for it.
type question struct {
	name   string
	config acctest.Config
	// body is the JSON, or for the legacy API the form as JSON, that the vendor has to receive.
	body string
	// window is the attribute's start and end with a blank between; empty for none.
	window string
}

// testQuestions reads in the middle of a period and compares what the vendor received. The stored arguments have to be
// those of the configuration.
func testQuestions(t *testing.T, dataSource string, api emulator.API, questions []question) {
	t.Helper()
	for _, test := range questions {
		t.Run(test.name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{Clock: clock.At(midPeriod)})
			state := acctest.MustRead(t, dataSource, test.config, provider.WithClock(clock.At(midPeriod)))
			var want map[string]any
			if err := json.Unmarshal([]byte(test.body), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, asked(t, e.CallsTo(api)[0])); diff != "" {
				t.Errorf("what the vendor received (-want +got)\n%s", diff)
			}
			if got := strings.TrimSpace(state["window.start"] + " " + state["window.end"]); got != test.window {
				t.Errorf("window is %q, want %q", got, test.window)
			}
			for name, value := range test.config {
				if text, ok := value.(string); ok && state[name] != text {
					t.Errorf("%s is stored as %q, want %q", name, state[name], text)
				}
			}
		})
	}
}

// asked returns what a call asks for, without what the legacy API's signature adds.
func asked(t *testing.T, call emulator.Call) map[string]any {
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

// expectState compares some attributes of a state; an empty text stands for null.
func expectState(t *testing.T, state acctest.State, want map[string]string) {
	t.Helper()
	got := make(map[string]string)
	for name := range want {
		got[name] = state[name]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
