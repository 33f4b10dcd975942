package care

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// accounts is the list of the accounts of the wallet in use.
type accounts struct {
	care   *Care
	dialog *widgets.Dialog
	find   *widgets.Button
}

// Accounts shows the accounts of the wallet in use, with what each has and what
// can be done with it.
func (c *Care) Accounts() {
	a := &accounts{care: c, dialog: widgets.NewDialog(c.host.Canvas())}
	a.present()
}

// present reads the accounts and shows them.
func (a *accounts) present() {
	c := a.care
	list, err := c.backend.WalletAccounts()
	if err != nil {
		c.host.Fail(err)
		return
	}
	column := widgets.Column(8)
	for _, each := range list {
		column.Add(a.row(each))
	}
	s := widgets.Sheet{
		Title: lang.L("Accounts"), Body: column,
		Text: lang.L("All come from the same words. Each has its own address, money and stake. Your files stay the same."),
	}
	done := widgets.NewButton(widgets.Secondary, lang.L("Done"), "", a.dialog.Close)
	a.find = widgets.NewButton(widgets.Secondary, lang.L("Find used ones"), "search", a.search)
	add := widgets.NewButton(widgets.Primary, lang.L("Add an account"), "plus", a.add)
	s.Buttons = []*widgets.Button{done, a.find, add}
	if c.oneAccount() {
		s.Text = lang.L("This wallet was brought here by its key, so it has one account only.")
		s.Buttons = []*widgets.Button{done}
	}
	a.dialog.Present(s)
}

// oneAccount tells whether the wallet in use can have no other account.
func (c *Care) oneAccount() bool {
	list, err := c.backend.Wallets()
	return err == nil && current(list).Single
}

const (
	moneyWidth   float32 = 122
	accountInset float32 = 8
)

// row is one account; its money comes when the network answered.
func (a *accounts) row(account app.AccountInfo) fyne.CanvasObject {
	money := widgets.NewText("…", widgets.Name).Align(fyne.TextAlignTrailing)
	page.Run(a.care.host.Tasks, func(ctx context.Context) (app.Balance, error) {
		return a.care.backend.BalanceOf(ctx, account.Address)
	}, func(b app.Balance, err error) { money.SetText(moneyWords(b, err)) })
	words := widgets.Column(2, widgets.NewCutText(account.Name, widgets.Name), widgets.NewText(say.Brief(account.Address), widgets.Small))
	right := widgets.Row(4, container.NewCenter(widgets.Sized(moneyWidth, 0, money)), widgets.Gap(4, 0))
	if account.Current {
		right.Add(container.NewCenter(widgets.NewPill(lang.L("In use"), widgets.Active)))
	} else {
		right.Add(widgets.NewButton(widgets.Quiet, lang.L("Use"), "", func() { a.use(account) }))
	}
	right.Add(widgets.NewButton(widgets.Quiet, "", "edit", func() { a.rename(account) }))
	if account.Index != 0 {
		right.Add(widgets.NewButton(widgets.Quiet, "", "trash", func() { a.hide(account) }))
	}
	return widgets.NewBox(theme.Background, theme.Line, theme.ControlRadius,
		widgets.Insets{Top: accountInset, Right: accountInset, Bottom: accountInset, Left: 14},
		widgets.Edges(nil, nil, nil, container.NewCenter(right), words))
}

// use makes an account the one that sends, stakes and signs.
func (a *accounts) use(account app.AccountInfo) {
	chosen, err := a.care.backend.ChooseAccount(account.Address)
	if err != nil {
		a.care.host.Fail(err)
		return
	}
	a.care.host.Say(lang.L("{{.Name}} is in use.", map[string]any{"Name": chosen.Name}))
	a.present()
}

// add takes the next account into use.
func (a *accounts) add() {
	name := widgets.NewField(lang.L("Rent"), "")
	f := ask.Show(a.care.host, widgets.Sheet{
		Title: lang.L("Add an account"), Text: lang.L("It comes from the words that you have already; there is nothing new to write down."),
		Body: widgets.Labelled(lang.L("Name"), name), Focus: name,
	}, lang.L("Add"), lang.L("Adding"), func() bool { return strings.TrimSpace(name.Text) != "" }, func(ctx context.Context) error {
		_, err := a.care.backend.AddAccount(ctx, name.Text)
		return err
	}, a.closed)
	f.Follow(name)
}

// closed shows the accounts again after a form, unless a person closed them and
// does something else by now.
func (a *accounts) closed(f *ask.Form) {
	f.Dialog.Close()
	if a.dialog.Open() {
		a.present()
	}
}

func (a *accounts) rename(account app.AccountInfo) {
	name := widgets.NewField(account.Name, "")
	name.SetText(account.Name)
	f := ask.Show(a.care.host, widgets.Sheet{Title: lang.L("Another name"), Text: say.Address(account.Address), Body: name, Focus: name},
		lang.L("Rename"), lang.L("Renaming"), func() bool { return strings.TrimSpace(name.Text) != "" }, func(context.Context) error {
			_, err := a.care.backend.RenameAccount(account.Address, name.Text)
			return err
		}, a.closed)
	f.Follow(name)
}

// hide takes an account out of the list after asking.
func (a *accounts) hide(account app.AccountInfo) {
	ask.Show(a.care.host, widgets.Sheet{
		Title: lang.L("Hide {{.Name}}?", map[string]any{"Name": account.Name}),
		Text:  lang.L("Its money stays where it is. The account comes back when you add one, or look for used ones."),
		Body:  widgets.Gap(0, 0),
	}, lang.L("Hide"), lang.L("Hiding"), func() bool { return true }, func(context.Context) error {
		return a.care.backend.HideAccount(account.Address)
	}, a.closed)
}

// search asks the network which accounts were used.
func (a *accounts) search() {
	a.find.Disable()
	a.find.SetText(lang.L("Looking"))
	page.Run(a.care.host.Tasks, a.care.backend.FindAccounts, func(found []app.AccountInfo, err error) {
		if err == nil {
			a.care.host.Say(foundWords(len(found)))
		}
		a.care.host.Fail(err)
		if a.dialog.Open() {
			a.present()
		}
	})
}
