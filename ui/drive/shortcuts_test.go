package drive

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// Everything that can be done with one entry, by the menu: the same is done by
// its key, where it has one.
var deeds = map[string]struct {
	entry string
	offer offer
	want  outcome
}{
	"open a folder":    {"Invoices", toOpen, outcome{route: page.Route{Page: page.Drive, Arg: in + "Invoices"}}},
	"play":             {"Lisbon harbour.mp4", toOpen, outcome{route: page.Route{Page: page.Play, Arg: in + "Lisbon harbour.mp4"}}},
	"look at":          {"Roof at dawn.jpg", toOpen, outcome{route: page.Route{Page: page.View, Arg: in + "Roof at dawn.jpg"}}},
	"open elsewhere":   {"Lisbon harbour.mp4", toOpenElsewhere, outcome{opened: "/home/ana/Stratos Drive/" + in + "Lisbon harbour.mp4"}},
	"share a file":     {"Notes.md", toShare, outcome{title: "Share Notes.md"}},
	"share a folder":   {"Invoices", toShare, outcome{title: "Share Invoices"}},
	"publish":          {"Lisbon harbour.mp4", toPublish, outcome{asked: "plan " + in + "Lisbon harbour.mp4", title: "Publish Lisbon harbour.mp4"}},
	"rename":           {"Notes.md", toRename, outcome{title: "Rename Notes.md"}},
	"rename a folder":  {"Invoices", toRename, outcome{title: "Rename Invoices"}},
	"move":             {"Notes.md", toMove, outcome{title: "Move Notes.md"}},
	"compare":          {"Budget.xlsx", toCompare, outcome{asked: "sides of " + in + "Budget.xlsx", title: "Two versions of one file"}},
	"versions":         {"Contract draft.pdf", toVersions, outcome{asked: "versions " + in + "Contract draft.pdf", title: "Versions of Contract draft.pdf"}},
	"keep here":        {"Interview cut 3.mov", toKeep, outcome{asked: "keep " + in + "Interview cut 3.mov"}},
	"free space":       {"Map scan.png", toFree, outcome{asked: "free " + in + "Map scan.png"}},
	"delete":           {"Map scan.png", toRemove, outcome{asked: "remove " + in + "Map scan.png"}},
	"delete a folder":  {"Invoices", toRemove, outcome{asked: "remove " + in + "Invoices"}},
	"open a conflict":  {"Budget.xlsx", toOpen, outcome{opened: "/home/ana/Stratos Drive/" + in + "Budget.xlsx"}},
	"a text is viewed": {"Notes.md", toOpen, outcome{route: page.Route{Page: page.View, Arg: in + "Notes.md"}}},
}

func TestTheMenuDoesWhatItSays(t *testing.T) {
	for name, c := range deeds {
		p, backend, told := opened(t)
		pickNamed(t, p, c.entry)
		offers := offersFor(p.picked())
		at := slices.Index(offers, c.offer)
		if at < 0 {
			t.Errorf("%s is not offered", name)
			continue
		}
		items := slices.DeleteFunc(p.items(p.picked()), func(i *fyne.MenuItem) bool { return i.IsSeparator })
		if items[at].Label != offerWord(c.offer, p.picked()) {
			t.Errorf("%s: the menu says %q", name, items[at].Label)
		}
		items[at].Action()
		check(t, name, p, backend, told, c.want)
	}
}

func TestKeysDoWhatTheMenuSays(t *testing.T) {
	for name, c := range deeds {
		k, has := offerKeys[c.offer]
		if !has {
			continue
		}
		p, backend, told := opened(t)
		pickNamed(t, p, c.entry)
		p.list.Pick(item(t, p, c.entry))
		p.list.Focus()
		hands := p.list.Hands()
		if k.Modifier == 0 {
			hands.TypedKey(key(k.KeyName))
		} else {
			hands.(fyne.Shortcutable).TypedShortcut(&k)
		}
		check(t, name+" by key", p, backend, told, c.want)
	}
}

