package video

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// showSpeeds offers the speeds above a control.
func (v *Video) showSpeeds(above fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, s := range speeds {
		item := fyne.NewMenuItem(speedName(s), func() { v.setSpeed(s) })
		item.Checked = speedName(s) == speedName(v.state.Speed)
		items = append(items, item)
	}
	v.showMenu(above, items)
}

// showTracks offers subtitles and, where there is a choice, sound.
func (v *Video) showTracks(above fyne.CanvasObject) {
	v.showMenu(above, v.trackItems())
}

func (v *Video) trackItems() []*fyne.MenuItem {
	subtitles, sound := v.state.Of(playback.Subtitles), v.state.Of(playback.Sound)
	if len(subtitles) == 0 && len(sound) < 2 {
		none := fyne.NewMenuItem("No subtitles in this video", nil)
		none.Disabled = true
		return []*fyne.MenuItem{none}
	}
	var items []*fyne.MenuItem
	if len(subtitles) > 0 {
		items = append(items, v.trackItem("Subtitles off", playback.Subtitles, playback.Track{Chosen: !anyChosen(subtitles)}))
		for _, t := range subtitles {
			items = append(items, v.trackItem("Subtitles: "+trackName(t), playback.Subtitles, t))
		}
	}
	if len(sound) > 1 {
		if len(items) > 0 {
			items = append(items, fyne.NewMenuItemSeparator())
		}
		for _, t := range sound {
			items = append(items, v.trackItem("Sound: "+trackName(t), playback.Sound, t))
		}
	}
	return items
}

func (v *Video) trackItem(name string, kind playback.Kind, t playback.Track) *fyne.MenuItem {
	item := fyne.NewMenuItem(name, func() {
		if v.player != nil {
			v.player.Choose(kind, t.ID)
		}
	})
	item.Checked = t.Chosen
	return item
}

func anyChosen(tracks []playback.Track) bool {
	for _, t := range tracks {
		if t.Chosen {
			return true
		}
	}
	return false
}

// trackName is what a person calls a track.
func trackName(t playback.Track) string {
	switch {
	case t.Title != "" && t.Language != "":
		return t.Title + " (" + t.Language + ")"
	case t.Title != "":
		return t.Title
	case t.Language != "":
		return t.Language
	}
	return strconv.Itoa(t.ID)
}

// showMenu opens a menu whose lower edge is above a control, inside the video.
func (v *Video) showMenu(above fyne.CanvasObject, items []*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(v)
	if c == nil {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	menu.OnDismiss = func() { menu.Hide(); v.stir(); v.Focus() }
	size, at := menu.MinSize(), driver.AbsolutePositionForObject(above)
	right := driver.AbsolutePositionForObject(v).X + v.Size().Width
	x := min(at.X+above.Size().Width/2-size.Width/2, right-size.Width-8)
	menu.ShowAtPosition(fyne.NewPos(max(0, x), max(0, at.Y-size.Height-8)))
}
