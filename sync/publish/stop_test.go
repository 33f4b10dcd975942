package publish

import (
	"bytes"
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"testing"
)

// Whichever call fails, before or after it took effect, everything is taken
// back and the error tells why.
func TestFailuresAreTakenBack(t *testing.T) {
	body := noise(9, 5<<20)
	bad := errors.New("line cut")
	for _, after := range []bool{false, true} {
		for at := range 20 {
			n := newNet()
			var calls atomic.Int32
			var failed atomic.Bool
			n.fault = func(method, _ string, now bool) error {
				if (method == "Upload" || method == "Share") && now == after && int(calls.Add(1)) == at+1 {
					failed.Store(true)
					return bad
				}
				return nil
			}
			left, err := Publish(t.Context(), n, bytes.NewReader(body), int64(len(body)), "a.mp4", Options{TempDir: t.TempDir()})
			if failed.Load() != errors.Is(err, bad) || (err != nil && (!n.empty() || !left.Empty() || left.Link != "")) {
				t.Fatal(at, after, failed.Load(), err, n.files)
			}
			if at == 0 && err == nil || at == 19 && err != nil {
				t.Fatal("faults do not cover all calls", at, err)
			}
		}
	}
}

func TestCancelIsTakenBack(t *testing.T) {
	n := newNet()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var sent sync.Once
	n.fault = func(method, _ string, after bool) error {
		if method == "Share" && after {
			sent.Do(cancel)
		}
		return nil
	}
	dir := t.TempDir()
	left, err := Publish(ctx, n, bytes.NewReader(noise(1, 30<<20)), 30<<20, "a.mp4", Options{TempDir: dir})
	if !errors.Is(err, context.Canceled) || !n.empty() || !left.Empty() {
		t.Fatal(err, left)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Fatal("parts left on disk:", files)
	}
}

// What could not be taken back is returned, and goes with a later Stop.
func TestLeftovers(t *testing.T) {
	n := newNet()
	bad := errors.New("line cut")
	n.fault = func(method, _ string, after bool) error {
		if method == "Share" && after || method == "Delete" || method == "StopShare" {
			return bad
		}
		return nil
	}
	body := noise(1, 5<<20)
	left, err := Publish(t.Context(), n, bytes.NewReader(body), int64(len(body)), "a.mp4", Options{TempDir: t.TempDir()})
	if !errors.Is(err, bad) || left.Empty() || n.empty() {
		t.Fatal(err, left)
	}
	n.fault = nil
	if err := Stop(t.Context(), n, left); err != nil || !n.empty() {
		t.Fatal(err, n.files, n.shares)
	}
}

func TestStop(t *testing.T) {
	n := newNet()
	p, link := publish(t, n, t.TempDir(), "a.mp4", noise(1, 8<<20))
	bad := errors.New("line cut")
	n.calls = nil
	n.fault = func(method, what string, _ bool) error {
		if what == p.Parts[1].FileID || what == p.Parts[0].ShareID {
			return bad
		}
		return nil
	}
	if err := Stop(t.Context(), n, p); !errors.Is(err, bad) {
		t.Fatal(err)
	}
	if n.calls[0] != "StopShare "+p.ShareID || len(n.files) != 1 || len(n.shares) != 1 {
		t.Fatal(n.calls[0], len(n.files), len(n.shares))
	}
	n.fault = nil
	if err := Stop(t.Context(), n, p); err != nil || !n.empty() {
		t.Fatal("second stop:", err)
	}
	_, err := Open(t.Context(), n, link, newStore(t))
	wantSentence(t, err, ErrNotFound)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Stop(ctx, n, p); !errors.Is(err, context.Canceled) {
		t.Fatal("cancelled stop:", err)
	}
}
