package activity

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

func TestPaceOfEachFile(t *testing.T) {
	film, note := app.Transfer{Path: "film", Size: 1000}, app.Transfer{Path: "note", Size: 100, Done: 50}
	for name, c := range map[string]struct {
		done   []int64 // of the film, a second apart
		second float64
		left   time.Duration
	}{
		"seen once":    {done: []int64{100}},
		"steady":       {done: []int64{100, 200, 300}, second: 100, left: 7 * time.Second},
		"standing":     {done: []int64{100, 100}},
		"it got slow":  {done: []int64{0, 100, 100}, second: 70, left: 900 * time.Second / 70},
		"begun again":  {done: []int64{500, 20}},
		"again, later": {done: []int64{500, 20, 60}, second: 40, left: 23500 * time.Millisecond},
	} {
		p, now := paces{}, fake.Now
		for _, done := range c.done {
			film.Done, now = done, now.Add(time.Second)
			p.look([]app.Transfer{film, note}, now)
		}
		second, left := p.of(film)
		if second != c.second || left.Round(time.Millisecond) != c.left.Round(time.Millisecond) {
			t.Errorf("%s: %v a second, %v left; want %v, %v", name, second, left, c.second, c.left)
		}
		if p.look([]app.Transfer{note}, now); len(p) != 1 {
			t.Errorf("%s: files that arrived are remembered", name)
		}
	}
}

// Events come quicker than speed can be told.
func TestPaceWaitsForAMoment(t *testing.T) {
	p, film := paces{}, app.Transfer{Path: "film", Size: 1000}
	for i := range 100 {
		film.Done = int64(i)
		p.look([]app.Transfer{film}, fake.Now.Add(time.Duration(i)*time.Millisecond))
	}
	if second, _ := p.of(film); second != 0 {
		t.Errorf("%v a second after a tenth of it", second)
	}
	film.Stage = app.StageConvert
	p["film"] = pace{second: 40}
	if second, left := p.of(film); second != 0 || left != 0 {
		t.Error("the steps of a conversion are no bytes")
	}
}

func TestFilesOnTheirWayInWords(t *testing.T) {
	up := app.Transfer{Path: "Films/a.mp4", Up: true, Done: 400_000_000, Size: 1_000_000_000}
	down, video := up, up
	down.Up, video.Stage = false, app.StageUpload
	p := paces{"Films/a.mp4": {second: 5_000_000}}
	for _, c := range []struct {
		file   flowing
		paces  paces
		second string
		cells  int
	}{
		{flowing{up, false}, nil, "Uploading, Films", 2},
		{flowing{up, false}, p, "Uploading, 5 MB/s, about 2 min left", 2},
		{flowing{down, false}, p, "Downloading, 5 MB/s, about 2 min left", 2},
		{flowing{video, false}, p, "Publishing, 5 MB/s, about 2 min left", 2},
		{flowing{up, true}, p, "Paused by you. It waits until you let it go on.", 0},
	} {
		if r := flowingRow(c.file, c.paces); r.Name != "a.mp4" || r.Second != c.second || len(r.Cells) != c.cells {
			t.Errorf("%+v, want %q", r, c.second)
		}
	}
}

func TestWhatHasRoom(t *testing.T) {
	r := app.Report{Held: []string{"z"}}
	for range 9 {
		r.Moving = append(r.Moving, app.Transfer{Path: "a"})
	}
	if list := flowingNow(r); len(list) != shown || list[0].Path != "z" || !list[0].held || list[1].held {
		t.Errorf("%+v", list)
	}
	for _, c := range []struct {
		file         flowing
		hold, cancel bool
	}{
		{flowing{app.Transfer{Up: true}, false}, true, false},
		{flowing{app.Transfer{}, false}, true, true},
		{flowing{app.Transfer{}, true}, true, false},
		{flowing{app.Transfer{Up: true, Stage: app.StageUpload}, false}, false, false},
	} {
		if c.file.canHold() != c.hold || c.file.canCancel() != c.cancel {
			t.Errorf("%+v: hold %v, cancel %v", c.file, c.file.canHold(), c.file.canCancel())
		}
	}
}

