package player

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// program is a player that writes down what it is asked to play.
func program(t *testing.T, name, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("scripts are no programs here")
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnotherProgramPlays(t *testing.T) {
	said := filepath.Join(t.TempDir(), "said")
	path := program(t, "vlc", `printf %s "$1" > `+said)
	if err := In(t.Context(), path, "http://127.0.0.1:1/x/a b.mp4"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(said); string(got) != "http://127.0.0.1:1/x/a b.mp4" {
		t.Errorf("it was given %q", got)
	}
	t.Setenv("PATH", filepath.Dir(path))
	if got := Other(); runtime.GOOS == "linux" && got != path {
		t.Errorf("found %q", got)
	}
	if err := In(t.Context(), "mpv-of-another-world", "x"); !errors.Is(err, ErrNoPlayer) || fault.ExitCode(err) != 2 {
		t.Errorf("a program that is not there: %v", err)
	}
	if err := In(t.Context(), program(t, "bad", "exit 3"), "x"); err == nil {
		t.Error("a program that fails is no failure")
	}
}

func TestAnotherProgramEndsWithUs(t *testing.T) {
	path := program(t, "long", "exec sleep 600")
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := In(ctx, path, "x"); err != nil {
		t.Error(err)
	}
}
