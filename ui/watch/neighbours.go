package watch

import (
	"context"
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/order"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// findNeighbours looks what comes before and after the video: in the list that
// it was chosen from, else in its folder.
func (s *session) findNeighbours() {
	if q := rules.NewQueue(s.given, s.what); q.At >= 0 {
		s.setQueue(q)
		return
	}
	mine, what := s.opened, s.what
	page.Run(s.tasks, func(ctx context.Context) ([]app.Entry, error) { return s.c.backend.Beside(ctx, what) },
		func(list []app.Entry, err error) {
			if err == nil && mine == s.opened { // without it there is just nothing to go on to
				s.setQueue(rules.NewQueue(inOrder(list), what))
			}
		})
}

// inOrder is a folder as people read it.
func inOrder(list []app.Entry) []rules.Item {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b app.Entry) int { return order.Names(a.Name, b.Name) })
	return items(list)
}

func items(list []app.Entry) []rules.Item {
	out := make([]rules.Item, len(list))
	for i, e := range list {
		out[i] = rules.Item{Name: plainName(e.Name), What: e.Path}
	}
	return out
}

func (s *session) setQueue(q rules.Queue) {
	s.queue = q
	s.sayNeighbours()
	s.announce()
}

func (s *session) sayNeighbours() {
	before, _ := s.queue.Previous()
	after, _ := s.queue.Next()
	s.now().SetNeighbours(before.Name, after.Name)
	s.now().SetPlayOn(s.c.playOn)
}

// announce tells the desktop what plays, and how to get to what lies beside it.
func (s *session) announce() {
	known, ok := s.player.(announced)
	if !ok || s.media == nil {
		return
	}
	var previous, next func()
	if _, there := s.queue.Previous(); there {
		previous = onWindow(s.previous)
	}
	if _, there := s.queue.Next(); there {
		next = onWindow(s.next)
	}
	known.Announce(s.media.Title, previous, next)
}

func (s *session) next()     { s.turn(s.queue.Next()) }
func (s *session) previous() { s.turn(s.queue.Previous()) }

// turn goes on to another video, in the same window.
func (s *session) turn(to rules.Item, there bool) {
	if !there || s.over {
		return
	}
	s.stopNoting()
	s.queue = rules.NewQueue(s.queue.Items, to.What)
	s.open(to.What, false)
}

func (s *session) setPlayOn(on bool) { s.c.playOn = on }
