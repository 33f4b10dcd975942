package simdisk

import (
	"errors"
	"io"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write makes a file, synced or not.
func write(t *testing.T, d *Disk, path, content string, sync bool) {
	t.Helper()
	f, err := d.Create(path)
	must(t, err)
	_, err = f.Write([]byte(content))
	must(t, err)
	if sync {
		must(t, f.Sync())
	}
	must(t, f.Close())
}

func read(t *testing.T, d *Disk, path string) (string, bool) {
	t.Helper()
	f, err := d.Open(path)
	if err != nil {
		return "", false
	}
	raw, err := io.ReadAll(f)
	must(t, err)
	return string(raw), true
}

// TestWhatCutsLeave: what was synced is always there, and of the rest every
// outcome is seen.
func TestWhatCutsLeave(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(200) {
		d := New(seed)
		must(t, d.Make("a"))
		must(t, d.SyncDir("."))
		write(t, d, "a/safe", "safe", true)
		must(t, d.SyncDir("a"))
		write(t, d, "a/safe2", "content", false) // neither content nor name
		write(t, d, "a/new", "new", true)        // the content only
		must(t, d.Rename("a/new", "a/safe"))
		d.Restart()
		switch got, there := read(t, d, "a/safe"); {
		case !there:
			t.Fatalf("seed %d: a safe name is gone", seed)
		case got != "safe" && got != "new":
			t.Fatalf("seed %d: %q", seed, got)
		default:
			seen[got] = true
		}
		got, there := read(t, d, "a/safe2")
		switch {
		case !there:
			seen["no name"] = true
		case got == "content":
			seen["whole"] = true
		case len(got) < len("content"):
			seen["short"] = true
		default:
			seen["zeros"] = true
		}
	}
	for _, want := range []string{"safe", "new", "no name", "whole", "short", "zeros"} {
		if !seen[want] {
			t.Errorf("never seen: %s", want)
		}
	}
}

func TestNothingWorksAfterTheCut(t *testing.T) {
	d := New(1)
	called := 0
	must(t, d.Make("a"))
	d.CutAfter(1, func() { called++ })
	write := func() error { return d.SyncDir("a") }
	must(t, write())
	for range 3 {
		if err := write(); !errors.Is(err, ErrCut) {
			t.Errorf("after the cut: %v", err)
		}
	}
	if called != 1 {
		t.Errorf("told %d times", called)
	}
	d.Restart()
	_, err := d.Names(".")
	must(t, err)
}
