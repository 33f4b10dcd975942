package drive

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

var sharedFolder = app.Entry{Name: "Invoices", Path: "Work/Portugal/Invoices", Folder: true, Items: 131}

func TestFolderSharePicture(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, backend, _ := opened(t)
		backend.Cost = app.ShareCost{Folder: true, Files: 131, Bytes: 96_000_000, Noz: "480000000", Have: "30000000000"}
		ShowShare(p.host, p.tasks, backend, sharedFolder, false)
		shots.Match(t, "share-folder-"+mode, p.host.Window)
	})
}

// Folders are private, so nothing is asked but how long the link works.
func TestSharingAFolder(t *testing.T) {
	p, backend, _ := opened(t)
	ShowShare(p.host, p.tasks, backend, sharedFolder, false)
	d := dialogOf(t, p)
	if segmentsOf(d.Sheet().Body, 1) != nil {
		t.Error("a folder is offered in public")
	}
	segmentsOf(d.Sheet().Body, 0).Choose(0)
	d.Submit("")
	if !backend.Asked("share Work/Portugal/Invoices public false 24h0m0s") || dialogOf(t, p).Sheet().Title != "Link to Invoices" {
		t.Error(backend.Calls)
	}
}

// What sharing takes need not be known, and what goes wrong is said in place.
func TestSharingThatFails(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Err = fake.ErrOffline
	ShowShare(p.host, p.tasks, backend, sharedFolder, true)
	d := dialogOf(t, p)
	d.Submit("")
	if again := d.Sheet().Buttons[1]; again.Text() != "Try again" || again.Disabled() || !d.Open() {
		t.Error(again.Text())
	}
	backend.Err = nil
	d.Submit("")
	if dialogOf(t, p).Sheet().Title != "Link to Invoices" {
		t.Error("it is not tried again")
	}
}
