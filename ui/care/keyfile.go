package care

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/onboard"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// keyFile is a key file that was made and not yet saved.
type keyFile struct {
	name string
	data []byte
}

// ExportKey makes a file with the key of the wallet, under a password of its
// own, and asks where to save it.
func (c *Care) ExportKey() {
	password := passwordField()
	once, twice := widgets.NewPasswordField(lang.L("Password of the file")), widgets.NewPasswordField(lang.L("The same again"))
	hint := widgets.NewText("", widgets.Small)
	var made keyFile
	f := c.ask(widgets.Sheet{
		Title: lang.L("Save a key file"), Text: lang.L("Resource nodes and other wallets read it. Whoever has it and its password has your money."),
		Body: widgets.Column(12, password, widgets.Line(), once, twice, hint), Focus: password,
	}, lang.L("Make the file"), lang.L("Locking"), func() bool {
		wrong := onboard.PasswordProblem(once.Text, twice.Text)
		hint.SetText("")
		if once.Text != "" {
			hint.SetText(wrong)
		}
		return password.Text != "" && wrong == ""
	}, func(ctx context.Context) (err error) {
		secret, own := []byte(password.Text), []byte(once.Text)
		defer clear(secret)
		defer clear(own)
		made.name, made.data, err = c.backend.ExportKeyFile(ctx, secret, own)
		return err
	}, func(f *form) {
		f.dialog.Close()
		picker.Save(c.host, lang.L("Save a key file"), c.host.Home(), made.name, func(path string) { c.keep(path, made.data) })
	})
	f.follow(password, once, twice)
}

// keep writes a key file beside the UI goroutine.
func (c *Care) keep(path string, data []byte) {
	page.Do(c.host.Tasks, func(context.Context) error {
		return picker.Write(path, func(w io.Writer) error { _, err := w.Write(data); return err })
	}, func(err error) {
		c.host.Fail(err)
		if err == nil {
			c.host.Say(lang.L("Saved as {{.Name}}", map[string]any{"Name": filepath.Base(path)}))
		}
	})
}
