package shell

import "fyne.io/fyne/v2"

// undoKey lets Ctrl+Z do what was offered last, such as taking back that files
// were deleted.
func (s *Shell) undoKey() {
	undo := &fyne.ShortcutUndo{}
	s.shortcuts.AddShortcut(undo, func(fyne.Shortcut) {
		if s.ready() {
			s.toasts.Take()
		}
	})
	s.Host.Canvas().AddShortcut(undo, s.Press)
}
