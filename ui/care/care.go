package care

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what looking after wallets needs of package app.
type Backend interface {
	Wallets() ([]app.WalletInfo, error)
	NewWords(count int) ([]string, error)
	HelpWords(text string) app.WordHelp
	Watching() bool
	WalletAccounts() ([]app.AccountInfo, error)
	AddAccount(ctx context.Context, name string) (app.AccountInfo, error)
	ChooseAccount(address string) (app.AccountInfo, error)
	RenameAccount(address, name string) (app.AccountInfo, error)
	HideAccount(address string) error
	FindAccounts(ctx context.Context) ([]app.AccountInfo, error)
	BalanceOf(ctx context.Context, address string) (app.Balance, error)
	AddWallet(ctx context.Context, name, words string, password []byte) (app.WalletInfo, error)
	BackedUp() bool
	BackupQuestion() ([]int, error)
	AnswerBackup(ctx context.Context, words []string, password []byte) error
	ShowWords(ctx context.Context, password []byte) ([]string, error)
	ExportKeyFile(ctx context.Context, password, filePassword []byte) (name string, file []byte, err error)
	ChangePassword(ctx context.Context, old, new []byte) error
	KeyringAvailable() bool
	KeyringUnlock() bool
	SetKeyringUnlock(ctx context.Context, on bool, password []byte) error
	AutoLock() time.Duration
	SetAutoLock(d time.Duration) error
	SignText(ctx context.Context, text string, password []byte) (signature string, err error)
	VerifyText(address, text, signature string) error
	ImportText(ctx context.Context, name string, content, secret, password []byte) (app.WalletInfo, error)
	WatchAddress(name, address string) (app.WalletInfo, error)
	ChooseWallet(address string) error
	RemoveWallet(ctx context.Context, address string, password []byte) error
	RenameWallet(address, name string) error
}

// Care looks after the wallets of a profile.
type Care struct {
	host    *page.Host
	backend Backend
	changed func() // another wallet is in use, or there is none
}

// New returns it; changed is called when another wallet is in use.
func New(host *page.Host, backend Backend, changed func()) *Care {
	return &Care{host: host, backend: backend, changed: changed}
}

// done closes a form and says how it went.
func (c *Care) done(sentence string) func(*ask.Form) {
	return func(f *ask.Form) {
		f.Dialog.Close()
		c.host.Say(sentence)
	}
}

func passwordField() *widgets.Field { return widgets.NewPasswordField(lang.L("Password")) }

// Reminder is a line for the wallet page while the words were not checked, or
// while there is no key; nil when there is nothing to be reminded of.
func (c *Care) Reminder(checked func()) fyne.CanvasObject {
	if c.backend.Watching() {
		bring := widgets.NewButton(widgets.Secondary, lang.L("Bring it here"), "", c.ImportWallet)
		return widgets.NewBanner(lang.L("You only watch this address. To send, stake or sign, bring its words or its key here."), widgets.Active, bring)
	}
	if c.backend.BackedUp() {
		return nil
	}
	check := widgets.NewButton(widgets.Secondary, lang.L("Check my words"), "", func() { c.CheckBackup(checked) })
	return widgets.NewBanner(lang.L("If this computer breaks, only your words bring your money and files back."), widgets.Warn, check)
}

// Cards are the sections of the settings page.
func (c *Care) Cards(redraw func()) []fyne.CanvasObject {
	if c.backend.Watching() { // there is no key to look after
		return []fyne.CanvasObject{c.walletsCard(), c.messagesCard()}
	}
	return []fyne.CanvasObject{c.wordsCard(redraw), c.passwordCard(redraw), c.walletsCard(), c.messagesCard()}
}

const cardText float32 = 300

// card is a section: a name, a sentence and, at the right, what can be done.
func card(name, text string, control fyne.CanvasObject) fyne.CanvasObject {
	words := widgets.Column(4, widgets.NewText(name, widgets.Heading), widgets.NewParagraph(text, widgets.Second, cardText))
	return widgets.NewCard(widgets.Edges(nil, nil, nil, container.NewCenter(control), words))
}

func (c *Care) wordsCard(redraw func()) fyne.CanvasObject {
	show := widgets.NewButton(widgets.Secondary, lang.L("Show"), "eye", c.ShowWords)
	text := lang.L("You checked that you have them. Keep them where nobody else looks.")
	row := widgets.Row(8, widgets.NewButton(widgets.Secondary, lang.L("Key file"), "download", c.ExportKey), show)
	if !c.backend.BackedUp() {
		text = lang.L("They are the only way back to your money and files. Check that you have them.")
		row.Add(widgets.NewButton(widgets.Secondary, lang.L("Check"), "shield", func() { c.CheckBackup(redraw) }))
	}
	return card(lang.L("Your words"), text, row)
}

func (c *Care) passwordCard(redraw func()) fyne.CanvasObject {
	change := widgets.NewButton(widgets.Secondary, lang.L("Change"), "key", c.ChangePassword)
	ring := widgets.NewSwitch(c.backend.KeyringUnlock(), nil)
	ring.SetEnabled(c.backend.KeyringAvailable())
	ring.OnChanged = func(on bool) { c.setKeyring(on, redraw) }
	after := widgets.NewSelect(lockWords(), lockIndex(c.backend.AutoLock()), func(i int) {
		c.host.Fail(c.backend.SetAutoLock(lockTimes[i]))
	})
	head := widgets.Edges(nil, nil, nil, container.NewCenter(change), widgets.Column(4, widgets.NewText(lang.L("Password"), widgets.Heading),
		widgets.NewParagraph(lang.L("It opens the wallet on this computer only."), widgets.Second, cardText)))
	line := func(name, text string, control fyne.CanvasObject) fyne.CanvasObject {
		return widgets.Edges(nil, nil, nil, container.NewCenter(control),
			widgets.Column(2, widgets.NewText(name, widgets.Name), widgets.NewParagraph(text, widgets.Small, cardText)))
	}
	return widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(20), widgets.Column(14, head, widgets.Line(),
		line(lang.L("Open with the system"), keyringWords(c.backend.KeyringAvailable()), ring),
		line(lang.L("Lock by itself"), lang.L("After a time without use, and when the computer sleeps. The drive goes on syncing."), after)))
}

func (c *Care) walletsCard() fyne.CanvasObject {
	list, _ := c.backend.Wallets()
	return card(lang.L("Wallets"), walletsWords(list), widgets.Row(8,
		widgets.NewButton(widgets.Secondary, lang.L("Add"), "plus", c.AddWallet), widgets.NewButton(widgets.Secondary, lang.L("Manage"), "wallet", c.ManageWallets)))
}

func (c *Care) messagesCard() fyne.CanvasObject {
	row := widgets.Row(8)
	if !c.backend.Watching() {
		row.Add(widgets.NewButton(widgets.Secondary, lang.L("Sign"), "signature", c.Sign))
	}
	row.Add(widgets.NewButton(widgets.Secondary, lang.L("Check"), "shield", c.Verify))
	return card(lang.L("Messages"), lang.L("Prove that an address is yours, or check the proof of somebody else."), row)
}
