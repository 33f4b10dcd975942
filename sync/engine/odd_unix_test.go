//go:build unix

package engine_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

func TestOddFilesAreLeftAlone(t *testing.T) {
	_, a, b := pair(t)
	a.sync()
	if err := syscall.Mkfifo(a.path("pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	a.text("~$report.docx", "lock")
	a.text("bad\xffname", "x")
	a.text("report.docx", "text")
	if err := os.Symlink("/etc", a.path("out")); err != nil {
		t.Fatal(err)
	}
	var told []string
	a.cfg.Events = func(e engine.Event) {
		if p, ok := e.(engine.Problem); ok {
			told = append(told, p.Path)
		}
	}
	a.restart()
	round(t, a, b)
	got := b.files()
	if len(got) != 3 || got["report.docx"] != "text" || got["out"] != "-> /etc" || got["bad\xffname"] != "x" {
		t.Fatal(keys(got))
	}
	if len(told) != 1 {
		t.Errorf("told about %q", told)
	}
}
