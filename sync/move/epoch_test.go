package move_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

var nextSecret = bytes.Repeat([]byte{5}, 32)

// renew puts the drive of a device under other keys, in the order in which the
// program does it. It can be repeated after a cut.
func renew(ctx context.Context, t *testing.T, d *testdrive.Device, x *target) error {
	t.Helper()
	to := x.open(t)
	defer to.Close()
	if !d.Engine.HandedOver(to) {
		if err := carry(ctx, d, to, x); err != nil {
			return err
		}
	}
	if err := to.CheckListed(ctx); err != nil {
		return err
	}
	if complete, err := d.Engine.Complete(ctx, to); err != nil || !complete {
		return errors.Join(err, errors.New("not complete"))
	}
	_, err := d.Engine.Leave(ctx, nil)
	return err
}

func carry(ctx context.Context, d *testdrive.Device, to *repo.Repo, x *target) error {
	if err := d.Engine.Join(ctx); err != nil {
		return err
	}
	if _, err := d.Engine.MoveTo(ctx, to, nil); err != nil {
		return err
	}
	if moved, err := d.Engine.IsMoved(ctx); err != nil || !moved {
		if err := errors.Join(err, d.Engine.MarkMoved(ctx, 2)); err != nil {
			return err
		}
	}
	if _, err := d.Engine.MoveTo(ctx, to, nil); err != nil {
		return err
	}
	return d.Engine.HandOver(ctx, to, x.state)
}

