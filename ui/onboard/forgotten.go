package onboard

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// forgot asks for the words of the wallet and a new password: nobody knows the
// old one.
func (u *UnlockPage) forgot() *ask.Form {
	words := widgets.NewAreaField(lang.L("Type or paste the words, with spaces between them"), 3)
	passphrase := widgets.NewPasswordField(lang.L("Passphrase of the words, if they have one"))
	once, twice := widgets.NewPasswordField(lang.L("New password")), widgets.NewPasswordField(lang.L("The same again"))
	hint := widgets.NewText("", widgets.Small)
	f := ask.Show(u.host, widgets.Sheet{
		Title: lang.L("A new password"),
		Text:  lang.L("Nobody can tell you the old one. The words of your wallet open it again, and you choose a new password. Your files and your money stay as they are."),
		Body:  widgets.Column(12, words, passphrase, once, twice, hint), Focus: words,
	}, lang.L("Change the password"), lang.L("Changing"), func() bool {
		return Tidy(words.Text) != "" && PasswordProblem(once.Text, twice.Text) == ""
	}, func(ctx context.Context) error {
		list, extra, password := []byte(Tidy(words.Text)), []byte(passphrase.Text), []byte(once.Text)
		defer clear(list)
		defer clear(extra)
		defer clear(password)
		return u.backend.ResetPassword(ctx, list, extra, password)
	}, func(f *ask.Form) {
		f.Dialog.Close()
		u.done()
	})
	tell := func(string) {
		wrong := ""
		if once.Text != "" || twice.Text != "" {
			wrong = PasswordProblem(once.Text, twice.Text)
		}
		hint.SetText(wrong)
	}
	once.OnChanged, twice.OnChanged = tell, tell
	f.Follow(words, passphrase, once, twice)
	return f
}
