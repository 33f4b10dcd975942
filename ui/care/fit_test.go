package care

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Nothing in the dialogs and cards is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		d := opened(t)
		d.host.Window.Resize(fyne.NewSize(width, height))
		fake.WithAccounts(d.backend)
		d.backend.Kept.BackedUp = false
		open := []func(){d.Accounts, d.ManageWallets, d.AddWallet, d.NewWallet}
		for _, c := range asking {
			open = append(open, func() { c.open(d) })
		}
		for _, show := range open {
			show()
			stage.Fits(t, d.dialog(t).Sheet().Title, d.host.Window)
			d.dialog(t).Close()
		}
		cards := widgets.Column(theme.Between, append([]fyne.CanvasObject{d.Reminder(nil)}, d.Cards(nil)...)...)
		d.host.Window.SetContent(stage.OnGround(cards))
		d.host.Window.Resize(fyne.NewSize(width, height))
		stage.Fits(t, "the cards", d.host.Window)
		stage.Put(d.host, d.NoDrive("Drive"))
		stage.Fits(t, "no drive", d.host.Window)
	})
}
