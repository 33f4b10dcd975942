package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/palette"
)

// Press does what a key means on every page.
func (s *Shell) Press(shortcut fyne.Shortcut) {
	s.backend.Touch()
	s.shortcuts.TypedShortcut(shortcut)
}

// keys are the keys that work on every page.
func (s *Shell) keys() {
	add := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
		s.shortcuts.AddShortcut(shortcut, func(fyne.Shortcut) { do() })
		s.Host.Canvas().AddShortcut(shortcut, s.Press)
	}
	add(fyne.KeyK, fyne.KeyModifierShortcutDefault, s.find)
	add(fyne.KeyF, fyne.KeyModifierShortcutDefault, s.search)
	add(fyne.KeyLeft, fyne.KeyModifierAlt, s.Back)
	add(fyne.KeyRight, fyne.KeyModifierAlt, s.Forward)
	for _, key := range []fyne.KeyName{fyne.KeyN, fyne.KeyO} {
		add(key, fyne.KeyModifierShortcutDefault, func() {
			s.toPage(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
		})
	}
	s.undoKey()
	s.shortcuts.AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { s.paste() })
	s.Host.Canvas().AddShortcut(&fyne.ShortcutPaste{}, s.Press)
	add(fyne.KeyLeftBracket, fyne.KeyModifierShortcutDefault, s.Back)
	add(fyne.KeyRightBracket, fyne.KeyModifierShortcutDefault, s.Forward)
	for i, name := range []string{page.Drive, page.Shared, page.Watch, page.Wallet, page.Stake, page.Activity, page.Network, page.Creator} {
		add(fyne.KeyName(rune('1'+i)), fyne.KeyModifierShortcutDefault, func() { s.Go(page.Route{Page: name}) })
	}
}

// toPage gives a shortcut to the page, where nothing lies over it.
func (s *Shell) toPage(shortcut fyne.Shortcut) {
	if p, ok := s.current.(page.Shortcutter); ok && s.ready() && s.Host.Canvas().Overlays().Top() == nil {
		p.Shortcut(shortcut)
	}
}

// find opens the field that finds everything.
func (s *Shell) find() {
	if s.ready() {
		palette.Show(s.Host, s.backend, s.orders())
	}
}

// orders are what can be done from everywhere.
func (s *Shell) orders() []palette.Entry {
	second := lang.L("Do it now")
	list := []palette.Entry{
		{Icon: "lock", Name: lang.L("Lock the wallet"), Second: second, Do: s.Lock},
		{Icon: "user", Name: lang.L("Switch wallet or account"), Second: second, Do: s.showAccounts},
		{Icon: "logout", Name: lang.L("Quit"), Second: second, Do: s.quit},
	}
	if s.onlyWatching() { // nothing is synced
		return list
	}
	pause := palette.Entry{Icon: "pause", Name: lang.L("Pause syncing"), Second: second, Do: s.backend.Pause}
	if s.backend.Status().Phase == app.PhasePaused {
		pause = palette.Entry{Icon: "play", Name: lang.L("Resume syncing"), Second: second, Do: s.backend.Resume}
	}
	return append([]palette.Entry{
		pause,
		{Icon: "lightning", Name: lang.L("Buy ozone"), Second: second, Route: page.Route{Page: page.Wallet, Arg: "ozone"}},
		{Icon: "folder", Name: lang.L("Open the folder"), Second: second, Do: s.openFolder},
	}, list...)
}

// search gives the focus to the search field of the page, or of the drive.
func (s *Shell) search() {
	if !s.ready() {
		return
	}
	if _, ok := s.current.(page.Searchable); !ok {
		s.Go(page.Route{Page: page.Drive})
	}
	if p, ok := s.current.(page.Searchable); ok {
		p.Search()
	}
}

// DroppedAt hands files from the system to the page, with the place of the
// window where they were dropped if that counts, or to the drive.
func (s *Shell) DroppedAt(at fyne.Position, items []fyne.URI) {
	if p, ok := s.current.(page.PlaceDropper); ok && s.ready() && droppedLink(items) == "" {
		if paths := droppedFiles(items); len(paths) > 0 {
			p.DropAt(paths, at)
		}
		return
	}
	s.Dropped(items)
}

// droppedFiles are the paths of the files among things that were dropped.
func droppedFiles(items []fyne.URI) (paths []string) {
	for _, item := range items {
		if item.Scheme() == "file" {
			paths = append(paths, item.Path())
		}
	}
	return paths
}

// Dropped hands files from the system to the page, or to the drive.
func (s *Shell) Dropped(items []fyne.URI) {
	if !s.ready() {
		return
	}
	if link := droppedLink(items); link != "" {
		s.Offer(link)
		return
	}
	paths := droppedFiles(items)
	if _, ok := s.current.(page.Dropper); !ok {
		s.Go(page.Route{Page: page.Drive})
	}
	if p, ok := s.current.(page.Dropper); ok && len(paths) > 0 {
		p.Drop(paths)
	}
}
