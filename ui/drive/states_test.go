package drive

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// everyStatus is a folder in which each status is seen, on files and folders.
func everyStatus() []app.Entry {
	var list []app.Entry
	for _, s := range []app.EntryStatus{
		app.Synced, app.Waiting, app.Uploading, app.Downloading, app.OnlyOnline, app.Conflict, app.Ignored, app.Busy,
	} {
		name := string(s) + ".txt"
		list = append(list, app.Entry{Name: name, Path: in + name, Size: 4_200, Status: s, Percent: 40, Changed: fake.Now.Add(-time.Hour)})
	}
	return list
}

// Each status has its mark and its words, in the list, the grid and the panel.
func TestEachStatusIsTold(t *testing.T) {
	for _, c := range []struct {
		status              app.EntryStatus
		mark, words         string
		tone                widgets.Tone
		here, network, says string
	}{
		{app.Synced, "check", "", widgets.Good, "Yes", "Yes", ""},
		{app.Waiting, "clock", "Waiting to upload", widgets.Neutral, "Yes", "Not yet", ""},
		{app.Uploading, "", "", widgets.Neutral, "Yes", "Not yet", "Uploading 40 %"},
		{app.Downloading, "", "", widgets.Neutral, "No", "Yes", "Downloading 40 %"},
		{app.OnlyOnline, "cloud", "Only online", widgets.Neutral, "No", "Yes", ""},
		{app.Conflict, "warning", "Changed on two devices", widgets.Warn, "Yes", "Both versions", ""},
		{app.Ignored, "eye-off", "Not synced: a rule leaves it out", widgets.Neutral, "Yes", "No", ""},
		{app.Busy, "lock", "Waits: another program is writing it", widgets.Neutral, "Yes", "Not yet", ""},
	} {
		e := app.Entry{Name: "a.txt", Status: c.status, Percent: 40}
		v, f := row(e, fake.Now), facts(e, fake.Now)
		if v.Mark != c.mark || v.Second != c.words || v.MarkTone != c.tone || v.StatusText != c.says {
			t.Errorf("%s: %+v", c.status, v)
		}
		if f[0].value != c.here || f[1].value != c.network {
			t.Errorf("%s: here %s, on the network %s", c.status, f[0].value, f[1].value)
		}
		if v.Faint != (c.status == app.Ignored) {
			t.Errorf("%s: faint is %v", c.status, v.Faint)
		}
		if (transfer(e) != nil) != (c.says != "") {
			t.Errorf("%s: a bar in the panel", c.status)
		}
	}
}

func TestStatusPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		backend := fake.Full()
		backend.Entries["Work/Portugal"] = everyStatus()
		host, _ := stage.Host(t, 664, 510)
		p := New(host, backend, "Work/Portugal", true)
		stage.Put(host, p)
		p.list.Pick(0)
		shots.Match(t, "statuses-"+mode, host.Window)
	})
}

