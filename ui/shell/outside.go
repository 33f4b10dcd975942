package shell

import (
	"net/url"

	"fyne.io/fyne/v2/storage"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// openFile gives a file to the system's program for it.
func (s *Shell) openFile(path string) error {
	return s.openAddress(storage.NewFileURI(path).String())
}

// playAddress gives an address to another player; where none is known the
// system's program for addresses plays what it can.
func (s *Shell) playAddress(address string) error {
	if app.PlayElsewhere(address) {
		return nil
	}
	return s.openAddress(address)
}

func (s *Shell) openAddress(address string) error {
	u, err := url.Parse(address)
	if err == nil {
		err = s.fyneApp.OpenURL(u)
	}
	if err != nil {
		return fault.Say(err, "No program on this computer opens it.")
	}
	return nil
}
