package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/update"
)

// brought is a profile whose program is to be replaced when it has quit.
func brought(t *testing.T) (*releases, *App) {
	t.Helper()
	r := newReleases(t)
	a := r.open()
	if _, err := a.GetUpdate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if a.AfterQuit() != nil {
		t.Fatal("something is done at the end")
	}
	if o, err := a.BringUpdate(t.Context()); err != nil || o.Way != ByRestart || a.AfterQuit() == nil {
		t.Fatalf("%+v, %v", o, err)
	}
	return r, a
}

func (r *releases) runs(want []byte) {
	r.t.Helper()
	if raw, err := os.ReadFile(r.opts.AppImage); err != nil || !bytes.Equal(raw, want) {
		r.t.Errorf("the program is %q, %v", raw, err)
	}
}

// The program is the old one until it has quit, and again when the new one ends
// at once.
func TestNewVersionThatEndsAtOnce(t *testing.T) {
	r, a := brought(t)
	r.runs(tells("v1.1.0"))
	says(t, a.AfterQuit()(t.Context()), "the old one was put back")
	r.runs(tells("v1.1.0"))
}

// A new version that was put in place and confirmed stays.
func TestNewVersionIsConfirmed(t *testing.T) {
	r, _ := brought(t)
	if err := applied(r); err != nil {
		t.Fatal(err)
	}
	r.runs(r.pack)
	r.opts.Version = "v1.2.0"
	if over, err := SettleUpdate(r.opts); over || err != nil {
		t.Fatal(over, err)
	}
	if err := r.open().ConfirmUpdate(); err != nil {
		t.Fatal(err)
	}
	r.runs(r.pack)
	if left, _ := os.ReadDir(filepath.Dir(r.opts.AppImage)); len(left) != 1 {
		t.Errorf("%v are left", left)
	}
}

// Who turned away while it was prepared has nothing brought in.
func TestNewVersionThatNobodyWaitsFor(t *testing.T) {
	r := newReleases(t)
	a := r.open()
	if _, err := a.GetUpdate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.BringUpdate(cancelledLate{t.Context()}); !errors.Is(err, context.Canceled) || a.AfterQuit() != nil {
		t.Errorf("something is done at the end: %v", err)
	}
}

// cancelledLate is cancelled when all that waits for it is done.
type cancelledLate struct{ context.Context }

func (cancelledLate) Done() <-chan struct{} { return nil }

func (cancelledLate) Err() error { return context.Canceled }

// An installer asks nothing, and starts the new version.
func TestInstallerIsStarted(t *testing.T) {
	path, told := filepath.Join(t.TempDir(), "setup"), filepath.Join(t.TempDir(), "told")
	raw := []byte("#!/bin/sh\necho \"$@\" > " + told + ".new && mv " + told + ".new " + told + "\n")
	if err := os.WriteFile(path, raw, 0o700); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	if err := startInstaller(path, update.File{Name: "setup", Size: int64(len(raw)), SHA256: hex.EncodeToString(sum[:])}); err != nil {
		t.Fatal(err)
	}
	if got := written(told); got != "/S /START\n" {
		t.Errorf("the installer was told %q", got)
	}
}

// written is what a program writes into a file when it is started.
func written(path string) string {
	raw, err := os.ReadFile(path)
	for end := time.Now().Add(time.Minute); err != nil && time.Now().Before(end); raw, err = os.ReadFile(path) {
		time.Sleep(10 * time.Millisecond)
	}
	return string(raw)
}

func applied(r *releases) error {
	swap, _ := r.opts.swap()
	return swap.Apply()
}

// One that starts again and again without its window makes room for the old one,
// which is started.
func TestNewVersionWithoutAWindow(t *testing.T) {
	r, _ := brought(t)
	ran := filepath.Join(t.TempDir(), "ran")
	old := append(tells("v1.1.0"), []byte("echo \"$1\" >> "+ran+".new && mv "+ran+".new "+ran+"\n")...)
	if err := os.WriteFile(r.opts.AppImage, old, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := applied(r); err != nil {
		t.Fatal(err)
	}
	r.opts.Version = "v1.2.0"
	for range 2 {
		if over, err := SettleUpdate(r.opts); over || err != nil {
			t.Fatal(over, err)
		}
	}
	if over, err := SettleUpdate(r.opts, "--hidden"); !over || err != nil {
		t.Fatal(over, err)
	}
	r.runs(old)
	if got := written(ran); got != "--hidden\n" {
		t.Errorf("the old program was started with %q", got)
	}
}

// A program that is not swapped has nothing to settle.
func TestNothingToSettle(t *testing.T) {
	o := UpdateOptions{Version: "v1.1.0", Program: filepath.Join(t.TempDir(), "stratosdrive")}
	if over, err := SettleUpdate(o); over || err != nil {
		t.Error(over, err)
	}
	a := openTest(t, t.TempDir())
	if err := a.ConfirmUpdate(); err != nil {
		t.Error(err)
	}
}
