package drive

import (
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestCrumbs(t *testing.T) {
	way := crumbs("Work/Portugal")
	if len(way) != 3 || way[0] != (crumb{"Drive", ""}) || way[1] != (crumb{"Work", "Work"}) || way[2] != (crumb{"Portugal", "Work/Portugal"}) {
		t.Errorf("%v", way)
	}
	if len(crumbs("")) != 1 || parent("Work/Portugal") != "Work" || parent("Work") != "" || parent("") != "" {
		t.Error("the top has no parent but itself")
	}
}

func TestRows(t *testing.T) {
	now := fake.Now
	for name, want := range map[string]widgets.FileView{
		"Travel 2026":         {Icon: "folder", Name: "Travel 2026", Mark: "check", MarkTone: widgets.Good, Changed: "Today, 14:02", Size: "48 items"},
		"Lisbon harbour.mp4":  {Icon: "film", Name: "Lisbon harbour.mp4", Second: "Video", StatusText: "Uploading 64 %", Changed: "Today, 14:05", Size: "1.8 GB"},
		"Interview cut 3.mov": {Icon: "film", Name: "Interview cut 3.mov", Second: "Only online", Mark: "cloud", Changed: "3 Nov", Size: "6.2 GB"},
		"Budget.xlsx":         {Icon: "file", Name: "Budget.xlsx", Second: "Changed on two devices", Mark: "warning", MarkTone: widgets.Warn, Changed: "Yesterday", Size: "212 KB"},
		"Contract draft.pdf":  {Icon: "file", Name: "Contract draft.pdf", Second: "Shared", Mark: "check", MarkTone: widgets.Good, Changed: "Monday", Size: "1.1 MB"},
		"Notes.md":            {Icon: "file", Name: "Notes.md", Second: "Waiting to upload", Mark: "clock", Changed: "Monday", Size: "4 KB"},
		"Map scan.png":        {Icon: "image", Name: "Map scan.png", Mark: "check", MarkTone: widgets.Good, Changed: "28 Oct", Size: "22 MB"},
	} {
		found := false
		for _, e := range fake.Portugal() {
			if e.Name == name {
				found = true
				if got := row(e, now); got != want {
					t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
				}
			}
		}
		if !found {
			t.Errorf("%s is gone from the sample", name)
		}
	}
	if got := row(app.Entry{Name: "a.flac", Video: true, Status: app.Downloading, Percent: 3}, now); got.StatusText != "Downloading 3 %" || got.Icon != "music" || got.Second != "Music" {
		t.Errorf("%+v", got)
	}
}

// Every status is told by a word, a mark is never alone.
func TestEveryMarkHasAWord(t *testing.T) {
	for _, s := range []app.EntryStatus{app.Waiting, app.Uploading, app.Downloading, app.OnlyOnline, app.Conflict, app.Ignored, app.Busy} {
		v := row(app.Entry{Name: "x", Status: s}, fake.Now)
		if v.Second == "" && v.StatusText == "" {
			t.Errorf("%s has no word", s)
		}
	}
}

func TestFacts(t *testing.T) {
	for status, want := range map[app.EntryStatus][2]string{
		app.Synced: {"Yes", "Yes"}, app.Waiting: {"Yes", "Not yet"}, app.Uploading: {"Yes", "Not yet"},
		app.OnlyOnline: {"No", "Yes"}, app.Downloading: {"No", "Yes"}, app.Conflict: {"Yes", "Both versions"},
	} {
		f := facts(app.Entry{Status: status, Shared: true}, fake.Now)
		if f[0].value != want[0] || f[1].value != want[1] || f[2].value != "You and who has the link" {
			t.Errorf("%s: %v", status, f)
		}
	}
	if f := facts(app.Entry{}, fake.Now); f[2].value != "Only you can read it" {
		t.Errorf("%v", f)
	}
}

func TestMainAction(t *testing.T) {
	for _, c := range []struct {
		e     app.Entry
		word  string
		plays bool
	}{
		{app.Entry{Folder: true}, "Open", false}, {app.Entry{Name: "a.mp4", Video: true}, "Play", true}, {app.Entry{Name: "a.txt"}, "Open", false},
	} {
		if word, _, plays := mainAction(c.e); word != c.word || plays != c.plays {
			t.Errorf("%+v: %s %v", c.e, word, plays)
		}
	}
}

func TestFolderNames(t *testing.T) {
	there := []app.Entry{{Name: "Work"}}
	for name, good := range map[string]bool{
		"Holiday": true, "Été 2026": true, "": false, "  ": false, "a/b": false, "work": false, "x.": false,
		"a:b": false, "line\nbreak": false, strings.Repeat("x", 201): false, " Work ": false,
	} {
		if problem := folderProblem(name, app.ListingOf(there), ""); (problem == "") != good {
			t.Errorf("%q: %q", name, problem)
		}
	}
}

func TestWhatAChangeTouches(t *testing.T) {
	for _, c := range []struct {
		changed, shown string
		want           bool
	}{
		{"", "Work", true},
		{"Work", "Work", true},
		{"Work/Portugal", "Work", true},
		{"Work", "", true},
		{"Music", "Work", false},
		{"Work", "Work/Portugal", false},
	} {
		if touches(c.changed, c.shown) != c.want {
			t.Errorf("%+v", c)
		}
	}
}

func TestShareChoices(t *testing.T) {
	if len(endingWords()) != len(endings) {
		t.Fatal("words and endings differ")
	}
	if o := shareOptions(true, 0); !o.Public || o.Duration != 24*time.Hour {
		t.Errorf("%+v", o)
	}
	if o := shareOptions(false, 3); o.Public || o.Duration != 180*day {
		t.Errorf("%+v", o)
	}
	for _, practice := range []bool{true, false} {
		if !strings.Contains(receiverPays(practice), "needs this app and pays the traffic") {
			t.Error("the receiver's side is not told")
		}
	}
	film, text, folder := app.Entry{Name: "a.mp4", Video: true}, app.Entry{Name: "a.txt"}, app.Entry{Folder: true}
	said := map[string]bool{readers(film, true): true, readers(text, true): true, readers(text, false): true, readers(folder, false): true}
	if len(said) != 4 || readers(film, false) != readers(text, false) {
		t.Error("private and public, file, film and folder must read differently")
	}
	cost := app.ShareCost{Files: 3, Bytes: 3_000_000, Noz: "15000000", Have: "9000000000"}
	if got := takes(cost); got != "A copy of 3 files (3 MB) is stored for it. That takes up to 0.015 ozone of yours." {
		t.Error(got)
	}
	cost.Parts = true
	waiting := takes(cost)
	cost.Have = "5"
	if short := takes(cost); !strings.Contains(waiting, "not saved yet") || !strings.Contains(short, "buy more") {
		t.Error(waiting, short)
	}
	if say.Begin("about 2 hours") != "About 2 hours" || say.Begin("") != "" || lowerFirst("Video") != "video" || lowerFirst("") != "" {
		t.Error("first letters")
	}
}

// TestASmallCostFitsItsRoom: a note costs some billionths of an ozone.
func TestASmallCostFitsItsRoom(t *testing.T) {
	for noz, want := range map[int64]string{16: "at most 0.0001 ozone", 250_000_000: "at most 0.25 ozone"} {
		list := moreFacts(app.Entry{}, app.FileFacts{Versions: 1, Noz: noz}, time.Now())
		if got := list[2]; got.value != want {
			t.Errorf("%d noz: %q, want %q", noz, got.value, want)
		}
	}
}
