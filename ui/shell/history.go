package shell

import "github.com/stratosdrive/stratosdrive/ui/page"

// history is the way through the pages, as in a browser.
type history struct {
	routes []page.Route
	at     int // index of the page that is shown; -1 before the first
}

func newHistory() *history { return &history{at: -1} }

// visit goes to a route and forgets what lay ahead. Going to where one is
// changes nothing.
func (h *history) visit(r page.Route) {
	if h.at >= 0 && h.routes[h.at] == r {
		return
	}
	h.routes = append(h.routes[:h.at+1], r)
	h.at++
}

// back and forward move along the way; ok is false at its ends.
func (h *history) back() (r page.Route, ok bool) { return h.move(-1) }

func (h *history) forward() (r page.Route, ok bool) { return h.move(1) }

func (h *history) move(by int) (page.Route, bool) {
	to := h.at + by
	if to < 0 || to >= len(h.routes) {
		return page.Route{}, false
	}
	h.at = to
	return h.routes[to], true
}
