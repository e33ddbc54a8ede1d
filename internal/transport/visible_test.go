// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestVisible(t *testing.T) {
	long := strings.Repeat("é", 10_000)
	for name, want := range map[string]string{
		"":                                  "",
		"www.example.com":                   "www.example.com",
		"中国电信 é 👍":                          "中国电信 é 👍",
		"a\x1b[31mb\x07\x00c":               "a[31mbc",
		"a\u202eb\u2066c\ufeff\u200bd":      "abcd",
		"a\nb\tc\r\nd\u2028e\u2029f\u0085g": "a b c  d e f g",
		"a\u009bb":                          "ab",
		"  spaces  are kept ":               "  spaces  are kept ",
		"token=aaaaaaaaaaaaaaaaaaaaaaaa":    "token=aaaaaaaaaaaaaaaaaaaaaaaa",
		long:                                long,
	} {
		if got := Visible(name); got != want {
			t.Errorf("Visible(%.40q) = %.40q, want %.40q", name, got, want)
		}
	}
}

func TestEnded(t *testing.T) {
	if err := Ended(t.Context()); err != nil {
		t.Errorf("a context that lasts: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Ended(ctx); !IsCancelled(err) {
		t.Errorf("a cancelled context: %v", err)
	}
	ctx, cancel = context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if err := Ended(ctx); !IsTimeout(err) {
		t.Errorf("a context past its deadline: %v", err)
	}
}
