package engine_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// spoil changes a byte of a file as a failing disk does: nothing else changes.
func (d *dev) spoil(name string, at int64) {
	d.t.Helper()
	info, err := os.Stat(d.path(name))
	if err != nil {
		d.t.Fatal(err)
	}
	f, err := os.OpenFile(d.path(name), os.O_RDWR, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	var b [1]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		d.t.Fatal(err)
	}
	b[0] ^= 1
	if _, err := f.WriteAt(b[:], at); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Chtimes(d.path(name), info.ModTime(), info.ModTime()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *dev) lookThrough(budget int64) (looks int) {
	d.t.Helper()
	for through := false; !through; looks++ {
		var err error
		if through, err = d.e.LookDeep(d.t.Context(), budget); err != nil || looks > 1000 {
			d.t.Fatal(err)
		}
	}
	return looks
}

func TestBitRotIsToldAndNeverSent(t *testing.T) {
	net, a, b := pair(t)
	var told []string
	a.cfg.Events = func(e engine.Event) {
		if p, ok := e.(engine.Problem); ok {
			told = append(told, p.Path)
		}
	}
	a.restart()
	big := noise(1, 9<<20)
	a.sync()
	a.write("big", big)
	a.text("dir/small", "hello")
	a.text("empty", "")
	old := func() { // young files are looked at again before they are trusted
		for _, n := range []string{"big", "dir/small", "empty"} {
			info, err := os.Stat(a.path(n))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(a.path(n), info.ModTime().Add(-1e12), info.ModTime().Add(-1e12)); err != nil {
				t.Fatal(err)
			}
		}
	}
	old()
	round(t, a, b)
	if a.lookThrough(1<<20) < 4 || len(a.e.Damaged()) != 0 || len(told) != 0 {
		t.Fatal("sound files are told to be damaged", told)
	}
	sent := net.Sent()
	a.spoil("big", 8<<20)
	a.spoil("dir/small", 2)
	a.lookThrough(1 << 20)
	a.lookThrough(64 << 20)
	if got := a.e.Damaged(); !slices.Equal(got, []string{"big", "dir/small"}) || len(told) != 2 {
		t.Fatal(got, told)
	}
	if s := a.sync(); s.Uploaded > 0 || s.Published || net.Sent() != sent {
		t.Errorf("%+v: damaged files were sent", s)
	}
	for _, n := range a.e.Damaged() {
		if err := a.e.Refetch(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if f := a.files(); f["big"] != string(big) || f["dir/small"] != "hello" || len(a.e.Damaged()) != 0 {
		t.Error(keys(f), a.e.Damaged())
	}
	if kept, err := filepath.Glob(filepath.Join(a.root, ".stratosdrive", "damaged", "*")); err != nil || len(kept) != 2 {
		t.Error(kept, err)
	}
	if s := a.sync(); s.Published || net.Sent() != sent {
		t.Errorf("%+v", s)
	}
	a.lookThrough(64 << 20)
	if len(a.e.Damaged()) != 0 {
		t.Error(a.e.Damaged())
	}
}

// What a person changed is no damage, and is not replaced.
func TestRefetchLeavesEditsAlone(t *testing.T) {
	net, a, _ := pair(t)
	a.text("note", "one")
	a.text("other", "x")
	a.sync()
	a.text("note", "edited")
	a.lookThrough(1 << 20)
	if len(a.e.Damaged()) != 0 {
		t.Error(a.e.Damaged())
	}
	if err := a.e.Refetch(t.Context(), "note"); err == nil || a.files()["note"] != "edited" {
		t.Error(err, keys(a.files()))
	}
	a.sync()
	net.SetFault(func(memremote.Call, bool) error { return repo.ErrOffline })
	if err := os.RemoveAll(a.cfg.CacheDir); err != nil {
		t.Fatal(err)
	}
	a.restart()
	before := a.files()
	_ = a.e.Refetch(t.Context(), "other") // out of reach
	if after := a.files(); !bytes.Equal([]byte(before["other"]), []byte(after["other"])) {
		t.Error(keys(after))
	}
}
