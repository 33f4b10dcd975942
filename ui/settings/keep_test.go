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
	for name, e := range map[string]struct {
		kind   app.EventKind
		change func()
	}{
		"it pauses": {app.StatusChanged, func() { backend.Now.Phase = app.PhasePaused }},
		"goes on":   {app.StatusChanged, func() { backend.Now.Phase = app.PhaseSyncing }},
		"set up":    {app.SetupChanged, func() { backend.Dir = "/home/ana/Elsewhere" }},
	} {
		before := inSection(t, p, "Speed", "Change")
		e.change()
		p.Follow(app.Event{Kind: e.kind})
		focused, _ := p.host.Canvas().Focused().(*widgets.Button)
		if now := inSection(t, p, "Speed", "Change"); now == before || focused != now || p.scroll.Offset.Y != 600 {
			t.Errorf("%s: drawn %v, the keyboard is on %v, in sight from %v", name, now != before, focused, p.scroll.Offset.Y)
		}
	}
}

// The keyboard stays on the button that was pressed, although the word on it is
// another one.
func TestPausingByKeyboard(t *testing.T) {
	p, backend, _ := opened(t)
	p.host.Canvas().Focus(button(t, p, "Pause"))
	for i, word := range []string{"Go on", "Pause", "Go on"} {
		p.host.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		if b, _ := p.host.Canvas().Focused().(*widgets.Button); b == nil || b.Text() != word {
			t.Fatalf("press %d: the keyboard is on %v, want %q; %q", i, b, word, backend.Calls)
		}
	}
}

// Nothing takes the keyboard that nobody gave it.
func TestDrawingTakesNoFocus(t *testing.T) {
	p, _, _ := opened(t)
	p.show()
	if p.host.Canvas().Focused() != nil {
		t.Errorf("%T has the keyboard", p.host.Canvas().Focused())
	}
	p.host.Canvas().Focus(widgets.NewField("not on the page", ""))
	if p.show(); p.host.Canvas().Focused() != nil {
		t.Error("something took the keyboard of what is not there")
	}
	p.askSpeed()
	focused := p.host.Canvas().Focused()
	if p.show(); p.host.Canvas().Focused() != focused || focused == nil {
		t.Error("a dialog lost the keyboard to the page below")
	}
}

// Each control of the page can be reached with Tab, one after the other from
// the top, and pressed: nothing is for the pointer only.
func TestTabReachesEveryControl(t *testing.T) {
	p, _, _ := opened(t)
	var buttons, others int
	reached, last := map[fyne.Focusable]bool{}, float32(-1)
	for range 200 {
		p.host.Canvas().FocusNext()
		f := p.host.Canvas().Focused()
		if f == nil || reached[f] {
			break
		}
		reached[f] = true
		o := f.(fyne.CanvasObject)
		if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + p.scroll.Offset.Y + o.Size().Height; y < last-40 {
			t.Errorf("%T at %v comes after something at %v", f, y, last)
		} else {
			last = y
		}
		if _, ok := f.(*widgets.Button); ok {
			buttons++
		} else {
			others++
		}
	}
	want := len(find[*widgets.Button](p))
	wantOthers := len(find[*widgets.Switch](p)) + len(find[*widgets.Select](p)) + len(find[*widgets.Segments](p))
	if buttons != want || others != wantOthers {
		t.Errorf("Tab reaches %d of %d buttons and %d of %d others", buttons, want, others, wantOthers)
	}
}

// A dialog that is filled in is sent with Enter, wherever the keyboard is.
func TestEnterSendsWhatIsFilledIn(t *testing.T) {
	for name, c := range map[string]struct {
		open  func(p *Page)
		texts []string
		asked string
	}{
		"speed":   {(*Page).askSpeed, []string{"2", "", "", ""}, ""},
		"gateway": {func(p *Page) { p.askServers(); openDialog(p).Submit("") }, []string{"https://node.example.org:1", "", ""}, "gateway https://node.example.org:1"},
		"device":  {func(p *Page) { s := p.showDevices(); s.table.Select(1); s.askName() }, []string{"Kitchen"}, "rename device d2 to Kitchen"},
	} {
		for last := range c.texts {
			p, backend, _ := opened(t)
			backend.Network = "mainnet"
			c.open(p)
			d, fields := openDialog(p), fieldsOf(openDialog(p))
			if p.host.Canvas().Focused() != fyne.Focusable(fields[0]) {
				t.Errorf("%s: typing does not begin in the first field", name)
			}
			for i, text := range c.texts {
				fields[i].SetText(text)
			}
			fields[last].OnSubmitted("")
			if d.Open() || c.asked != "" && !backend.Asked(c.asked) {
				t.Errorf("%s: Enter in field %d does nothing: %q", name, last, backend.Calls)
			}
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