func TestOneFileIsPausedAndGoesOn(t *testing.T) {
	backend := busy()
	p, told := opened(t, backend)
	f := p.files
	if !f.hold.Disabled() || !f.cancel.Disabled() {
		t.Error("nothing is chosen")
	}
	f.holdOrGo()
	f.leaveOnline()
	f.table.Select(0)
	if f.hold.Disabled() || !f.cancel.Disabled() {
		t.Error("an upload can be paused, and lies here already")
	}
	test.Tap(f.hold)
	if !backend.Asked("hold Films/Lisbon harbour.mp4") || f.hold.Text() != "Go on with it" || f.table.Row(0).Second == "" {
		t.Errorf("%v, the button says %s", backend.Calls, f.hold.Text())
	}
	p.look() // the choice stays, whatever is told
	test.Tap(f.hold)
	if !backend.Asked("release Films/Lisbon harbour.mp4") || f.hold.Text() != "Pause this file" {
		t.Errorf("%v, the button says %s", backend.Calls, f.hold.Text())
	}
	f.table.OnOpen(1)
	if !backend.Asked("hold plan.txt") {
		t.Error("Enter does not pause")
	}
	backend.Told.Held = nil
	p.look()
	test.Tap(f.cancel)
	if !backend.Asked("free plan.txt") || !slices.Contains(told.Said, "plan.txt stays online and leaves this computer") {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
	backend.Err = fake.ErrOffline
	test.Tap(f.cancel)
	if len(told.Said) != 2 {
		t.Errorf("said %q", told.Said)
	}
}

func TestDaysOfTheHistory(t *testing.T) {
	changes := fake.Happened()
	rows, at := byDay(changes, fake.Device, fake.Now)
	if want := []int{-1, 0, 1, -1, 2, -1, 3}; !slices.Equal(at, want) {
		t.Fatalf("%v, want %v", at, want)
	}
	for i, want := range map[int]string{0: "Today", 3: "Yesterday", 5: "2 Nov"} {
		if rows[i].Name != want || !rows[i].Heading {
			t.Errorf("line %d: %+v", i, rows[i])
		}
	}
	for when, want := range map[time.Time]string{
		fake.Now: "Today", fake.Now.Add(-15*time.Hour - time.Second): "Yesterday", fake.Now.AddDate(0, 0, -3): "Thursday",
		fake.Now.AddDate(-1, 0, 0): "22 Nov 2025",
	} {
		if got := dayOf(when, fake.Now); got != want {
			t.Errorf("%v: %q, want %q", when, got, want)
		}
	}
	if rows, at := byDay(nil, "", fake.Now); rows != nil || at != nil {
		t.Error("days of nothing")
	}
}

func TestIssuesLeadSomewhere(t *testing.T) {
	for _, c := range []struct {
		issue  app.Issue
		text   string
		remedy remedy
		folder string
	}{
		{app.Issue{Text: "The gateway is slow."}, "The gateway is slow.", askAgain, ""},
		{app.Issue{Path: "a.txt", Text: "It cannot be read."}, "a.txt: It cannot be read.", showFile, ""},
		{app.Issue{Path: "Work/Old/a.txt", Text: "It cannot be read."}, "a.txt: It cannot be read.", showFile, "Work/Old"},
	} {
		got := issueConcern(c.issue)
		if got.text != c.text || got.remedy != c.remedy || folderOf(got.path) != c.folder && got.path != "" {
			t.Errorf("%+v, want %+v", got, c)
		}
	}
	for r := goOn; r <= showFile; r++ {
		if r.label() == "" {
			t.Errorf("remedy %d has no word", r)
		}
	}
	var many app.Report
	for range 3 * mostConcerns {
		many.Issues = append(many.Issues, app.Issue{Text: "x"})
	}
	if n := len(concerns(many)); n != mostConcerns {
		t.Errorf("%d are shown", n)
	}
}

func TestPausedFilePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		backend := busy()
		backend.Told.Held = []string{"Films/Interview cut 3.mov"}
		host, _ := stage.Host(t, 664, 480)
		p := New(host, backend)
		stage.Put(host, p)
		p.files.paces["plan.txt"] = pace{at: fake.Now, second: 40}
		p.files.table.Select(0)
		p.look()
		shots.Match(t, "held-"+mode, host.Window)
	})
}
