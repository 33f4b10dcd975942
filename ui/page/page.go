// Package page is what the shell and its pages agree on: routes, the abilities
// a page may have, and the host that gives a page its window, its background
// work and the way to other pages.
package page

import (
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// Route says which page is shown, and what it is about. It is a plain value,
// so going back is a list of routes.
type Route struct {
	Page string
	Arg  string // a folder, a file, a link: whatever the page is about
}

// The pages.
const (
	Drive    = "drive"
	Shared   = "shared"
	Watch    = "watch"
	Play     = "play"
	View     = "view"
	Link     = "link"
	Wallet   = "wallet"
	Stake    = "stake"
	Activity = "activity"
	Creator  = "creator"
	Network  = "network"
	Settings = "settings"
	Nodes    = "nodes"
)

// Explorer is the argument of [Network] that leads to the explorer.
const Explorer = "explorer"

// Explore is the way to a thing of the chain in the explorer.
func Explore(kind, id string) Route {
	return Route{Page: Network, Arg: Explorer + "/" + kind + "/" + id}
}

// Page is one page. It is made when its route is shown and left when another
// one is.
type Page interface {
	Object() fyne.CanvasObject
}

// Follower is a page that shows what may change by itself.
type Follower interface {
	Follow(app.Event)
}

// Searchable is a page with a search field.
type Searchable interface {
	Search() // gives it the focus
}

// Shortcutter is a page with keys of its own that work wherever the keyboard is,
// as long as nothing lies over the page.
type Shortcutter interface {
	Shortcut(fyne.Shortcut) (used bool)
}

// Dropper is a page that takes files from the system, by their paths.
type Dropper interface {
	Drop(paths []string)
}

// PlaceDropper is a page on which it counts where files are dropped.
type PlaceDropper interface {
	DropAt(paths []string, at fyne.Position) // at is a place of the window
}

// Leaver is a page that has something to end.
type Leaver interface {
	Leave()
}

// Focuser is a page that wants the keyboard as soon as it is shown.
type Focuser interface {
	Focus()
}

// Immersive is a page that wants the whole window.
type Immersive interface {
	Immersive() bool
}

// Host is what a page stands on. All functions belong to the UI goroutine.
type Host struct {
	Window fyne.Window
	Tasks  *Tasks
	Now    func() time.Time
	Go     func(Route)                            // shows another page
	Back   func()                                 // shows the page before
	Say    func(sentence string)                  // says something for a few seconds
	Offer  func(sentence, word string, do func()) // says something, with a button for what can be done about it
	Open   func(path string) error                // opens a file with the system's program
	Copy   func(text string)                      // puts text on the clipboard
	Video  func(address string) error             // opens an address in the system's player
}

// Home is the folder of a person's own files, where choosing begins.
func (h *Host) Home() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return home
}

// Canvas is the canvas of the window.
func (h *Host) Canvas() fyne.Canvas { return h.Window.Canvas() }

// Fail says what went wrong; nil says nothing.
func (h *Host) Fail(err error) {
	if err != nil {
		h.Say(say.Trouble(err))
	}
}
