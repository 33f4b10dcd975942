package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/ui/page"
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
	add(fyne.KeyK, fyne.KeyModifierShortcutDefault, s.search)
	add(fyne.KeyLeft, fyne.KeyModifierAlt, s.Back)
	add(fyne.KeyRight, fyne.KeyModifierAlt, s.Forward)
	for i, name := range []string{page.Drive, page.Shared, page.Watch, page.Wallet, page.Stake, page.Activity} {
		add(fyne.KeyName(rune('1'+i)), fyne.KeyModifierShortcutDefault, func() { s.Go(page.Route{Page: name}) })
	}
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

// Dropped hands files from the system to the page, or to the drive.
func (s *Shell) Dropped(items []fyne.URI) {
	if !s.ready() {
		return
	}
	var paths []string
	for _, item := range items {
		if item.Scheme() == "file" {
			paths = append(paths, item.Path())
		}
	}
	if _, ok := s.current.(page.Dropper); !ok {
		s.Go(page.Route{Page: page.Drive})
	}
	if p, ok := s.current.(page.Dropper); ok && len(paths) > 0 {
		p.Drop(paths)
	}
}
