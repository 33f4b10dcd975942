package engine_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/names/kinddisk"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// A name that this system cannot have is kept for the others; here the file
// gets one that is possible, and editing it changes the real one.
func TestImpossibleNameIsKeptForOthers(t *testing.T) {
	net := memremote.New(1)
	long := strings.Repeat("日本語", 100) + ".txt"
	foreign(t, net, long, "from far away")
	a := newDev(t, net, "laptop")
	round(t, a)
	var name string
	for name = range a.files() {
	}
	if len(name) > 255 || !strings.HasSuffix(name, ".txt") || a.files()[name] != "from far away" {
		t.Fatal(keys(a.files()))
	}
	a.text(name, "edited here")
	round(t, a)
	items, err := a.e.List(t.Context(), "")
	if err != nil || len(items) != 1 || items[0].Name != long || items[0].Size != 11 || items[0].Status != engine.Synced {
		t.Fatal(items, err)
	}
}

// on makes a device whose folder lies on a disk of some kind.
func on(t *testing.T, net repo.Remote, name string, kind names.Disk) *dev {
	t.Helper()
	d := newDev(t, net, name)
	d.cfg.Disk = kinddisk.FS{FS: disk.OS{}, Root: d.root, Kind: kind}
	d.restart()
	return d
}

// holds checks the files of a device, by name; a * stands for the end of a name.
func (d *dev) holds(want map[string]string) {
	d.t.Helper()
	got := d.files()
	maps.DeleteFunc(got, func(p, _ string) bool { return strings.HasSuffix(p, "/") })
	for name, body := range want {
		found := ""
		for p, b := range got {
			if ok, _ := path.Match(name, p); ok && b == body {
				found = p
			}
		}
		if found == "" {
			d.t.Errorf("%s: no %q with %q in %q", d.cfg.Device, name, body, got)
		}
		delete(got, found)
	}
	if len(got) > 0 {
		d.t.Errorf("%s: %q too many", d.cfg.Device, got)
	}
}

// one returns the file of a device that matches.
func (d *dev) one(pattern string) string {
	d.t.Helper()
	for p := range d.files() {
		if ok, _ := path.Match(pattern, p); ok {
			return p
		}
	}
	d.t.Fatalf("%s: no %q in %q", d.cfg.Device, pattern, keys(d.files()))
	return ""
}

func TestNamesThatWindowsCannotHave(t *testing.T) {
	net := memremote.New(1)
	linux, stick := newDev(t, net, "linux"), on(t, net, "stick", names.NTFS())
	all := map[string]string{
		"CON.txt": "1", "a:b.txt": "2", "trail.": "3", "Name": "4", "name": "5", "what?/x": "6", "same é": "7", "bad\xff": "8", "NAME": "9",
	}
	for name, body := range all {
		linux.text(name, body)
	}
	round(t, linux, stick)
	linux.holds(all)
	stick.holds(map[string]string{
		"CON ~*.txt": "1", "a_b ~*.txt": "2", "trail ~*": "3", "[Nn]*": "4", "[nN]??*": "5", "what_ ~*/x": "6", "same é": "7", "bad\uefff": "8", "[nN]?*": "9",
	})
	before := stick.files()
	stick.text(stick.one("a_b ~*"), "edited there")
	round(t, stick, linux)
	all["a:b.txt"] = "edited there"
	linux.holds(all)
	// All notes can be lost: the names lead back to the files.
	before[stick.one("a_b ~*")] = "edited there"
	for _, f := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(stick.cfg.StateFile + f)
	}
	stick.restart()
	round(t, stick, linux)
	linux.holds(all)
	if !maps.Equal(stick.files(), before) {
		t.Errorf("names changed: %q", stick.files())
	}
	for _, name := range []string{"Name", "NAME"} {
		linux.remove(name)
	}
	round(t, linux, stick)
	if stick.files()["name"] != "5" {
		t.Errorf("the last twin has not its own name: %q", stick.files())
	}
}

func TestRenamesOfCaseAlone(t *testing.T) {
	net := memremote.New(1)
	linux, mac := newDev(t, net, "linux"), on(t, net, "mac", names.APFS())
	linux.text("readme", "1")
	linux.text("Folder/x", "2")
	round(t, linux, mac)
	linux.move("readme", "README")
	linux.move("Folder", "folder")
	round(t, linux, mac)
	mac.holds(map[string]string{"README": "1", "folder/x": "2"})
	mac.move("README", "Readme")
	mac.move("folder", "FOLDER")
	round(t, mac, linux)
	linux.holds(map[string]string{"Readme": "1", "FOLDER/x": "2"})
}

