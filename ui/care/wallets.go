package care

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func errNoKeyFile(name string, cause error) error {
	return fault.Wrong(cause, "%s", lang.L("{{.Name}} cannot be read as a key file.", map[string]any{"Name": name}))
}

// walletRow is a wallet in the list of all.
func (c *Care) walletRow(d *widgets.Dialog, w app.WalletInfo, several bool) fyne.CanvasObject {
	words := widgets.Column(2, widgets.NewCutText(nameOf(w), widgets.Name), widgets.NewText(say.Brief(w.Address), widgets.Small))
	actions := widgets.Row(4)
	switch {
	case w.Current:
		actions.Add(container.NewCenter(widgets.NewPill(lang.L("In use"), widgets.Active)))
	case w.Watched:
		actions.Add(container.NewCenter(widgets.NewPill(lang.L("Watched"), widgets.Neutral)))
		actions.Add(widgets.NewButton(widgets.Quiet, lang.L("Look"), "", func() { d.Close(); c.Choose(w.Account.Address) }))
	default:
		actions.Add(widgets.NewButton(widgets.Quiet, lang.L("Use"), "", func() { d.Close(); c.Choose(w.Account.Address) }))
	}
	if w.Current || w.Watched { // the name of another one is locked in its file
		actions.Add(widgets.NewButton(widgets.Quiet, "", "edit", func() { c.rename(d, w) }))
	}
	if several {
		actions.Add(widgets.NewButton(widgets.Quiet, "", "trash", func() { c.remove(d, w) }))
	}
	return widgets.NewBox(theme.Background, theme.Line, theme.ControlRadius, widgets.Insets{Top: 8, Right: 8, Bottom: 8, Left: 14},
		widgets.Edges(nil, nil, nil, container.NewCenter(actions), words))
}

// Choose makes a wallet the one in use.
func (c *Care) Choose(address string) {
	if err := c.backend.ChooseWallet(address); err != nil {
		c.host.Fail(err)
		return
	}
	c.changed()
}

func (c *Care) rename(list *widgets.Dialog, w app.WalletInfo) {
	name := widgets.NewField(w.Name, "")
	name.SetText(w.Name)
	f := ask.Show(c.host, widgets.Sheet{Title: lang.L("Another name"), Text: say.Address(w.Address), Body: name, Focus: name},
		lang.L("Rename"), lang.L("Renaming"), func() bool { return strings.TrimSpace(name.Text) != "" }, func(context.Context) error {
			return c.backend.RenameWallet(w.Address, strings.TrimSpace(name.Text))
		}, func(f *ask.Form) {
			f.Dialog.Close()
			if list.Open() { // else a person does something else by now
				c.present(list)
			}
		})
	f.Follow(name)
}

func (c *Care) remove(list *widgets.Dialog, w app.WalletInfo) {
	password := passwordField()
	s := widgets.Sheet{
		Title: lang.L("Remove {{.Name}}?", map[string]any{"Name": nameOf(w)}),
		Text:  lang.L("It is taken off this computer. Its money stays where it is, and only its words bring it back: make sure that you have them."),
		Body:  widgets.Column(8, password, widgets.NewText(lang.L("The password of this wallet."), widgets.Small)), Focus: password,
	}
	if w.Watched {
		s.Text, s.Body, s.Focus = lang.L("You will not see its money here any more."), widgets.Gap(0, 0), nil
	}
	f := ask.Show(c.host, s, lang.L("Remove from this computer"), lang.L("Removing"), func() bool { return w.Watched || password.Text != "" }, func(ctx context.Context) error {
		secret := []byte(password.Text)
		defer clear(secret)
		return c.backend.RemoveWallet(ctx, w.Address, secret)
	}, func(f *ask.Form) {
		f.Dialog.Close()
		if w.Current {
			list.Close()
			c.changed()
			return
		}
		c.present(list)
	})
	f.Follow(password)
}

// Items are what a menu offers about the wallets: the others, and more.
func (c *Care) Items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	list, err := c.backend.Wallets()
	if err != nil {
		c.host.Fail(err)
	}
	for _, w := range list {
		item := fyne.NewMenuItem(listedAs(w), func() { c.Choose(w.Account.Address) })
		item.Checked = w.Current
		if w.Current {
			item.Action = func() {}
		}
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator())
	watching := c.backend.Watching()
	if !watching {
		items = append(items, fyne.NewMenuItem(lang.L("Accounts"), c.Accounts))
	}
	items = append(items, fyne.NewMenuItem(lang.L("Add a wallet"), c.AddWallet), fyne.NewMenuItem(lang.L("Manage wallets"), c.ManageWallets))
	if !watching {
		items = append(items, fyne.NewMenuItem(lang.L("Sign a message"), c.Sign))
	}
	return append(items, fyne.NewMenuItem(lang.L("Check a signature"), c.Verify))
}
