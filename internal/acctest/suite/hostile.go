// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Hostile is a response that is as expensive to read as possible.
type Hostile struct {
	// Config contains changes to Description.Config.
	Config acctest.Config
	Body   func() string
	// Says is a text that the error must contain; empty if the response is accepted.
	Says string
}

// Full returns a response just below the maximum size: head, as many repetitions of an element as fit, and tail.
func Full(head, element, tail string) func() string {
	return func() string {
		return head + repeated(element, (transport.MaxBody-len(head)-len(tail))/(len(element)+1)) + tail
	}
}

// Repeated returns a response of head, n repetitions of an element, and tail.
func Repeated(head, element, tail string, n int) func() string {
	return func() string { return head + repeated(element, n) + tail }
}

// ServeCompressed starts an emulator that sends the compressed body in response to every call.
func ServeCompressed(t *testing.T, body string) {
	t.Helper()
	var compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	acctest.Start(t, emulator.Options{Override: func(_ emulator.API, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Content-Encoding", "gzip")
		// An error here means that the client is gone.
		_, _ = w.Write(compressed.Bytes())
		return true
	}})
}

// peak returns the maximum growth of the heap in bytes while f runs, including garbage.
func peak(f func()) uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before := stats.HeapAlloc
	var highest atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		var stats runtime.MemStats
		for {
			runtime.ReadMemStats(&stats)
			highest.Store(max(highest.Load(), stats.HeapAlloc))
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return highest.Load() - min(before, highest.Load())
}

// ReadRaw reads a data source with a new provider that is configured from the environment, and returns the errors and
// warnings. It makes no copy of the state. around must call its argument, which makes the read.
func ReadRaw(t *testing.T, dataSource string, c acctest.Config, around func(read func())) acctest.Problems {
	t.Helper()
	server, err := acctest.Factories()["edgestats"]()
	if err != nil {
		t.Fatal(err)
	}
	s := acctest.Connect(t, server)
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	request := s.Request(t, dataSource, c)
	var resp *tfprotov6.ReadDataSourceResponse
	around(func() { resp, err = server.ReadDataSource(t.Context(), request) })
	if err != nil {
		t.Fatal(err)
	}
	return resp.Diagnostics
}

func (d Description) testHostile(t *testing.T) {
	t.Helper()
	for name, test := range d.Hostile {
		t.Run(name, func(t *testing.T) {
			ServeCompressed(t, test.Body())
			started := time.Now()
			var cost uint64
			problems := ReadRaw(t, d.Name, d.Config.With(test.Config), func(read func()) { cost = peak(read) })
			if said := problems.String(); (said == "") != (test.Says == "") || len(problems) > 1 || !strings.Contains(said, test.Says) {
				t.Errorf("%d errors, want one that says %q: %s", len(problems), test.Says, said)
			}
			t.Logf("%d MB in %s", cost>>20, time.Since(started).Round(time.Millisecond))
			if cost > 350<<20 { // Including the memory of the server in this process.
				t.Errorf("the read took %d MB, want at most 300 and what the server needs", cost>>20)
			}
		})
	}
}
