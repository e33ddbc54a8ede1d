// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"bytes"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// process is a running Terraform.
type process struct {
	*exec.Cmd

	stdout, stderr transcript
	ended          chan struct{}
}

func start(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: cmd, ended: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &p.stdout, &p.stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		// The exit code is checked instead of the error.
		_ = cmd.Wait()
		close(p.ended)
	}()
	return p
}

// wait waits until the process has ended.
func (p *process) wait() result {
	<-p.ended
	return result{code: p.ProcessState.ExitCode(), stdout: p.stdout.String(), stderr: p.stderr.String()}
}

// hasEnded waits for a tick, and reports whether the process has ended by then.
func (p *process) hasEnded(tick <-chan time.Time) bool {
	select {
	case <-p.ended:
		return true
	case <-tick:
		return false
	}
}

// await waits for something that has to happen before the process ends.
func (p *process) await(t *testing.T, happened <-chan struct{}) {
	t.Helper()
	select {
	case <-happened:
	case <-p.ended:
		t.Fatalf("Terraform ended too early\n%s%s", &p.stdout, &p.stderr)
	}
}

// transcript keeps the output of a process.
type transcript struct {
	mu      sync.Mutex
	written bytes.Buffer
	awaited string
	came    chan struct{}
}

// Write keeps the text and wakes up the waiter.
func (w *transcript) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.written.Write(text)
	w.tell()
	return n, err
}

func (w *transcript) tell() {
	if w.came != nil && bytes.Contains(w.written.Bytes(), []byte(w.awaited)) {
		close(w.came)
		w.came = nil
	}
}

// with returns a channel that is closed when the transcript contains a text. There is one waiter at a time.
func (w *transcript) with(text string) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	came := make(chan struct{})
	w.awaited, w.came = text, came
	w.tell()
	return came
}

func (w *transcript) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.written.String()
}
