// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"strings"
	"testing"
	"time"
)

// FuzzParsePeriod reads any text: a period that is accepted begins at or before the time, and its own beginning is in it. What an error
// advises is accepted.
func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"hour", "day", "week", "month", "6h", "7d", "292y", "daily", "1M", "24", "7D", "P7D", "1.5h", "0s", "-1h", ""} {
		f.Add(text, int64(1768480496))
	}
	f.Add("week", int64(-62167219200))
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		const tenThousandYears = 10_000 * 366 * 24 * 60 * 60
		start, err := parsePeriod(text, vendorsZone())
		if err != nil {
			_, advised, found := strings.Cut(err.Error(), "; write ")
			if advised, _, _ = strings.Cut(strings.ReplaceAll(advised, `"`, ""), " "); found && !strings.Contains(err.Error(), "must have a unit") && !strings.Contains(text, ";") {
				if _, err := parsePeriod(advised, vendorsZone()); err != nil {
					t.Errorf("%q is refused with the advice to write %q, which is refused: %v", text, advised, err)
				}
			}
			return
		}
		at := time.Unix(seconds%tenThousandYears, 0)
		if begin := start(at); begin.After(at) || !start(begin).Equal(begin) {
			t.Errorf("the period %q of %s starts at %s, and that of this at %s", text, at, begin, start(begin))
		}
	})
}
