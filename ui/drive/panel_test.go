package drive

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// words are the words on the buttons of the panel; that with the dots has none.
func (d *detail) words() string {
	var list []string
	for _, b := range d.controls {
		word := cmp.Or(b.Text(), "more")
		if b.Disabled() {
			word += " (off)"
		}
		list = append(list, word)
	}
	return strings.Join(list, ", ")
}

// pickOnly replaces the folder by one entry, and picks it.
func pickOnly(p *Page, backend *during, e app.Entry) {
	e.Path = in + e.Name
	backend.Entries["Work/Portugal"] = []app.Entry{e}
	p.Follow(app.Event{Kind: app.DriveChanged})
	p.list.Pick(0)
}

// The panel offers what the menu offers: no sharing of what is not in the drive,
// no choosing between sides of what has none.
func TestThePanelOffersWhatTheMenuDoes(t *testing.T) {
	p, backend, _ := openedDuring(t)
	for _, c := range []struct {
		entry app.Entry
		want  string
	}{
		{app.Entry{Name: "a.txt", Status: app.Synced}, "Open, Share, more"},
		{app.Entry{Name: "Photos", Folder: true, Status: app.Synced}, "Open, Share, more"},
		{app.Entry{Name: "a.mp4", Video: true, Status: app.Uploading}, "Play, Share, more, Publish as a video"},
		{app.Entry{Name: "a.mp3", Video: true, Status: app.OnlyOnline}, "Play, Share, more"},
		{app.Entry{Name: "b.txt", Status: app.Conflict}, "Choose, Share, more"},
		{app.Entry{Name: "Torn", Folder: true, Status: app.Conflict}, "Open, Share, more"},
		{app.Entry{Name: "left.txt", Status: app.Ignored}, "Open, Share (off), more"},
	} {
		pickOnly(p, backend, c.entry)
		if got := p.detail.words(); got != c.want {
			t.Errorf("%s: %q, want %q", c.entry.Name, got, c.want)
		}
	}
}

// Each button of the panel does what it says, about what is picked.
func TestButtonsOfThePanel(t *testing.T) {
	for name, c := range map[string]struct {
		entry string
		at    int
		want  outcome
	}{
		"open":    {"Invoices", 0, outcome{route: page.Route{Page: page.Drive, Arg: in + "Invoices"}}},
		"play":    {"Lisbon harbour.mp4", 0, outcome{route: page.Route{Page: page.Play, Arg: in + "Lisbon harbour.mp4"}}},
		"choose":  {"Budget.xlsx", 0, outcome{asked: "sides of " + in + "Budget.xlsx", title: "Two versions of one file"}},
		"share":   {"Notes.md", 1, outcome{title: "Share Notes.md"}},
		"publish": {"Lisbon harbour.mp4", 3, outcome{asked: "plan " + in + "Lisbon harbour.mp4", title: "Publish Lisbon harbour.mp4"}},
	} {
		for _, press := range []func(b *widgets.Button){
			func(b *widgets.Button) { test.Tap(b) },
			func(b *widgets.Button) { b.TypedKey(key(fyne.KeySpace)) },
			func(b *widgets.Button) { b.TypedKey(key(fyne.KeyReturn)) },
		} {
			p, backend, told := opened(t)
			pickNamed(t, p, c.entry)
			p.showDetail()
			press(p.detail.controls[c.at])
			check(t, name, p, backend, told, c.want)
		}
	}
	p, _, _ := opened(t)
	p.list.Pick(3)
	if test.Tap(p.detail.controls[2]); p.host.Canvas().Overlays().Top() == nil {
		t.Error("the dots show no menu")
	}
}

