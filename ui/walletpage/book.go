package walletpage

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

const bookHeight float32 = 264

// book is the address book: people to choose, add, change and remove.
type book struct {
	page   *Page
	dialog *widgets.Dialog
	take   func(app.Contact)

	search          *widgets.Field
	table           *widgets.Table
	body            *fyne.Container
	edit, drop, use *widgets.Button
	shown           []app.Contact
}

// openBook shows the address book by itself; using somebody pays them.
func (p *Page) openBook() { p.book(func(c app.Contact) { p.send(&c) }) }

// book shows the address book, and gives who is chosen to take.
func (p *Page) book(take func(app.Contact)) {
	b := &book{page: p, dialog: widgets.NewDialog(p.host.Canvas()), take: take, body: container.NewStack()}
	b.search = widgets.NewField(lang.L("Search"), "search")
	b.search.OnChanged = func(string) { b.show() }
	b.table = widgets.NewTable([]widgets.TableColumn{{Width: 84, Trailing: true}})
	b.table.OnSelected = func(int) { b.allow() }
	b.table.OnOpen = func(int) { b.choose() }
	add := widgets.NewButton(widgets.Secondary, lang.L("New"), "plus", func() { p.editPerson(app.Contact{}, b.read) })
	b.edit = widgets.NewButton(widgets.Secondary, "", "edit", func() { b.with(func(c app.Contact) { p.editPerson(c, b.read) }) })
	b.drop = widgets.NewButton(widgets.Secondary, "", "trash", func() { b.with(b.remove) })
	b.use = widgets.NewButton(widgets.Primary, lang.L("Send to"), "", b.choose)
	list := widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Even(6), b.body)
	b.dialog.Present(widgets.Sheet{
		Title: lang.L("Address book"),
		Body: widgets.Column(12, widgets.Edges(nil, nil, nil, widgets.Pad(widgets.Insets{Left: 8}, widgets.Row(8, add, b.edit, b.drop)), b.search),
			widgets.Sized(0, bookHeight, list)),
		Buttons: b.buttons(),
		Focus:   b.search,
	})
	b.read()
}

// buttons are those at the end: an address that is only watched sends nothing.
func (b *book) buttons() []*widgets.Button {
	list := []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Close"), "", b.dialog.Close), b.use}
	if b.page.wallet.Watched {
		return list[:1]
	}
	return list
}

// read reads the book again and shows it.
func (b *book) read() {
	b.page.changedPeople()
	b.show()
}

// show shows the people that the search leaves.
func (b *book) show() {
	before, keep := "", -1
	b.with(func(c app.Contact) { before = c.Address })
	b.shown = listed(b.page.people, b.search.Text)
	rows := make([]widgets.TableRow, len(b.shown))
	for i, c := range b.shown {
		if rows[i] = personRow(c); c.Address == before {
			keep = i
		}
	}
	b.table.SetRows(rows)
	b.table.Select(keep) // somebody is chosen, not a place in the list
	b.body.Objects = nil
	switch {
	case len(rows) > 0:
		b.body.Add(b.table)
	case len(b.page.people) > 0:
		b.body.Add(container.NewCenter(widgets.NewText(lang.L("Nothing found"), widgets.Second)))
	default:
		b.body.Add(widgets.NewEmpty("book", lang.L("Nobody is in it yet"), lang.L("Save people whom you pay, so that you never have to compare letters again."), nil))
	}
	b.body.Refresh()
	b.allow()
}

func (b *book) allow() {
	chosen := b.table.Selected() >= 0
	for _, each := range []*widgets.Button{b.edit, b.drop, b.use} {
		each.SetEnabled(chosen)
	}
}

func (b *book) with(do func(app.Contact)) {
	if i := b.table.Selected(); i >= 0 && i < len(b.shown) {
		do(b.shown[i])
	}
}

func (b *book) choose() {
	if b.page.wallet.Watched {
		return
	}
	b.with(func(c app.Contact) {
		b.dialog.Close()
		b.take(c)
	})
}

// remove takes somebody out after asking.
func (b *book) remove(c app.Contact) {
	d := widgets.NewDialog(b.page.host.Canvas())
	gone := widgets.NewButton(widgets.Dangerous, lang.L("Remove"), "", func() {
		d.Close()
		b.page.host.Fail(b.page.backend.RemoveContact(c.Address))
		b.table.Select(-1)
		b.read()
	})
	d.Present(widgets.Sheet{
		Title:   lang.L("Remove {{.Name}}?", map[string]any{"Name": c.Name}),
		Text:    lang.L("Payments to and from this address stay in your history, without the name."),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Keep"), "", d.Close), gone},
	})
}

// editPerson asks for somebody's name, address and note, and saves them. A
// contact without a name is a new one.
func (p *Page) editPerson(c app.Contact, done func()) {
	name, address, memo := widgets.NewField(lang.L("Ana"), ""), widgets.NewField(lang.L("An address that begins with st1 or 0x"), ""), widgets.NewField(lang.L("A note for every payment"), "")
	name.SetText(c.Name)
	address.SetText(c.Address)
	memo.SetText(c.Memo)
	exchange := widgets.NewCheck(lang.L("An exchange, which needs a note"), func(on bool) { c.Exchange = on })
	exchange.SetChecked(c.Exchange)
	f := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("In the address book"), Focus: name,
		Body: widgets.Column(12, widgets.Labelled(lang.L("Name"), name), widgets.Labelled(lang.L("Address"), address),
			widgets.Labelled(lang.L("Note"), memo), exchange),
	}, lang.L("Save"), lang.L("Checking"), func() bool {
		return strings.TrimSpace(name.Text) != "" && len(strings.TrimSpace(address.Text)) >= 20
	}, func(context.Context) error {
		to := c
		to.Name, to.Address, to.Memo = strings.TrimSpace(name.Text), strings.TrimSpace(address.Text), strings.TrimSpace(memo.Text)
		return p.savePerson(c.Address, to)
	}, func(f *ask.Form) {
		f.Dialog.Close()
		done()
	})
	f.Follow(name, address, memo)
}

// savePerson saves a contact. When the address changed it takes the place of
// the old one, which is put back if the new one is refused.
func (p *Page) savePerson(old string, c app.Contact) error {
	before := knows(p.people, old)
	if before == nil || strings.EqualFold(old, c.Address) {
		return p.backend.SaveContact(c)
	}
	c.Hex = ""
	if err := p.backend.RemoveContact(old); err != nil {
		return err
	}
	err := p.backend.SaveContact(c)
	if err != nil {
		return errors.Join(err, p.backend.SaveContact(*before))
	}
	return nil
}
