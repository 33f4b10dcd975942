// Package testbus gives tests a message bus of their own, as desktops have one
// for each session. Linux only; it needs dbus-daemon (packaging/deps.sh test).
package testbus

import (
	"io"
	"os/exec"
	"path/filepath"
	"testing"
)

// Start starts a message bus that ends with the test, and returns its address.
// The test is skipped where there is no dbus-daemon.
func Start(t testing.TB) (address string) {
	t.Helper()
	program, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("there is no dbus-daemon")
	}
	address = "unix:path=" + filepath.Join(t.TempDir(), "bus")
	cmd := exec.CommandContext(t.Context(), program, "--session", "--nofork", "--nopidfile", "--print-address", "--address="+address)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	copied := make(chan struct{})
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-copied
		_ = cmd.Wait()
	})
	if _, err := out.Read(make([]byte, 1)); err != nil { // it listens before it prints
		t.Fatalf("the bus did not start: %v", err)
	}
	go func() {
		defer close(copied)
		_, _ = io.Copy(io.Discard, out)
	}()
	return address
}