// What several have in common can be done to them from the panel, once: what is
// gone is not done anything to.
func TestThePanelOfSeveral(t *testing.T) {
	for word, asked := range map[string]string{
		"Delete": "remove " + in + "Notes.md", "Free up space": "free " + in + "Notes.md", "Keep on this computer": "keep " + in + "Interview cut 3.mov",
	} {
		p, backend, _ := openedDuring(t)
		pickNamed(t, p, "Notes.md", "Interview cut 3.mov")
		p.showDetail()
		if !says(p.detail.card, "2 items chosen") || !says(p.detail.card, "6.2 GB") {
			t.Error("how many they are is not said")
		}
		b := buttonNamed(t, p.detail.card, word)
		p.host.Canvas().Focus(b)
		backend.Entries["Work/Portugal"] = nil
		b.TypedKey(key(fyne.KeyReturn))
		if !backend.Asked(asked) {
			t.Errorf("%s: %q", word, backend.Calls)
		}
		calls := len(backend.Calls)
		p.host.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
		test.Tap(b)
		if len(backend.Calls) != calls {
			t.Errorf("%s: once more %q", word, backend.Calls[calls:])
		}
	}
	p, backend, _ := openedDuring(t)
	pickNamed(t, p, "Notes.md", "Map scan.png")
	p.showDetail()
	if tap(t, p.detail.card, "Move to…"); dialogOf(t, p).Sheet().Title != "Move 2 items" {
		t.Error("several cannot be moved from the panel")
	}
	if len(backend.Calls) > 0 && backend.Asked("thumbnail "+in+"Map scan.png") && p.detail.looked != "" {
		t.Error("several have one set of facts")
	}
}

// The keyboard stays on its button while what the panel tells changes, and goes
// to the list with what it was about.
func TestTheKeyboardStaysInThePanel(t *testing.T) {
	p, backend, _ := openedDuring(t)
	p.list.Pick(item(t, p, "Lisbon harbour.mp4"))
	for at, word := range []string{"Play", "Share", "", "Publish as a video"} {
		p.host.Canvas().Focus(p.detail.controls[at])
		list := slices.Clone(backend.Entries["Work/Portugal"])
		list[2].Percent += at + 1
		backend.Entries["Work/Portugal"] = list
		p.Follow(app.Event{Kind: app.DriveChanged})
		now, is := p.host.Canvas().Focused().(*widgets.Button)
		if !is || now != p.detail.controls[at] || now.Text() != word {
			t.Errorf("button %d: the keyboard is with %v", at, p.host.Canvas().Focused())
		}
		if !says(p.detail.card, "Uploading "+[]string{"65", "67", "70", "74"}[at]+" %") {
			t.Error("the panel does not follow")
		}
	}
	backend.Entries["Work/Portugal"] = backend.Entries["Work/Portugal"][:2]
	p.Follow(app.Event{Kind: app.DriveChanged})
	if p.host.Canvas().Focused() != p.list.Hands() || p.detail.card.Visible() {
		t.Errorf("the keyboard is with %T", p.host.Canvas().Focused())
	}
	p.host.Canvas().Focus(p.search)
	p.list.Pick(0)
	if p.host.Canvas().Focused() != fyne.Focusable(p.search) {
		t.Error("another pick takes the keyboard away")
	}
}

// Whoever runs through a folder leaves no work behind: what was looked up about
// one entry ends with it.
func TestLookingUpEndsWithThePick(t *testing.T) {
	p, backend, _ := openedDuring(t)
	var asked []context.Context
	backend.meanwhile = func(ctx context.Context, call string) {
		if call == "facts" {
			asked = append(asked, ctx)
		}
	}
	for i, c := range []struct {
		pick  string
		asked int
	}{{"Roof at dawn.jpg", 1}, {"Map scan.png", 2}, {"Invoices", 2}, {"Notes.md", 3}} {
		p.list.Pick(item(t, p, c.pick))
		if len(asked) != c.asked {
			t.Fatalf("%s: asked %d times", c.pick, len(asked))
		}
		for j, ctx := range asked {
			mine := j == c.asked-1 && c.pick != "Invoices"
			if ended := ctx.Err() != nil; ended == mine {
				t.Errorf("pick %d: question %d has ended: %v", i, j, ended)
			}
		}
	}
	p.list.Pick(-1)
	if asked[2].Err() == nil {
		t.Error("nothing is picked, and yet something is looked up")
	}
}

