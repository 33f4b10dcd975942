package care

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Sign signs a message with the key of the wallet.
func (c *Care) Sign() {
	text, password := widgets.NewAreaField(lang.L("The message, letter by letter"), 4), passwordField()
	var signature string
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Sign a message"), Text: lang.L("It proves that you have the key of your address. It moves no money. Sign only what you have written or understand."),
		Body: widgets.Column(14, text, password), Focus: text,
	}, lang.L("Sign"), lang.L("Signing"), func() bool { return text.Text != "" && password.Text != "" }, func(ctx context.Context) (err error) {
		secret := []byte(password.Text)
		defer clear(secret)
		signature, err = c.backend.SignText(ctx, text.Text, secret)
		return err
	}, func(f *ask.Form) {
		password.SetText("")
		if f.Dialog.Open() {
			c.signed(f, signature)
		}
	})
	f.Follow(text, password)
}

func (c *Care) signed(f *ask.Form, signature string) {
	copied := widgets.NewButton(widgets.Primary, lang.L("Copy signature"), "copy", nil)
	copied.OnTapped = func() {
		c.host.Copy(signature)
		copied.SetText(lang.L("Copied"))
	}
	f.Dialog.Present(widgets.Sheet{
		Title: lang.L("Signed"), Text: lang.L("Give the message, your address and this signature to whoever asked for it."),
		Body: widgets.NewBox(theme.Background, theme.Line, theme.CardRadius, widgets.Even(14),
			widgets.NewParagraph(signature, widgets.Code.In(theme.Text), widgets.DialogInner-28)),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Done"), "", f.Dialog.Close), copied},
	})
}

// Verify checks the signature of a message. It needs no password and no
// network.
func (c *Care) Verify() {
	address := widgets.NewField(lang.L("An address that begins with st1 or 0x"), "")
	text, signature := widgets.NewAreaField(lang.L("The message, letter by letter"), 3), widgets.NewAreaField("", 2)
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Check a signature"), Text: lang.L("It is right when the key of the address signed exactly this message."),
		Body: widgets.Column(14, widgets.Labelled(lang.L("Address"), address), widgets.Labelled(lang.L("Message"), text),
			widgets.Labelled(lang.L("Signature"), signature)), Focus: address,
	}, lang.L("Check"), lang.L("Checking"), func() bool {
		return looksLikeAddress(address.Text) && text.Text != "" && signature.Text != ""
	}, func(context.Context) error {
		return c.backend.VerifyText(address.Text, text.Text, signature.Text)
	}, func(f *ask.Form) {
		f.Tell(lang.L("The signature is right: the key of this address signed this message."), widgets.Good)
	})
	f.Follow(address, text, signature)
}
