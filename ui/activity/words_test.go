package activity

import (
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestChangesInWords(t *testing.T) {
	want := [][]string{
		{"edit", "Contract draft.pdf changed", "Work / Portugal", "This computer", "14:40"},
		{"plus", "212 files added", "Work / Portugal", "Desk", "09:05"},
		{"swap", "4 files moved, 2 files deleted", "Drive", "This computer", "18:30"},
		{"plus", "18,204 files added", "Drive", "This computer", "10:00"},
	}
	for i, c := range fake.Happened() {
		r := row(c, fake.Device, fake.Now)
		got := []string{r.Icon, r.Name, r.Second, r.Cells[0].Text, r.Cells[1].Text}
		if strings.Join(got, "|") != strings.Join(want[i], "|") {
			t.Errorf("%d: %q", i, got)
		}
	}
	for _, c := range []struct {
		item app.Touched
		want string
	}{
		{app.Touched{Action: "moved", Path: "a/new.txt", From: "a/old.txt"}, "old.txt → new.txt"},
		{app.Touched{Action: "moved", Path: "b/x.txt", From: "a/x.txt"}, "x.txt moved"},
		{app.Touched{Action: "deleted", Path: "b/x.txt"}, "x.txt deleted"},
		{app.Touched{Action: "added", Path: "b", Folder: true}, "b added"},
	} {
		if got := headline(app.DriveChange{Items: []app.Touched{c.item}}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	folders := app.DriveChange{Items: []app.Touched{{Path: "a"}, {Path: "b"}}}
	if name, _ := icon(folders); headline(folders) != "Folders changed" || name != "folder" {
		t.Error(headline(folders), name)
	}
	if name, tone := icon(app.DriveChange{Deleted: 1}); name != "trash" || tone != widgets.Bad {
		t.Error(name, tone)
	}
}

func TestDetails(t *testing.T) {
	for want, item := range map[string]app.Touched{
		"+  a/b/":           {Action: "added", Path: "a/b", Folder: true},
		"−  a":              {Action: "deleted", Path: "a"},
		"→  a  →  b/a":      {Action: "moved", Path: "b/a", From: "a"},
		"•  deep/notes.txt": {Action: "changed", Path: "deep/notes.txt"},
	} {
		if got := touched(item); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFlow(t *testing.T) {
	if got := flow(busy().Now); got != "3 of 12 files, 6.1 MB/s, about 4 min left" {
		t.Error(got)
	}
	for phase, want := range map[app.SyncPhase]string{
		app.PhaseUpToDate: "Nothing is moving", app.PhaseSyncing: "Looking", app.PhasePaused: "Paused", app.PhaseOffline: "Offline",
		app.PhaseOutOfOzone: "Out of ozone", app.PhaseOutOfDisk: "The disk is full", app.PhaseStopped: "Stopped",
	} {
		if got := flow(app.Status{Phase: phase}); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", phase, got)
		}
	}
	up, down := moving(busy().Told.Moving[0]), moving(busy().Told.Moving[1])
	if up.Second != "Uploading, Films" || up.Cells[0].Text != "23 %" || down.Second != "Downloading" || down.Cells[0].Text != "0 %" {
		t.Errorf("%+v, %+v", up, down)
	}
	for stage, want := range map[string][3]string{
		app.StageConvert: {"film", "Converting, Films", ""}, app.StageUpload: {"globe", "Publishing, Films", "4 MB"},
	} {
		r := moving(app.Transfer{Path: "Films/sea.mkv", Up: true, Done: 1_000_000, Size: 4_000_000, Stage: stage})
		if got := [3]string{r.Icon, r.Second, r.Cells[1].Text}; got != want || r.Cells[0].Text != "25 %" {
			t.Errorf("%s: %+v", stage, r)
		}
	}
	if got := percent(1, 0); got != "" {
		t.Error(got)
	}
}

func TestConcerns(t *testing.T) {
	b := troubled()
	r := b.Told
	r.Status = b.Now
	list := concerns(r)
	if len(list) != 3 || list[0].remedy != goOn || list[1].remedy != refetch || list[2].remedy != showFile || list[2].path != "Work/con.txt" {
		t.Fatalf("%+v", list)
	}
	if want := "9,000 files of 18,204 would be deleted."; !strings.HasPrefix(list[0].text, want) {
		t.Error(list[0].text)
	}
	for danger, want := range map[string]string{"scrambled": "unreadable at once", "changed": "changed at once", "vanished": "empty or gone", "missing": "empty or gone"} {
		if got := braked(app.Stopped{Danger: danger, Count: 60, Total: 100}); !strings.Contains(got, want) {
			t.Errorf("%s: %q", danger, got)
		}
	}
	r = app.Report{Status: app.Status{Phase: app.PhaseOutOfOzone}}
	if list := concerns(r); len(list) != 1 || list[0].remedy != buyOzone || list[0].remedy.label() != "Buy ozone" {
		t.Errorf("%+v", list)
	}
	r.Phase, r.Damaged = app.PhasePaused, strings.Split("a b c d e f g h", " ")
	if list := concerns(r); len(list) != mostConcerns || list[0].remedy.label() != "Resume" || list[1].remedy.label() != "Bring back the saved copy" {
		t.Errorf("%d: %+v", len(list), list)
	}
}

// What is ahead is said in time, but for ozone only while there is some.
func TestWhatIsAhead(t *testing.T) {
	r := app.Report{OzoneLow: true, OzoneLasts: 75 * time.Hour, ClockBehind: 12 * time.Minute}
	list := concerns(r)
	if len(list) != 2 || list[0].remedy != askAgain || list[0].remedy.label() != "Check again" || list[1].remedy != buyOzone {
		t.Fatalf("%+v", list)
	}
	if !strings.Contains(list[0].text, "12 minutes behind") || !strings.Contains(list[1].text, "lasts about 3 days") {
		t.Errorf("%q, %q", list[0].text, list[1].text)
	}
	r = app.Report{Status: app.Status{Phase: app.PhaseOutOfOzone}, OzoneLow: true, ClockBehind: -2 * time.Hour}
	if list = concerns(r); len(list) != 2 || list[0].remedy != buyOzone || !strings.Contains(list[1].text, "2 hours ahead") {
		t.Errorf("%+v", list)
	}
}

func TestUndoInWords(t *testing.T) {
	for _, c := range []struct {
		effect app.DriveEffect
		want   string
	}{
		{app.DriveEffect{Back: 1}, "Back: 1 file. What"},
		{app.DriveEffect{Changed: 3, Moved: 2}, "With their earlier content: 3 files. Back at their earlier place: 2 files. What"},
		{app.DriveEffect{Gone: 5}, "Deleted: 5 files. What"},
		{app.DriveEffect{}, "Everything in it was changed again"},
	} {
		if got := undone(c.effect); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