// Keys take only what the menu offers too, and each key one thing.
func TestKeysAreThoseOfTheMenu(t *testing.T) {
	seen := map[string]offer{}
	for o, k := range offerKeys {
		if other, twice := seen[k.ShortcutName()]; twice {
			t.Errorf("%s is for %d and %d", k.ShortcutName(), o, other)
		}
		seen[k.ShortcutName()] = o
	}
	file, online := app.Entry{Name: "a.txt"}, app.Entry{Name: "b.mp4", Video: true, Status: app.OnlyOnline}
	left := app.Entry{Name: "c", Status: app.Ignored}
	ctrl := fyne.KeyModifierShortcutDefault
	for name, c := range map[string]struct {
		key      fyne.KeyName
		modifier fyne.KeyModifier
		picked   []app.Entry
		want     offer
		ok       bool
	}{
		"nothing picked":      {key: fyne.KeyDelete},
		"delete":              {key: fyne.KeyDelete, picked: []app.Entry{file}, want: toRemove, ok: true},
		"delete with ctrl":    {key: fyne.KeyDelete, modifier: ctrl, picked: []app.Entry{file}},
		"free what is here":   {key: fyne.KeyU, modifier: ctrl, picked: []app.Entry{file}, want: toFree, ok: true},
		"free what is not":    {key: fyne.KeyU, modifier: ctrl, picked: []app.Entry{online}},
		"keep what is online": {key: fyne.KeyE, modifier: ctrl, picked: []app.Entry{online}, want: toKeep, ok: true},
		"rename several":      {key: fyne.KeyF2, picked: []app.Entry{file, online}},
		"move several":        {key: fyne.KeyF6, picked: []app.Entry{file, online}, want: toMove, ok: true},
		"share what is out":   {key: fyne.KeyS, modifier: ctrl, picked: []app.Entry{left}},
		"a letter alone":      {key: fyne.KeyS, picked: []app.Entry{file}},
	} {
		if o, ok := offerOf(c.key, c.modifier, c.picked); ok != c.ok || ok && o != c.want {
			t.Errorf("%s: %v %v", name, o, ok)
		}
	}
}

func TestKeysOfThePage(t *testing.T) {
	ctrl := func(k fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
	}
	for name, c := range map[string]struct {
		press fyne.Shortcut
		used  bool
		title string
	}{
		"new folder":  {ctrl(fyne.KeyN), true, "New folder"},
		"nothing":     {ctrl(fyne.KeyQ), false, ""},
		"of somebody": {&fyne.ShortcutCopy{}, false, ""},
		"none picked": {ctrl(fyne.KeyS), false, ""},
	} {
		p, backend, told := opened(t)
		if used := p.Shortcut(c.press); used != c.used {
			t.Errorf("%s: used %v", name, used)
		}
		check(t, name, p, backend, told, outcome{title: c.title})
	}
	p, _, _ := opened(t)
	if p.Shortcut(ctrl(fyne.KeyO)); p.host.Canvas().Overlays().Top() == nil {
		t.Error("Ctrl+O lets nobody choose files")
	}
	host, told := stage.Host(t, 720, 400)
	top := New(host, fake.Full(), "", true)
	if top.key(key(fyne.KeyBackspace)) || len(told.Routes) != 0 {
		t.Error("there is nothing above the top")
	}
}

// Typing searches, wherever the keyboard is in the list.
func TestTypingSearches(t *testing.T) {
	p, _, _ := opened(t)
	p.list.Focus()
	for _, r := range "road" {
		if f := p.host.Canvas().Focused(); f == fyne.Focusable(p.search) {
			p.search.TypedRune(r)
		} else {
			f.TypedRune(r)
		}
	}
	if p.search.Text != "road" || p.list.Len() != 0 {
		t.Errorf("searched for %q, %d shown", p.search.Text, p.list.Len())
	}
	for words, want := range map[string]int{"": 9, "LISBON": 1, "o t": 4, "in cut": 1, "mp4": 1, "zzz": 0} {
		p.search.SetText(words)
		if got := p.list.Len(); got != want {
			t.Errorf("%q finds %d, want %d: %s", words, got, want, names(p.shown.all()))
		}
	}
}

// What the buttons over the list do.
func TestToolsOverTheList(t *testing.T) {
	p, backend, _ := opened(t)
	test.Tap(p.makeFolder)
	check(t, "New", p, backend, &stage.Told{}, outcome{title: "New folder"})
	test.Tap(p.asGrid)
	if !p.list.Grid() || !backend.Drive.Grid {
		t.Error("no grid")
	}
	for by, first := range map[string]string{app.BySize: "Invoices", app.ByChanged: "Travel 2026", app.ByKind: "Invoices"} {
		p.sortBy(by)
		if p.shown.at(0).Name != first || backend.Drive.Sort != by {
			t.Errorf("by %s the first is %s", by, p.shown.at(0).Name)
		}
	}
	was := p.shown.at(0).Name
	p.sortBy("")
	if p.shown.at(0).Name != was {
		t.Error("a column without an order sorts")
	}
}
