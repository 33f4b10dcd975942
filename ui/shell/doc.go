// Package shell is the window around the pages: the sidebar, the way from page
// to page and back, the status line, and the stream of events that keeps all
// of it true; and how the window lives on the desktop: its icon in the tray,
// notifications, and what is remembered of it. What it decides is in history.go,
// status.go, notices.go, traymenu.go and remember.go, which know no widget.
package shell

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/palette"
)

// Backend is what the shell needs of package app.
type Backend interface {
	Stage() app.Stage
	Status() app.Status
	Subscribe() (events <-chan app.Event, cancel func())
	Start(ctx context.Context, progress func(sentence string)) error
	Locked() bool
	Lock()
	Touch() // somebody is there
	UnlockByKeyring(ctx context.Context) (tried bool, err error)
	Theme() string
	Pause()
	Resume()
	Wallets() ([]app.WalletInfo, error)
	Desk
	Updater
	palette.Backend
}
