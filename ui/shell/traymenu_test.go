package shell

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

func menuText(m TrayMenu) string {
	rows := append([]TrayRow{m.Open, m.Folder, m.Pause}, m.Recent...)
	out := []string{m.Status}
	for _, r := range append(rows, m.Quit) {
		if r.Do != nil {
			out = append(out, r.Text)
		}
	}
	return strings.Join(out, "|")
}

func TestTrayMenu(t *testing.T) {
	did := ""
	note := func(word string) func() { return func() { did = word } }
	do := trayDeeds{note("open"), note("folder"), note("pause"), note("resume"), note("quit"), func(path string) { did = path }}
	for _, c := range []struct {
		status app.Status
		want   string
	}{
		{app.Status{Phase: app.PhaseUpToDate}, "Up to date|Open Stratos Drive|Open the folder|Pause syncing|b.txt|Quit"},
		{app.Status{Phase: app.PhaseSyncing, FilesDone: 2, FilesTotal: 120}, "Syncing|Open Stratos Drive|Open the folder|Pause syncing|b.txt|Quit"},
		{app.Status{Phase: app.PhasePaused, Practice: true}, "Paused (practice network)|Open Stratos Drive|Open the folder|Resume syncing|b.txt|Quit"},
		{app.Status{Phase: app.PhaseOff}, "Not set up yet|Open Stratos Drive|Quit"},
		{app.Status{Phase: app.PhaseOff, Watching: true}, "Only watching|Open Stratos Drive|Quit"},
	} {
		if got := menuText(trayMenu(c.status, []string{"a/b.txt"}, do)); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	m := trayMenu(app.Status{Phase: app.PhasePaused}, []string{"a/b.txt"}, do)
	for want, row := range map[string]TrayRow{"open": m.Open, "folder": m.Folder, "resume": m.Pause, "a/b.txt": m.Recent[0], "quit": m.Quit} {
		if row.Do(); did != want {
			t.Errorf("%s does %s", row.Text, did)
		}
	}
}

func TestRecentFiles(t *testing.T) {
	at := func(action, path, from string) app.Touched {
		return app.Touched{Action: action, Path: path, From: from}
	}
	changes := []app.DriveChange{
		{Items: []app.Touched{at("changed", "a", ""), {Action: "added", Path: "dir", Folder: true}, at("deleted", "gone", "")}},
		{Items: []app.Touched{at("added", "a", ""), at("added", "gone", ""), at("moved", "new", "old")}},
		{Items: []app.Touched{at("added", "old", ""), at("added", "b", ""), at("added", "c", ""), at("added", "d", ""), at("added", "e", "")}},
	}
	if got := recent(changes); !slices.Equal(got, []string{"a", "new", "b", "c", "d"}) {
		t.Errorf("%v", got)
	}
	if got := recent(nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestClosingTheWindow(t *testing.T) {
	for _, c := range []struct {
		tray, ready, watching, told bool
		want                        leaving
	}{
		{true, true, false, true, hides},
		{true, true, false, false, hidesAndSays},
		{false, true, false, true, quits},
		{true, false, false, true, quits},
		{true, true, true, true, quits},
	} {
		if got := onClose(c.tray, c.ready, c.watching, c.told); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestWhatIsRemembered(t *testing.T) {
	before := app.WindowPlace{Page: "stake", ToldTray: true}
	for _, c := range []struct {
		route, again page.Route
	}{
		{page.Route{Page: page.Drive, Arg: "Work/Portugal"}, page.Route{Page: page.Drive, Arg: "Work/Portugal"}},
		{page.Route{Page: page.Wallet, Arg: "ozone"}, page.Route{Page: page.Wallet}},
		{page.Route{Page: page.Watch, Arg: "stos://secret#key"}, page.Route{Page: page.Watch}},
		{page.Route{Page: page.Play, Arg: "stos://secret#key"}, page.Route{Page: page.Watch}},
		{page.Route{Page: page.View, Arg: "a.jpg"}, page.Route{Page: page.Drive}},
		{page.Route{}, page.Route{Page: page.Stake}},
	} {
		p := placeOf(c.route, before)
		if got := firstRoute(p); got != c.again || !p.ToldTray {
			t.Errorf("%v comes back as %v", c.route, got)
		}
	}
	if got := firstRoute(app.WindowPlace{}); got != (page.Route{Page: page.Drive}) {
		t.Errorf("%v", got)
	}
	usual := fyne.NewSize(1280, 800)
	for _, p := range []app.WindowPlace{{}, {Width: 5, Height: 900}, {Width: 900, Height: 1e6}} {
		if FirstSize(p, usual) != usual {
			t.Errorf("%+v is restored", p)
		}
	}
	if got := FirstSize(app.WindowPlace{Width: 900, Height: 620}, usual); got != fyne.NewSize(900, 620) {
		t.Errorf("%v", got)
	}
}

func TestAccountInTheSidebar(t *testing.T) {
	for want, list := range map[string][]app.WalletInfo{
		"Account":            nil,
		"Savings":            {{Name: "Other"}, {Name: "Main", Current: true, Account: app.AccountInfo{Index: 2, Name: "Savings"}}},
		"Main":               {{Name: "Main", Current: true, Account: app.AccountInfo{Name: "Account 1"}}},
		"Everything that I…": {{Name: "Everything that I own", Current: true}},
		"st1c74…x80p":        {{Current: true, Account: app.AccountInfo{Address: "st1c74wqyh7zn0e5a8m2rk3h2p6dxs4uvt9fgj9x80p"}}},
	} {
		if got := accountText(list); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
