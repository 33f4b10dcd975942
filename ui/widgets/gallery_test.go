package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

func ground(o fyne.CanvasObject) fyne.CanvasObject {
	return NewBox(theme.Background, theme.Clear, 0, Even(24), o)
}

func gallery() fyne.CanvasObject {
	off, busy := NewButton(Primary, "Send", "", nil), NewButton(Secondary, "Off", "plus", nil)
	off.Disable()
	busy.Disable()
	bar := NewProgress()
	bar.Set(0.42)
	ticked := NewCheck("I wrote them down", nil)
	ticked.checked = true
	left := Column(16,
		Row(12, NewButton(Primary, "Add files", "arrow-up", nil), NewButton(Secondary, "New", "plus", nil),
			NewButton(Secondary, "", "dots", nil)),
		Row(12, NewButton(Quiet, "All activity", "", nil), NewButton(Dangerous, "Delete", "trash", nil), off, busy),
		NewField("Search files", "search"),
		NewPasswordField("Password"),
		Labelled("Amount", NewField("0", "")),
		Row(8, NewPill("Main account", Active), NewPill("In service", Good), NewPill("Slow", Warn),
			NewPill("Offline", Bad), NewPill("Practice", Neutral)),
		NewNotice("You have never sent to this address before.", Warn, 420),
		NewNotice("Your files are safe. The network does not answer; it is tried again in a minute, and nothing is lost.", Bad, 420),
		ticked, NewCheck("Not yet", nil),
		NewSegments([]string{"1 day", "7 days", "30 days"}, 1, nil),
		bar,
	)
	chosen := NewChoiceCard("lightning", "Try it here", "A complete network on this computer. Ready now, costs nothing.", nil)
	chosen.SetChosen(true)
	right := Column(16,
		container.NewCenter(NewSteps([]string{"Wallet", "Network", "Folder"}, 1)),
		chosen, NewChoiceCard("globe", "Stratos mainnet", "Hundreds of nodes around the world.", nil),
		NewCard(Column(8, NewText("Where it is", Heading), NewKeyValue("Free to use", "934.332"), Line(),
			NewText("1,284.372", Large), NewText("212.6", Figure), NewText("st1c7 4wqy … k3h2", Code))),
		Row(16, NewQR("st1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", 140),
			NewEmpty("film", "Nothing here", "Drop files anywhere.", nil)),
	)
	return ground(container.NewGridWithColumns(2, left, Pad(Insets{0, 0, 0, 24}, right)))
}

func TestGallery(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		shots.Match(t, "gallery-"+mode, shots.Window(t, gallery(), 980, 640))
	})
}
