// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestOldCallsAreForgotten(t *testing.T) {
	var j journal
	for range maxCalls + 1 {
		j.add(Call{})
	}
	if got, want := len(j.list()), maxCalls-maxCalls/10+1; got != want {
		t.Errorf("%d calls kept, want %d", got, want)
	}
}

func TestAdminListsTheLatestCalls(t *testing.T) {
	e := New(Options{})
	for range adminCalls {
		e.journal.add(Call{})
	}
	e.journal.add(Call{Path: "/last"})
	r := httptest.NewRequest(http.MethodGet, AdminPath+"calls", http.NoBody)
	r.RemoteAddr, r.Host = "127.0.0.1:40000", "localhost"
	w := httptest.NewRecorder()
	e.AdminHandler().ServeHTTP(w, r)
	var got []adminCall
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != adminCalls || got[adminCalls-1].Path != "/last" {
		t.Errorf("%d calls, the last %+v", len(got), got[len(got)-1])
	}
}
