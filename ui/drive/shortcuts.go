package drive

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// offerKeys are the keys of what is offered, as the menu shows them.
var offerKeys = map[offer]desktop.CustomShortcut{
	toOpen:     {KeyName: fyne.KeyReturn},
	toShare:    {KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault},
	toPublish:  {KeyName: fyne.KeyP, Modifier: fyne.KeyModifierShortcutDefault},
	toRename:   {KeyName: fyne.KeyF2},
	toMove:     {KeyName: fyne.KeyF6},
	toCompare:  {KeyName: fyne.KeyD, Modifier: fyne.KeyModifierShortcutDefault},
	toVersions: {KeyName: fyne.KeyH, Modifier: fyne.KeyModifierShortcutDefault},
	toKeep:     {KeyName: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault},
	toFree:     {KeyName: fyne.KeyU, Modifier: fyne.KeyModifierShortcutDefault},
	toRemove:   {KeyName: fyne.KeyDelete},
}

// offerOf is the offer that a key takes, if it is made for what is picked.
func offerOf(key fyne.KeyName, modifier fyne.KeyModifier, picked []app.Entry) (offer, bool) {
	for _, o := range offersFor(picked) {
		if k, has := offerKeys[o]; has && k.KeyName == key && k.Modifier == modifier {
			return o, true
		}
	}
	return 0, false
}

// key are the keys of the list beyond moving.
func (p *Page) key(key *fyne.KeyEvent) bool {
	if key.Name == fyne.KeyBackspace && p.folder != "" {
		p.enter(parent(p.folder))
		return true
	}
	return p.takeByKey(key.Name, 0)
}

// Shortcut takes those with Ctrl; a new folder and new files need nothing picked,
// nor the list, which may still be read.
func (p *Page) Shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	switch plain := c.Modifier == fyne.KeyModifierShortcutDefault; {
	case plain && c.KeyName == fyne.KeyN:
		p.askFolder()
	case plain && c.KeyName == fyne.KeyO:
		p.askFiles()
	default:
		return p.takeByKey(c.KeyName, c.Modifier)
	}
	return true
}

func (p *Page) takeByKey(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	picked := p.picked()
	o, ok := offerOf(key, modifier, picked)
	if ok {
		p.take(o, slices.Clone(picked))
	}
	return ok
}
