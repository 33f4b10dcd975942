package shell

import (
	"context"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// followDesk shows on the desktop what an event says.
func (s *Shell) followDesk(e app.Event) {
	if s.desk.notices == nil {
		return
	}
	switch e.Kind {
	case app.StatusChanged, app.ProblemArose:
		if n := s.desk.notices.status(s.Host.Now(), s.backend.Status()); n != nil {
			s.notify(*n)
		}
		s.showTray()
	case app.SyncDone:
		s.readRecent()
	case app.NodesTold:
		s.tellOfNodes(s.backend.TakeNodeNews())
	case app.SetupChanged:
		s.desk.notices.forget()
		s.desk.recent = nil
		s.readRecent()
		s.showTray()
	case app.WalletChanged:
		if !s.desk.front { // whoever looks at the window sees it, and did it
			s.askNews()
		}
	}
}

// askNews asks what came to the wallet and what is ahead.
func (s *Shell) askNews() {
	if s.backend.Stage() != app.Ready || s.backend.Locked() {
		return
	}
	page.Run(s.Host.Tasks, s.backend.Arrivals, func(a app.Arrivals, err error) {
		if err == nil { // without an answer the next one counts
			s.notifyAll(s.desk.notices.money(s.Host.Now(), a))
		}
	})
	page.Run(s.Host.Tasks, s.backend.Report, func(r app.Report, err error) {
		if err == nil {
			s.notifyAll(s.desk.notices.report(s.Host.Now(), r))
		}
	})
}

func (s *Shell) notifyAll(list []app.Notice) {
	for _, n := range list {
		s.notify(n)
	}
}

// notify shows a notification, unless a person looks at the window, which shows
// it too, or wants none.
func (s *Shell) notify(n app.Notice) {
	if s.desk.front || !s.backend.Notifies() {
		return
	}
	n.Open = lang.L("Show")
	page.Run(s.Host.Tasks, func(ctx context.Context) (bool, error) { return s.backend.Notify(ctx, n) }, func(shown bool, err error) {
		if !shown && err == nil && runtime.GOOS != "linux" {
			s.fyneApp.SendNotification(fyne.NewNotification(n.Title, n.Text))
		}
	})
}

// NoticeOpened leads to what a notification was about.
func (s *Shell) NoticeOpened(topic string) {
	s.Raise()
	s.Go(topics[topic])
}
