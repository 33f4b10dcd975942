// Package ui is the window of the program. [New] makes it over a [Backend]
// (package app's App is one) and a player; [Window.Run] shows it until it is
// closed. Everything in it is made of packages below: theme and widgets give
// the look, shell the frame, and one package each page.
package ui

import (
	"context"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/activity"
	"github.com/stratosdrive/stratosdrive/ui/care"
	"github.com/stratosdrive/stratosdrive/ui/creator"
	"github.com/stratosdrive/stratosdrive/ui/drive"
	"github.com/stratosdrive/stratosdrive/ui/explorer"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/network"
	"github.com/stratosdrive/stratosdrive/ui/nodes"
	"github.com/stratosdrive/stratosdrive/ui/onboard"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/received"
	"github.com/stratosdrive/stratosdrive/ui/settings"
	"github.com/stratosdrive/stratosdrive/ui/shared"
	"github.com/stratosdrive/stratosdrive/ui/shell"
	"github.com/stratosdrive/stratosdrive/ui/stakepage"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/viewer"
	"github.com/stratosdrive/stratosdrive/ui/walletpage"
	"github.com/stratosdrive/stratosdrive/ui/watch"
)

// Backend is all that the window needs of package app.
type Backend interface {
	shell.Backend
	onboard.Backend
	onboard.Unlocker
	drive.Backend
	walletpage.Backend
	stakepage.Backend
	network.Backend
	explorer.Backend
	care.Backend
	viewer.Backend
	watch.Backend
	shared.Backend
	received.Backend
	settings.Backend
	activity.Backend
	nodes.Backend
	creator.Backend
}

// Options are what the window is made with.
type Options struct {
	// NewPlayer starts a video player; nil where there is none.
	NewPlayer watch.NewPlayer
	// NewThumbnails makes small pictures of a video; nil where there are none.
	NewThumbnails watch.NewThumbnails
	// Screen is the part of the screen that windows may take, in the system's
	// own units; nil where that is not known.
	Screen func() image.Rectangle
	// Zoom shows everything in another size, in percent; nil where that cannot
	// be.
	Zoom func(percent int)
	// Version of the program, for "About".
	Version string
	// Hidden starts without showing the window, where a tray leads to it.
	Hidden bool
	// Size of the window in pixels; zero is as it was left, or 1280 x 800.
	Size fyne.Size
	// NewTray makes the icon in the tray of the desktop; nil where there is none.
	NewTray shell.NewTray
	// Frame is what the window system knows of the window; nil where nobody can
	// tell.
	Frame shell.Frame
	// Do runs a function on the UI goroutine and wakes the window where it
	// sleeps; nil is fyne.Do.
	Do func(func())
}

// AppID is the id under which the system knows the program.
const AppID = "io.github.stratosdrive"

// Window is the one window of the program.
type Window struct {
	app     fyne.App
	backend Backend
	options Options
	shell   *shell.Shell
	cinema  *watch.Cinema
	stop    context.CancelFunc
}

// New makes the window without showing it. All of its work ends with ctx.
func New(ctx context.Context, fyneApp fyne.App, backend Backend, o Options) *Window {
	ctx, stop := context.WithCancel(ctx)
	if o.Do == nil {
		o.Do = fyne.Do
	}
	return newWindow(fyneApp, backend, o, page.NewTasks(ctx, o.Do), stop)
}

func newWindow(fyneApp fyne.App, backend Backend, o Options, tasks *page.Tasks, stop context.CancelFunc) *Window {
	w := &Window{app: fyneApp, backend: backend, options: o, stop: stop}
	place := backend.WindowPlace()
	if o.Size.IsZero() {
		w.options.Size = shell.FirstSize(place, fyne.NewSize(1280, 800))
	}
	w.speak()
	w.Dress()
	fyneApp.SetIcon(theme.AppIcon())
	window := fyneApp.NewWindow("Stratos Drive")
	window.SetIcon(theme.AppIcon())
	w.shell = shell.New(fyneApp, window, backend, tasks)
	w.cinema = watch.NewCinema(w.shell.Host, backend, w.newPlayer, o.NewThumbnails)
	w.cinema.Screen = o.Screen
	window.Resize(w.options.Size)
	window.SetMaster()
	shell.PutBack(window, place)
	w.shell.Frame = o.Frame
	w.shell.Open(w)
	w.shell.OnDesktop(o.NewTray, o.Hidden)
	return w
}

// Run shows the window, unless it starts hidden, and returns when the program
// ends. It must be called on the main goroutine.
func (w *Window) Run() {
	if !w.options.Hidden {
		w.shell.Host.Window.Show()
	}
	w.app.Run()
	w.Close()
}

