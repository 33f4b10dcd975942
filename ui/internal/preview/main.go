// Command preview opens the window over sample data, to look at pages without
// a network. The first argument names the state: full, empty, error, start or
// locked.
package main

import (
	"context"
	"os"

	fyneapp "fyne.io/fyne/v2/app"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

func main() {
	backend := fake.Full()
	switch argument() {
	case "empty":
		backend = fake.Empty()
	case "error":
		backend = fake.Broken()
	case "start":
		backend = fake.Empty()
		backend.At = app.NeedsWallet
	case "locked":
		backend.IsLocked = true
	}
	ui.New(context.Background(), fyneapp.NewWithID(ui.AppID), backend, ui.Options{Version: "0"}).Run()
}

func argument() string {
	if len(os.Args) > 1 {
		return os.Args[1]
	}
	return "full"
}
