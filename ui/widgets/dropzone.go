package widgets

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// DropZone is a place with a dashed edge that says what may be dropped.
type DropZone struct {
	widget.BaseWidget
	text string
}

// NewDropZone returns a place with a sentence.
func NewDropZone(text string) *DropZone {
	d := &DropZone{text: text}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer is for the toolkit.
func (d *DropZone) CreateRenderer() fyne.WidgetRenderer {
	edge, text := &canvas.Image{FillMode: canvas.ImageFillStretch}, NewText(d.text, Second).Align(fyne.TextAlignCenter)
	r := &renderer{objects: []fyne.CanvasObject{edge, text}}
	r.refresh = func() {
		if size := d.Size(); size.Width > 1 {
			edge.Resource = dashes(size.Width, size.Height)
			edge.Refresh()
		}
	}
	r.layout = func(size fyne.Size) {
		place(edge, 0, 0, size.Width, size.Height)
		place(text, 0, 0, size.Width, size.Height)
		r.refresh()
	}
	r.min = func() fyne.Size { return fyne.NewSize(200, 84) }
	return r
}

// dashes draws the edge for a size.
func dashes(width, height float32) fyne.Resource {
	r, g, b, _ := theme.Color(theme.Line).RGBA()
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%[1]v" height="%[2]v" viewBox="0 0 %[1]v %[2]v" fill="none">`+
		`<rect x="1" y="1" width="%[3]v" height="%[4]v" rx="10" ry="10" stroke="#%02[5]x%02[6]x%02[7]x" stroke-width="1.3" stroke-dasharray="4 4"/></svg>`,
		width, height, width-2, height-2, r>>8, g>>8, b>>8)
	return fyne.NewStaticResource(fmt.Sprintf("dashes-%vx%v-%x.svg", width, height, r^g^b), []byte(svg))
}

// WithDropZone puts a list over a drop zone that is shown where the rows leave
// room for it.
func WithDropZone(list *Files, zone *DropZone) *fyne.Container {
	return container.New(&zoneLayout{list}, list, zone)
}

type zoneLayout struct{ list *Files }

// Layout gives the list everything, so that a frame may begin below its rows, and
// puts the zone over what they leave.
func (z *zoneLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	need := z.list.HeightAt(size.Width)
	zone := objects[1]
	zone.Hide()
	place(objects[0], 0, 0, size.Width, size.Height)
	if rest := size.Height - need; rest >= 120 {
		zone.Show()
		place(zone, 16, need+20, size.Width-32, 84)
	}
}

// MinSize asks for a few rows.
func (z *zoneLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(220, 160) }
