package engine_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

func (d *dev) fails(want error) string {
	d.t.Helper()
	_, err := d.e.SyncOnce(d.t.Context())
	if !errors.Is(err, want) {
		d.t.Fatalf("got %v, want %v", err, want)
	}
	s := fault.Sentence(err)
	if !strings.HasSuffix(s, ".") || strings.Contains(s, "\n") {
		d.t.Errorf("not a sentence: %q", s)
	}
	return s
}

func many(d *dev, n int) {
	for i := range n {
		d.text(fmt.Sprintf("many/f%03d", i), fmt.Sprint("content ", i))
	}
}

func TestMassDeletionStops(t *testing.T) {
	_, a, b := pair(t)
	many(a, 120)
	round(t, a, b)
	a.remove("many")
	if s := a.fails(engine.ErrBrake); !strings.Contains(s, "120 of 120") {
		t.Error(s)
	}
	if a.e.Activity() != engine.Stopped {
		t.Error(a.e.Activity())
	}
	b.sync()
	if len(b.files()) != 121 {
		t.Fatal("files were deleted", len(b.files()))
	}
	a.e.Allow()
	a.sync()
	b.fails(engine.ErrBrake)
	b.e.Allow()
	round(t, a, b)
	same(t, a, b)
	if len(b.files()) != 0 {
		t.Fatal(keys(b.files()))
	}
}

func TestMassOverwritingStops(t *testing.T) {
	_, a, b := pair(t)
	many(a, 60)
	round(t, a, b)
	for i := range 60 {
		a.text(fmt.Sprintf("many/f%03d", i), fmt.Sprint("encrypted by somebody ", i))
	}
	a.fails(engine.ErrBrake)
	b.sync()
	if b.files()["many/f001"] != "content 1" {
		t.Fatal(b.files()["many/f001"])
	}
}

func TestMissingFolderStops(t *testing.T) {
	_, a, b := pair(t)
	a.text("note", "x")
	round(t, a, b)
	if err := os.Rename(a.root, a.root+".away"); err != nil {
		t.Fatal(err)
	}
	a.fails(engine.ErrBrake)
	if err := os.Mkdir(a.root, 0o755); err != nil { // as an empty mount point
		t.Fatal(err)
	}
	a.fails(engine.ErrBrake)
	if err := os.Remove(a.root); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(a.root+".away", a.root); err != nil {
		t.Fatal(err)
	}
	round(t, a, b)
	if b.files()["note"] != "x" {
		t.Fatal("note was deleted")
	}
}

// Whoever agrees to go on with an empty folder gets the files back; nothing is
// deleted on the network.
func TestEmptyFolderIsFilledAgain(t *testing.T) {
	_, a, b := pair(t)
	a.text("note", "x")
	round(t, a, b)
	a.remove("")
	a.fails(engine.ErrBrake)
	a.e.Allow()
	round(t, a, b)
	same(t, a, b)
	if a.files()["note"] != "x" {
		t.Fatal(keys(a.files()))
	}
}

// What is known of one folder is not used for another one.
func TestAnotherFolderStartsAnew(t *testing.T) {
	_, a, b := pair(t)
	a.text("note", "x")
	a.text("dir/other", "y")
	round(t, a, b)
	first := a.root
	for _, second := range []string{filepath.Join(a.dir, "Second"), b.root, first} {
		a.cfg.Root, a.root = second, second
		a.restart()
		round(t, a, b)
		same(t, a, b)
		if len(a.files()) != 3 {
			t.Fatal(second, keys(a.files()))
		}
	}
}

func TestFolderOfAnotherDrive(t *testing.T) {
	net, a, _ := pair(t)
	a.text("note", "x")
	a.sync()
	o := newDev(t, net, "other")
	o.cfg.Secret = make([]byte, 32)
	o.cfg.Root = a.root
	o.restart()
	if _, err := o.e.SyncOnce(t.Context()); fault.ExitCode(err) != 2 {
		t.Fatal(err)
	}
}

func TestNetworkTroubleIsTold(t *testing.T) {
	net, a, b := pair(t)
	a.text("note", "x")
	for _, c := range []struct {
		err error
		act engine.Activity
	}{{repo.ErrOffline, engine.Offline}, {repo.ErrNoOzone, engine.OutOfOzone}} {
		net.SetFault(func(memremote.Call, bool) error { return c.err })
		a.fails(c.err)
		if a.e.Activity() != c.act {
			t.Error(a.e.Activity(), c.act)
		}
	}
	net.SetFault(nil)
	round(t, a, b)
	same(t, a, b)
}