// What came in the middle belongs to what is picked then.
func TestFactsOfAnotherEntryAreNotTold(t *testing.T) {
	p, backend, _ := openedDuring(t)
	moved := false
	backend.meanwhile = func(_ context.Context, call string) {
		if call == "facts" && !moved {
			moved = true
			p.list.Pick(item(t, p, "Invoices"))
		}
	}
	p.list.Pick(item(t, p, "Contract draft.pdf"))
	if !moved || p.detail.known || says(p.detail.card, "5 copies on 5 nodes") {
		t.Error("a folder has the facts of a file")
	}
	if !says(p.detail.card, "Invoices") {
		t.Error("the folder is not shown")
	}
	p.list.Pick(item(t, p, "Contract draft.pdf"))
	if !says(p.detail.card, "5 copies on 5 nodes") || !says(p.detail.card, "2 days left") {
		t.Error("the facts are not told")
	}
}

// A narrow page has no room for the panel, and everything it offers is in the
// menu.
func TestNarrowPagesHaveNoPanel(t *testing.T) {
	p, _, _ := opened(t)
	p.list.Pick(5)
	if p.detail.card.Visible() {
		t.Error("the panel is shown in 720 units")
	}
	wide, _, _ := openedDuring(t)
	wide.list.Pick(5)
	if !wide.detail.card.Visible() {
		t.Error("the panel is hidden in 1100 units")
	}
	menu := map[string]bool{}
	for _, i := range wide.items(wide.picked()) {
		menu[i.Label] = true
	}
	for _, b := range wide.detail.controls {
		if b.Text() != "" && !menu[b.Text()] {
			t.Errorf("only the panel offers %q", b.Text())
		}
	}
}

// Nothing in the panel asks for more room than the panel has, whatever it says
// and in whatever language: what is too wide would be cut at its right edge.
func TestThePanelIsNeverCut(t *testing.T) {
	p, backend, _ := openedDuring(t)
	t.Cleanup(func() { _ = language.Use("en") })
	facts := app.FileFacts{
		Versions: 1_234, Copies: 5, Since: fake.Now.AddDate(-3, 0, -1), Noz: 123_456_789_012_345,
		Links: []app.Link{{Expires: fake.Now.AddDate(1, 2, 3)}},
	}
	for _, tongue := range language.Names() {
		if err := language.Use(tongue.Code); err != nil {
			t.Fatal(err)
		}
		for _, status := range []app.EntryStatus{app.Synced, app.Waiting, app.Uploading, app.OnlyOnline, app.Conflict, app.Ignored} {
			e := app.Entry{Name: strings.Repeat("Donaudampfschifffahrt", 4) + ".mp4", Video: true, Status: status, Size: 8_100_000_000, Changed: fake.Now.AddDate(-2, 0, 0), Percent: 64}
			pickOnly(p, backend, e)
			e.Path = in + e.Name
			p.detail.facts, p.detail.known = facts, true
			p.detail.showMore(e)
			if least := p.detail.card.MinSize().Width; least > detailWidth {
				t.Errorf("%s, %v: it needs %v of %v", tongue.Name, status, least, detailWidth)
			}
		}
	}
}

// What does not fit into one line stands in two, with all of its words.
func TestLongFactsTakeTwoLines(t *testing.T) {
	opened(t) // for the letters of the window
	short, long := factLine(fact{"Size", "8 B"}), factLine(fact{"Cost so far", "at most 0.000000000000000000016 ozone"})
	if short.MinSize().Height*2 > long.MinSize().Height+8 {
		t.Errorf("%v high for a short one, %v for a long one", short.MinSize().Height, long.MinSize().Height)
	}
	for _, o := range []fyne.CanvasObject{short, long} {
		if o.MinSize().Width > detailInner {
			t.Errorf("it takes %v of %v", o.MinSize().Width, detailInner)
		}
	}
}
