package shell

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Desk is what the shell needs of package app to live on a desktop.
type Desk interface {
	WatchTray(ctx context.Context, tell func(there bool))
	Notify(ctx context.Context, n app.Notice) (shown bool, err error)
	OnNotice(opened func(topic string))
	Notifies() bool
	WindowPlace() app.WindowPlace
	SetWindowPlace(p app.WindowPlace) error
	Arrivals(ctx context.Context) (app.Arrivals, error)
	Report(ctx context.Context) (app.Report, error)
	DriveChanges(ctx context.Context, since time.Time, most int) ([]app.DriveChange, error)
	Folder() string
	Watching() bool
	TakeNodeNews() []app.NodeAlert
}

const (
	newsEvery   = 5 * time.Minute
	recentRead  = 10 // changes that the recent files are taken from
	trayPromise = 20 * time.Second
)

// desk is how the window lives on the desktop.
type desk struct {
	newTray NewTray
	tray    Tray // nil until there is a place for it
	there   bool // an icon of ours is shown
	hidden  bool // the window
	front   bool // the window is where a person looks
	recent  []string
	menu    string // what the menu says, to change it only when it is another one
	notices *notices
}

// OnDesktop lets the window live on the desktop: with an icon in its tray, where
// it has one, and with notifications. hidden starts without showing the window.
func (s *Shell) OnDesktop(newTray NewTray, hidden bool) {
	s.desk = desk{newTray: newTray, hidden: hidden, front: !hidden, notices: newNotices()}
	life := s.fyneApp.Lifecycle()
	life.SetOnEnteredForeground(func() {
		s.desk.front = true
		s.seeFrame()
	})
	life.SetOnExitedForeground(func() { s.desk.front = false })
	s.backend.OnNotice(func(topic string) { s.Host.Tasks.Back(func() { s.NoticeOpened(topic) }) })
	s.Host.Window.SetCloseIntercept(s.Closed)
	ctx := s.Host.Tasks.Context()
	if newTray != nil {
		go s.backend.WatchTray(ctx, func(there bool) { s.Host.Tasks.Back(func() { s.TrayIs(there) }) })
	}
	s.Host.Tasks.Every(newsEvery, s.askNews)
	if hidden { // a panel that starts with the session may come later than we do
		s.Host.Tasks.After(trayPromise, s.neverLost)
	}
}

// seeFrame makes the buttons at the side of the mouse lead back and forward.
func (s *Shell) seeFrame() {
	if s.Frame != nil {
		s.Frame.Follow(s.Back, s.Forward)
	}
}

// TrayIs hears whether the desktop shows our icon.
func (s *Shell) TrayIs(there bool) {
	s.desk.there = there
	if there && s.desk.tray == nil {
		s.desk.tray = s.desk.newTray(s.Raise)
		s.readRecent()
	}
	s.showTray()
	if !there && s.desk.tray != nil {
		s.neverLost()
	}
}

// neverLost shows a window that nothing leads to.
func (s *Shell) neverLost() {
	if s.desk.hidden && !s.desk.there {
		s.Raise()
	}
}

// Raise shows the window and brings it to the front.
func (s *Shell) Raise() {
	s.desk.hidden, s.desk.front = false, true
	s.Host.Window.Show()
	s.Host.Window.RequestFocus()
}

// Hidden tells whether the window is not shown.
func (s *Shell) Hidden() bool { return s.desk.hidden }

// onlyWatching tells whether an address is watched and nothing is synced behind
// it.
func (s *Shell) onlyWatching() bool {
	return s.backend.Watching() && s.backend.Status().Phase == app.PhaseOff
}

// Closed is what closing the window does.
func (s *Shell) Closed() {
	s.Remember()
	place := s.backend.WindowPlace()
	switch onClose(s.desk.there, s.backend.Stage() == app.Ready, s.onlyWatching(), place.ToldTray) {
	case hides:
		s.hide()
	case hidesAndSays:
		s.sayItGoesOn(place)
	case quits:
		s.fyneApp.Quit()
	}
}

func (s *Shell) hide() {
	s.desk.hidden, s.desk.front = true, false
	s.Host.Window.Hide()
}

// sayItGoesOn says, the first time, that closing the window ends nothing.
func (s *Shell) sayItGoesOn(place app.WindowPlace) {
	s.clear()
	d := widgets.NewDialog(s.Host.Canvas())
	told := func(then func()) func() {
		return func() {
			place.ToldTray = true
			s.Host.Fail(s.backend.SetWindowPlace(place))
			d.Close()
			then()
		}
	}
	d.Present(widgets.Sheet{
		Title: lang.L("Stratos Drive goes on syncing"),
		Text:  lang.L("The window closes, and your folder stays in sync. The icon beside the clock brings the window back, and quits."),
		Buttons: []*widgets.Button{
			widgets.NewButton(widgets.Secondary, lang.L("Quit instead"), "", told(s.fyneApp.Quit)),
			widgets.NewButton(widgets.Primary, lang.L("Close the window"), "", told(s.hide)),
		},
	})
}

// showTray brings the menu of the tray up to date.
func (s *Shell) showTray() {
	if s.desk.tray == nil {
		return
	}
	m := trayMenu(s.backend.Status(), s.desk.recent, trayDeeds{
		open: s.Raise, quit: s.quit, pause: s.backend.Pause, resume: s.backend.Resume,
		folder: s.openFolder, file: s.openRecent,
	})
	said := m.Status + m.Pause.Text + m.Folder.Text
	said += strings.Join(s.desk.recent, "\n") // equal names may be of other files
	if said != s.desk.menu {
		s.desk.menu = said
		s.desk.tray.Show(m)
	}
}

func (s *Shell) quit() {
	s.Remember()
	s.fyneApp.Quit()
}

// openFolder shows the synced folder in the system's file manager.
func (s *Shell) openFolder() { s.Host.Fail(s.Host.Open(s.backend.Folder())) }

// openRecent opens a file with the system's program for it; one that does not
// lie on this disk is shown where it lies in the drive.
func (s *Shell) openRecent(file string) {
	here := filepath.Join(s.backend.Folder(), filepath.FromSlash(file))
	if _, err := os.Stat(here); err == nil {
		s.Host.Fail(s.Host.Open(here))
		return
	}
	dir := path.Dir(file)
	if dir == "." {
		dir = ""
	}
	s.Raise()
	s.Go(page.Route{Page: page.Drive, Arg: dir})
}

// readRecent asks which files were changed last.
func (s *Shell) readRecent() {
	if s.desk.tray == nil || s.backend.Stage() != app.Ready || s.onlyWatching() {
		return
	}
	page.Run(s.Host.Tasks, func(ctx context.Context) ([]app.DriveChange, error) {
		return s.backend.DriveChanges(ctx, time.Time{}, recentRead)
	}, func(list []app.DriveChange, err error) {
		if err == nil { // what is known stays until the next time
			s.desk.recent = recent(list)
			s.showTray()
		}
	})
}
