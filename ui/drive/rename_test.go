package drive

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPlacePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := opened(t)
		v := p.showVersions(p.shown.at(3))
		v.table.Select(1)
		shots.Match(t, "versions-"+mode, p.host.Window)
		v.dialog.Close()
		p.list.Pick(3)
		p.key(key(fyne.KeyF2))
		shots.Match(t, "rename-"+mode, p.host.Window)
	})
}

func TestRenaming(t *testing.T) {
	p, backend, told := opened(t)
	e := p.shown.at(3)
	p.askName(e)
	d := dialogOf(t, p)
	name := d.Sheet().Focus.(*widgets.Field)
	rename := d.Sheet().Buttons[1]
	if !rename.Disabled() {
		t.Error("the same name is no new one")
	}
	for text, allowed := range map[string]bool{"": false, "a/b": false, "Notes.md": false, "contract draft.pdf": true, "Contract.pdf": true} {
		name.SetText(text)
		if rename.Disabled() == allowed {
			t.Errorf("%q: allowed is %v", text, !rename.Disabled())
		}
	}
	name.SetText(" Contract.pdf ")
	d.Submit("")
	if !backend.Asked("move Work/Portugal/Contract draft.pdf to Work/Portugal/Contract.pdf") || d.Open() {
		t.Errorf("%v", backend.Calls)
	}
	backend.Err = fake.ErrOffline
	p.do(func(ctx context.Context) error { return p.backend.Move(ctx, "a", "b") })
	if len(told.Said) == 0 {
		t.Error("a failure is not told")
	}
}

func TestKeepingHere(t *testing.T) {
	p, backend, told := opened(t)
	p.keep(p.shown.all()[4:5], true)
	p.keep(p.shown.all()[3:4], false)
	if !backend.Asked("keep Work/Portugal/Interview cut 3.mov") || !backend.Asked("free Work/Portugal/Contract draft.pdf") || len(told.Said) != 2 {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
	for i, want := range map[int]string{4: "Play, Open with another program, Share, Publish as a video, Rename, Move to…, Versions, Keep on this computer, , Delete", 0: "Open, Share, Rename, Move to…, Free up space, , Delete"} {
		var words []string
		for _, item := range p.items(p.shown.all()[i : i+1]) {
			words = append(words, item.Label)
		}
		if got := strings.Join(words, ", "); got != want {
			t.Errorf("%s: %s", p.shown.at(i).Name, got)
		}
	}
	p.list.Pick(3)
	p.menu(fyne.NewPos(10, 10))
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}

func TestBringingVersionsBack(t *testing.T) {
	p, backend, told := opened(t)
	v := p.showVersions(p.shown.at(3))
	if !v.restore.Disabled() || !v.beside.Disabled() {
		t.Error("nothing is chosen")
	}
	v.table.Select(0)
	if !v.restore.Disabled() {
		t.Error("the present version can be brought back")
	}
	v.table.Select(1)
	test.Tap(v.restore)
	p.showVersions(p.shown.at(3)).bringBack(true) // nothing is chosen
	v = p.showVersions(p.shown.at(3))
	v.table.Select(2)
	test.Tap(v.beside)
	const name = "restore Work/Portugal/Contract draft.pdf "
	if !backend.Asked(name+"v2 copy false") || !backend.Asked(name+"v1 copy true") || len(told.Said) != 2 {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
	backend.Err = fake.ErrOffline
	if v = p.showVersions(p.shown.at(3)); len(v.list) != 0 || !v.restore.Disabled() {
		t.Error("versions without an answer")
	}
	backend.Err, backend.Entries = nil, nil
	if v = p.showVersions(app.Entry{Name: "x", Path: "x"}); len(v.list) != 0 {
		t.Errorf("%d versions", len(v.list))
	}
}
