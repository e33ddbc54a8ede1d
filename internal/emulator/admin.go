// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

// AdminPath is the prefix of all paths of the admin handler. No API uses it.
const AdminPath = "/_emulator/"

// adminCalls is the maximum number of calls that the admin handler lists.
const adminCalls = 100

// adminCall is a call without its query, body and headers, which may contain secrets. It keeps the User-Agent.
type adminCall struct {
	Time      time.Time `json:"time"`
	API       API       `json:"api,omitempty"`
	Action    string    `json:"action,omitempty"`
	Method    string    `json:"method"`
	Host      string    `json:"host"`
	Path      string    `json:"path"`
	UserAgent string    `json:"user_agent,omitempty"`
	Status    int       `json:"status"`
	Code      string    `json:"code,omitempty"`
	Fault     FaultKind `json:"fault,omitempty"`
}

// AdminHandler returns a handler for programs that simulate outages:
//
//	GET    /_emulator/faults  lists the faults that are not used up
//	POST   /_emulator/faults  adds a fault, as ParseFault reads it
//	DELETE /_emulator/faults  removes all faults and undoes what they did to lists
//	GET    /_emulator/calls   lists the latest hundred calls, without queries, bodies and secret headers
//
// It serves only requests that come from a loopback address, have a loopback address or localhost in the Host header, and
// were not sent by a web page of another origin. Other requests get status 403, so that a page in a browser on this machine
// cannot inject faults. The emulator's own ServeHTTP does not serve these paths.
func (e *Emulator) AdminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+AdminPath+"faults", func(w http.ResponseWriter, _ *http.Request) {
		exchange.WriteJSON(w, http.StatusOK, e.Faults())
	})
	mux.HandleFunc("POST "+AdminPath+"faults", e.postFault)
	mux.HandleFunc("DELETE "+AdminPath+"faults", func(w http.ResponseWriter, _ *http.Request) {
		e.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET "+AdminPath+"calls", e.getCalls)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !isFromLoopback(r):
			http.Error(w, "requests are accepted from loopback addresses only", http.StatusForbidden)
		case !isLoopback((&url.URL{Host: r.Host}).Hostname()):
			http.Error(w, "the Host header must be a loopback address or localhost", http.StatusForbidden)
		case isFromAnotherOrigin(r):
			http.Error(w, "requests from web pages are not accepted", http.StatusForbidden)
		default:
			mux.ServeHTTP(w, r)
		}
	})
}

func isFromLoopback(r *http.Request) bool {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && remote.Addr().IsLoopback()
}

// isLoopback reports whether a host is a loopback address or localhost. It does not accept other names, because their
// owners can make them resolve to a loopback address.
func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && address.IsLoopback()
}

// isFromAnotherOrigin reports whether a browser sent the request for a page of another origin. Programs other than browsers
// do not send these headers.
func isFromAnotherOrigin(r *http.Request) bool {
	own := "http://" + r.Host
	if r.TLS != nil {
		own = "https://" + r.Host
	}
	isForeign := func(origin string) bool { return origin != own }
	site := r.Header.Get("Sec-Fetch-Site")
	return slices.ContainsFunc(r.Header.Values("Origin"), isForeign) || site == "cross-site" || site == "same-site"
}

func (e *Emulator) postFault(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f, err := ParseFault(text)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	e.Inject(f)
	exchange.WriteJSON(w, http.StatusCreated, f)
}

func (e *Emulator) getCalls(w http.ResponseWriter, _ *http.Request) {
	calls := e.Calls()
	calls = calls[max(0, len(calls)-adminCalls):]
	list := make([]adminCall, len(calls))
	for i, c := range calls {
		list[i] = adminCall{
			Time: c.Time, API: c.API, Action: c.Action, Method: c.Method, Host: c.Host, Path: c.Path,
			UserAgent: c.Header.Get("User-Agent"), Status: c.Status, Code: c.Code, Fault: c.Fault,
		}
	}
	exchange.WriteJSON(w, http.StatusOK, list)
}
