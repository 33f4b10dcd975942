package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func (v *Video) speedItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, s := range rules.Speeds {
		items = append(items, checked(speedName(s), speedName(s) == speedName(v.state.Speed), func() { v.setSpeed(s) }))
	}
	return items
}

// trackItems offers subtitles and, where there is a choice, sound, and both
// earlier or later.
func (v *Video) trackItems() []*fyne.MenuItem {
	subtitles, sound := v.state.Of(playback.Subtitles), v.state.Of(playback.Sound)
	items := v.subtitleItems(subtitles)
	if len(sound) == 0 {
		return items
	}
	items = append(items, fyne.NewMenuItemSeparator())
	if len(sound) > 1 {
		for _, t := range sound {
			items = append(items, checked(saySound(t), t.Chosen, func() { v.choose(playback.Sound, t.ID) }))
		}
	}
	return append(items, delayItem(sayLater(lang.L("Sound"), v.state.SoundDelay), v.delaySound))
}

func (v *Video) subtitleItems(tracks []playback.Track) []*fyne.MenuItem {
	if len(tracks) == 0 {
		none := fyne.NewMenuItem(lang.L("No subtitles in this video"), nil)
		none.Disabled = true
		return []*fyne.MenuItem{none}
	}
	items := []*fyne.MenuItem{checked(lang.L("Subtitles off"), chosen(tracks) < 0, func() { v.choose(playback.Subtitles, 0) })}
	for _, t := range tracks {
		items = append(items, checked(saySubtitles(t), t.Chosen, func() { v.choose(playback.Subtitles, t.ID) }))
	}
	return append(items, delayItem(sayLater(lang.L("Subtitles"), v.state.SubtitleDelay), v.delaySubtitles))
}

// delayItem says how much later something comes, and moves it.
func delayItem(label string, move func(by float64)) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, nil)
	item.ChildMenu = fyne.NewMenu("",
		fyne.NewMenuItem(lang.L("0.1 s earlier"), func() { move(-delayStep) }),
		fyne.NewMenuItem(lang.L("0.1 s later"), func() { move(delayStep) }),
		fyne.NewMenuItem(lang.L("1 s earlier"), func() { move(-1) }),
		fyne.NewMenuItem(lang.L("1 s later"), func() { move(1) }),
	)
	return item
}

// moreItems are what has no control of its own.
func (v *Video) moreItems() []*fyne.MenuItem {
	l := v.state.Loop
	items := []*fyne.MenuItem{
		checked(lang.L("Repeat the video"), l.Whole, v.loopWhole),
		checked(sayPart(l, v.state.Duration), l.Begun, v.loopPart),
	}
	if v.hooks.PlayOn != nil && v.chrome.after+v.chrome.before != "" {
		items = append(items, checked(lang.L("Go on with the next at the end"), v.playOn, v.togglePlayOn))
	}
	items = append(items, v.chapterItems()...)
	return append(items, fyne.NewMenuItemSeparator(),
		checked(lang.L("Figures"), v.figures.box.Visible(), v.toggleFigures),
		fyne.NewMenuItem(lang.L("Keys"), v.toggleKeys),
		v.elsewhereItem(),
	)
}

// chapterItems offers the chapters in a menu of their own.
func (v *Video) chapterItems() []*fyne.MenuItem {
	if len(v.state.Chapters) == 0 {
		return nil
	}
	at := rules.ChapterAt(v.state.Chapters, v.state.Position)
	item, list := fyne.NewMenuItem(lang.L("Chapters"), nil), fyne.NewMenu("")
	for i, c := range v.state.Chapters[:min(maxChapters, len(v.state.Chapters))] {
		list.Items = append(list.Items, checked(sayChapter(c, i), i == at, func() {
			if v.player != nil {
				v.player.GoToChapter(i)
			}
		}))
	}
	item.ChildMenu = list
	return []*fyne.MenuItem{item}
}

func (v *Video) elsewhereItem() *fyne.MenuItem {
	item := fyne.NewMenuItem(lang.L("Open in another player"), func() { v.do(v.hooks.Elsewhere) })
	item.Disabled = v.hooks.Elsewhere == nil
	return item
}

func (v *Video) togglePlayOn() {
	v.playOn = !v.playOn
	v.hooks.PlayOn(v.playOn)
}

func checked(name string, on bool, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(name, do)
	item.Checked = on
	return item
}

// showMenu opens a menu whose lower edge is above a control, inside the video.
func (v *Video) showMenu(above fyne.CanvasObject, items []*fyne.MenuItem) {
	driver, c := fyne.CurrentApp().Driver(), v.canvas()
	if c == nil {
		return
	}
	menu := widgets.NewMenu(c, v.stir, items...)
	size, at := menu.Frame().MinSize(), driver.AbsolutePositionForObject(above)
	right := driver.AbsolutePositionForObject(v).X + v.Size().Width
	x := min(at.X+above.Size().Width/2-size.Width/2, right-size.Width-8)
	menu.ShowAt(fyne.NewPos(x, at.Y-size.Height-8), 0)
}
