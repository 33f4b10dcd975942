package repo_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

var secret = bytes.Repeat([]byte{3}, 32)

func device(t testing.TB, net repo.Remote, dir, name string) *repo.Repo {
	t.Helper()
	return deviceAt(t, net, dir, name, nil)
}

func deviceAt(t testing.TB, net repo.Remote, dir, name string, now func() time.Time) *repo.Repo {
	t.Helper()
	db, err := state.Open(t.Context(), filepath.Join(dir, "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := repo.Open(t.Context(), repo.Config{
		Secret: secret, Remote: net, State: db, Device: name, Now: now,
		SpoolDir: filepath.Join(dir, "spool"), CacheDir: filepath.Join(dir, "cache"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); db.Close() })
	return r
}

func noise(seed int64, n int) []byte {
	p := make([]byte, n)
	rand.New(rand.NewSource(seed)).Read(p)
	return p
}

func commit(t testing.TB, r *repo.Repo, files map[string][]byte) (err error) {
	t.Helper()
	in, err := r.NewIngest(t.Context(), nil)
	if err != nil {
		return err
	}
	defer in.Close()
	tr := tree.New()
	for name, body := range files {
		content, err := in.Add(t.Context(), name, bytes.NewReader(body), int64(len(body)))
		if err != nil {
			return err
		}
		n := tree.Node{Name: name, Kind: tree.File, Mode: 0o644, MTime: 5, Size: int64(len(body)), Content: content}
		copy(n.ID[:], name)
		if err := tr.Add(n); err != nil {
			return err
		}
	}
	v, err := r.View(t.Context())
	if err != nil {
		return err
	}
	_, err = in.Commit(t.Context(), repo.Change{Tree: tr, Parents: v.Tips, Time: time.Unix(100, 0), View: v})
	return err
}

func check(t testing.TB, r *repo.Repo, files map[string][]byte) {
	t.Helper()
	if _, err := r.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	v, err := r.View(t.Context())
	if err != nil || len(v.Tips) != 1 {
		t.Fatal(v.Tips, err)
	}
	c, err := r.Commit(t.Context(), v.Tips[0])
	if err != nil {
		t.Fatal(err)
	}
	tr, err := r.Tree(t.Context(), c.Root)
	if err != nil || tr.Len() != len(files) {
		t.Fatal(tr, err)
	}
	for name, body := range files {
		n, ok := tr.Find(name)
		if !ok {
			t.Fatal("missing", name)
		}
		f, err := r.OpenContent(t.Context(), n.Content)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size()))
		if err != nil || !bytes.Equal(got, body) {
			t.Fatal(name, "differs", len(got), len(body), err)
		}
		f.Close()
	}
}

func sample() map[string][]byte {
	files := map[string][]byte{
		"empty": nil, "note.txt": []byte("a note"), "big.bin": noise(1, 20<<20), "film.mp4": noise(2, 7<<20),
		"mid.bin": noise(3, 3<<20), "text.log": bytes.Repeat([]byte("line of a log\n"), 100_000),
	}
	for i := range 1200 {
		files[fmt.Sprintf("small%04d", i)] = noise(int64(10+i), 50+i)
	}
	return files
}

// followed is a network with a head that the head of another device follows:
// x was 1 and is 2 now. It returns the file of the first one.
func followed(t testing.TB) (net *memremote.Net, head string) {
	t.Helper()
	net = memremote.New(1)
	a, b := device(t, net, t.TempDir(), "a"), device(t, net, t.TempDir(), "b")
	if err := commit(t, a, map[string][]byte{"x": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	check(t, b, map[string][]byte{"x": []byte("1")})
	v, _ := b.View(t.Context())
	if err := commit(t, b, map[string][]byte{"x": []byte("2")}); err != nil {
		t.Fatal(err)
	}
	return net, v.Heads[0].File
}
