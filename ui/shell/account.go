package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// accountLetters is how much of a name has room in the sidebar.
const accountLetters = 18

// accountText names the account in use: by its wallet, but for a second account
// of it.
func accountText(list []app.WalletInfo) string {
	for _, w := range list {
		if !w.Current {
			continue
		}
		name := w.Name
		if w.Account.Index > 0 && w.Account.Name != "" {
			name = w.Account.Name
		}
		if name == "" {
			return say.Brief(w.Account.Address)
		}
		if letters := []rune(name); len(letters) > accountLetters {
			return string(letters[:accountLetters-1]) + "…"
		}
		return name
	}
	return lang.L("Account")
}

// nameAccount shows which account is in use.
func (s *Shell) nameAccount() {
	list, err := s.backend.Wallets()
	if err != nil {
		list = nil // whoever needs them says so
	}
	s.account.SetText(accountText(list))
}

// showAccounts offers what can be done about wallets and accounts.
func (s *Shell) showAccounts() {
	if s.locked() || !s.ready() {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.account)
	widgets.ShowMenu(s.Host.Canvas(), at.AddXY(0, s.account.Size().Height), s.pages.AccountMenu()...)
}
