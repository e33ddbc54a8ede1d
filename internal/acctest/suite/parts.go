// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Parts describes what fails in a read that takes several calls.
type Parts struct {
	// Failing is split into at most five parts, of which only the one whose call has Text in its body gets Answer. The error must
	// point at Attribute and say Says.
	Failing   acctest.Config
	Text      string
	Answer    string
	Attribute string
	Says      []string
	// TooMany is split into so many calls that the rate limit holds some back beyond a read timeout of two minutes. The error
	// must say TooManySays before its advice.
	TooMany     acctest.Config
	TooManySays string
}

func (d Description) testParts(t *testing.T) {
	t.Helper()
	if d.Parts == nil {
		return
	}
	test := *d.Parts
	t.Run("the error names the part", func(t *testing.T) {
		e := acctest.Start(t, emulator.Options{Override: func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
			body, err := io.ReadAll(r.Body)
			if err != nil || !strings.Contains(string(body), test.Text) {
				return false
			}
			return acctest.Answer(test.Answer)(api, w, r)
		}})
		problems := acctest.ReadProblems(t, d.Name, d.Config.With(test.Failing))
		acctest.ExpectProblem(t, problems, test.Attribute, test.Says...)
		if n := len(e.Calls()); n > 5 {
			t.Errorf("%d calls, want at most one for each part", n)
		}
	})
	t.Run("a read that does not fit into its timeout makes no call", func(t *testing.T) {
		config := d.Config.With(test.TooMany).With(acctest.Config{"include_points": false, "timeouts": acctest.Config{"read": "2m"}})
		e := inBubble(t, 0, nil, func(b bubble) {
			_, problems := b.read(d.Name, config)
			acctest.ExpectProblem(b, problems, "", test.TooManySays+".\nRaise timeouts.read or quota_share, or read less at once.")
		})
		expectCalls(t, e, 0)
	})
}
