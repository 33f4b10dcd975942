package ui

import (
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func errNoPlayer() error {
	return fault.Say(nil, "%s", lang.L("This build has no player of its own. The video can be opened in another one."))
}
