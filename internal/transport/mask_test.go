// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/echo"
)

// awkward are secrets with characters that encodings change, or that look encoded themselves.
var awkward = []string{
	"canary/SecretKey+of-a_test=", `a\b"c'd<e>f&g/h+i=j`, "with space and+plus", "a%2Fb/c%25d\\u0041", "&amp;lt;&#47;x/", "8/bytes<",
	"ключ/é/設定/𝔘nicode", "abcdefghijklmnopqrstuvwxyz0123456789AB", `n\n\t\\u002f/`,
}

func TestSecretsAreMaskedInEveryEncoding(t *testing.T) {
	for _, secret := range awkward {
		for name, encode := range echo.Encodings() {
			var s Secrets
			s.Add(secret)
			// The text before the secret may look like the beginning of an escape or of a longer base64 text.
			for _, front := range []string{"", "before ", `\`, "%", "&", "&#", `{"k":"`, "%2"} {
				echoed := encode(secret)
				got := s.Mask(front + echoed + " after")
				if !strings.Contains(got, stars) || !strings.HasSuffix(got, " after") || echo.Leaks(got, echoed) {
					t.Errorf("%s of %q after %q: %q became %q", name, secret, front, echoed, got)
				}
			}
		}
	}
}

func TestOrdinaryTextIsNotMasked(t *testing.T) {
	var s Secrets
	s.Add("temporary0123456789abcdef", "short", "", "example_apikey")
	for _, text := range []string{
		"", "a temporary key", "short", "example_username", "100% of R&D &amp; C:\\temp\\new", "%zz &unknown; \\", "tem…", "no secret…", "&", "%", "&#", `\u12`,
		strings.Repeat("&#", 1000), strings.Repeat("%25", 1000),
	} {
		want := text
		if text == "tem…" {
			want = "***…"
		}
		if got := s.Mask(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Wherever a text is cut, what is left of a secret is masked.
func TestCutSecretsAreMasked(t *testing.T) {
	for _, secret := range []string{"canary/SecretKey+of-a_test=", "sec!ret(with)signs", "8/bytes<", "with some spaces in it"} {
		for name, encode := range echo.Encodings() {
			echoed := encode(secret)
			step := 7 // No escape has a length that is a multiple of it.
			if name == "verbatim" {
				step = 1
			}
			for length := maxText - len(echoed) - 2; length <= maxText; length += step {
				var s Secrets
				s.Add(secret)
				text := Clean(strings.Repeat("x ", maxText)[:length-1] + " " + echoed + strings.Repeat(" and more", 100))
				left := strings.TrimLeft(s.Mask(text), "x ")
				if echo.Leaks(left, echoed) || name == "verbatim" && strings.Contains(left, secret[:keyLength]) {
					t.Fatalf("%s of %q cut at %d: %q", name, secret, length, left)
				}
			}
		}
	}
}

// Control characters within a secret or before the cut do not hide the secret from the mask.
func TestSplitSecretsAreMasked(t *testing.T) {
	const secret = "canary/SecretKey+of-a_test="
	var s Secrets
	s.Add(secret)
	for _, split := range []string{"\x00", "\x1b", "\u200b", "\u202e", "\u00ad"} {
		for at := range secret {
			if got := s.Mask(Clean("echo " + secret[:at] + split + secret[at:] + " end")); got != "echo *** end" {
				t.Errorf("%q at %d: %q", split, at, got)
			}
		}
	}
	for padding := maxRaw - 40; padding < maxRaw; padding++ {
		answer := &Answer{Body: []byte("a " + strings.Repeat("\x00", padding) + secret + strings.Repeat("\x00", 100))}
		for _, text := range []string{Clean(string(answer.Body)), answer.Text()} {
			if got := s.Mask(text); strings.Contains(got, "can") {
				t.Fatalf("%d: %q", padding, got)
			}
		}
	}
	if got := Clean("Signature=0123456789\x00abcdef0123456789 end"); got != "Signature=*** end" {
		t.Errorf("a split signature: %q", got)
	}
}

// Every attempt adds its signature. The latest ones are masked, and memory does not grow.
func TestOldSignaturesAreForgotten(t *testing.T) {
	s := &Secrets{}
	s.Add("configured-secret")
	ctx := WithSecrets(t.Context(), s)
	signature := func(n int) string { return fmt.Sprintf("%x", sha256.Sum256([]byte{byte(n), byte(n >> 8)})) }
	for n := range 10 * maxLearned {
		Hide(ctx, "key-of-a-role-in-use", signature(n))
	}
	if known := len(s.recent.values) + len(s.older.values); known > 2*maxLearned {
		t.Errorf("%d values are remembered", known)
	}
	text := "configured-secret key-of-a-role-in-use " + signature(10*maxLearned-1) + " " + signature(9*maxLearned+2)
	if got := s.Mask(text); got != "*** *** *** ***" {
		t.Errorf("%q", got)
	}
	if got := s.Mask(signature(3)); got != signature(3) {
		t.Errorf("the first signature is still masked: %q", got)
	}
}

// Texts are cut after 64 KiB, and nested escapes do not multiply the work.
func TestMaskingIsBounded(t *testing.T) {
	s := &Secrets{}
	s.Add(awkward...)
	for n := range 2 * maxLearned {
		Hide(WithSecrets(t.Context(), s), fmt.Sprintf("%x", sha256.Sum256([]byte{byte(n), byte(n >> 8)})))
	}
	for _, piece := range []string{"x", "&", "&amp;", `\u005c`, "%25", "&#x26;#x26;", "canary/S", "can…", "0", "&" + strings.Repeat("&#97;", 30)} {
		started := time.Now()
		got := s.Mask(strings.Repeat(piece, 10<<20/len(piece)))
		if len(got) > 2*maxMasked {
			t.Errorf("%q: %d bytes are left", piece, len(got))
		}
		t.Logf("%.20q took %s", piece, time.Since(started))
	}
}

func TestLogFieldsAreMasked(t *testing.T) {
	var log bytes.Buffer
	s := &Secrets{}
	ctx := WithSecrets(tflogtest.RootLogger(t.Context(), &log), s)
	s.Add("canary/SecretKey")
	fields := masked(ctx, map[string]any{"reason": `echo canary\/SecretKey`, "attempt": 1})
	if fields["reason"] != "echo ***" || fields["attempt"] != 1 {
		t.Errorf("%v", fields)
	}
}

func FuzzMask(f *testing.F) {
	for _, encode := range echo.Encodings() {
		f.Add("before ", "canary/SecretKey+of-a_test=", encode("canary/SecretKey+of-a_test="))
	}
	f.Fuzz(func(t *testing.T, front, secret, text string) {
		var s Secrets
		s.Add(secret)
		if s.configured.values[secret] && len(front)+len(secret)+len(text) < maxMasked {
			if got := s.Mask(front + secret + text); strings.Contains(got, secret) && !strings.Contains(secret, "*") {
				t.Errorf("%q is in %q", secret, got)
			}
		}
		s.Mask(text)
	})
}

func BenchmarkMask(b *testing.B) {
	s := &Secrets{}
	s.Add(awkward...)
	for n := range 2 * maxLearned {
		Hide(WithSecrets(b.Context(), s), fmt.Sprintf("%x", sha256.Sum256([]byte{byte(n), byte(n >> 8)})))
	}
	for name, text := range map[string]string{
		"words":   strings.Repeat("GetFlowStatistic failed. ", 20),
		"escapes": strings.Repeat(`{"a":"b\/c\u0041"} `, 27),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Mask(text)
			}
		})
	}
}
