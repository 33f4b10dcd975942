package settings

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

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
