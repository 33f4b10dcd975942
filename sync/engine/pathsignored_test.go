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
