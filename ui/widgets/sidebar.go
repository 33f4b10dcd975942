package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// NavItem is one page in the sidebar.
type NavItem struct {
	widget.BaseWidget
	hover
	focus

	OnTapped func()

	icon, text string
	mark       string // beside the text
	active     bool
}

var (
	_ fyne.Tappable     = (*NavItem)(nil)
	_ fyne.Focusable    = (*NavItem)(nil)
	_ desktop.Hoverable = (*NavItem)(nil)
)

// NewNavItem returns a page of the sidebar.
func NewNavItem(icon, text string, tapped func()) *NavItem {
	n := &NavItem{icon: icon, text: text, OnTapped: tapped}
	n.hover.of, n.focus.of = n, n
	n.ExtendBaseWidget(n)
	return n
}

// SetActive marks the page that is shown.
func (n *NavItem) SetActive(on bool) {
	if n.active != on {
		n.active = on
		n.Refresh()
	}
}

// SetText names the page otherwise.
func (n *NavItem) SetText(text string) {
	if n.text != text {
		n.text = text
		n.Refresh()
	}
}

// SetMark puts a word beside the name of the page, in the colour of the accent,
// or takes it away. Where there is no room for words there is a dot.
func (n *NavItem) SetMark(word string) {
	if n.mark != word {
		n.mark = word
		n.Refresh()
	}
}

// Mark is the word beside the name.
func (n *NavItem) Mark() string { return n.mark }

// Text is what the item is called.
func (n *NavItem) Text() string { return n.text }

// Active tells whether the item is marked.
func (n *NavItem) Active() bool { return n.active }

// Tapped goes to the page.
func (n *NavItem) Tapped(*fyne.PointEvent) {
	if n.OnTapped != nil {
		n.OnTapped()
	}
}

// TypedKey goes to the page by keyboard.
func (n *NavItem) TypedKey(key *fyne.KeyEvent) { pressedBy(n, key, func() { n.Tapped(nil) }) }

// CreateRenderer is for the toolkit.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	back, img, text := canvas.NewRectangle(nil), newIconImage(), NewCutText("", Second)
	mark, dot := NewText("", Small.With(theme.Medium).In(theme.Accent)), canvas.NewCircle(nil)
	r := &renderer{objects: []fyne.CanvasObject{back, img, text, mark, dot}}
	r.layout = func(size fyne.Size) {
		place(back, 0, 0, size.Width, size.Height)
		place(img, 10, centred(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
		narrow, room := size.Width < 80, float32(0)
		if n.mark != "" {
			room = mark.MinSize().Width + 10
		}
		place(mark, size.Width-room, 0, max(0, room-10), size.Height)
		place(dot, 24, centred(size.Height, theme.IconSize)-2, 7, 7)
		place(text, 40, 0, max(0, size.Width-44-room), size.Height)
		text.Hidden, mark.Hidden, dot.Hidden = narrow, narrow, !narrow || n.mark == ""
	}
	r.refresh = func() {
		back.CornerRadius, back.FillColor = theme.ControlRadius, theme.Color(theme.Clear)
		back.StrokeWidth, back.StrokeColor = 0, theme.Color(theme.Accent)
		style, colour := Second.With(theme.Medium), theme.Muted
		if n.hovered {
			back.FillColor = theme.Color(theme.Hover)
		}
		if n.active {
			style, colour = Strong.In(theme.Accent), theme.Accent
			back.FillColor = theme.Color(theme.Soft)
		}
		if n.focused {
			back.StrokeWidth = 2
		}
		text.SetText(n.text)
		text.SetStyle(style)
		mark.SetText(n.mark)
		mark.Refresh()
		dot.FillColor = theme.Color(theme.Accent)
		r.layout(n.Size())
		drawIcon(n, img, n.icon, colour, theme.IconSize)
	}
	r.min = func() fyne.Size { return fyne.NewSize(theme.ControlHeight, theme.ControlHeight) }
	r.refresh()
	return r
}

// Sidebar holds the name of the program, its pages, and at the bottom the
// status and what lies under it. Narrower than half its width it shows icons
// only.
type Sidebar struct {
	widget.BaseWidget

	items, bottom []*NavItem
	status        *Status
}

// NewSidebar returns a sidebar.
func NewSidebar(items []*NavItem, status *Status, bottom []*NavItem) *Sidebar {
	s := &Sidebar{items: items, status: status, bottom: bottom}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for the toolkit.
func (s *Sidebar) CreateRenderer() fyne.WidgetRenderer {
	back, edge := newSheet(), canvas.NewRectangle(nil)
	logo, name := NewIconAt("logo", theme.Accent, 24), NewText("Stratos Drive", Heading)
	r := &renderer{objects: append(slices.Clone(back.objects), edge, logo, name, s.status)}
	for _, item := range append(append([]*NavItem{}, s.items...), s.bottom...) {
		r.objects = append(r.objects, item)
	}
	r.layout = func(size fyne.Size) {
		back.arrange(size)
		place(edge, size.Width-1, 0, 1, size.Height)
		name.Hidden = size.Width < theme.SidebarWidth/2
		left := float32(12)
		if name.Hidden {
			left = 9
		}
		place(logo, left+8, 20, 24, 24)
		place(name, 54, 20, size.Width-60, 24)
		s.arrange(size, left)
	}
	r.refresh = func() {
		back.dress(theme.Color(theme.Surface), color.Transparent, 0)
		edge.FillColor = theme.Color(theme.Line)
		r.layout(s.Size()) // the status may have another height
	}
	r.min = func() fyne.Size {
		return fyne.NewSize(theme.SidebarFolded, sidebarHead+leastStep*float32(len(s.items))+statusGap+leastStatus+s.footHeight())
	}
	r.refresh()
	return r
}

const (
	sidebarHead float32 = 62 // over the first page
	sidebarStep float32 = 38 // from page to page
	leastStep   float32 = 32 // the same in a low window
	statusGap   float32 = 9
)

// footHeight is the room of what lies under the status.
func (s *Sidebar) footHeight() float32 { return 15 + sidebarStep*float32(len(s.bottom)) }

// SetStatus says how things stand.
func (s *Sidebar) SetStatus(view StatusView) {
	if s.status.Set(view) {
		s.Refresh()
	}
}

// arrange lays out the pages and what lies under them. In a low window the
// status says less, and then the pages stand closer.
func (s *Sidebar) arrange(size fyne.Size, left float32) {
	width, foot := size.Width-1-2*left, size.Height-s.footHeight()
	room, n := foot-statusGap-sidebarHead, float32(len(s.items))
	step := sidebarStep
	if n > 0 {
		step = max(leastStep, min(step, (room-leastStatus)/n))
	}
	for i, item := range s.items {
		place(item, left, sidebarHead+float32(i)*step, width, step-2)
	}
	for i, item := range s.bottom {
		place(item, left, foot+2+float32(i)*sidebarStep, width, theme.ControlHeight)
	}
	height := s.status.heightWithin(width, max(leastStatus, room-n*step))
	place(s.status, left, foot-statusGap-height, width, height)
}
