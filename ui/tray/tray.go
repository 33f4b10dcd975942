// Package tray is the icon of the program in the tray of the desktop. What its
// menu holds is decided by package shell; this package only shows it.
package tray

import (
	"sync"

	"fyne.io/systray"

	"github.com/stratosdrive/stratosdrive/ui/shell"
)

// Tray is the icon. There can be one in a program.
type Tray struct {
	run func(func()) // runs a function on the UI goroutine
	end func()

	mu     sync.Mutex
	ready  bool
	closed bool // the library must not be called any more
	want   shell.TrayMenu
	slots  []*slot
}

// slot is a line of the menu that stays: the library can change lines, but not
// put them between others.
type slot struct {
	item *systray.MenuItem
	row  shell.TrayRow
	new  bool // it was not shown yet
}

// New puts the icon, a PNG, into the tray of the desktop. A click on it calls
// tapped. It must be called on the UI goroutine; run brings functions there.
func New(title string, icon []byte, tapped func(), run func(func())) *Tray {
	t := &Tray{run: run}
	systray.SetOnTapped(func() { run(tapped) })
	start, end := systray.RunWithExternalLoop(func() { t.dressUp(title, icon) }, nil)
	t.end = end
	start()
	return t
}

// Show brings the menu up to date.
func (t *Tray) Show(m shell.TrayMenu) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.want = m
	if t.ready && !t.closed {
		t.dress()
	}
}

// Close takes the icon away. It waits for what is just being shown: the library
// ends the program if it has to show something without its connection.
func (t *Tray) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.end()
}

// dressUp gives the icon all that belongs to it. The library calls it once it has
// its connection, which may be after the program has ended.
func (t *Tray) dressUp(title string, icon []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return
	}
	systray.SetIcon(icon)
	systray.SetTitle(title)
	systray.SetTooltip(title)
	t.fill()
}

// recentSlot is the place of the first file in the menu.
const recentSlot = 4

// fill makes the lines of the menu; the caller holds the lock.
func (t *Tray) fill() {
	for i := range recentSlot + shell.MostRecent + 1 {
		if i == 1 || i == recentSlot || i == recentSlot+shell.MostRecent {
			systray.AddSeparator()
		}
		s := &slot{item: systray.AddMenuItem("", ""), new: true}
		t.slots = append(t.slots, s)
		go t.listen(s)
	}
	t.ready = true
	t.dress()
}

// listen does what a line says whenever it is chosen, until the program ends.
func (t *Tray) listen(s *slot) {
	for range s.item.ClickedCh {
		t.mu.Lock()
		do := s.row.Do
		t.mu.Unlock()
		if do != nil {
			t.run(do)
		}
	}
}

// dress shows what is wanted; the caller holds the lock.
func (t *Tray) dress() {
	m := t.want
	rows := []shell.TrayRow{{Text: m.Status}, m.Open, m.Folder, m.Pause}
	for i := range shell.MostRecent {
		row := shell.TrayRow{}
		if i < len(m.Recent) {
			row = m.Recent[i]
		}
		rows = append(rows, row)
	}
	for i, row := range append(rows, m.Quit) {
		t.slots[i].show(row, i == 0)
	}
}

// show makes a line say something; what nobody can do is hidden, but for the
// line that only says how things stand.
func (s *slot) show(row shell.TrayRow, says bool) {
	visible := row.Do != nil || says
	if s.new || row.Text != s.row.Text {
		s.item.SetTitle(row.Text)
	}
	if was := s.row.Do != nil || says; s.new || was != visible {
		if visible {
			s.item.Show()
		} else {
			s.item.Hide()
		}
	}
	if s.new && says {
		s.item.Disable()
	}
	s.row, s.new = row, false
}