// Close ends the work behind the window; closing twice does nothing.
func (w *Window) Close() {
	w.cinema.Finish()
	w.shell.Close()
	w.stop()
}

// Shell is the frame of the window, for going to a page from outside.
func (w *Window) Shell() *shell.Shell { return w.shell }

// Playing tells whether a video is open, whose pictures have to move. It is for
// the UI goroutine.
func (w *Window) Playing() bool { return w.cinema.Open() }

// Typing tells whether a cursor blinks in a field. It is for the UI goroutine.
func (w *Window) Typing() bool {
	_, field := w.shell.Host.Canvas().Focused().(interface{ CursorTextOffset() int })
	return field
}

// Raise brings the window to the front and shows a link, if there is one, as
// soon as a page may be shown. It may be called from any goroutine.
func (w *Window) Raise(link string) {
	w.shell.Host.Tasks.Back(func() {
		w.shell.Raise()
		w.shell.Offer(link)
	})
}

// Dress shows the window in the look and the size that are chosen.
func (w *Window) Dress() {
	if w.options.Zoom != nil {
		w.options.Zoom(w.backend.TextSize())
	}
	w.app.Settings().SetTheme(theme.New(theme.Mode(w.backend.Theme())))
}

// Speak shows the window in the language that is chosen.
func (w *Window) Speak() {
	w.speak()
	w.shell.Redraw()
}

// speak begins to speak the chosen language. Its words are part of the program;
// a mistake in them leaves the language as it was.
func (w *Window) speak() {
	if err := language.Use(w.backend.Language()); err != nil {
		fyne.LogError("words of the window", err)
	}
}

// Page makes the page of a route; routes of no page give nil.
func (w *Window) Page(r page.Route) page.Page {
	h, practice := w.shell.Host, w.backend.Status().Practice
	if title, files := map[string]string{page.Drive: lang.L("Drive"), page.Shared: lang.L("Shared"), page.Activity: lang.L("Activity")}[r.Page]; files && w.backend.Watching() {
		return w.care().NoDrive(title)
	}
	switch r.Page {
	case page.Drive:
		return drive.New(h, w.backend, r.Arg, practice)
	case page.Shared:
		return shared.New(h, w.backend, practice)
	case page.Watch:
		return watch.New(h, w.backend, w.cinema)
	case page.Play:
		return w.cinema.Page(r.Arg)
	case page.Link:
		if app.IsChannelLink(r.Arg) {
			return creator.New(h, w.backend, r.Arg)
		}
		return received.New(h, w.backend, r.Arg, practice)
	case page.View:
		return viewer.New(h, w.backend, r.Arg)
	case page.Wallet:
		return walletpage.New(h, w.backend, walletpage.Options{Arg: r.Arg, Practice: practice, Care: w.care()})
	case page.Stake:
		return stakepage.New(h, w.backend)
	case page.Activity:
		return activity.New(h, w.backend)
	case page.Nodes:
		return nodes.New(h, w.backend, practice)
	case page.Creator:
		return creator.New(h, w.backend, r.Arg)
	case page.Network:
		if strings.HasPrefix(r.Arg, page.Explorer) {
			return explorer.New(h, w.backend, r.Arg)
		}
		return network.New(h, w.backend)
	case page.Settings:
		return settings.New(h, w.backend, settings.Hooks{
			Lock: w.shell.Lock, Quit: w.shell.Quit, Dress: w.Dress, Speak: w.Speak, Version: w.options.Version, Care: w.care().Cards,
		})
	}
	return nil
}

// care looks after the wallets; when another one is in use, the window shows
// what its state asks for.
func (w *Window) care() *care.Care { return care.New(w.shell.Host, w.backend, w.shell.Enter) }

// AccountMenu is what can be done about wallets and accounts.
func (w *Window) AccountMenu() []*fyne.MenuItem { return w.care().Items() }

// FirstStart makes the way from an empty profile to a ready one.
func (w *Window) FirstStart(done func()) page.Page { return onboard.New(w.shell.Host, w.backend, done) }

// Unlock makes the page that asks for the password.
func (w *Window) Unlock(done func()) page.Page {
	return onboard.NewUnlock(w.shell.Host, w.backend, done)
}

// newPlayer starts a player, or says that there is none.
func (w *Window) newPlayer(onFrame, onChange func()) (watch.Player, error) {
	if w.options.NewPlayer == nil {
		return nil, errNoPlayer()
	}
	return w.options.NewPlayer(onFrame, onChange)
}
