package care

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/onboard"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// ShowWords shows the words after asking for the password.
func (c *Care) ShowWords() {
	password := passwordField()
	var words []string
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Show my words"), Text: lang.L("Make sure that nobody looks over your shoulder. Whoever has these words has your money and your files."),
		Body: password, Focus: password,
	}, lang.L("Show"), lang.L("Opening"), func() bool { return password.Text != "" }, func(ctx context.Context) (err error) {
		secret := []byte(password.Text)
		defer clear(secret)
		words, err = c.backend.ShowWords(ctx, secret)
		return err
	}, func(f *ask.Form) {
		password.SetText("")
		if !f.Dialog.Open() {
			return // nobody waits for them any more
		}
		f.Dialog.Present(widgets.Sheet{
			Title: lang.L("Your words"), Text: lang.L("In this order. Write them on paper; do not photograph them."),
			Body: container.NewStack(onboard.WordGrid(words)), Buttons: []*widgets.Button{widgets.NewButton(widgets.Primary, lang.L("Hide"), "", f.Dialog.Close)},
		})
		words = nil
	})
	f.Follow(password)
}

// CheckBackup asks for some of the words, so that a person knows that they
// were written down; checked is called when they were right.
func (c *Care) CheckBackup(checked func()) {
	positions, err := c.backend.BackupQuestion()
	if err != nil {
		c.host.Fail(err)
		return
	}
	fields, row := make([]*widgets.Field, len(positions)), container.NewGridWithColumns(max(1, len(positions)))
	for i, n := range positions {
		fields[i] = widgets.NewField("", "")
		row.Add(widgets.Labelled(place(n), fields[i]))
	}
	texts := func() (list []string) {
		for _, f := range fields {
			list = append(list, f.Text)
		}
		return list
	}
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Check your words"), Text: lang.L("Take your notes and type these words. Who has them can lose this computer and nothing else."),
		Body: row, Focus: first(fields),
	}, lang.L("Check"), lang.L("Checking"), func() bool { _, ok := answers(texts()); return ok }, func(ctx context.Context) error {
		words, _ := answers(texts())
		return c.backend.AnswerBackup(ctx, words, nil)
	}, func(f *ask.Form) {
		c.done(lang.L("Your words are right. Keep them safe."))(f)
		checked()
	})
	f.Follow(fields...)
}

func first(fields []*widgets.Field) fyne.Focusable {
	if len(fields) == 0 {
		return nil
	}
	return fields[0]
}

// ChangePassword asks for the old password and, twice, for a new one.
func (c *Care) ChangePassword() {
	old, fresh := widgets.NewPasswordField(lang.L("Password until now")), askNewPassword(lang.L("New password"))
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Change the password"), Text: lang.L("Your words stay the same. Other computers keep the password they have."),
		Body: widgets.Column(12, old, fresh.once, fresh.twice, fresh.hint), Focus: old,
	}, lang.L("Change password"), lang.L("Locking"), func() bool { return fresh.ready() && old.Text != "" }, func(ctx context.Context) error {
		before, after := []byte(old.Text), []byte(fresh.once.Text)
		defer clear(before)
		defer clear(after)
		return c.backend.ChangePassword(ctx, before, after)
	}, c.done(lang.L("The new password is in use.")))
	f.Follow(old, fresh.once, fresh.twice)
}

// setKeyring lets the system open the wallet, or no longer. Both ask for the
// password.
func (c *Care) setKeyring(on bool, redraw func()) {
	password := passwordField()
	text, word := keyringWords(true), lang.L("Let it open")
	if !on {
		text, word = lang.L("From now on only the password opens the wallet."), lang.L("No longer")
	}
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Open with the system"), Text: text, Body: password, Focus: password,
	}, word, lang.L("Opening"), func() bool { return password.Text != "" }, func(ctx context.Context) error {
		secret := []byte(password.Text)
		defer clear(secret)
		return c.backend.SetKeyringUnlock(ctx, on, secret)
	}, func(f *ask.Form) { f.Dialog.Close() })
	f.Follow(password)
	f.Dialog.OnClosed = redraw
}
