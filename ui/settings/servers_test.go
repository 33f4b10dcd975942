package settings

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func openDialog(p *Page) *widgets.Dialog { return p.host.Canvas().Overlays().Top().(*widgets.Dialog) }

func inDialog[T any](p *Page) []T {
	var found []T
	for _, o := range test.LaidOutObjects(openDialog(p).Sheet().Body) {
		if w, ok := o.(T); ok && o.Visible() {
			found = append(found, w)
		}
	}
	return found
}

// press presses a button of the open dialog.
func press(t *testing.T, p *Page, text string) {
	t.Helper()
	for _, b := range openDialog(p).Sheet().Buttons {
		if b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button of the dialog says %q", text)
}

// follow follows a link in the open dialog.
func follow(t *testing.T, p *Page, text string) {
	t.Helper()
	for _, l := range inDialog[*widgets.Link](p) {
		if l.Text() == text {
			l.Tapped(nil)
			return
		}
	}
	t.Fatalf("no link in the dialog says %q", text)
}

func TestServers(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Network = "mainnet"
	p.askServers()
	press(t, p, "Add a gateway")
	field := inDialog[*widgets.Field](p)[0]
	if check := inDialog[*widgets.Check](p); len(check) != 0 {
		t.Error("trust is asked for before there is an address")
	}
	field.SetText("http://node.example.org:18281")
	if check := inDialog[*widgets.Check](p); len(check) != 1 {
		t.Error("trust is not asked for")
	}
	field.SetText("https://node.example.org:18281")
	press(t, p, "Add")
	if !backend.Asked("gateway https://node.example.org:18281") {
		t.Error(backend.Calls)
	}
	for _, text := range []string{"Remove", "Use those that come with the network"} {
		follow(t, p, text)
	}
	if !backend.Asked("no gateway node.example.org:18281") || !backend.Asked("servers") {
		t.Error(backend.Calls)
	}
	follow(t, p, "Use others")
	inDialog[*widgets.Field](p)[0].SetText("https://a.example\nhttps://b.example")
	press(t, p, "Use these")
	if !backend.Asked("server https://b.example") {
		t.Error(backend.Calls)
	}
}

func TestPlainAddress(t *testing.T) {
	for text, want := range map[string]bool{
		"http://node.example": true, "https://node.example": false, "http://127.0.0.1:1": false, "http://localhost": false, "http://": false, "": false,
	} {
		if plainAddress(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestWorth(t *testing.T) {
	p, backend, _ := opened(t)
	choice := find[*widgets.Select](p)[2]
	if choice.Chosen() != 0 {
		t.Error("it begins switched on")
	}
	choice.Choose(2)
	if backend.Currency() != "EUR" {
		t.Errorf("chose %q", backend.Currency())
	}
	choice.Choose(0)
	if backend.Currency() != "" {
		t.Errorf("still %q", backend.Currency())
	}
}
