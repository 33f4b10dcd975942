package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

var secret = bytes.Repeat([]byte{9}, 32)

// dev is a device of the drive in a test.
type dev struct {
	t    testing.TB
	dir  string
	root string
	cfg  engine.Config
	e    *engine.Engine
}

func newDev(t testing.TB, net repo.Remote, name string) *dev {
	t.Helper()
	dir := t.TempDir()
	d := &dev{t: t, dir: dir, root: filepath.Join(dir, "Drive")}
	d.cfg = engine.Config{
		Root: d.root, Secret: secret, Remote: net, Device: name,
		StateFile: filepath.Join(dir, "state.db"), SpoolDir: filepath.Join(dir, "spool"), CacheDir: filepath.Join(dir, "cache"),
	}
	d.open()
	t.Cleanup(func() { d.e.Close() })
	return d
}

func (d *dev) open() {
	d.t.Helper()
	e, err := engine.Open(context.Background(), d.cfg)
	if err != nil {
		d.t.Fatal(err)
	}
	d.e = e
}

// restart closes the engine and opens it again, as a new process would.
func (d *dev) restart() {
	d.t.Helper()
	if err := d.e.Close(); err != nil {
		d.t.Fatal(err)
	}
	d.open()
}

func (d *dev) sync() engine.Summary {
	d.t.Helper()
	s, err := d.e.SyncOnce(d.t.Context())
	if err != nil {
		d.t.Fatalf("%s: %v", d.cfg.Device, err)
	}
	return s
}

func (d *dev) path(name string) string { return filepath.Join(d.root, filepath.FromSlash(name)) }

