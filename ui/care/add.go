package care

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/onboard"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// AddWallet asks which kind of wallet to add.
func (c *Care) AddWallet() {
	d := widgets.NewDialog(c.host.Canvas())
	then := func(do func()) func() {
		return func() {
			d.Close()
			do()
		}
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Add a wallet"), Text: lang.L("Each wallet has its own money and its own drive."),
		Body: widgets.Column(10,
			widgets.NewChoiceCard("plus", lang.L("Make a new one"), lang.L("Twelve words to write down."), then(c.NewWallet)),
			widgets.NewChoiceCard("key", lang.L("Bring one here"), lang.L("Its words, its key or a key file."), then(c.ImportWallet)),
			widgets.NewChoiceCard("eye", lang.L("Watch an address"), lang.L("See its money. It cannot send."), then(c.WatchAddress))),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", d.Close)},
	})
}

// words of a new wallet.
const newWords = 12

// NewWallet shows new words and makes a wallet of them.
func (c *Care) NewWallet() {
	words, err := c.backend.NewWords(newWords)
	if err != nil {
		c.host.Fail(err)
		return
	}
	d := widgets.NewDialog(c.host.Canvas())
	onward := widgets.NewButton(widgets.Primary, lang.L("Continue"), "", func() {
		d.Close()
		c.lockNew(strings.Join(words, " "))
		clear(words)
	})
	onward.Disable()
	d.Present(widgets.Sheet{
		Title: lang.L("Write these words down"), Text: lang.L("They are the only way back to this wallet. Nobody can send them to you again."),
		Body:    widgets.Column(14, onboard.WordGrid(words), widgets.NewCheck(lang.L("I wrote them down"), onward.SetEnabled)),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Cancel"), "", d.Close), onward},
	})
}

// lockNew asks for the name and the password of a new wallet.
func (c *Care) lockNew(words string) {
	n := newNaming()
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Name and password"), Text: lang.L("The password locks the wallet on this computer."), Body: n.body, Focus: n.name,
	}, lang.L("Make wallet"), lang.L("Locking"), n.ready, func(ctx context.Context) error {
		password := []byte(n.once.Text)
		defer clear(password)
		_, err := c.backend.AddWallet(ctx, strings.TrimSpace(n.name.Text), words, password)
		return err
	}, c.added)
	f.Follow(n.name, n.once, n.twice)
}

func (c *Care) added(f *ask.Form) {
	f.Dialog.Close()
	c.host.Say(lang.L("The wallet is here and in use."))
	c.changed()
}

// naming are the fields for the name and the password of a wallet.
type naming struct {
	*newPassword
	name *widgets.Field
	body *fyne.Container
}

func newNaming() *naming {
	n := &naming{name: widgets.NewField(lang.L("Savings"), ""), newPassword: askNewPassword(lang.L("Password"))}
	n.body = widgets.Column(12, widgets.Labelled(lang.L("Name"), n.name), n.once, n.twice, n.hint)
	return n
}

// ready tells whether name and password are there, and says what is missing.
func (n *naming) ready() bool { return n.newPassword.ready() && strings.TrimSpace(n.name.Text) != "" }

// newPassword are the fields for a password that is new, and a line that says
// what is wrong with it.
type newPassword struct {
	once, twice *widgets.Field
	hint        *widgets.Text
}

func askNewPassword(label string) *newPassword {
	return &newPassword{widgets.NewPasswordField(label), widgets.NewPasswordField(lang.L("The same again")), widgets.NewText("", widgets.Small)}
}

// ready tells whether it is a password, twice the same; what is wrong is said as
// soon as something is typed.
func (p *newPassword) ready() bool {
	wrong := onboard.PasswordProblem(p.once.Text, p.twice.Text)
	p.hint.SetText("")
	if p.once.Text != "" {
		p.hint.SetText(wrong)
	}
	return wrong == ""
}

