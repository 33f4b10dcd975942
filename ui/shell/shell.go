package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Pages makes pages. The shell asks which page belongs to a route; a route it
// does not know gives nil.
type Pages interface {
	Page(r page.Route) page.Page
	// FirstStart is the way from an empty profile to a ready one.
	FirstStart(done func()) page.Page
	// Unlock asks for the password of the wallet.
	Unlock(done func()) page.Page
	// AccountMenu is what can be done about wallets and accounts.
	AccountMenu() []*fyne.MenuItem
}

// Shell is the window.
type Shell struct {
	Host *page.Host

	backend Backend
	pages   Pages
	fyneApp fyne.App
	history *history
	current page.Page
	route   page.Route

	items   map[string]*widgets.NavItem
	sidebar *widgets.Sidebar
	status  *widgets.Status
	body    *fyne.Container // the page
	frame   fyne.CanvasObject
	root    *fyne.Container // frame, or a page that fills the window
	toasts  *widgets.Toasts
	stop    context.CancelFunc

	offered string // a link that waits to be shown
	desk    desk
	account *widgets.NavItem

	// Frame is what the window system knows; nil where nobody can tell.
	Frame Frame

	shortcuts fyne.ShortcutHandler
}

// New prepares a window; Pages and Open make it live.
func New(fyneApp fyne.App, w fyne.Window, backend Backend, tasks *page.Tasks) *Shell {
	s := &Shell{backend: backend, fyneApp: fyneApp, history: newHistory()}
	tasks, s.stop = tasks.Scope()
	s.toasts = widgets.NewToasts(tasks.After)
	s.Host = &page.Host{
		Window: w, Tasks: tasks, Now: time.Now, Go: s.Go, Back: s.Back, Say: s.toasts.Say, Offer: s.toasts.Offer,
		Open: s.openFile, Copy: fyneApp.Clipboard().SetContent, Video: s.playAddress,
	}
	s.compose()
	return s
}

// compose makes what stays while pages come and go.
func (s *Shell) compose() {
	s.items = map[string]*widgets.NavItem{}
	top := []*widgets.NavItem{
		s.item("folder", lang.L("Drive"), page.Drive), s.item("share", lang.L("Shared"), page.Shared),
		s.item("play", lang.L("Watch"), page.Watch), s.item("wallet", lang.L("Wallet"), page.Wallet),
		s.item("chart", lang.L("Stake"), page.Stake), s.item("activity", lang.L("Activity"), page.Activity),
		s.item("globe", lang.L("Network"), page.Network),
		s.item("star", lang.L("Creator"), page.Creator),
	}
	s.status = widgets.NewStatus(statusView(s.backend.Status()))
	s.status.OnTapped = s.StatusTapped
	s.account = widgets.NewNavItem("user", "", s.showAccounts)
	s.nameAccount()
	s.sidebar = widgets.NewSidebar(top, s.status, []*widgets.NavItem{s.account, s.item("gear", lang.L("Settings"), page.Settings)})
	s.markUpdate()
	s.body, s.root = container.NewStack(), container.NewStack()
	s.frame = container.New(&frameLayout{}, s.sidebar, s.body)
	s.Host.Window.SetPadded(false)
	s.Host.Window.SetContent(newPresence(s.backend.Touch, container.NewStack(s.root, s.toasts)))
}

func (s *Shell) item(icon, text, name string) *widgets.NavItem {
	n := widgets.NewNavItem(icon, text, func() { s.Go(page.Route{Page: name}) })
	s.items[name] = n
	return n
}

// Open shows what comes first (first start, password, or the drive) and begins
// to follow events. It is called once.
func (s *Shell) Open(pages Pages) {
	s.pages = pages
	s.keys()
	s.Host.Window.SetOnDropped(s.DroppedAt)
	events, cancel := s.backend.Subscribe()
	go s.listen(events, cancel)
	s.Enter()
	s.tryKeyring()
}

// tryKeyring opens the wallet without its password where the user allowed
// that. It is tried once, at the start: a wallet that was locked later wants
// its password.
func (s *Shell) tryKeyring() {
	if s.backend.Stage() == app.NeedsWallet || !s.backend.Locked() {
		return
	}
	unlock := func(ctx context.Context) (tried bool, err error) {
		if tried, err = s.backend.UnlockByKeyring(ctx); tried && err == nil && s.backend.Stage() == app.Ready {
			// The drive opens while the window is still being made. What goes wrong
			// is told when it is opened for the window.
			page.Do(s.Host.Tasks, func(ctx context.Context) error { return s.backend.Start(ctx, nil) }, nil)
		}
		return tried, err
	}
	page.Run(s.Host.Tasks, unlock, func(tried bool, err error) {
		if tried {
			s.Host.Fail(err)
		}
		if tried && err == nil && s.route == (page.Route{}) {
			s.Enter()
		}
	})
}