func (d *dev) write(name string, body []byte) {
	d.t.Helper()
	p := d.path(name)
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(p, body, 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *dev) text(name, s string) { d.t.Helper(); d.write(name, []byte(s)) }

func (d *dev) move(from, to string) {
	d.t.Helper()
	if err := os.MkdirAll(filepath.Dir(d.path(to)), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Rename(d.path(from), d.path(to)); err != nil {
		d.t.Fatal(err)
	}
}

func (d *dev) remove(name string) {
	d.t.Helper()
	if err := os.RemoveAll(d.path(name)); err != nil {
		d.t.Fatal(err)
	}
}

// files returns everything in the folder: the content of files, "dir" with a
// slash for folders, the target of links.
func (d *dev) files() map[string]string {
	d.t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(d.root, func(p string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(d.root, p)
		switch {
		case err != nil || rel == ".":
			return err
		case rel == ".stratosdrive":
			return fs.SkipDir
		case e.IsDir():
			out[rel+"/"] = ""
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(p)
			out[rel] = "-> " + target
			return err
		default:
			body, err := os.ReadFile(p)
			out[rel] = string(body)
			return err
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		d.t.Fatal(err)
	}
	return out
}

// same fails unless all folders hold the same.
func same(t testing.TB, devs ...*dev) {
	t.Helper()
	want := devs[0].files()
	for _, d := range devs[1:] {
		got := d.files()
		if !maps.Equal(got, want) {
			t.Fatalf("%s has %v, %s has %v", d.cfg.Device, keys(got), devs[0].cfg.Device, keys(want))
		}
	}
}

func keys(m map[string]string) []string {
	out := []string{}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		v := m[k]
		if len(v) > 20 {
			v = fmt.Sprintf("%d bytes", len(v))
		}
		out = append(out, fmt.Sprintf("%s=%q", k, v))
	}
	return out
}

// round syncs all devices until nothing is published any more, and fails if
// that takes more rounds than it should.
func round(t testing.TB, devs ...*dev) {
	t.Helper()
	for range 4 {
		quiet := true
		for _, d := range devs {
			s := d.sync()
			quiet = quiet && !s.Published && s.Downloaded+s.Deleted+s.Moved+s.Waiting == 0
		}
		if quiet {
			return
		}
	}
	t.Fatal("devices do not fall silent")
}

func noise(seed int64, n int) []byte {
	p := make([]byte, n)
	rand.New(rand.NewSource(seed)).Read(p)
	return p
}

func pair(t testing.TB) (*memremote.Net, *dev, *dev) {
	net := memremote.New(1)
	return net, newDev(t, net, "laptop"), newDev(t, net, "desk")
}

func TestTwoFoldersBecomeOne(t *testing.T) {
	_, a, b := pair(t)
	a.sync()
	a.text("note.txt", "hello")
	a.write("sub/deep/big.bin", noise(1, 9<<20))
	a.write("film.mp4", noise(2, 3<<20))
	a.text("empty", "")
	b.text("other.txt", "from desk")
	if err := os.Symlink("note.txt", a.path("link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(a.path("bare"), 0o755); err != nil {
		t.Fatal(err)
	}
	round(t, a, b)
	same(t, a, b)
	if n := len(a.files()); n != 9 {
		t.Fatal(keys(a.files()))
	}
	a.text("note.txt", "hello again")
	b.remove("film.mp4")
	b.move("sub/deep/big.bin", "big2.bin")
	round(t, a, b)
	same(t, a, b)
	got := a.files()
	if got["note.txt"] != "hello again" || got["film.mp4"] != "" || len(got["big2.bin"]) != 9<<20 {
		t.Fatal(keys(got))
	}
}

func TestConflictKeepsBoth(t *testing.T) {
	_, a, b := pair(t)
	a.text("note.txt", "start")
	round(t, a, b)
	a.text("note.txt", "from laptop")
	b.text("note.txt", "from desk")
	round(t, a, b)
	same(t, a, b)
	var all []string
	for name, body := range a.files() {
		all = append(all, body)
		if body == "from laptop" && !strings.HasPrefix(name, "note (conflict, laptop, ") {
			t.Error("the earlier edit is", name)
		}
	}
	slices.Sort(all)
	if !slices.Equal(all, []string{"from desk", "from laptop"}) {
		t.Fatal(keys(a.files()))
	}
}

func TestMovedFolderUploadsNothing(t *testing.T) {
	net, a, b := pair(t)
	for i := range 50 {
		a.write(fmt.Sprintf("photos/p%d.jpg", i), noise(int64(i), 40_000))
	}
	round(t, a, b)
	before := net.Sent()
	a.move("photos", "archive/2026")
	round(t, a, b)
	same(t, a, b)
	if n := net.Sent() - before; n > 64<<10 {
		t.Error("moving a folder sent", n, "bytes")
	}
}

func TestThreeDevicesAllEdit(t *testing.T) {
	net, a, b := pair(t)
	c := newDev(t, net, "phone")
	for i, d := range []*dev{a, b, c} {
		d.text(fmt.Sprintf("own%d", i), "x")
		d.text("same", "equal everywhere")
		d.text(fmt.Sprintf("dir/f%d", i), "y")
	}
	round(t, a, b, c)
	same(t, a, b, c)
	if len(a.files()) != 8 {
		t.Fatal(keys(a.files()))
	}
}

func TestStateCanBeDeleted(t *testing.T) {
	net, a, b := pair(t)
	a.text("keep", "1")
	a.write("big", noise(4, 5<<20))
	round(t, a, b)
	a.e.Close()
	for _, p := range []string{"state.db", "state.db-wal", "state.db-shm"} {
		os.Remove(filepath.Join(a.dir, p))
	}
	os.RemoveAll(filepath.Join(a.dir, "cache"))
	a.open()
	before := net.Sent()
	s := a.sync()
	if s.Published || s.Downloaded > 0 || net.Sent() != before {
		t.Errorf("a lost state costs work: %+v", s)
	}
	a.text("keep", "2")
	round(t, a, b)
	same(t, a, b)
	if b.files()["keep"] != "2" || len(b.files()) != 2 {
		t.Fatal(keys(b.files()))
	}
}
