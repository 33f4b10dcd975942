package engine_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// office is a disk of a system that moves no file which a program has open, and
// no folder with such a file in it.
type office struct {
	disk.OS
	open *atomic.Pointer[string]
	says error // besides that it is open; may be nil
}

func (o office) refuses(op string, names ...string) error {
	open := *o.open.Load()
	for _, name := range names {
		if open != "" && (name == open || strings.HasPrefix(open, name+string(os.PathSeparator))) {
			return &os.PathError{Op: op, Path: name, Err: errors.Join(disk.ErrHeld, o.says)}
		}
	}
	return nil
}

// Rename implements disk.FS.
func (o office) Rename(from, to string) error {
	if err := o.refuses("rename", from, to); err != nil {
		return err
	}
	return o.OS.Rename(from, to)
}

// RenameNew implements disk.FS.
func (o office) RenameNew(from, to string) error {
	if err := o.refuses("rename", from); err != nil {
		return err
	}
	return o.OS.RenameNew(from, to)
}

// Exchange implements disk.FS: such systems cannot.
func (o office) Exchange(string, string) (bool, error) { return false, nil }

// Remove implements disk.FS.
func (o office) Remove(name string) error {
	if err := o.refuses("remove", name); err != nil {
		return err
	}
	return o.OS.Remove(name)
}

// TestFilesThatAreOpenWait: what other devices did to a file waits until no
// program has it open any more, and keeps nothing else from coming.
func TestFilesThatAreOpenWait(t *testing.T) {
	for name, change := range map[string]func(*dev){
		"edited":        func(a *dev) { a.text("docs/report.docx", "second") },
		"moved":         func(a *dev) { a.move("docs/report.docx", "report.docx") },
		"folder moved":  func(a *dev) { a.move("docs", "papers") },
		"deleted":       func(a *dev) { a.remove("docs/report.docx") },
		"swapped":       func(a *dev) { a.move("docs/report.docx", "x"); a.move("docs/plan.docx", "docs/report.docx") },
		"a folder gone": func(a *dev) { a.remove("docs") },
	} {
		t.Run(name, func(t *testing.T) {
			_, a, b := pair(t)
			onDisk, none := office{open: new(atomic.Pointer[string])}, ""
			onDisk.open.Store(&none)
			b.cfg.Disk = onDisk
			b.restart()
			a.text("docs/report.docx", "first")
			a.text("docs/plan.docx", "plan")
			round(t, a, b)

			open := b.path("docs/report.docx")
			onDisk.open.Store(&open)
			change(a)
			a.text("new.txt", "new")
			a.sync()
			if sum := b.sync(); sum.Waiting == 0 {
				t.Errorf("nothing waits: %+v", sum)
			}
			if files := b.files(); files["docs/report.docx"] != "first" || files["new.txt"] != "new" {
				t.Errorf("beside the open file lie %v", keys(files))
			}
			onDisk.open.Store(&none)
			round(t, b, a)
			same(t, a, b)
		})
	}
}

// Such a system says of a folder with an open file only that it is not allowed,
// which may be so for ever: a person is told.
func TestWhatMayWaitForEverIsTold(t *testing.T) {
	_, a, b := pair(t)
	onDisk, none := office{open: new(atomic.Pointer[string]), says: fs.ErrPermission}, ""
	onDisk.open.Store(&none)
	var told []string
	b.cfg.Disk = onDisk
	b.cfg.Events = func(e engine.Event) {
		if p, ok := e.(engine.Problem); ok {
			told = append(told, p.Sentence)
		}
	}
	b.restart()
	a.text("docs/report.docx", "first")
	round(t, a, b)
	open := b.path("docs/report.docx")
	onDisk.open.Store(&open)
	a.move("docs", "papers")
	a.sync()
	if sum := b.sync(); sum.Waiting == 0 || len(told) != 1 || !strings.Contains(told[0], "cannot be replaced or moved") {
		t.Errorf("%+v, told %q", sum, told)
	}
	onDisk.open.Store(&none)
	round(t, b, a)
	same(t, a, b)
}
