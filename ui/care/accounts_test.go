package care

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestAccountsAreAddedAndChosen(t *testing.T) {
	test.NewTempApp(t)
	d := opened(t)
	d.Accounts()
	list := d.dialog(t)
	press(t, list, "Add an account")
	d.fill(t, " Rent ")
	if !d.backend.Asked("add account  Rent ") {
		t.Fatalf("asked %q", d.backend.Calls)
	}
	if top := d.dialog(t); top != list {
		t.Fatal("the list is not shown again")
	}
	press(t, list, "Use")
	if !d.backend.Asked("use account " + fake.Address) {
		t.Errorf("asked %q", d.backend.Calls)
	}
}

func TestAccountsAreFound(t *testing.T) {
	test.NewTempApp(t)
	d := opened(t)
	d.Accounts()
	press(t, d.dialog(t), "Find used ones")
	if !d.backend.Asked("find accounts") || len(d.backend.Own) != 2 {
		t.Fatalf("asked %q", d.backend.Calls)
	}
	d.backend.Err = fake.ErrOffline
	press(t, d.dialog(t), "Find used ones")
	if len(d.backend.Own) != 2 {
		t.Error("a failed search lost an account")
	}
}

// TestOneAccountOffersNoMore: a wallet made of a key has no words to take
// another account from.
func TestOneAccountOffersNoMore(t *testing.T) {
	test.NewTempApp(t)
	d := opened(t)
	d.backend.Accounts[0].Single = true
	d.Accounts()
	for _, b := range find[*widgets.Button](d.dialog(t)) {
		if b.Text() == "Add an account" || b.Text() == "Find used ones" {
			t.Errorf("it offers %q", b.Text())
		}
	}
}

// TestWatchedAddressOffersNoKeys: nothing is offered that needs a key.
func TestWatchedAddressOffersNoKeys(t *testing.T) {
	test.NewTempApp(t)
	d := opened(t)
	fake.Watch(d.backend)
	if got := len(d.Cards(nil)); got != 2 {
		t.Errorf("%d cards", got)
	}
	if d.Reminder(nil) == nil {
		t.Error("nobody says that it is only watched")
	}
	for _, item := range d.Items() {
		if item.Label == "Sign a message" || item.Label == "Accounts" {
			t.Errorf("the menu offers %q", item.Label)
		}
	}
}

// Who closes the accounts while one is named does something else by then: they
// do not come back over it.
func TestAccountsStayClosed(t *testing.T) {
	host, _ := stage.Host(t, 760, 720)
	backend := &slow{Backend: fake.Full()}
	care := New(host, backend, func() {})
	a := &accounts{care: care, dialog: widgets.NewDialog(host.Canvas())}
	a.present()
	a.add()
	d := host.Canvas().Overlays().Top().(*widgets.Dialog)
	find[*widgets.Field](d.Sheet().Body)[0].SetText("Rent")
	backend.meanwhile = func() {
		d.Close()
		a.dialog.Close()
	}
	if d.Submit(""); backend.made != 1 || host.Canvas().Overlays().Top() != nil {
		t.Errorf("made %d times, and %T lies over the page", backend.made, host.Canvas().Overlays().Top())
	}
}
