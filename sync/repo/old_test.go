package repo_test

import (
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// halfPublished is a device that was cut off before its first head was shared, with
// its clock.
func halfPublished(t *testing.T, method string, after bool) (*memremote.Net, string, *time.Time) {
	t.Helper()
	now := time.Now()
	net, dir := memremote.New(1), t.TempDir()
	a := deviceAt(t, net, dir, "a", func() time.Time { return now })
	if _, err := a.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	net.SetFault(func(c memremote.Call, done bool) error {
		if c.Method == method && done == after {
			return memremote.ErrLost
		}
		return nil
	})
	if err := commit(t, a, map[string][]byte{"x": []byte("old")}); err == nil {
		t.Fatal("a lost call is no error")
	}
	net.SetFault(nil)
	return net, dir, &now
}

// A head that was cut off on its way is published by the next sync, but not when
// that comes long after: others may have deleted what it relies on. The next head
// takes its place, under another counter, for somebody may have found it.
func TestOldHeadIsNotPublished(t *testing.T) {
	for name, cut := range map[string]struct {
		method string
		after  bool
	}{"before it was sent": {"Upload", false}, "before it was shared": {"Share", false}, "when it was shared": {"Share", true}} {
		t.Run(name, func(t *testing.T) {
			for _, slept := range []time.Duration{time.Minute, 2 * time.Hour, -2 * time.Hour} {
				net, dir, now := halfPublished(t, cut.method, cut.after)
				*now = now.Add(slept)
				a := deviceAt(t, net, dir, "a", func() time.Time { return *now })
				if err := a.Resume(t.Context()); err != nil {
					t.Fatal(err)
				}
				shares, err := net.Shares(t.Context())
				if want := slept == time.Minute || cut.after; err != nil || len(shares) > 0 != want {
					t.Fatalf("after %v there are %d shares: %v", slept, len(shares), err)
				}
				if slept == time.Minute {
					continue
				}
				if _, err := a.Pull(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := commit(t, a, map[string][]byte{"x": []byte("new")}); err != nil {
					t.Fatal(err)
				}
				b := device(t, net, t.TempDir(), "b")
				check(t, b, map[string][]byte{"x": []byte("new")})
				if v, err := b.View(t.Context()); err != nil || len(v.Heads) != 1 || v.Heads[0].Counter != 2 {
					t.Fatal(v.Heads, err)
				}
			}
		})
	}
}

// Others took a device for gone and deleted what its heads name, an index among
// it. What it publishes when it is back can be read by everybody.
func TestIndexThatIsGoneIsWrittenAnew(t *testing.T) {
	now := time.Now()
	net := memremote.New(1)
	a := deviceAt(t, net, t.TempDir(), "a", func() time.Time { return now })
	if _, err := a.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	big := noise(1, 400<<10)
	if err := commit(t, a, map[string][]byte{"big": big}); err != nil {
		t.Fatal(err)
	}
	v, err := a.View(t.Context())
	if err != nil || len(v.Heads) != 1 || len(v.Heads[0].Indexes) != 1 {
		t.Fatal(v.Heads, err)
	}
	if err := net.Delete(t.Context(), v.Heads[0].Indexes[0].File); err != nil {
		t.Fatal(err)
	}
	now = now.Add(20 * 24 * time.Hour)
	if _, err := a.Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"big": big, "note": []byte("back again")}
	if err := commit(t, a, files); err != nil {
		t.Fatal(err)
	}
	b := device(t, net, t.TempDir(), "b")
	check(t, b, files)
	if v, err = b.View(t.Context()); err != nil || v.Unreadable > 0 {
		t.Fatal(v.Unreadable, err)
	}
	tip, err := b.Commit(t.Context(), v.Tips[0])
	if err != nil || len(tip.Parents) != 1 {
		t.Fatal(tip, err)
	}
	if _, err := b.Commit(t.Context(), tip.Parents[0]); err != nil { // it lay in the same pack
		t.Fatal(err)
	}
}
