package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// calm is how long events are gathered before they are shown: a program that
// syncs thousands of files must not redraw for each.
const calm = 120 * time.Millisecond

// listen brings events to the UI goroutine, equal ones once.
func (s *Shell) listen(events <-chan app.Event, cancel func()) {
	defer cancel()
	waiting := map[app.Event]bool{}
	var order []app.Event
	var due <-chan time.Time
	for {
		select {
		case <-s.Host.Tasks.Context().Done():
			return
		case e, open := <-events:
			if !open {
				return
			}
			if !waiting[e] {
				waiting[e], order = true, append(order, e)
			}
			if due == nil {
				due = time.After(calm)
			}
		case <-due:
			batch := order
			waiting, order, due = map[app.Event]bool{}, nil, nil
			s.Host.Tasks.Back(func() { s.FollowAll(batch) })
		}
	}
}

// FollowAll shows what several events say.
func (s *Shell) FollowAll(batch []app.Event) {
	for _, e := range batch {
		s.Follow(e)
	}
	s.offer()
}

// Follow shows what an event says.
func (s *Shell) Follow(e app.Event) {
	s.followDesk(e)
	if e.Kind == app.WalletChanged || e.Kind == app.SetupChanged {
		s.nameAccount()
	}
	if s.lockedMeanwhile(e) {
		return
	}
	switch e.Kind {
	case app.StatusChanged, app.NetworkStarted, app.SetupChanged, app.DriveChanged:
		s.sidebar.SetStatus(statusView(s.backend.Status()))
	case app.UpdatesChanged:
		s.markUpdate()
	case app.ProblemArose:
		s.Host.Say(say.Told(e.Text))
		s.sidebar.SetStatus(statusView(s.backend.Status()))
	}
	if f, ok := s.current.(page.Follower); ok {
		f.Follow(e)
	}
}

// lockedMeanwhile tells whether the wallet locked itself, or another one that
// is locked came in its place. Then the password page is shown, with nothing
// lying over it; but a film goes on until it is left.
func (s *Shell) lockedMeanwhile(e app.Event) bool {
	if (e.Kind != app.WalletChanged && e.Kind != app.SetupChanged) || s.route == (page.Route{}) || !s.backend.Locked() {
		return false
	}
	if i, ok := s.current.(page.Immersive); ok && i.Immersive() {
		return false
	}
	s.clear()
	s.Enter()
	return true
}

// clear takes away what lies over the page.
func (s *Shell) clear() {
	overlays := s.Host.Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		if d, ok := top.(*widgets.Dialog); ok && d.Open() {
			d.Close()
			continue
		}
		overlays.Remove(top)
	}
}

// StatusTapped leads to what the status is about.
func (s *Shell) StatusTapped() {
	switch s.backend.Status().Phase {
	case app.PhaseOutOfOzone:
		s.Go(page.Route{Page: page.Wallet, Arg: "ozone"})
	case app.PhaseOff, app.PhaseStarting:
		s.Go(page.Route{Page: page.Drive})
	default:
		s.Go(page.Route{Page: page.Activity})
	}
}

// frameLayout puts the sidebar beside the page and folds it in narrow windows.
type frameLayout struct{}

// foldBelow is the window width under which the sidebar shows icons only.
const foldBelow float32 = 900

// Layout places sidebar and page.
func (*frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := theme.SidebarWidth
	if size.Width < foldBelow {
		width = theme.SidebarFolded
	}
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[1].Move(fyne.NewPos(width, 0))
	objects[1].Resize(fyne.NewSize(size.Width-width, size.Height))
}

// MinSize keeps the window usable.
func (*frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(720, 480) }
