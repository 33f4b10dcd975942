package move_test

import (
	"context"
	"fmt"
	"math/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/move"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/space"
	"github.com/stratosdrive/stratosdrive/sync/state/memstate"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// target is where a drive moves to: a network, a key and what a program keeps.
type target struct {
	net    *memremote.Net
	secret []byte
	state  *memstate.State
	dir    string
	now    func() time.Time // nil for that of the computer
}

func newTarget(t *testing.T, seed int64, secret []byte) *target {
	return &target{net: memremote.New(seed), secret: secret, state: memstate.New(), dir: t.TempDir()}
}

// open is a program that begins, on what the last one left.
func (x *target) open(t testing.TB) *repo.Repo {
	t.Helper()
	r, err := repo.Open(t.Context(), repo.Config{
		Secret: x.secret, Remote: x.net, State: x.state, Device: "mover", Now: x.now,
		SpoolDir: filepath.Join(x.dir, "spool"), CacheDir: filepath.Join(x.dir, "cache"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fresh is a device that knows nothing of the new drive.
func (x *target) fresh(t *testing.T) *repo.Repo {
	other := &target{net: x.net, secret: x.secret, state: memstate.New(), dir: t.TempDir()}
	r := other.open(t)
	if _, err := r.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

// source makes a drive of two devices that edit by turns.
func source(t *testing.T, seed int64, rounds int) (*memremote.Net, *testdrive.Device) {
	t.Helper()
	net := memremote.New(seed)
	a, b := testdrive.New(t, net, "a"), testdrive.New(t, net, "b")
	ed := &testdrive.Editor{Rand: rand.New(rand.NewSource(seed))}
	for i := range rounds {
		a.Text("always.txt", fmt.Sprint("text ", i))
		ed.Edit(a, 4)
		ed.Edit(b, 3)
		testdrive.Round(t, a, b)
	}
	if err := a.Engine.SetRetention(t.Context(), space.Retention{All: 77, Daily: 88, Weekly: 99}); err != nil {
		t.Fatal(err)
	}
	testdrive.Round(t, a, b)
	return net, a
}

// reader opens the old drive as somebody who only reads.
func reader(t *testing.T, net *memremote.Net) *repo.Repo {
	return (&target{net: net, secret: testdrive.Secret()}).with(t).fresh(t)
}

func (x *target) with(t *testing.T) *target {
	x.state, x.dir = memstate.New(), t.TempDir()
	return x
}

// past describes all states of a drive, the newest first.
func past(t *testing.T, r *repo.Repo) []string {
	t.Helper()
	v, err := r.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	err = r.Past(t.Context(), v, func(log *history.Log) error {
		for _, c := range log.Commits {
			text, err := describe(t.Context(), r, c)
			if err != nil {
				return err
			}
			out = append(out, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// describe says everything of a state that does not follow from the key.
func describe(ctx context.Context, r *repo.Repo, c history.Commit) (string, error) {
	t, err := r.Tree(ctx, c.Root)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintln(c.Device, c.Name, c.Time, c.Generation, len(c.Parents), t.Aliases())
	for _, n := range nodesOf(t, tree.ID{}) {
		body := n.Content
		if n.Kind == tree.File {
			var b memory = make([]byte, n.Size)
			if err := r.WriteContent(ctx, n.Content, b, nil); err != nil {
				return "", err
			}
			body = memremote.ID(b)
		}
		n.Content = ""
		text += fmt.Sprintln(n, body)
	}
	return text, nil
}

func nodesOf(t *tree.Tree, folder tree.ID) (out []tree.Node) {
	for _, n := range t.Children(folder) {
		out = append(append(out, n), nodesOf(t, n.ID)...)
	}
	return out
}

type memory []byte

// WriteAt writes into memory of the right size.
func (m memory) WriteAt(p []byte, off int64) (int, error) { return copy(m[off:], p), nil }

// copyDrive copies all of a drive.
func copyDrive(t *testing.T, from, to *repo.Repo) (result move.Result, err error) {
	t.Helper()
	v, err := from.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = from.Past(t.Context(), v, func(log *history.Log) error {
		job := move.Job{From: from, To: to, View: v, Log: log}
		for _, c := range log.Commits {
			job.Keep = append(job.Keep, c.ID)
		}
		result, err = move.Copy(t.Context(), job)
		return err
	})
	return result, err
}
