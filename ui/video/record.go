package video

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// Measures of a cover.
const (
	leastCover  float32 = 64
	mostCover   float32 = 360
	coverPart   float32 = 0.5 // of the height
	coverGap    float32 = theme.Between
	recordTitle         = theme.TitleText
)

// record shows something to hear: its cover above title, artist and album. A
// cover in the file itself is drawn by the player.
type record struct {
	box       *fyne.Container
	ground    *canvas.Rectangle // where there is no cover
	icon      *canvas.Image
	cover     *canvas.Image // that lies beside the file
	title, by *canvas.Text
}

func newRecord() *record {
	r := &record{
		ground: canvas.NewRectangle(shape), icon: canvas.NewImageFromResource(whiteIcon("music")),
		cover: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillContain},
		title: words("", recordTitle, theme.SemiBold, white), by: words("", theme.NameText, theme.Regular, dim),
	}
	r.ground.CornerRadius, r.icon.FillMode = theme.CardRadius, canvas.ImageFillContain
	r.title.Alignment, r.by.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	r.cover.Hide()
	r.box = container.NewWithoutLayout(r.ground, r.icon, r.cover, r.title, r.by)
	r.box.Hide()
	return r
}

// coverArea is the square for the cover in an area whose foot belongs to the
// controls, with room for two lines below it.
func coverArea(size fyne.Size, foot float32) (at fyne.Position, side float32) {
	lines, room := coverGap+2.4*recordTitle, size.Height-foot
	side = min(mostCover, size.Width, max(leastCover, min(size.Height*coverPart, room-lines)))
	return fyne.NewPos((size.Width-side)/2, max(0, (room-side-lines)/2)), side
}

// layOut places everything in an area with the cover where told; inside tells
// that the player draws it.
func (r *record) layOut(size fyne.Size, at fyne.Position, side float32, title, by string, inside bool) {
	setVisible(r.cover, r.cover.Image != nil && !inside)
	bare := r.cover.Image == nil && !inside
	setVisible(r.ground, bare)
	setVisible(r.icon, bare)
	put(r.ground, at.X, at.Y, side, side)
	put(r.cover, at.X, at.Y, side, side)
	put(r.icon, at.X+side*0.375, at.Y+side*0.375, side/4, side/4)
	room := size.Width - 2*side/8
	setText(r.title, cut(title, r.title, room))
	setText(r.by, cut(by, r.by, room))
	y := at.Y + side + coverGap
	put(r.title, 0, y, size.Width, r.title.MinSize().Height)
	put(r.by, 0, y+r.title.MinSize().Height, size.Width, r.by.MinSize().Height)
}

// SetCover gives the widget a picture for something to hear that has none of
// its own; nil takes it away.
func (v *Video) SetCover(cover image.Image) {
	v.record.cover.Image = cover
	v.record.cover.Refresh()
	v.placePicture(v.Size())
	v.repaint()
}

// placePicture puts the picture where its kind belongs: a video takes all the
// room, a cover stands above what is said of it.
func (v *Video) placePicture(size fyne.Size) {
	heard := rules.Heard(v.state) && v.failure() == nil
	v.chrome.shade(!heard)
	if heard != v.record.box.Visible() {
		setVisible(v.record.box, heard)
		v.repaint()
	}
	if !heard {
		v.picture.layOut(fyne.NewPos(0, 0), size, v.state)
		v.ground.frame(size, v.picture.raster.Position())
		v.raise()
		return
	}
	v.ground.fill(size)
	at, side := coverArea(size, v.chrome.foot())
	v.picture.layOut(at, fyne.NewSquareSize(side), v.state)
	v.record.layOut(size, at, side, songTitle(v.state.Tags, v.chrome.heading), sayBy(v.state.Tags), v.state.Cover)
}
