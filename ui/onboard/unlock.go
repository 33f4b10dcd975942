package onboard

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// UnlockPage asks for the password of the wallet.
type UnlockPage struct {
	host    *page.Host
	backend Unlocker
	tasks   *page.Tasks
	leave   func()
	done    func()

	opening  bool
	password *widgets.Field
	unlock   *widgets.Button
	problem  *widgets.Paragraph
	object   fyne.CanvasObject
}

// NewUnlock returns the page; done is called when the wallet is open.
func NewUnlock(host *page.Host, backend Unlocker, done func()) *UnlockPage {
	u := &UnlockPage{host: host, backend: backend, done: done}
	u.tasks, u.leave = host.Tasks.Scope()
	u.password = widgets.NewPasswordField(lang.L("Password"))
	u.unlock = widgets.NewButton(widgets.Primary, lang.L("Unlock"), "", u.open)
	u.problem = widgets.NewParagraph("", widgets.Second.In(theme.Bad), 340)
	u.unlock.Disable()
	u.password.OnChanged = func(text string) { u.unlock.SetEnabled(text != "" && !u.opening) }
	u.password.OnSubmitted = func(string) { u.unlock.Tapped(nil) }
	u.object = container.NewCenter(u.compose())
	return u
}

// Object is the page.
func (u *UnlockPage) Object() fyne.CanvasObject { return u.object }

// Focus lets a person type the password at once.
func (u *UnlockPage) Focus() { u.host.Canvas().Focus(u.password) }

// Leave ends what the page is waiting for.
func (u *UnlockPage) Leave() { u.leave() }

func (u *UnlockPage) compose() fyne.CanvasObject {
	return widgets.Sized(340, 0, widgets.Column(8,
		container.NewCenter(widgets.NewIconAt("logo", theme.Accent, 48)), widgets.Gap(0, 4),
		widgets.NewText(lang.L("Welcome back"), widgets.Title).Align(fyne.TextAlignCenter),
		widgets.NewCutText(u.account(), widgets.Second).Align(fyne.TextAlignCenter), widgets.Gap(0, 12),
		u.password, widgets.Gap(0, 0), u.unlock, widgets.Sized(0, 44, u.problem),
		container.NewCenter(widgets.NewButton(widgets.Quiet, lang.L("Forgot your password?"), "", func() { u.forgot() })),
	))
}

// account says which wallet is to be opened.
func (u *UnlockPage) account() string {
	list, err := u.backend.Wallets()
	if err != nil {
		return ""
	}
	return accountName(list)
}

// accountName names the current wallet.
func accountName(list []app.WalletInfo) string {
	for _, w := range list {
		if w.Current && w.Name != "" {
			return w.Name + ", " + say.Brief(w.Address)
		}
		if w.Current {
			return say.Brief(w.Address)
		}
	}
	return ""
}

func (u *UnlockPage) open() {
	password := []byte(u.password.Text)
	u.opening = true
	u.unlock.Disable()
	u.unlock.SetText(lang.L("Unlocking"))
	u.problem.SetText("")
	page.Do(u.tasks, func(ctx context.Context) error {
		defer clear(password)
		return u.backend.Unlock(ctx, password)
	}, func(err error) {
		u.opening = false
		u.unlock.SetText(lang.L("Unlock"))
		u.unlock.SetEnabled(u.password.Text != "")
		if err != nil {
			u.problem.SetText(sentence(err))
			u.host.Canvas().Focus(u.password)
			return
		}
		u.password.SetText("")
		u.done()
	})
}
