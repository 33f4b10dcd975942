// Package testdrive gives tests whole devices of a drive: a real engine with a
// folder, on any network. It is for tests only.
package testdrive

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// Secret is that of the drives of tests.
func Secret() []byte { return bytes.Repeat([]byte{9}, 32) }

// Device is one device of a drive.
type Device struct {
	Root   string // the synced folder
	Dir    string // state, spool and cache lie in it
	Engine *engine.Engine

	t   testing.TB
	cfg engine.Config
}

// New makes a device with an empty folder, which ends with the test.
func New(t testing.TB, net repo.Remote, name string) *Device {
	t.Helper()
	dir := t.TempDir()
	d := &Device{t: t, Dir: dir, Root: filepath.Join(dir, "Drive")}
	d.cfg = engine.Config{
		Root: d.Root, Secret: Secret(), Remote: net, Device: name, StateFile: filepath.Join(dir, "state.db"),
		SpoolDir: filepath.Join(dir, "spool"), CacheDir: filepath.Join(dir, "cache"),
	}
	e, err := engine.Open(context.Background(), d.cfg)
	if err != nil {
		t.Fatal(err)
	}
	d.Engine = e
	t.Cleanup(func() { d.Engine.Close() })
	return d
}

// Sync syncs once and fails the test if that fails.
func (d *Device) Sync() engine.Summary {
	d.t.Helper()
	sum, err := d.Engine.SyncOnce(d.t.Context())
	if err != nil {
		d.t.Fatalf("%s: %v", d.cfg.Device, err)
	}
	return sum
}

// Round syncs devices until none has anything to say any more.
func Round(t testing.TB, all ...*Device) {
	t.Helper()
	for range 6 {
		quiet := true
		for _, d := range all {
			s := d.Sync()
			quiet = quiet && !s.Published && s.Downloaded+s.Deleted+s.Moved+s.Waiting == 0
		}
		if quiet {
			return
		}
	}
	t.Fatal("devices do not fall silent")
}

// Path is where something of the drive lies.
func (d *Device) Path(name string) string { return filepath.Join(d.Root, filepath.FromSlash(name)) }

// Write writes a file, making its folders.
func (d *Device) Write(name string, body []byte) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.Path(name)), 0o755))
	d.must(os.WriteFile(d.Path(name), body, 0o644))
}

// Text writes a small file.
func (d *Device) Text(name, body string) {
	d.t.Helper()
	d.Write(name, []byte(body))
}

// Move moves a file or folder, making the folders it moves to.
func (d *Device) Move(from, to string) {
	d.t.Helper()
	d.must(os.MkdirAll(filepath.Dir(d.Path(to)), 0o755))
	d.must(os.Rename(d.Path(from), d.Path(to)))
}

// Remove deletes a file or a folder with all that is in it.
func (d *Device) Remove(name string) {
	d.t.Helper()
	d.must(os.RemoveAll(d.Path(name)))
}

func (d *Device) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}
