// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package endtoend_test

import (
	"net/http"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// patience is the maximum time for Terraform and the provider to end on a busy machine. What they wait for takes longer.
const patience = 20 * time.Second

// Each fault makes the provider wait for longer than patience.
func TestAnInterruptEndsTheWait(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault emulator.Fault
		share string
	}{
		"between two attempts": {
			fault: emulator.Fault{Kind: emulator.FaultAnswer, Status: 503, Header: map[string]string{"Retry-After": "50"}},
			share: "1",
		},
		"throttled": {
			fault: emulator.Fault{Kind: emulator.FaultThrottled, Header: map[string]string{"Retry-After": "50"}},
			share: "1",
		},
		// After the clock is corrected, the next attempt waits only for the limiter.
		"for the rate limit": {
			fault: emulator.Fault{Kind: emulator.FaultClock, ClockOffset: time.Hour, Count: 1},
			share: "0.001",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Serve(t, emulator.Options{Faults: []emulator.Fault{test.fault}})
			w := newWorkspace(t, flowStatistic, acctest.Variables(e.URL), map[string]string{
				"EDGESTATS_QUOTA_SHARE": test.share, "TF_LOG": "WARN",
			})
			p := startPlan(t, w)
			p.await(t, p.stderr.with(retrying))
			interrupt(t, e, p)
		})
	}
}

func TestAnInterruptEndsTheReadOfABody(t *testing.T) {
	t.Parallel()
	halfSent := make(chan struct{})
	e := acctest.Serve(t, emulator.Options{Override: stalledBody(halfSent)})
	p := startPlan(t, newWorkspace(t, flowStatistic, acctest.Variables(e.URL)))
	p.await(t, halfSent)
	interrupt(t, e, p)
}

var pluginStarted = regexp.MustCompile(`plugin started: path=\S+/terraform-provider-edgestats pid=(\d+)`)

// A signal simulates a crash: like an unrecovered panic, it makes the runtime print the stacks of all goroutines, which
// Terraform logs.
func TestACrashShowsNoSecrets(t *testing.T) {
	t.Parallel()
	halfSent := make(chan struct{})
	w, _ := newCanaryWorkspace(t, flowStatistic, emulator.Options{Override: stalledBody(halfSent)})
	p := startPlan(t, w)
	p.await(t, halfSent)
	// Terraform starts the provider several times, and the last process reads.
	started := pluginStarted.FindAllStringSubmatch(w.log(t), -1)
	if started == nil {
		t.Fatal("the log does not say that the provider was started")
	}
	pid, err := strconv.Atoi(started[len(started)-1][1])
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGABRT); err != nil {
		t.Fatal(err)
	}
	r := p.wait()
	// Terraform reports a call that did not respond or was cancelled.
	const call = "ReadDataSource"
	r.problem(t).expect(t, call)
	expectNoSecret(t, r.stdout+r.stderr, call, canaries)
	expectNoSecret(t, w.log(t), "SIGABRT", canaries)
}

// stalledBody sends half of a body, closes the channel and then sends nothing more.
func stalledBody(halfSent chan<- struct{}) func(emulator.API, http.ResponseWriter, *http.Request) bool {
	half := acctest.Answer(`{"Response":`)
	return func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
		half(api, w, r)
		// An error means that the client has gone.
		_ = http.NewResponseController(w).Flush()
		close(halfSent)
		<-r.Context().Done()
		return true
	}
}

// startPlan starts a plan in its own process group, as a shell does. If it hangs, Terraform and the provider are killed.
func startPlan(t *testing.T, w *workspace) *process {
	t.Helper()
	cmd := w.command(t, "plan", "-input=false", "-json")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return start(t, cmd)
}

// interrupt sends both Terraform and the provider the signal of Ctrl-C, and expects an orderly end.
func interrupt(t *testing.T, e *acctest.Emulator, p *process) {
	t.Helper()
	sent := time.Now()
	if err := syscall.Kill(-p.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	r := p.wait()
	if took := time.Since(sent); took > patience {
		t.Errorf("Terraform ended %s after the signal", took)
	}
	r.problem(t).expect(t, "the read was canceled", "The run was interrupted.")
	if calls := len(e.Calls()); calls > 1 {
		t.Errorf("the vendor received %d calls", calls)
	}
}
