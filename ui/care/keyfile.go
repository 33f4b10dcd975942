package care

import (
	"context"
	"io"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/ask"
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
	password, own := passwordField(), askNewPassword(lang.L("Password of the file"))
	var made keyFile
	f := ask.Show(c.host, widgets.Sheet{
		Title: lang.L("Save a key file"), Text: lang.L("Resource nodes and other wallets read it. Whoever has it and its password has your money."),
		Body: widgets.Column(12, password, widgets.Line(), own.once, own.twice, own.hint), Focus: password,
	}, lang.L("Make the file"), lang.L("Locking"), func() bool { return own.ready() && password.Text != "" }, func(ctx context.Context) (err error) {
		secret, locks := []byte(password.Text), []byte(own.once.Text)
		defer clear(secret)
		defer clear(locks)
		made.name, made.data, err = c.backend.ExportKeyFile(ctx, secret, locks)
		return err
	}, func(f *ask.Form) {
		f.Dialog.Close()
		picker.Save(c.host, lang.L("Save a key file"), c.host.Home(), made.name, func(path string) { c.keep(path, made.data) })
	})
	f.Follow(password, own.once, own.twice)
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