// next is the engine of a folder that was handed over.
func (x *target) next(t *testing.T, root string) *engine.Engine {
	t.Helper()
	e, err := engine.Open(t.Context(), engine.Config{
		Root: root, Secret: x.secret, Remote: x.net, Device: "mover", StateFile: "-",
		SpoolDir: filepath.Join(x.dir, "spool"), CacheDir: filepath.Join(x.dir, "cache"),
		OpenState: func(context.Context) (engine.Notes, error) { return x.state, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func syncOnce(t *testing.T, e *engine.Engine) engine.Summary {
	t.Helper()
	s, err := e.SyncOnce(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fetched returns what counts the bytes of the files of a network that are
// fetched from now on.
func fetched(net *memremote.Net) *atomic.Int64 {
	var sum atomic.Int64
	files := net.Files()
	net.SetFault(func(c memremote.Call, after bool) error {
		if c.Method == "Fetch" && !after {
			sum.Add(int64(len(files[c.Name])))
		}
		return nil
	})
	return &sum
}

// What lies in the folder is not fetched, unless the disk has changed it.
func TestWhatLiesHereIsNotFetched(t *testing.T) {
	for name, damaged := range map[string]bool{"sound": false, "damaged": true} {
		t.Run(name, func(t *testing.T) {
			net := memremote.New(1)
			a := testdrive.New(t, net, "a")
			body := testdrive.Noise(1, 3<<20)
			a.Write("big.bin", body)
			a.Write("sub/other.bin", testdrive.Noise(2, 600_000))
			testdrive.Round(t, a)
			if damaged {
				a.Write("big.bin", append(testdrive.Noise(9, 100), body[100:]...))
			}
			x, sum := newTarget(t, 1, nextSecret), fetched(net)
			to := x.open(t)
			cost, err := a.Engine.MoveCost(t.Context())
			if err != nil || cost.Download != 0 || cost.Local != 3<<20+600_000 || cost.Upload < cost.Local || cost.Upload > cost.Local+20_000 {
				t.Errorf("%+v %v", cost, err)
			}
			if _, err := a.Engine.MoveTo(t.Context(), to, nil); err != nil {
				t.Fatal(err)
			}
			if (sum.Load() > 0) != damaged {
				t.Error(sum.Load(), "bytes were fetched")
			}
			v, err := to.View(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			c, err := to.Commit(t.Context(), v.Tips[0])
			if err != nil {
				t.Fatal(err)
			}
			tr, err := to.Tree(t.Context(), c.Root)
			if err != nil {
				t.Fatal(err)
			}
			n, _ := tr.Find("big.bin")
			var got memory = make([]byte, n.Size)
			if err := to.WriteContent(t.Context(), n.Content, got, nil); err != nil || !bytes.Equal(got, body) {
				t.Error("the new drive has another content", err)
			}
		})
	}
}

// A device that was away while the drive went on under new keys sends nothing
// under the old ones. When it follows, its own work and that of others come
// together as if nothing had happened.
func TestFollowingLate(t *testing.T) {
	net := memremote.New(3)
	a, b := testdrive.New(t, net, "a"), testdrive.New(t, net, "b")
	for _, name := range []string{"mine", "theirs", "deleted here", "deleted there", "both", "sub/kept"} {
		a.Text(name, "first "+name)
	}
	testdrive.Round(t, a, b)
	x := newTarget(t, 3, nextSecret)
	if err := renew(t.Context(), t, a, x); err != nil {
		t.Fatal(err)
	}
	ea := x.next(t, a.Root)
	a.Text("theirs", "second")
	a.Text("both", "as a has it")
	a.Remove("deleted there")
	a.Text("new there", "new")
	syncOnce(t, ea)

	b.Text("mine", "second")
	b.Text("both", "as b has it, and more")
	b.Remove("deleted here")
	b.Text("new here", "new")
	sent := net.Sent()
	if _, err := b.Engine.SyncOnce(t.Context()); !errors.Is(err, engine.ErrMoved) || net.Sent() != sent {
		t.Fatal(err, net.Sent()-sent)
	}
	y := &target{net: x.net, secret: x.secret}
	y.with(t)
	to := y.open(t)
	if _, err := to.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Engine.HandOver(t.Context(), to, y.state); err != nil {
		t.Fatal(err)
	}
	to.Close()
	eb := y.next(t, b.Root)
	if s := syncOnce(t, eb); s.Downloaded != 2 && s.Downloaded != 3 || s.Deleted != 1 {
		t.Errorf("%+v", s)
	}
	syncOnce(t, ea)
	syncOnce(t, eb)
	got := listing(t, b.Root)
	if want := listing(t, a.Root); !maps.Equal(got, want) {
		t.Errorf("a has %v, b has %v", want, got)
	}
	conflicts := 0
	for name := range got {
		if strings.Contains(name, "(conflict") {
			conflicts++
			delete(got, name)
		}
	}
	names := slices.Sorted(maps.Keys(got))
	if conflicts != 1 || !slices.Equal(names, []string{"both", "mine", "new here", "new there", "sub/kept", "theirs"}) || got["mine"]+got["theirs"] != "secondsecond" {
		t.Error(conflicts, names, got)
	}
}

// Who has the old keys finds one head in the end, which says that the drive goes
// on elsewhere, and nothing of what was in it.
func TestOldKeysOpenNothing(t *testing.T) {
	net, a := source(t, 5, 2)
	thief := testdrive.New(t, net, "thief")
	x := newTarget(t, 5, nextSecret)
	if err := renew(t.Context(), t, a, x); err != nil {
		t.Fatal(err)
	}
	if len(net.Files()) != 1 {
		t.Error(len(net.Files()), "files are left")
	}
	if s, err := thief.Engine.SyncOnce(t.Context()); !errors.Is(err, engine.ErrMoved) {
		t.Error(s, err)
	}
	if got := listing(t, thief.Root); len(got) > 0 {
		t.Error("the thief has", slices.Sorted(maps.Keys(got)))
	}
	late := reader(t, x.net)
	if v, err := late.View(t.Context()); err != nil || len(v.Heads) != 0 {
		t.Error("old keys find a head among the new files", err)
	}
}

// Wherever it is cut off, the drive is there as a whole on one of the sides, and
// in the end on the new one.
func TestRenewedWhereverItIsCut(t *testing.T) {
	for seed := range seeds() {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			net, a := source(t, seed, 2)
			want := past(t, reader(t, net))
			x, rng := newTarget(t, seed, nextSecret), rand.New(rand.NewSource(seed))
			for try := 0; ; try++ {
				cutAfter(1+try, rng.Intn(2) == 0, net, x.net)
				err := renew(t.Context(), t, a, x)
				net.SetFault(nil)
				x.net.SetFault(nil)
				whole(t, want, net, x)
				if err == nil {
					break
				}
				if !errors.Is(err, errCut) || try > 400 {
					t.Fatal(try, err)
				}
			}
			if got := past(t, x.fresh(t)); !slices.Equal(got, want) {
				t.Error("the new drive is another one")
			}
			if s := syncOnce(t, x.next(t, a.Root)); s.Uploaded+s.Downloaded+s.Moved+s.Deleted != 0 {
				t.Errorf("%+v", s)
			}
		})
	}
}
