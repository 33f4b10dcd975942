package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// Box is a rounded ground with content on it.
type Box struct {
	widget.BaseWidget

	fill, line fyne.ThemeColorName
	radius     float32
	pad        Insets
	content    fyne.CanvasObject
}

// Insets are the distances between a ground and its content.
type Insets struct{ Top, Right, Bottom, Left float32 }

// Even returns the same distance on all sides.
func Even(d float32) Insets { return Insets{d, d, d, d} }

// NewBox returns content on a ground; content may be nil.
func NewBox(fill, line fyne.ThemeColorName, radius float32, pad Insets, content fyne.CanvasObject) *Box {
	b := &Box{fill: fill, line: line, radius: radius, pad: pad, content: content}
	b.ExtendBaseWidget(b)
	return b
}

// NewCard returns content on a card.
func NewCard(content fyne.CanvasObject) *Box {
	return NewBox(theme.Surface, theme.Line, theme.CardRadius, Even(20), content)
}

// Held is what lies on the ground.
func (b *Box) Held() fyne.CanvasObject { return b.content }

// SetContent shows something else on the ground.
func (b *Box) SetContent(content fyne.CanvasObject) {
	b.content = content
	b.Refresh()
}

// SetColors changes ground and line.
func (b *Box) SetColors(fill, line fyne.ThemeColorName) {
	b.fill, b.line = fill, line
	b.Refresh()
}

// CreateRenderer is for the toolkit.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	back := newSheet()
	r := &renderer{}
	arrange := func(size fyne.Size) {
		back.arrange(size)
		if b.content != nil {
			place(b.content, b.pad.Left, b.pad.Top,
				size.Width-b.pad.Left-b.pad.Right, size.Height-b.pad.Top-b.pad.Bottom)
		}
	}
	r.refresh = func() {
		back.dress(theme.Color(b.fill), theme.Color(b.line), b.radius)
		r.objects = slices.Clone(back.objects)
		if b.content != nil {
			r.objects = append(r.objects, b.content)
		}
		arrange(b.Size())
	}
	r.layout = arrange
	r.min = func() fyne.Size {
		inner := fyne.Size{}
		if b.content != nil {
			inner = b.content.MinSize()
		}
		return inner.AddWidthHeight(b.pad.Left+b.pad.Right, b.pad.Top+b.pad.Bottom)
	}
	r.refresh()
	return r
}

// Column puts objects below each other with a gap.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Row puts objects beside each other with a gap; Spring takes what is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Spring takes the room that a row or column has left.
func Spring() fyne.CanvasObject { return layout.NewSpacer() }

// Pad puts distances around an object.
func Pad(in Insets, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(in.Top, in.Bottom, in.Left, in.Right), o)
}

// Gap is empty space of a size.
func Gap(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.Clear))
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

// Sized asks for at least a size; zero leaves that side to the object.
func Sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&sized{fyne.NewSize(width, height)}, o)
}

type sized struct{ size fyne.Size }

// Layout gives every object all the room.
func (s *sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		place(o, 0, 0, size.Width, size.Height)
	}
}

// MinSize is the larger of the wish and what the object needs.
func (s *sized) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := s.size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// Edges puts objects at the edges of another that takes the rest; any may be
// nil. Unlike the toolkit's border it leaves no gaps.
func Edges(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	e := &edges{top, bottom, left, right, middle}
	c := container.New(e)
	for _, o := range []fyne.CanvasObject{middle, top, bottom, left, right} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

type edges struct{ top, bottom, left, right, middle fyne.CanvasObject }

// Layout gives each edge what it needs.
func (e *edges) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	x, y, right, bottom := float32(0), float32(0), size.Width, size.Height
	if shown(e.top) {
		y = e.top.MinSize().Height
		place(e.top, 0, 0, size.Width, y)
	}
	if shown(e.bottom) {
		bottom -= e.bottom.MinSize().Height
		place(e.bottom, 0, bottom, size.Width, size.Height-bottom)
	}
	if shown(e.left) {
		x = e.left.MinSize().Width
		place(e.left, 0, y, x, bottom-y)
	}
	if shown(e.right) {
		right -= e.right.MinSize().Width
		place(e.right, right, y, size.Width-right, bottom-y)
	}
	if shown(e.middle) {
		place(e.middle, x, y, right-x, bottom-y)
	}
}

// MinSize is what all edges need together.
func (e *edges) MinSize([]fyne.CanvasObject) fyne.Size {
	middle, across, down := minOf(e.middle), fyne.Size{}, fyne.Size{}
	for _, o := range []fyne.CanvasObject{e.left, e.right} {
		across.Width += minOf(o).Width
		across.Height = max(across.Height, minOf(o).Height)
	}
	for _, o := range []fyne.CanvasObject{e.top, e.bottom} {
		down.Height += minOf(o).Height
		down.Width = max(down.Width, minOf(o).Width)
	}
	return fyne.NewSize(max(middle.Width+across.Width, down.Width), max(middle.Height, across.Height)+down.Height)
}

func shown(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

func minOf(o fyne.CanvasObject) fyne.Size {
	if !shown(o) {
		return fyne.Size{}
	}
	return o.MinSize()
}

// Line is a thin horizontal line.
func Line() fyne.CanvasObject {
	return Sized(0, 1, NewBox(theme.Line, theme.Clear, 0, Insets{}, nil))
}
