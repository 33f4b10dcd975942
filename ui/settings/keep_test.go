package settings

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// While files move, news of the status come many times a second. Who reads or
// chooses something on the page is not disturbed.
func TestNewsOfTheStatusDisturbNobody(t *testing.T) {
	p, backend, _ := openedIn(t, 760, 480)
	p.scroll.ScrollToOffset(fyne.NewPos(0, 600))
	change := inSection(t, p, "Speed", "Change")
	p.host.Canvas().Focus(change)
	backend.Now.FilesDone++
	p.Follow(app.Event{Kind: app.StatusChanged})
	if p.host.Canvas().Focused() != fyne.Focusable(change) || inSection(t, p, "Speed", "Change") != change || p.scroll.Offset.Y != 600 {
		t.Errorf("drawn anew, in sight from %v", p.scroll.Offset.Y)
	}
	for _, e := range []struct { // in this order: what goes on has paused before
		name   string
		kind   app.EventKind
		change func()
	}{
		{"it pauses", app.StatusChanged, func() { backend.Now.Phase = app.PhasePaused }},
		{"goes on", app.StatusChanged, func() { backend.Now.Phase = app.PhaseSyncing }},
		{"set up", app.SetupChanged, func() { backend.Dir = "/home/ana/Elsewhere" }},
	} {
		before := inSection(t, p, "Speed", "Change")
		e.change()
		p.Follow(app.Event{Kind: e.kind})
		focused, _ := p.host.Canvas().Focused().(*widgets.Button)
		if now := inSection(t, p, "Speed", "Change"); now == before || focused != now || p.scroll.Offset.Y != 600 {
			t.Errorf("%s: drawn %v, the keyboard is on %v, in sight from %v", e.name, now != before, focused, p.scroll.Offset.Y)
		}
	}
}

// gone is a program whose person leaves the page in the middle of each order.
type gone struct {
	*fake.Backend
	leave func()
	cut   []string // what was cut off by that
	done  []string
}

func (g *gone) order(ctx context.Context, what string) error {
	g.leave()
	if ctx.Err() != nil {
		g.cut = append(g.cut, what)
	}
	g.done = append(g.done, what)
	return g.Err
}

func (g *gone) KeepHere(ctx context.Context, p string) error     { return g.order(ctx, "keep "+p) }
func (g *gone) FreeUp(ctx context.Context, p string) error       { return g.order(ctx, "free "+p) }
func (g *gone) ChooseFolder(ctx context.Context, p string) error { return g.order(ctx, "folder "+p) }
func (g *gone) ChooseNetwork(ctx context.Context, n string) error {
	return g.order(ctx, "network "+n)
}

func (g *gone) CleanUp(ctx context.Context, _ bool) (app.CleanUp, error) {
	return app.CleanUp{Done: true}, g.order(ctx, "clean up")
}

func (g *gone) SetServers(ctx context.Context, _ app.NewServers) (app.Servers, error) {
	return app.Servers{}, g.order(ctx, "servers")
}

func (g *gone) HideDevice(ctx context.Context, which string, _ bool) (app.DriveDevice, error) {
	return app.DriveDevice{}, g.order(ctx, "hide "+which)
}

func (g *gone) RenameDevice(ctx context.Context, which, name string) (app.DriveDevice, error) {
	return app.DriveDevice{}, g.order(ctx, "rename "+which+" "+name)
}

// orders are what a person may order on the page, with what is done then.
var personOrders = map[string]struct {
	give func(p *Page)
	done []string
}{
	"folders on this computer": {func(p *Page) {
		s := p.chooseFolders()
		s.turn(1)
		s.turn(2)
		test.Tap(s.use)
	}, []string{"keep Films", "free Photos"}},
	"a folder without the files": {func(p *Page) { (&moveSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), dir: usb}).without() }, []string{"folder " + usb}},
	"another network": {func(p *Page) {
		p.askNetwork()
		for _, c := range inDialog[*widgets.ChoiceCard](p) {
			if !c.Chosen() {
				test.Tap(c)
				break
			}
		}
		openDialog(p).Submit("")
	}, []string{"network mainnet"}},
	"cleaning up": {func(p *Page) { test.Tap(p.showStorage().free) }, []string{"clean up"}},
	"the usual chain": {func(p *Page) {
		(&serverSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), list: widgets.Column(0), chain: widgets.Column(0), say: widgets.Column(0)}).reset()
	}, []string{"servers"}},
	"a device to hide": {func(p *Page) { s := p.showDevices(); s.table.Select(1); test.Tap(s.hide) }, []string{"hide d2"}},
	"a name": {func(p *Page) {
		s := p.showDevices()
		s.table.Select(1)
		s.askName()
		fieldsOf(openDialog(p))[0].SetText("Kitchen")
		openDialog(p).Submit("")
	}, []string{"rename d2 Kitchen"}},
}

