package shell

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/page"
)

// Offer shows a link that was clicked elsewhere, with what can be done about
// it; where no page may be shown now, as soon as one may.
func (s *Shell) Offer(link string) {
	if !isLink(link) {
		return
	}
	s.offered = link
	s.offer()
}

// offer shows the link that waits, if there is one and a page may be shown.
func (s *Shell) offer() {
	if s.offered == "" || !s.ready() {
		return
	}
	link := s.offered
	s.offered = ""
	s.Go(page.Route{Page: page.Link, Arg: link})
}

// isLink tells whether a word that the program was started with is a link: the
// system hands over whatever was clicked.
func isLink(word string) bool {
	return strings.HasPrefix(word, "stos://") || strings.HasPrefix(word, "sds://")
}

// paste opens the link on the clipboard, where no field takes what is pasted.
func (s *Shell) paste() {
	if link := strings.TrimSpace(s.fyneApp.Clipboard().Content()); isLink(link) {
		s.Offer(link)
	}
}

// droppedLink is the link among things that were dropped: browsers drop
// addresses, which the toolkit takes for names of files in the working folder.
func droppedLink(items []fyne.URI) string {
	for _, item := range items {
		for _, scheme := range []string{"stos:", "sds:"} {
			if _, rest, found := strings.Cut(item.Path(), "/"+scheme+"/"); found {
				return scheme + "//" + strings.TrimLeft(rest, "/")
			}
		}
	}
	return ""
}
