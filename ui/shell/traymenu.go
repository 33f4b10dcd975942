package shell

import (
	"path"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// TrayMenu is what lies behind the icon in the tray.
type TrayMenu struct {
	Status string // how things stand, nothing to choose
	Open   TrayRow
	Folder TrayRow
	Pause  TrayRow
	Recent []TrayRow // at most MostRecent
	Quit   TrayRow
}

// TrayRow is a line of the menu; without Do it is not shown.
type TrayRow struct {
	Text string
	Do   func()
}

// MostRecent is how many files the menu names.
const MostRecent = 5

// Tray is the icon of the program in the tray of the desktop.
type Tray interface {
	// Show brings the menu up to date.
	Show(TrayMenu)
	// Close takes the icon away.
	Close()
}

// NewTray makes the icon. A click on it calls tapped; that and what the menu
// does runs on the UI goroutine.
type NewTray func(tapped func()) Tray

// trayStatus is the state of the drive in one line. It says no numbers that
// change all the time: menus are read, not watched.
func trayStatus(s app.Status) string {
	_, text := headline(s)
	if s.Phase == app.PhaseSyncing {
		text = lang.L("Syncing")
	}
	if s.Practice {
		return lang.L("{{.Status}} (practice network)", map[string]any{"Status": text})
	}
	return text
}

// recent are the files that were changed last and still are there, the newest
// first.
func recent(changes []app.DriveChange) []string {
	var out []string
	known := map[string]bool{}
	for _, c := range changes {
		for _, t := range c.Items {
			if known[t.Path] || t.Folder {
				continue
			}
			known[t.Path] = true
			if t.Action != "deleted" {
				out = append(out, t.Path)
			}
			if t.Action == "moved" {
				known[t.From] = true
			}
			if len(out) == MostRecent {
				return out
			}
		}
	}
	return out
}

// trayMenu is what the menu holds; do are what its lines do.
func trayMenu(s app.Status, files []string, do trayDeeds) TrayMenu {
	m := TrayMenu{
		Status: trayStatus(s),
		Open:   TrayRow{lang.L("Open Stratos Drive"), do.open},
		Quit:   TrayRow{lang.L("Quit"), do.quit},
	}
	if s.Phase == app.PhaseOff {
		return m
	}
	m.Folder = TrayRow{lang.L("Open the folder"), do.folder}
	m.Pause = TrayRow{lang.L("Pause syncing"), do.pause}
	if s.Phase == app.PhasePaused {
		m.Pause = TrayRow{lang.L("Resume syncing"), do.resume}
	}
	for _, each := range files {
		m.Recent = append(m.Recent, TrayRow{path.Base(each), func() { do.file(each) }})
	}
	return m
}

// trayDeeds are what the lines of the menu do.
type trayDeeds struct {
	open, folder, pause, resume, quit func()
	file                              func(path string)
}

// leaving is what closing the window does.
type leaving int

const (
	quits leaving = iota
	hides
	hidesAndSays // for the first time
)

// onClose decides what closing the window does: it goes on syncing where there
// is something to sync and a way back to the window, and says so once.
func onClose(tray, ready, watching, told bool) leaving {
	switch {
	case !tray || !ready || watching:
		return quits
	case !told:
		return hidesAndSays
	}
	return hides
}
