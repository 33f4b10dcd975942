package shell

// Redraw makes the frame and the page anew, after the language changed.
func (s *Shell) Redraw() {
	s.compose()
	s.showTray()
	if s.route.Page == "" {
		s.Enter()
		return
	}
	s.show(s.route)
}
