package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// The page where there is little room, with an address that is only watched,
// and with all that may be long or wrong.
func TestPagePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, change := range map[string]func(b *fake.Backend){
			"small":    func(*fake.Backend) {},
			"watching": func(b *fake.Backend) { fake.Watch(b) },
		} {
			p, backend, _ := openedIn(t, 676, 560)
			change(backend)
			p.show()
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, backend, _ := openedIn(t, 676, 620)
		backend.Dir = "/home/ana/" + strings.Repeat("a folder that lies deep in others/", 3) + "Stratos Drive"
		backend.Told.Limits = app.Limits{Up: 1_500_000, Down: 12_000_000, From: "22:00", Until: "06:00"}
		backend.Now.Phase = app.PhasePaused
		p.show()
		p.host.Window.SetContent(widgets.Pad(widgets.Even(20), widgets.Column(theme.Between, p.folder(), p.speed(), p.network())))
		p.host.Window.Resize(fyne.NewSize(676, 620))
		shots.Match(t, "long-"+mode, p.host.Window)
	})
}

// leads are the buttons of the page and the dialogs they lead to.
var leads = []struct{ section, button, title string }{
	{"Folder", "Change", "Choose a folder"},
	{"Folders on this computer", "Choose", "Folders on this computer"},
	{"Speed", "Change", "Speed"},
	{"Storage", "Show", "Storage"},
	{"Devices", "Show", "Devices"},
	{"A device was stolen", "Look at it", "A device was stolen"},
	{"Network", "Servers", "Servers"},
	{"Network", "Change", "Network"},
	{"Your words", "Show", "Show my words"},
	{"Your words", "Key file", "Save a key file"},
	{"Password", "Change", "Change the password"},
	{"Wallets", "Add", "Add a wallet"},
	{"Wallets", "Manage", "Wallets"},
	{"Messages", "Sign", "Sign a message"},
	{"Messages", "Check", "Check a signature"},
	{"Diagnostics", "Make a report", "Report"},
}

// inSection returns a button of the card with a name.
func inSection(t *testing.T, p *Page, section, text string) *widgets.Button {
	t.Helper()
	for _, card := range find[*widgets.Box](p) {
		named, found := false, (*widgets.Button)(nil)
		for _, o := range test.LaidOutObjects(card) {
			if name, ok := o.(*widgets.Text); ok && name.Text() == section {
				named = true
			}
			if b, ok := o.(*widgets.Button); ok && b.Text() == text {
				found = b
			}
		}
		if named && found != nil {
			return found
		}
	}
	t.Fatalf("no section %q with a button %q", section, text)
	return nil
}

// Every button leads to the dialog that it names, Escape takes that away, and
// the keys of the page are as before.
func TestEveryButtonLeadsSomewhere(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Epoch = fake.SampleEpoch()
	before := p.host.Canvas().OnTypedKey() == nil
	for _, lead := range leads {
		test.Tap(inSection(t, p, lead.section, lead.button))
		d := openDialog(p)
		if d.Sheet().Title != lead.title {
			t.Errorf("%s in %s leads to %q", lead.button, lead.section, d.Sheet().Title)
		}
		p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if d.Open() || p.host.Canvas().Overlays().Top() != nil {
			t.Fatalf("Escape leaves %q open", lead.title)
		}
	}
	if (p.host.Canvas().OnTypedKey() == nil) != before {
		t.Error("the keys of the page are lost")
	}
}

// Every dialog of the page has a translated title, and fits into a window as
// large text makes it.
func TestDialogsInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		p, backend, _ := openedIn(t, 600, 400) // 900 x 600 at 150 %
		backend.Epoch = fake.SampleEpoch()
		for title, show := range map[string]func(){
			"Folders on this computer": func() { p.chooseFolders() }, "Speed": p.askSpeed, "Devices": func() { p.showDevices() },
			"A device was stolen": func() { p.showStolen() }, "Servers": p.askServers, "Network": p.askNetwork,
			"Report": func() { p.makeReport() }, "Storage": func() { p.showStorage() }, "Change the folder": func() { p.changeFolder(usb) },
		} {
			show()
			d := openDialog(p)
			if got := d.Sheet().Title; got == title && title != "Servers" && !(code == "fr" && title == "Network") {
				t.Errorf("%s: %q is English", code, got)
			}
			if size := d.Size(); size.Width > 600 || size.Height > 400 {
				t.Errorf("%s: %q takes %v", code, title, size)
			}
			d.Close()
		}
	}
}

func TestTheFolderIsOpened(t *testing.T) {
	p, backend, _ := opened(t)
	var went string
	p.host.Open = func(path string) error { went = path; return backend.Err }
	test.Tap(inSection(t, p, "Folder", "Open"))
	if went != backend.Folder() {
		t.Errorf("opened %q", went)
	}
	said := ""
	p.host.Say = func(text string) { said = text }
	backend.Err = fake.ErrOffline
	if test.Tap(inSection(t, p, "Folder", "Open")); said == "" {
		t.Error("a folder that cannot be opened is said")
	}
}

func TestSyncInWords(t *testing.T) {
	for phase, want := range map[app.SyncPhase]struct {
		action  string
		pausing bool
	}{
		app.PhasePaused: {"Go on", false}, app.PhaseUpToDate: {"Pause", true}, app.PhaseOffline: {"Pause", true}, app.PhaseSyncing: {"Pause", true},
	} {
		text, action, pausing := syncWords(phase)
		if action != want.action || pausing != want.pausing || text == "" {
			t.Errorf("%v: %q, %v", phase, action, pausing)
		}
	}
}

func TestCardsStayNarrow(t *testing.T) {
	card := widgets.NewCard(widgets.NewText("x", widgets.Body))
	for width, want := range map[float32]float32{400: 400, 720: 720, 1600: 720} {
		(&narrow{720}).Layout([]fyne.CanvasObject{card}, fyne.NewSize(width, 100))
		if card.Size().Width != want {
			t.Errorf("at %v it is %v wide", width, card.Size().Width)
		}
	}
}

// Who leaves the page is not shown what comes later.
func TestLeavingEndsTheQuestions(t *testing.T) {
	p, backend, _ := opened(t)
	s := p.showStorage()
	p.Leave()
	backend.Err = fake.ErrOffline
	before := len(s.network.Objects)
	s.load()
	if len(s.network.Objects) != before {
		t.Error("an answer came after the page was left")
	}
}
