// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times_test

import (
	"errors"
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

func TestParseZone(t *testing.T) {
	noon := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"GMT+08:00": "2026-01-15T20:00:00+08:00",
		"GMT-10:00": "2026-01-15T02:00:00-10:00",
		"GMT+05:45": "2026-01-15T17:45:00+05:45",
		"GMT-03:30": "2026-01-15T08:30:00-03:30",
		"GMT+14:59": "2026-01-16T02:59:00+14:59",
		"GMT+00:00": "2026-01-15T12:00:00Z",
		"GMT-00:00": "2026-01-15T12:00:00Z",
	} {
		zone, err := times.ParseZone(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := noon.In(zone).Format(time.RFC3339); got != want {
			t.Errorf("noon UTC in %s = %s, want %s", name, got, want)
		}
	}
}

func TestParseZoneRefuses(t *testing.T) {
	const form = `must be a fixed offset GMT±hh:mm, such as "GMT+08:00" or "GMT-05:30"`
	for text, advice := range map[string]string{
		"UTC+8":            `; write "GMT+08:00"`,
		"GMT+8":            `; write "GMT+08:00"`,
		"GMT+8:00":         `; write "GMT+08:00"`,
		"gmt+08:00":        `; write "GMT+08:00"`,
		"UTC-05:30":        `; write "GMT-05:30"`,
		"+08:00":           `; write "GMT+08:00"`,
		"+0800":            `; write "GMT+08:00"`,
		"-8":               `; write "GMT-08:00"`,
		"UTC":              `; write "GMT+00:00"`,
		"GMT":              `; write "GMT+00:00"`,
		"Z":                `; write "GMT+00:00"`,
		"Asia/Shanghai":    `; write "GMT+08:00"`,
		"Asia/Kolkata":     `; write "GMT+05:30"`,
		"America/New_York": `; names of time zones are not accepted, because their offset can change`,
		"CST":              `; CST is "GMT+08:00" in China and "GMT-06:00" in America`,
		"GMT+15:00":        "",
		"GMT+08:60":        "",
		"GMT+08:0":         "",
		"GMT08:00":         "",
		"GMT+08:00\n":      "",
		"GMT+08:00 here":   "",
		"here":             "",
		"":                 "",
	} {
		zone, err := times.ParseZone(text)
		if want := fmt.Sprintf("%s, got %q%s", form, text, advice); !errors.Is(err, times.ErrZone) || err.Error() != want {
			t.Errorf("%q: %v, %v; want %s", text, zone, err, want)
		}
	}
}

// FuzzParseZone reads any text: a zone that is accepted is less than 15 hours from UTC, and what an error says to write is
// accepted.
func FuzzParseZone(f *testing.F) {
	for _, seed := range []string{"GMT+08:00", "GMT-10:00", "GMT+15:00", "GMT", "UTC+8", "Asia/Shanghai", "+0800", "CST", ""} {
		f.Add(seed)
	}
	advice := regexp.MustCompile(`; write "([^"]*)"`)
	f.Fuzz(func(t *testing.T, name string) {
		zone, err := times.ParseZone(name)
		if err != nil {
			if match := advice.FindStringSubmatch(err.Error()); match != nil {
				if _, wrong := times.ParseZone(match[1]); wrong != nil {
					t.Errorf("%v, but then: %v", err, wrong)
				}
			}
			return
		}
		if _, offset := time.Unix(0, 0).In(zone).Zone(); max(offset, -offset) > 14*3600+59*60 || zone.String() != name {
			t.Errorf("%q is %d seconds east of UTC", name, offset)
		}
	})
}