func TestAccentsInAnyForm(t *testing.T) {
	const nfc, nfd = "caf\u00e9", "cafe\u0301"
	net := memremote.New(1)
	linux, mac := newDev(t, net, "linux"), on(t, net, "mac", names.APFS())
	mac.text(nfd, "1")
	round(t, mac, linux)
	linux.holds(map[string]string{nfc: "1"})
	linux.text(nfc, "2")
	round(t, linux, mac)
	mac.holds(map[string]string{nfd: "2"})
	linux.text(nfd, "twin")
	round(t, linux, mac)
	linux.holds(map[string]string{nfc: "2", nfd: "twin"})
	mac.holds(map[string]string{nfd: "2", "cafe\u0301 ~*": "twin"})
}

// A user may use the name that the drive has for another file.
func TestNewFileWithTheNameOfATwin(t *testing.T) {
	net := memremote.New(1)
	linux, stick := newDev(t, net, "linux"), on(t, net, "stick", names.NTFS())
	linux.text("name", "1")
	round(t, linux, stick)
	linux.text("Name", "2")
	round(t, linux, stick)
	stick.move("name", "other")
	stick.text("Name", "3")
	round(t, stick, linux)
	linux.holds(map[string]string{"other": "1", "Name": "3", "Name ~*": "2"})
}

func TestWhatADiskCannotHoldStaysOnline(t *testing.T) {
	net := memremote.New(1)
	kind := names.NTFS()
	kind.NoLinks = true
	linux, stick := newDev(t, net, "linux"), on(t, net, "stick", kind)
	stick.cfg.Names = &names.Disk{MaxBytes: 255, MaxPath: len(stick.root) + 60, NoLinks: true}
	var told []string
	stick.cfg.Events = func(e engine.Event) {
		if p, ok := e.(engine.Problem); ok {
			told = append(told, p.Path)
		}
	}
	stick.restart()
	deep := strings.Repeat("folder/", 12) + "file"
	linux.text(deep, "deep")
	linux.text("near", "1")
	if err := os.Symlink("near", linux.path("link")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		linux.sync()
		if sum := stick.sync(); sum.Waiting > 0 {
			t.Errorf("%d wait", sum.Waiting)
		}
	}
	stick.holds(map[string]string{"near": "1"})
	linux.holds(map[string]string{deep: "deep", "near": "1", "link": "-> near"})
	if len(told) != 2 {
		t.Errorf("told of %q", told)
	}
	it, err := stick.e.Stat(t.Context(), deep)
	if err != nil || it.Status != engine.OnlineOnly {
		t.Error(it, err)
	}
}

// foreign puts a file into the drive as another system's device would.
func foreign(t *testing.T, net *memremote.Net, name, body string) {
	t.Helper()
	dir := t.TempDir()
	db, err := state.Open(t.Context(), filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := repo.Open(t.Context(), repo.Config{
		Secret: secret, Remote: net, State: db, Device: "far", SpoolDir: filepath.Join(dir, "spool"), CacheDir: filepath.Join(dir, "cache"),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	in, err := r.NewIngest(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	content, err := in.Add(t.Context(), name, strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	tr := tree.New()
	n := tree.Node{ID: tree.ID{1}, Name: name, Kind: tree.File, Mode: 0o644, MTime: 5, Size: int64(len(body)), Content: content, By: "far"}
	if err := tr.Add(n); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Commit(t.Context(), repo.Change{Tree: tr}); err != nil {
		t.Fatal(err)
	}
}

// folding is a disk on which a folder that is gone is looked up as a file whose
// name differs only in case.
type folding struct{ disk.FS }

// SyncDir implements disk.FS.
func (f folding) SyncDir(dir string) error {
	err := f.FS.SyncDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return syscall.ENOTDIR
	}
	return err
}

// Where names fold, a file gets its own name when a folder that differs only in
// case is gone. What lay in that folder cannot be made to last any more.
func TestFileTakesThePlaceOfItsTwin(t *testing.T) {
	net, a, _ := pair(t)
	b := on(t, net, "phone", names.APFS())
	b.cfg.Disk = folding{b.cfg.Disk}
	b.restart()
	a.text("note/deep/list", "1")
	a.text("note/x", "2")
	a.text("Note", "a file")
	round(t, a, b)
	a.remove("note")
	a.sync()
	b.sync()
	b.holds(map[string]string{"Note": "a file"})
}