// What a person ordered is done, also when the page is left before it is.
func TestOrdersGoOnWhenThePageIsLeft(t *testing.T) {
	for name, c := range personOrders {
		host, _ := stage.Host(t, 900, 700)
		backend := &gone{Backend: fake.Full()}
		p := New(host, backend, Hooks{})
		backend.leave = p.Leave
		if c.give(p); len(backend.cut) != 0 || !slices.Equal(backend.done, c.done) {
			t.Errorf("%s: did %q, of which was cut off %q", name, backend.done, backend.cut)
		}
	}
}

// What goes wrong after the dialog was closed is said below the page.
func TestOrdersThatFailLater(t *testing.T) {
	for name, c := range personOrders {
		if name == "the usual chain" {
			continue // its dialog says so
		}
		host, told := stage.Host(t, 900, 700)
		backend := &gone{Backend: fake.Full(), leave: func() {}}
		p := New(host, backend, Hooks{})
		backend.leave = func() {
			if d, ok := host.Canvas().Overlays().Top().(*widgets.Dialog); ok {
				d.Close()
			}
			backend.Err = fake.ErrOffline
		}
		if c.give(p); !slices.Contains(told.Said, fault.Sentence(fake.ErrOffline)) {
			t.Errorf("%s: said %q", name, told.Said)
		}
	}
}

// weighing answers late: what happens meanwhile is done before it answers.
type weighing struct {
	*fake.Backend
	meanwhile []func()
	asked     []string
}

func (w *weighing) Weigh(ctx context.Context, folder string) (app.FolderWeight, []app.FolderWeight, error) {
	w.asked = append(w.asked, folder)
	if len(w.meanwhile) > 0 {
		do := w.meanwhile[0]
		w.meanwhile = w.meanwhile[1:]
		do()
	}
	return w.Backend.Weigh(ctx, folder)
}

// A folder that is closed and opened while it is read is read twice. What was
// chosen in it after the first answer stays.
func TestLateAnswersKeepWhatWasChosen(t *testing.T) {
	host, _ := stage.Host(t, 900, 700)
	backend := &weighing{Backend: fake.Full()}
	s := New(host, backend, Hooks{}).chooseFolders()
	backend.meanwhile = []func(){func() {
		s.fold(3, false)
		s.fold(3, true) // it answers before the first
		s.turn(5)
	}}
	s.fold(3, true)
	if len(backend.asked) < 3 || backend.asked[1] != backend.asked[2] {
		t.Fatalf("asked %q", backend.asked)
	}
	if orders := s.top.orders(); len(orders) != 1 || !strings.Contains(orders[0].path, "/") || s.use.Disabled() {
		t.Errorf("%v is left of what was chosen", orders)
	}
}

// slowly is a program that does something while a choice is carried out.
type slowly struct {
	*fake.Backend
	meanwhile func()
	kept      int
}

func (s *slowly) KeepHere(ctx context.Context, p string) error {
	s.kept++
	s.meanwhile()
	return s.Backend.KeepHere(ctx, p)
}

func TestAChoiceIsCarriedOutOnce(t *testing.T) {
	host, _ := stage.Host(t, 900, 700)
	backend := &slowly{Backend: fake.Full()}
	s := New(host, backend, Hooks{}).chooseFolders()
	backend.meanwhile = func() {
		s.turn(2)
		test.Tap(s.use)
		s.dialog.Submit("")
	}
	s.turn(1)
	if test.Tap(s.use); backend.kept != 1 {
		t.Errorf("carried out %d times", backend.kept)
	}
}
