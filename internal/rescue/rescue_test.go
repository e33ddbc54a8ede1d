// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package rescue_test

import (
	"errors"
	"regexp"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

func TestCallReturnsTheError(t *testing.T) {
	want := errors.New("no luck")
	if err := rescue.Call(func() error { return want }); !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
	if err := rescue.Call(func() error { return nil }); err != nil {
		t.Errorf("got %v, want none", err)
	}
}

func TestCallTurnsPanicsIntoErrors(t *testing.T) {
	for name, test := range map[string]struct {
		panics func()
		want   string
	}{
		"runtime error": {
			func() { _ = make([]int, 3)[len(t.Name()):] },
			`^panic at rescue_test\.go:\d+: runtime error: slice bounds out of range`,
		},
		"nil map": {
			func() { emptyMap()["a"] = 1 },
			`^panic at rescue_test\.go:\d+: assignment to entry in nil map$`,
		},
		"value that may be an argument's": {
			func() { panic("device-42") },
			`^panic at rescue_test\.go:\d+: a value of type string$`,
		},
		"error that may repeat an argument": {
			func() { panic(errors.New("device-42")) },
			`^panic at rescue_test\.go:\d+: a value of type \*errors\.errorString$`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := rescue.Call(func() error { test.panics(); return nil })
			if _, ok := errors.AsType[*rescue.Error](err); !ok || !regexp.MustCompile(test.want).MatchString(err.Error()) {
				t.Errorf("got %v, want an error like %s", err, test.want)
			}
		})
	}
}

func emptyMap() map[string]int { return nil }
