package engine_test

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

func TestIgnoredFilesStayWhereTheyAre(t *testing.T) {
	_, a, b := pair(t)
	a.text("app.log", "1")
	a.text("build/out", "2")
	a.text("main.go", "3")
	round(t, a, b)
	a.text(".stosignore", "*.log\nbuild/\n")
	a.text("app.log", "changed")
	a.text("new.log", "never sent")
	a.remove("build")
	round(t, a, b)
	want := map[string]string{"app.log": "1", "build/out": "2", "main.go": "3", ".stosignore": "*.log\nbuild/\n", "build/": ""}
	for name, body := range want {
		if got := b.files()[name]; got != body {
			t.Errorf("%s: %q, want %q", name, got, body)
		}
	}
	if _, there := b.files()["new.log"]; there {
		t.Error("a file that is left out was sent")
	}
	b.text("app.log", "changed there")
	b.remove("build/out")
	round(t, b, a)
	if got := a.files(); got["app.log"] != "changed" || got["build/"] != "" {
		t.Error("what is left out came in:", got)
	}
	for _, name := range []string{"app.log", "build/out"} {
		if it, err := a.e.Stat(t.Context(), name); err != nil || it.Status != engine.OnlineOnly {
			t.Errorf("%s is gone from the drive: %v %v", name, it, err)
		}
	}
	// Rules that are taken back count at once, and nothing is lost.
	a.text(".stosignore", "")
	round(t, a, b)
	round(t, b, a)
	bodies := map[string]bool{}
	for _, body := range a.files() {
		bodies[body] = true
	}
	for _, want := range []string{"changed", "changed there", "never sent"} {
		if !bodies[want] {
			t.Errorf("%q is lost: %q", want, a.files())
		}
	}
	same(t, a, b)
}

func TestFolderWithIgnoredFilesStays(t *testing.T) {
	_, a, b := pair(t)
	a.text(".stosignore", "cache/\n")
	a.text("project/deep/main.go", "1")
	round(t, a, b)
	b.text("project/deep/cache/big", "mine")
	b.sync()
	a.remove("project")
	round(t, a)
	for range 2 {
		if sum := b.sync(); sum.Waiting > 0 {
			t.Errorf("%d files wait for what will never happen", sum.Waiting)
		}
	}
	if got := b.files(); got["project/deep/cache/big"] != "mine" || got["project/deep/main.go"] != "" {
		t.Error(got)
	}
	round(t, a, b)
	if got := a.files(); got["project/"] != "" || len(got) != 1 {
		t.Error("a deleted folder came back:", got)
	}
}

func TestMovedIntoAnIgnoredFolder(t *testing.T) {
	_, a, b := pair(t)
	a.text("x", "1")
	a.text("other", "2")
	round(t, a, b)
	a.text("new/other", "3")
	a.move("x", "new/x")
	a.sync()
	b.text(".stosignore", "new/\n")
	b.sync() // it learns of the rule and of the folder at once
	for range 2 {
		if sum := b.sync(); sum.Waiting > 0 {
			t.Errorf("%d wait", sum.Waiting)
		}
	}
	if got := b.files(); got["x"] != "" || got["new/x"] != "1" {
		t.Error(got)
	}
	if it, err := b.e.Stat(t.Context(), "new/x"); err != nil || it.Size != 1 {
		t.Error(it, err)
	}
}

// Rules that go or come with a sync count for that sync already.
func TestRulesThatASyncBrings(t *testing.T) {
	_, a, b := pair(t)
	a.text(".stosignore", "*.log\n")
	a.text("x", "1")
	round(t, a, b)
	b.text("mine.log", "only here")
	b.sync()
	a.remove(".stosignore")
	a.sync()
	if sum := b.sync(); sum.Uploaded != 1 || sum.Waiting > 0 {
		t.Errorf("what is not left out any more was not sent: %+v", sum)
	}
	a.sync()
	same(t, a, b)
	a.text("quiet/.stosignore", "*.tmp2\n")
	a.text("quiet/y", "2")
	round(t, a, b)
	b.text("quiet/z.tmp2", "3")
	b.sync()
	a.text("quiet/.stosignore", "# nothing\n")
	a.sync()
	if sum := b.sync(); sum.Uploaded != 1 {
		t.Errorf("rules that were changed count later only: %+v", sum)
	}
}

// A file that was left out for a while and is changed on one side only has no
// conflict when the rule is taken back.
func TestBackFromBeingLeftOut(t *testing.T) {
	for name, c := range map[string]struct {
		here, there string // what becomes of the file meanwhile
		want        string
	}{
		"changed there": {"old", "new there", "new there"},
		"changed here":  {"new here", "old", "new here"},
		"not changed":   {"old", "old", "old"},
	} {
		t.Run(name, func(t *testing.T) {
			_, a, b := pair(t)
			a.text("app.log", "old")
			round(t, a, b)
			a.text(".stosignore", "*.log\n")
			a.sync()
			a.restart()
			if c.here != "old" {
				a.text("app.log", c.here)
			}
			if c.there != "old" {
				b.text("app.log", c.there)
			}
			b.sync()
			a.sync()
			a.remove(".stosignore")
			round(t, a, b)
			if got := a.files(); len(got) != 1 || got["app.log"] != c.want {
				t.Errorf("%q", got)
			}
			same(t, a, b)
		})
	}
}

// What was left out here and deleted elsewhere stays here, and comes back with
// the rule's end.
func TestLeftOutAndDeletedElsewhere(t *testing.T) {
	_, a, b := pair(t)
	a.text("app.log", "old")
	round(t, a, b)
	a.text(".stosignore", "*.log\n")
	a.sync()
	b.remove("app.log")
	b.remove(".stosignore")
	b.sync()
	a.sync()
	a.remove(".stosignore")
	round(t, a, b)
	if got := a.files(); got["app.log"] != "old" {
		t.Errorf("%q", got)
	}
	same(t, a, b)
}
