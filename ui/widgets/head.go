package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// headGap is the distance between the parts of a head.
const headGap float32 = 12

// NewHead lays a title and what stands beside it at the left of the head of a
// page. Where there is no room for all of them the title goes first, which the
// sidebar says too, then the last ones; the one that is left is as narrow as it
// has to be.
func NewHead(title fyne.CanvasObject, others ...fyne.CanvasObject) *fyne.Container {
	head := container.New(headSide{}, container.NewStack(title))
	for _, o := range others {
		head.Add(container.NewStack(o)) // who hides it for another reason hides it in there
	}
	return head
}

type headSide struct{}

// Layout places those that find room.
func (headSide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var shown []fyne.CanvasObject
	for _, o := range objects {
		if o.Hide(); o.MinSize().Width > 0 {
			shown = append(shown, o)
		}
	}
	if headWidth(shown) > size.Width && len(shown) > 1 {
		shown = shown[1:]
	}
	for headWidth(shown) > size.Width && len(shown) > 1 {
		shown = shown[:len(shown)-1]
	}
	x := float32(0)
	for _, o := range shown {
		o.Show()
		width := min(o.MinSize().Width, max(0, size.Width))
		place(o, x, 0, width, size.Height)
		x += width + headGap
	}
}

func headWidth(objects []fyne.CanvasObject) float32 {
	width := -headGap
	for _, o := range objects {
		width += o.MinSize().Width + headGap
	}
	return width
}

// MinSize asks for no room: what is narrow shows less.
func (headSide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}
