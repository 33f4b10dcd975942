package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// Frame is what only the window system knows of the window.
type Frame interface {
	// Position is where the window lies on the screen; ok is false where nobody
	// may know.
	Position() (x, y int, ok bool)
	// Follow calls back and forward for the buttons at the side of the mouse. It
	// may be called often.
	Follow(back, forward func())
}

// Remember keeps how the window is left.
func (s *Shell) Remember() {
	p := placeOf(s.route, s.backend.WindowPlace())
	if !s.Host.Window.FullScreen() {
		size := s.Host.Canvas().Size()
		p.Width, p.Height = size.Width, size.Height
		if s.Frame != nil {
			p.X, p.Y, p.Placed = s.Frame.Position()
		}
	}
	s.Host.Fail(s.backend.SetWindowPlace(p))
}

// placeOf enters the page that is shown. Of pages that are about one thing, such
// as a film or a link, only their list is remembered.
func placeOf(r page.Route, p app.WindowPlace) app.WindowPlace {
	switch r.Page {
	case "": // the password is asked
	case page.Drive:
		p.Page, p.Folder = page.Drive, r.Arg
	case page.Play:
		p.Page, p.Folder = page.Watch, ""
	case page.View:
		p.Page, p.Folder = page.Drive, ""
	default:
		p.Page, p.Folder = r.Page, ""
	}
	return p
}

// firstRoute is the page to begin with: the one that was shown last.
func firstRoute(p app.WindowPlace) page.Route {
	if p.Page == "" {
		return page.Route{Page: page.Drive}
	}
	return page.Route{Page: p.Page, Arg: p.Folder}
}

// The smallest and largest window that is restored, in units of the toolkit.
const (
	leastWidth, leastHeight float32 = 480, 360
	mostWidth, mostHeight   float32 = 8000, 5000
)

// FirstSize is how large the window was left, or otherwise where that is not
// known or makes no sense.
func FirstSize(p app.WindowPlace, otherwise fyne.Size) fyne.Size {
	if p.Width < leastWidth || p.Height < leastHeight || p.Width > mostWidth || p.Height > mostHeight {
		return otherwise
	}
	return fyne.NewSize(p.Width, p.Height)
}

// PutBack puts the window where it was left. Systems may refuse that.
func PutBack(w fyne.Window, p app.WindowPlace) {
	if d, ok := w.(desktop.Window); ok && p.Placed {
		d.RequestPosition(p.X, p.Y)
	}
}