// ImportWallet brings in a wallet by its words, its key or a key file.
func (c *Care) ImportWallet() {
	content, extra, n := widgets.NewAreaField(lang.L("Words, a private key or the text of a key file"), 3), widgets.NewPasswordField(lang.L("Passphrase, or password of the file")), newNaming()
	kind := widgets.NewText("", widgets.Small)
	help := onboard.NewWordHelp(content, c.backend.HelpWords, c.host.Canvas().Focus)
	file := widgets.NewTextLink(lang.L("Choose a file"), func() { c.readFile(content.SetText) })
	head := widgets.Row(0, widgets.NewText(lang.L("What you have"), widgets.Small.With(widgets.Name.Weight)), widgets.Spring(), file)
	body := widgets.Column(12, widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, head), nil, nil, nil, content), help.Object(), kind, extra, widgets.Line(), n.body)
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Bring a wallet here"), Text: lang.L("What you type stays on this computer."), Body: body, Focus: content,
	}, lang.L("Bring it here"), lang.L("Locking"), func() bool { return strings.TrimSpace(content.Text) != "" && n.ready() },
		func(ctx context.Context) error {
			what, own, password := []byte(content.Text), []byte(extra.Text), []byte(n.once.Text)
			defer clear(what)
			defer clear(own)
			defer clear(password)
			_, err := c.backend.ImportText(ctx, strings.TrimSpace(n.name.Text), what, own, password)
			return err
		}, c.added)
	content.OnChanged = func(text string) {
		kind.SetText(kindOf(text))
		help.Follow(text)
	}
	f.Follow(content, n.name, n.once, n.twice)
}

// most is the largest key file that is read; real ones have a few KB.
const most = 1 << 20

// readFile lets a person choose a key file and gives its text.
func (c *Care) readFile(take func(string)) {
	picker.File(c.host, lang.L("Choose a key file"), c.host.Home(), func(path string) {
		page.Run(c.host.Tasks, func(context.Context) (string, error) { return readSmall(path) }, func(text string, err error) {
			c.host.Fail(err)
			if err == nil {
				take(text)
			}
		})
	})
}

func readSmall(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > most {
		return "", errNoKeyFile(filepath.Base(path), err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", errNoKeyFile(filepath.Base(path), err)
	}
	return string(data), nil
}

// WatchAddress adds an address without its key.
func (c *Care) WatchAddress() {
	name, address := widgets.NewField(lang.L("Savings"), ""), widgets.NewField(lang.L("An address that begins with st1 or 0x"), "")
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Watch an address"), Text: lang.L("You see its money and its history. To send, bring its words."),
		Body: widgets.Column(12, widgets.Labelled(lang.L("Name"), name), widgets.Labelled(lang.L("Address"), address)), Focus: name,
	}, lang.L("Watch"), lang.L("Adding"), func() bool {
		return strings.TrimSpace(name.Text) != "" && looksLikeAddress(address.Text)
	}, func(context.Context) error {
		_, err := c.backend.WatchAddress(strings.TrimSpace(name.Text), strings.TrimSpace(address.Text))
		return err
	}, func(f *ask.Form) {
		f.Dialog.Close()
		c.host.Say(lang.L("The address is among your wallets now."))
	})
	f.Follow(name, address)
}

// ManageWallets lists the wallets with what can be done with each.
func (c *Care) ManageWallets() {
	d := widgets.NewDialog(c.host.Canvas())
	c.present(d)
}

func (c *Care) present(d *widgets.Dialog) {
	list, err := c.backend.Wallets()
	if err != nil {
		c.host.Fail(err)
		return
	}
	column := widgets.Column(8)
	for _, w := range list {
		column.Add(c.walletRow(d, w, len(list) > 1))
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Wallets"), Text: lang.L("Removing one takes it off this computer. Its words bring it back."), Body: container.NewStack(column),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Done"), "", d.Close)},
	})
}