// The panel tells what is known at once, and the rest when it was looked up.
func TestWhatThePanelTells(t *testing.T) {
	now := fake.Now
	file := app.Entry{Name: "a.pdf", Shared: true, Changed: now.Add(-time.Minute)}
	link := app.Link{Expires: now.Add(48 * time.Hour)}
	for name, c := range map[string]struct {
		facts app.FileFacts
		want  string
	}{
		"nothing yet": {app.FileFacts{}, ""},
		"one version": {app.FileFacts{Versions: 1, Copies: 1, Since: now, Noz: 1_900_000_000}, "Copies: 1 copy of it|Versions: 1, since Today, 15:00|Cost so far: at most 1.9 ozone"},
		"several":     {app.FileFacts{Versions: 1203, Copies: 5, Since: now.AddDate(0, 0, -20), Noz: 2_500_000_000}, "Copies: 5 copies on 5 nodes|Versions: 1,203, since 2 Nov|Cost so far: at most 2.5 ozone"},
		"with links":  {app.FileFacts{Links: []app.Link{link, {}}}, "Link: 2 days left|Link: no end"},
	} {
		var lines []string
		for _, f := range moreFacts(file, c.facts, now) {
			lines = append(lines, f.label+": "+f.value)
		}
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if f := facts(file, now); f[2] != (fact{"Shared", "You and who has the link"}) || f[3] != (fact{"Changed", "Today, 14:59"}) {
		t.Errorf("%v", f)
	}
}

// The panel follows what is picked, and goes when nothing is.
func TestThePanelFollowsThePicks(t *testing.T) {
	backend := fake.Full()
	host, _ := stage.Host(t, 1100, 600)
	p := New(host, backend, "Work/Portugal", true)
	stage.Put(host, p)
	for _, c := range []struct {
		pick    []int
		visible bool
		looked  string
	}{
		{[]int{3}, true, in + "Contract draft.pdf"}, {[]int{0}, true, ""}, {[]int{3, 4}, true, ""}, {nil, false, ""},
	} {
		p.list.SetItems(p.shown.len(), c.pick, -1)
		p.showDetail()
		if p.detail.card.Visible() != c.visible || c.visible && p.detail.looked != c.looked {
			t.Errorf("%v: visible %v, about %q", c.pick, p.detail.card.Visible(), p.detail.looked)
		}
	}
	p.list.Pick(3)
	backend.Err = fake.ErrOffline
	p.list.Pick(4)
	if p.detail.known || p.detail.looked != in+"Interview cut 3.mov" {
		t.Error("what is known of one file is told of another")
	}
	backend.Err = nil
	p.list.Pick(3)
	if !p.detail.known || p.detail.facts.Copies != 5 {
		t.Errorf("%+v", p.detail.facts)
	}
}

// A film shows a play mark, and is offered to everybody.
func TestPreviewsOfThePanel(t *testing.T) {
	p, backend, _ := opened(t)
	for name, c := range map[string]struct{ picture, asks bool }{
		"Lisbon harbour.mp4": {true, true}, "Roof at dawn.jpg": {true, true}, "Invoices": {false, false}, "Notes.md": {false, false},
	} {
		backend.Calls = nil
		p.list.Pick(item(t, p, name))
		if (p.detail.preview != nil) != c.picture || backend.Asked("thumbnail "+in+name) != c.asks {
			t.Errorf("%s: picture %v, asked %v", name, p.detail.preview != nil, backend.Calls)
		}
	}
}

// A folder in error offers to try again, and does.
func TestAFolderThatCannotBeRead(t *testing.T) {
	p, backend, _ := opened(t)
	p.list.Pick(3)
	backend.Err = fake.ErrOffline
	p.Follow(app.Event{Kind: app.DriveChanged})
	if p.body.Objects[0] == p.full {
		t.Fatal("old files are shown as if they were known")
	}
	p.search.SetText("o")
	p.search.SetText("")
	p.sortBy(app.BySize)
	p.list.Hands().TypedKey(key(fyne.KeyDelete))
	if p.body.Objects[0] == p.full || len(p.picked()) > 0 || p.detail.card.Visible() || backend.Asked("remove "+in+"Contract draft.pdf") {
		t.Fatal("something can be done to files that nobody sees")
	}
	backend.Err = nil
	tap(t, p.body, "Try again")
	if p.body.Objects[0] != p.full || p.list.Len() != 9 {
		t.Error("the files do not come back")
	}
}

func TestEmptyFoldersTeach(t *testing.T) {
	host, _ := stage.Host(t, 720, 500)
	p := New(host, fake.Empty(), "", true)
	stage.Put(host, p)
	if p.list.Len() != 0 || p.body.Objects[0] == p.full {
		t.Error("an empty list is shown")
	}
	p.search.SetText("x")
	if p.body.Objects[0] == p.full {
		t.Error("an empty list is shown")
	}
}

// Each dialog, in error: it says so, stays, and can be tried again.
func TestDialogsThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		open   func(*Page)
		submit bool
		again  string
	}{
		"share":    {func(p *Page) { p.share(p.shown.at(7)) }, true, "Try again"},
		"publish":  {func(p *Page) { p.take(toPublish, p.shown.all()[5:6]) }, false, "Try again"},
		"conflict": {func(p *Page) { p.showConflict(p.shown.at(2)) }, false, "Decide later"},
		"move":     {func(p *Page) { p.askFolderToMove(p.shown.all()[3:4]) }, false, "Move here"},
	} {
		p, backend, told := opened(t)
		backend.Err = fake.ErrOffline
		c.open(p)
		d := dialogOf(t, p)
		if c.submit {
			d.Submit("")
		}
		buttons := d.Sheet().Buttons
		if last := buttons[len(buttons)-1].Text(); last != c.again || !d.Open() {
			t.Errorf("%s: the last button says %q, open %v", name, last, d.Open())
		}
		if len(told.Said) > 0 {
			t.Errorf("%s: said %q behind the dialog", name, told.Said)
		}
	}
}

// Changes that fail are said, and the list is read again.
func TestChangesThatFailAreSaid(t *testing.T) {
	for name, do := range map[string]func(*Page){
		"keep":   func(p *Page) { p.keep(p.shown.all()[4:5], true) },
		"free":   func(p *Page) { p.keep(p.shown.all()[3:5], false) },
		"move":   func(p *Page) { p.move(p.shown.all()[3:4], "Work") },
		"add":    func(p *Page) { p.addTo([]string{"/tmp/a"}, "") },
		"rename": func(p *Page) { p.askName(p.shown.at(3)); rename(p, "Other.pdf") },
		"folder": func(p *Page) { p.askFolder(); rename(p, "Holiday") },
	} {
		p, backend, told := opened(t)
		backend.Err = fake.ErrOffline
		do(p)
		if !slices.ContainsFunc(told.Said, func(s string) bool { return strings.HasPrefix(s, "The network does not answer") }) {
			t.Errorf("%s: said %q", name, told.Said)
		}
	}
}
