package shell

import (
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// Updater tells of newer versions.
type Updater interface{ Updates() app.Updates }

// markUpdate says quietly, beside Settings, that there is a newer version.
func (s *Shell) markUpdate() {
	mark := ""
	if s.backend.Updates().Offer != nil {
		mark = lang.L("Update")
	}
	s.items[page.Settings].SetMark(mark)
}

// Quit ends the program and keeps how the window was.
func (s *Shell) Quit() { s.quit() }