// Enter shows what the state of the profile asks for.
func (s *Shell) Enter() {
	switch {
	case s.backend.Stage() != app.Ready && s.backend.Stage() != app.NeedsWallet && s.backend.Locked():
		s.fill(s.pages.Unlock(s.Enter)) // the first start was left after the wallet was made
	case s.backend.Stage() != app.Ready:
		s.fill(s.pages.FirstStart(s.Enter))
	case s.backend.Locked():
		s.fill(s.pages.Unlock(s.Enter))
	default:
		s.begin()
	}
}

// begin starts the services and shows the drive, or the page that was shown
// before the wallet was locked.
func (s *Shell) begin() {
	page.Do(s.Host.Tasks, func(ctx context.Context) error { return s.backend.Start(ctx, nil) }, func(err error) {
		s.Host.Fail(err)
		s.Follow(app.Event{Kind: app.StatusChanged})
	})
	s.nameAccount()
	if s.history.at < 0 {
		s.history.visit(firstRoute(s.backend.WindowPlace()))
	}
	if !s.show(s.history.routes[s.history.at]) { // another version of the program had such a page
		s.Go(page.Route{Page: page.Drive})
	}
	s.offer()
}

// Close ends the work of the pages and the stream of events.
func (s *Shell) Close() {
	s.leave()
	s.stop()
	if s.desk.tray != nil {
		s.desk.tray.Close()
		s.desk.tray = nil
	}
}

// Go shows another page.
func (s *Shell) Go(r page.Route) {
	if s.locked() {
		return
	}
	s.backend.Touch()
	if !s.ready() {
		return
	}
	if p := s.pages.Page(r); p != nil {
		s.history.visit(r)
		s.turnTo(r, p)
	}
}

// Back shows the page before.
func (s *Shell) Back() { s.step(s.history.back) }

// Forward shows the page that was left with Back.
func (s *Shell) Forward() { s.step(s.history.forward) }

func (s *Shell) step(move func() (page.Route, bool)) {
	if s.locked() || !s.ready() {
		return
	}
	if r, ok := move(); ok {
		s.show(r)
	}
}

// Lock locks the wallet and asks for its password.
func (s *Shell) Lock() {
	s.backend.Lock()
	s.Enter()
}

// locked shows the password page when the wallet was locked while something
// filled the window that was not to be disturbed.
func (s *Shell) locked() bool {
	if s.route == (page.Route{}) || s.backend.Stage() != app.Ready || !s.backend.Locked() {
		return false
	}
	s.clear()
	s.Enter()
	return true
}

// ready tells whether pages may be shown: no dialog lies over them, and the
// profile is open.
func (s *Shell) ready() bool {
	return s.backend.Stage() == app.Ready && !s.backend.Locked() && s.Host.Canvas().Overlays().Top() == nil
}

// StatusView is what the status line says.
func (s *Shell) StatusView() widgets.StatusView { return s.status.View() }

// Said is what was said last and is still shown.
func (s *Shell) Said() string { return s.toasts.Text() }

// Route is the page that is shown.
func (s *Shell) Route() page.Route { return s.route }

// show shows the page of a route, and tells whether there is one.
func (s *Shell) show(r page.Route) bool {
	p := s.pages.Page(r)
	if p != nil {
		s.turnTo(r, p)
	}
	return p != nil
}

func (s *Shell) turnTo(r page.Route, p page.Page) {
	s.leave()
	s.current, s.route = p, r
	for name, item := range s.items {
		item.SetActive(name == r.Page)
	}
	if i, ok := p.(page.Immersive); ok && i.Immersive() {
		s.put(s.root, p.Object())
	} else {
		s.put(s.body, p.Object())
		s.put(s.root, s.frame)
	}
	s.focus()
}

// fill shows a page in the whole window.
func (s *Shell) fill(p page.Page) {
	s.leave()
	s.current, s.route = p, page.Route{}
	s.put(s.root, p.Object())
	s.focus()
}

func (s *Shell) leave() {
	if l, ok := s.current.(page.Leaver); ok {
		l.Leave()
	}
	s.current = nil
}

func (s *Shell) put(c *fyne.Container, o fyne.CanvasObject) {
	s.Host.Canvas().Unfocus()
	c.Objects = []fyne.CanvasObject{o}
	c.Refresh()
}

// focus gives the keyboard to the page that is shown.
func (s *Shell) focus() {
	if f, ok := s.current.(page.Focuser); ok {
		f.Focus()
	}
}
