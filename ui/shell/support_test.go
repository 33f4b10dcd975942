package shell

import (
	"net/url"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// blank is a page with all abilities, which notes what it is told.
type blank struct {
	name      string
	immersive bool
	followed  []app.EventKind
	heard     chan<- app.EventKind // may be nil
	dropped   []string
	at        fyne.Position
	searched  int
	pressed   []fyne.KeyName // of its own keys
	left      bool
	object    fyne.CanvasObject
}

func (b *blank) Object() fyne.CanvasObject { return b.object }
func (b *blank) Follow(e app.Event) {
	if b.followed = append(b.followed, e.Kind); b.heard != nil {
		b.heard <- e.Kind
	}
}
func (b *blank) Search() { b.searched++ }
func (b *blank) Shortcut(s fyne.Shortcut) bool {
	b.pressed = append(b.pressed, s.(*desktop.CustomShortcut).KeyName)
	return true
}
func (b *blank) Leave()              { b.left = true }
func (b *blank) Immersive() bool     { return b.immersive }
func (b *blank) Drop(paths []string) { b.dropped = append(b.dropped, paths...) }

func (b *blank) DropAt(paths []string, at fyne.Position) {
	b.dropped, b.at = append(b.dropped, paths...), at
}

// plain is a page without any ability.
type plain struct{ object fyne.CanvasObject }

func (p plain) Object() fyne.CanvasObject { return p.object }

// book are pages that are blank, but for that of settings, which is plain.
type book struct{ made []*blank }

func (b *book) add(name string) *blank {
	p := &blank{name: name, immersive: name == page.Play, object: container.NewStack()}
	b.made = append(b.made, p)
	return p
}

// Page makes a blank page.
func (b *book) Page(r page.Route) page.Page {
	switch r.Page {
	case "unknown", "":
		return nil
	case page.Settings:
		return plain{container.NewStack()}
	}
	return b.add(r.Page)
}

// FirstStart is a blank page.
func (b *book) FirstStart(func()) page.Page { return b.add("start") }

// Unlock is a blank page.
func (b *book) Unlock(func()) page.Page { return b.add("unlock") }

// AccountMenu has one line.
func (b *book) AccountMenu() []*fyne.MenuItem {
	return []*fyne.MenuItem{fyne.NewMenuItem("Wallets", nil)}
}

// last is the page that was made last.
func (b *book) last() *blank { return b.made[len(b.made)-1] }

// begun is a window over blank pages.
func begun(t *testing.T, backend *fake.Backend) (*Shell, *book) {
	t.Helper()
	return begunIn(t, backend, "light", 1280, 800)
}

func begunIn(t *testing.T, backend *fake.Backend, mode string, width, height float32) (*Shell, *book) {
	t.Helper()
	s, b, _ := begunOn(t, backend, mode, width, height)
	return s, b
}

// system is a desktop that keeps what the program asks of it.
type system struct {
	fyne.App
	opened []string
	err    error // opening fails with it
	quits  int
	life   life
}

func (s *system) OpenURL(u *url.URL) error {
	s.opened = append(s.opened, u.String())
	return s.err
}
func (s *system) Quit()                     { s.quits++ }
func (s *system) Lifecycle() fyne.Lifecycle { return &s.life }

// life tells when the window comes to the front and leaves it.
type life struct {
	fyne.Lifecycle
	front, back func()
}

func (l *life) SetOnEnteredForeground(f func()) { l.front = f }
func (l *life) SetOnExitedForeground(f func())  { l.back = f }

// begunOn is begun on a desktop that is looked at.
func begunOn(t *testing.T, backend *fake.Backend, mode string, width, height float32) (*Shell, *book, *system) {
	t.Helper()
	fyneApp := &system{App: test.NewTempApp(t)}
	fyneApp.Settings().SetTheme(theme.New(theme.Mode(mode)))
	w := test.NewTempWindow(t, container.NewStack())
	s := New(fyneApp, w, backend, page.InlineTasks(t.Context()))
	s.Host.Now = func() time.Time { return fake.Now }
	w.Resize(fyne.NewSize(width, height))
	b := &book{}
	s.Open(b)
	t.Cleanup(s.Close)
	return s, b, fyneApp
}

// icon is a tray that keeps what it is told.
type icon struct {
	menu   TrayMenu
	shown  int
	closed int
}

func (i *icon) Show(m TrayMenu) { i.menu, i.shown = m, i.shown+1 }
func (i *icon) Close()          { i.closed++ }

// living is a window on a desktop that may have a tray.
func living(t *testing.T, backend *fake.Backend, tray, hidden bool) (*Shell, *icon, *system) {
	t.Helper()
	s, _, sys := begunOn(t, backend, "light", 1280, 800)
	i := &icon{}
	s.OnDesktop(func(func()) Tray { return i }, hidden)
	s.TrayIs(tray)
	return s, i, sys
}
