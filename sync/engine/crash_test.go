package engine_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

var errCrash = errors.New("the process was killed here")

// fuse lets a device work until a number of steps is done; from then on
// nothing it does has any effect, as if its process had been killed.
type fuse struct {
	left  atomic.Int64
	late  bool // the last call still takes effect on the network
	steps atomic.Int64
}

func (f *fuse) burn() error {
	f.steps.Add(1)
	if f.left.Add(-1) < 0 {
		return errCrash
	}
	return nil
}

func (f *fuse) step(string) error { return f.burn() }

// mortal is a network as a device with a fuse sees it.
type mortal struct {
	*memremote.Net
	f *fuse
}

func call[T any](f *fuse, do func() (T, error)) (T, error) {
	err := f.burn()
	if err != nil && (!f.late || f.left.Load() != -1) {
		var none T
		return none, err
	}
	v, doErr := do()
	if err == nil {
		err = doErr
	}
	return v, err
}

func (m mortal) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	return call(m.f, func() (string, error) { return m.Net.Upload(ctx, name, src, size) })
}

func (m mortal) Share(ctx context.Context, id string, ttl time.Duration) (string, error) {
	return call(m.f, func() (string, error) { return m.Net.Share(ctx, id, ttl) })
}

func (m mortal) StopShare(ctx context.Context, id string) error {
	_, err := call(m.f, func() (int, error) { return 0, m.Net.StopShare(ctx, id) })
	return err
}

func (m mortal) Shares(ctx context.Context) ([]repo.RemoteShare, error) {
	return call(m.f, func() ([]repo.RemoteShare, error) { return m.Net.Shares(ctx) })
}

func (m mortal) Fetch(ctx context.Context, id string, piece func(int64, []byte) error) error {
	_, err := call(m.f, func() (int, error) { return 0, m.Net.Fetch(ctx, id, piece) })
	return err
}

func (m mortal) Download(ctx context.Context, id string, size int64, dst io.WriterAt) error {
	_, err := call(m.f, func() (int, error) { return 0, m.Net.Download(ctx, id, size, dst) })
	return err
}

func (m mortal) Stored(ctx context.Context, src io.ReaderAt, size int64) (string, bool, error) {
	if err := m.f.burn(); err != nil {
		return "", false, err
	}
	return m.Net.Stored(ctx, src, size)
}

// kill runs one sync of a device with a fuse of n steps, and restarts it. It
// reports whether the sync got to its end.
func (d *dev) kill(net *memremote.Net, n int64, late bool) bool {
	d.t.Helper()
	f := &fuse{late: late}
	f.left.Store(n)
	d.cfg.Step, d.cfg.Remote = f.step, mortal{net, f}
	d.restart()
	_, err := d.e.SyncOnce(d.t.Context())
	if err != nil && !errors.Is(err, errCrash) {
		d.t.Fatalf("after %d steps: %v", n, err)
	}
	d.cfg.Step, d.cfg.Remote = nil, net
	d.restart()
	return err == nil
}

// edits makes both devices change the same things in their own way.
func edits(a, b *dev) {
	a.text("note.txt", "from laptop")
	b.text("note.txt", "from desk")
	a.write("new.bin", noise(7, 300_000))
	a.move("docs", "papers/old")
	a.remove("gone.txt")
	a.text("swap1", "second")
	a.text("swap2", "first")
	b.text("docs/b.txt", "changed in a folder that moved")
	b.move("keep.txt", "kept.txt")
	b.text("papers/own.txt", "same folder name")
}

func prepared(t testing.TB) (*memremote.Net, *dev, *dev) {
	net, a, b := pair(t)
	for i, name := range []string{"note.txt", "docs/a.txt", "docs/b.txt", "gone.txt", "keep.txt", "swap1", "swap2"} {
		a.text(name, fmt.Sprint("content ", i))
	}
	round(t, a, b)
	same(t, a, b)
	edits(a, b)
	return net, a, b
}

func checkEdits(t testing.TB, net *memremote.Net, a, b *dev) {
	t.Helper()
	round(t, a, b)
	same(t, a, b)
	var notes []string
	files := a.files()
	for _, body := range files {
		if body == "from laptop" || body == "from desk" {
			notes = append(notes, body)
		}
	}
	slices.Sort(notes)
	if !slices.Equal(notes, []string{"from desk", "from laptop"}) {
		t.Fatal("a note was lost", keys(files))
	}
	for name, want := range map[string]string{
		"papers/old/b.txt": "changed in a folder that moved", "papers/old/a.txt": "content 1", "kept.txt": "content 4",
		"papers/own.txt": "same folder name", "swap1": "second", "swap2": "first", "new.bin": string(noise(7, 300_000)),
	} {
		if files[name] != want {
			t.Fatalf("%s is wrong: %v", name, keys(files))
		}
	}
	if _, ok := files["gone.txt"]; ok {
		t.Fatal("a deleted file came back")
	}
	for id, n := range net.Uploads() {
		if n > 1 {
			t.Errorf("file %s was sent %d times", id, n)
		}
	}
}

// A device may be killed at any step of sending or of applying: nothing is
// lost, and the next sync ends the work without sending anything twice.
func TestKilledAtAnyStep(t *testing.T) {
	stride := int64(3)
	if os.Getenv("STOS_NIGHTLY") != "" {
		stride = 1
	}
	for i, late := range []bool{false, true} {
		for n, done := int64(i), false; !done; n += stride {
			t.Run(fmt.Sprintf("late=%v/%d", late, n), func(t *testing.T) {
				net, a, b := prepared(t)
				sent := a.kill(net, n, late)
				b.sync()
				took := b.kill(net, n, late)
				checkEdits(t, net, a, b)
				done = sent && took
			})
		}
	}
}
