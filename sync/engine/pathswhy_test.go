package engine_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/names"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// kinds returns what kinds of facts are told of a path.
func (d *dev) kinds(name string) string {
	d.t.Helper()
	r, err := d.e.Why(d.t.Context(), d.root, name)
	if err != nil {
		return "error"
	}
	var out []string
	for _, f := range r.Facts {
		if f.Sentence == "" || !strings.HasSuffix(f.Sentence, ".") && f.Kind != "ignored" {
			d.t.Errorf("%s: no sentence: %+v", name, f)
		}
		out = append(out, f.Kind)
	}
	return strings.Join(out, " ")
}

func TestWhy(t *testing.T) {
	net := memremote.New(1)
	a, stick := newDev(t, net, "laptop"), on(t, net, "stick", names.NTFS())
	a.text(".stosignore", "# mine\n*.log\n/out/\n")
	a.text("same", "1")
	a.text("edited", "1")
	a.text("c:d", "1")
	a.text("plan (conflict, desk, 2026-01-02).txt", "1")
	a.text("online", "1")
	round(t, a, stick)
	a.text("a.log", "x")
	a.text("out/deep/x", "x")
	a.text("x.swp", "x")
	a.text("fresh", "x")
	a.text("edited", "12")
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"fresh", "edited"} {
		if err := os.Chtimes(a.path(name), old, old.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc", a.path("link")); err != nil {
		t.Fatal(err)
	}
	a.remove("online")
	for name, want := range map[string]string{
		".stratosdrive/drive": "private", "a.log": "ignored", "out/deep/x": "ignored", "x.swp": "ignored", "fresh": "new",
		"same": "synced version", "edited": "newer_online version", "link": "link new", "link/passwd": "behind_link",
		"plan (conflict, desk, 2026-01-02).txt": "conflict synced version", "online": "online_only version", "nothing": "error",
	} {
		if got := a.kinds(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := stick.kinds("c:d"); got != "safe_name synced version" || stick.kinds(stick.one("c_d ~*")) != got {
		t.Error("a name that is another one here:", got)
	}
	r, err := a.e.Why(t.Context(), a.root, "out/deep/x")
	if err != nil || r.Facts[0].File != ".stosignore" || r.Facts[0].Line != 3 || r.Facts[0].Rule != "/out/" || !strings.Contains(r.Facts[0].Sentence, `The folder "out"`) {
		t.Errorf("%+v %v", r, err)
	}
}
