package walletpage

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func fields(d *widgets.Dialog) []*widgets.Field { return find[*widgets.Field](d.Sheet().Body) }

func bookTable(t *testing.T, p *Page) *widgets.Table {
	return find[*widgets.Table](dialogOf(t, p).Sheet().Body)[0]
}

func TestTheAddressBook(t *testing.T) {
	p, backend, _ := opened(t)
	p.openBook()
	d := dialogOf(t, p)
	table, buttons := bookTable(t, p), find[*widgets.Button](d.Sheet().Body)
	if table.Len() != 3 || !buttons[1].Disabled() || !d.Sheet().Buttons[1].Disabled() {
		t.Fatal("nobody is chosen yet")
	}
	table.Select(2)
	test.Tap(buttons[1])
	edit := dialogOf(t, p)
	fields(edit)[0].SetText("Landlady")
	edit.Submit("")
	table.Select(0)
	test.Tap(buttons[2])
	dialogOf(t, p).Submit("")
	if !backend.Asked("forget "+fake.Exchange) || table.Len() != 2 {
		t.Errorf("%q", backend.Calls)
	}
	fields(d)[0].SetText("landlady")
	if table.Len() != 1 {
		t.Errorf("found %d", table.Len())
	}
	table.Select(0)
	table.OnOpen(0)
	if dialogOf(t, p).Sheet().Title != "Send STOS" || fields(dialogOf(t, p))[0].Text != "Landlady" {
		t.Error("using somebody pays them")
	}
}

func TestAContactThatIsRefused(t *testing.T) {
	p, backend, _ := opened(t)
	p.editPerson(app.Contact{}, func() { t.Error("saved") })
	d := dialogOf(t, p)
	if !d.Sheet().Buttons[1].Disabled() {
		t.Error("there is no name yet")
	}
	fields(d)[0].SetText("Ana")
	fields(d)[1].SetText(newcomer)
	test.Tap(find[*widgets.Check](d.Sheet().Body)[0])
	d.Submit("")
	if !says(d, "There is another Ana") {
		t.Error("why it was not saved must be told")
	}
	ana := *knows(p.people, "Ana")
	moved := ana
	moved.Address = newcomer
	if err := p.savePerson(ana.Address, moved); err == nil || knows(backend.People, fake.Ana) == nil {
		t.Error("Ana was lost")
	}
	moved.Name = "Ana at work"
	if err := p.savePerson(ana.Address, moved); err != nil || knows(backend.People, fake.Ana) != nil || knows(backend.People, newcomer) == nil {
		t.Errorf("%v", err)
	}
}
