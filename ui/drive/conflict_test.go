package drive

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Both sides of a conflict say which they are, and each button keeps its own.
func TestSidesOfAConflict(t *testing.T) {
	for word, asked := range map[string]string{"Keep this": "keep this of Budget.xlsx", "Keep that": "keep that of Budget.xlsx", "Keep both": "keep both of Budget.xlsx"} {
		p, backend, told := opened(t)
		p.showConflict(p.shown.at(2))
		d := dialogOf(t, p)
		for _, text := range []string{"The file itself", "From Desk", "212 KB", "214 KB", "Budget (conflict, Desk, 2026-11-21).xlsx"} {
			if !says(d, text) {
				t.Errorf("nobody says %q", text)
			}
		}
		tap(t, d, word)
		if d.Open() || !backend.Asked(asked) || len(told.Offers) != 1 {
			t.Errorf("%s: %q, %d offers", word, backend.Calls, len(told.Offers))
		}
		told.Offers[0]()
		if !backend.Asked("take back 0 removed, 1 moved") {
			t.Errorf("%s cannot be taken back", word)
		}
	}
}

// One side may be gone; and a side can be opened to see it.
func TestAConflictWithOneSide(t *testing.T) {
	p, backend, told := opened(t)
	backend.Entries["Work/Portugal"] = nil // the file itself was deleted meanwhile
	p.showConflict(p.shown.at(2))
	d := dialogOf(t, p)
	if says(d, "The file itself") || !says(d, "From Desk") || len(d.Sheet().Buttons) != 1 {
		t.Error("a side that is gone is shown")
	}
	tap(t, d, "Open")
	if d.Open() || len(told.Opened) != 1 || !strings.HasSuffix(told.Opened[0], "Budget (conflict, Desk, 2026-11-21).xlsx") {
		t.Errorf("opened %q", told.Opened)
	}
	p.showConflict(app.Entry{Name: "Budget.xlsx", Path: in + "Budget.xlsx"})
	d = dialogOf(t, p)
	tap(t, d, "Decide later")
	if d.Open() || len(told.Offers) > 0 {
		t.Error("deciding later decides")
	}
}

// pictures is a drive in which both sides of a conflict have a picture.
type pictures struct{ *fake.Backend }

func (pictures) ConflictSides(_ context.Context, p string) (app.ConflictSides, error) {
	this := app.Entry{Name: "Roof.jpg", Path: p, Size: 8_400_000, Changed: fake.Now}
	that := app.Entry{Name: "Roof (conflict, Desk, 2026-11-21).jpg", Path: p + " 2", Size: 8_100_000, Changed: fake.Now.Add(-time.Hour)}
	return app.ConflictSides{Name: "Roof.jpg", Device: "Desk", This: this, That: that}, nil
}

func TestConflictsOfPictures(t *testing.T) {
	for name, err := range map[string]error{"pictures": nil, "icons where there are none": fake.ErrOffline} {
		host, _ := stage.Host(t, 720, 620)
		backend := fake.Full()
		p := New(host, pictures{backend}, "Work/Portugal", true)
		stage.Put(host, p)
		backend.Err = err
		p.showConflict(p.shown.at(6))
		d := dialogOf(t, p)
		if !backend.Asked("thumbnail "+p.shown.at(6).Path) || !backend.Asked("thumbnail "+p.shown.at(6).Path+" 2") {
			t.Errorf("%s: %q", name, backend.Calls)
		}
		if !says(d, "8.4 MB") || !says(d, "8.1 MB") || !d.Open() {
			t.Errorf("%s: the sides are not told apart", name)
		}
	}
}
