package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// result is what a command reported.
type result struct {
	args   []string
	code   int // -1: killed
	out    map[string]any
	errors string
	took   time.Duration
}

func (r result) text(field string) string {
	s, _ := r.out[field].(string)
	return s
}

// running is a command that was started.
type running struct {
	w        *crashWorld
	cmd      *exec.Cmd
	args     []string
	out, err said
	began    time.Time
	cancel   context.CancelFunc
}

// start starts a command without waiting for it.
func (w *crashWorld) start(profile string, args ...string) *running {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), commandLimit)
	r := &running{w: w, cmd: w.command(ctx, profile, args...), args: args, began: time.Now(), cancel: cancel}
	r.cmd.Stdout, r.cmd.Stderr = &r.out, &r.err
	r.cmd.Cancel = func() error { return r.cmd.Process.Signal(syscall.SIGQUIT) } // it says where it hangs
	r.cmd.WaitDelay = 10 * time.Second
	if err := r.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	return r
}

// said is what a program writes; it can be read meanwhile.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// await waits until the command says something on stderr.
func (r *running) await(text string) {
	r.w.t.Helper()
	for end := time.Now().Add(commandLimit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if strings.Contains(r.err.String(), text) {
			return
		}
	}
	r.w.t.Fatalf("stos %v never says %q:\n%s", r.args, text, r.err.String())
}

// kill ends the command at once, as a crash would.
func (r *running) kill() { _ = r.cmd.Process.Kill() } // it may have ended

// wait returns what the command reported. A report that is not exactly one
// object, or not in plain words, fails the test.
func (r *running) wait() result {
	r.w.t.Helper()
	defer r.cancel()
	err := r.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.w.t.Fatalf("stos %v: %v", r.args, err)
	}
	res := result{args: r.args, code: r.cmd.ProcessState.ExitCode(), errors: r.err.String(), took: time.Since(r.began)}
	if res.code < 0 {
		return res
	}
	d := json.NewDecoder(strings.NewReader(r.out.String()))
	if err := d.Decode(&res.out); err != nil {
		r.w.t.Fatalf("stos %v: exit code %d without a report: %v\n%s", r.args, res.code, err, res.errors)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		r.w.t.Errorf("stos %v reports more than one object", r.args)
	}
	if res.code != 0 {
		checkSentence(r.w.t, res.text("error"))
	}
	return res
}

// run runs a command to its end.
func (w *crashWorld) run(profile string, args ...string) result {
	w.t.Helper()
	return w.start(profile, args...).wait()
}

// must runs a command that has to succeed.
func (w *crashWorld) must(profile string, args ...string) result {
	w.t.Helper()
	r := w.run(profile, args...)
	if r.code != 0 {
		w.t.Fatalf("stos %v: exit code %d: %s", args, r.code, r.errors)
	}
	return r
}

// again runs a command until it succeeds, which it has to within a few times.
func (w *crashWorld) again(profile string, args ...string) result {
	w.t.Helper()
	const tries = 3
	for i := 1; ; i++ {
		r := w.run(profile, args...)
		if r.code == 0 {
			return r
		}
		if i == tries {
			w.t.Fatalf("stos %v fails %d times: %s", args, tries, r.errors)
		}
	}
}