// Answers get lost at random; what was done is found out, nothing is sent
// twice, and both devices end with the same.
func TestLostAnswers(t *testing.T) {
	net, a, b := pair(t)
	var calls atomic.Int64
	net.SetFault(func(_ memremote.Call, after bool) error {
		if n := calls.Add(1); after && n%5 == 0 {
			return memremote.ErrLost
		}
		return nil
	})
	for i := range 6 {
		a.write(fmt.Sprintf("a%d", i), noise(int64(i), 200_000))
		b.write(fmt.Sprintf("b%d", i), noise(int64(100+i), 200_000))
		_, _ = a.e.SyncOnce(t.Context())
		_, _ = b.e.SyncOnce(t.Context())
	}
	net.SetFault(nil)
	round(t, a, b)
	same(t, a, b)
	if len(a.files()) != 12 {
		t.Fatal(keys(a.files()))
	}
	for id, n := range net.Uploads() {
		if n > 1 {
			t.Errorf("%s was sent %d times", id, n)
		}
	}
}

// A file that is edited at the very moment when the engine wants to replace or
// delete it stays as the person wrote it.
func TestEditUnderTheEnginesHand(t *testing.T) {
	for _, step := range []string{"staged", "put", "remove"} {
		net, a, b := pair(t)
		a.text("note", "old")
		a.text("doomed", "old")
		round(t, a, b)
		a.text("note", "from laptop")
		a.remove("doomed")
		a.sync()
		edited := false
		b.cfg.Step = func(name string) error {
			if name == step && !edited {
				edited = true
				b.text("note", "typed just now")
				b.text("doomed", "typed just now")
			}
			return nil
		}
		b.restart()
		b.sync()
		if !edited {
			t.Fatal(step, "never happened")
		}
		b.cfg.Step = nil
		b.restart()
		round(t, a, b)
		same(t, a, b)
		found := 0
		for _, body := range a.files() {
			if body == "typed just now" {
				found++
			}
		}
		if want := 2; found != want && (step != "remove" || found < 1) {
			t.Errorf("%s: %v", step, keys(a.files()))
		}
		_ = net
	}
}

func TestUnreadableFolderIsNotDeleted(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root can read everything")
	}
	_, a, b := pair(t)
	a.text("dir/note", "x")
	round(t, a, b)
	if err := os.Chmod(a.path("dir"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(a.path("dir"), 0o755)
	a.sync()
	b.sync()
	if b.files()["dir/note"] != "x" {
		t.Fatal("a folder that cannot be read was deleted")
	}
}

func TestModesAndTimesTravel(t *testing.T) {
	_, a, b := pair(t)
	a.text("run.sh", "#!/bin/sh")
	if err := os.Chmod(a.path("run.sh"), 0o755); err != nil {
		t.Fatal(err)
	}
	round(t, a, b)
	x, _ := os.Stat(a.path("run.sh"))
	y, err := os.Stat(b.path("run.sh"))
	if err != nil || x.Mode() != y.Mode() || !x.ModTime().Equal(y.ModTime()) {
		t.Fatal(x.Mode(), y.Mode(), x.ModTime(), y.ModTime(), err)
	}
	if err := os.Chmod(b.path("run.sh"), 0o644); err != nil {
		t.Fatal(err)
	}
	round(t, a, b)
	if x, _ = os.Stat(a.path("run.sh")); x.Mode().Perm() != 0o644 {
		t.Fatal(x.Mode())
	}
}

func TestAdoptingAFolderCostsNothing(t *testing.T) {
	net, a, b := pair(t)
	for i := range 30 {
		a.write(fmt.Sprintf("music/t%d", i), noise(int64(i), 30_000))
	}
	if err := os.CopyFS(b.root, os.DirFS(a.root)); err != nil {
		t.Fatal(err)
	}
	os.RemoveAll(filepath.Join(b.root, ".stratosdrive"))
	a.sync()
	before := net.Sent()
	s := b.sync()
	if s.Downloaded+s.Uploaded > 0 || net.Sent()-before > 0 {
		t.Errorf("%+v, %d bytes sent", s, net.Sent()-before)
	}
	round(t, a, b)
	same(t, a, b)
	if len(a.files()) != 31 {
		t.Fatal(keys(a.files()))
	}
}
