package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// column is lines of text below each other. An empty line keeps its place.
type column []string

// panel is columns of text on a dark ground over the picture.
type panel struct {
	box    *fyne.Container // of the size of the picture
	ground *canvas.Rectangle
	text   [][]*canvas.Text
	size   fyne.Size
}

const (
	panelLine   float32 = 20
	panelInside         = theme.Between
	columnGap   float32 = 20
)

func newPanel() *panel {
	p := &panel{ground: canvas.NewRectangle(sheet)}
	p.ground.CornerRadius = theme.CardRadius
	p.box = &fyne.Container{Objects: []fyne.CanvasObject{p.ground}}
	p.box.Hide()
	return p
}

// set shows columns; every second one, the first among them, is dim.
func (p *panel) set(columns ...column) {
	p.fit(columns)
	x, height := panelInside, 0
	for i, c := range columns {
		width := float32(0)
		for j, text := range c {
			setText(p.text[i][j], text)
			size := p.text[i][j].MinSize()
			put(p.text[i][j], x, panelInside+float32(j)*panelLine+(panelLine-size.Height)/2, size.Width, size.Height)
			width = max(width, size.Width)
		}
		x, height = x+width+columnGap, max(height, len(c))
	}
	p.size = fyne.NewSize(x-columnGap+panelInside, float32(height)*panelLine+2*panelInside)
}

// fit makes as many lines as there are to show.
func (p *panel) fit(columns []column) {
	same := len(p.text) == len(columns)
	for i := 0; same && i < len(columns); i++ {
		same = len(p.text[i]) == len(columns[i])
	}
	if same {
		return
	}
	p.text, p.box.Objects = nil, p.box.Objects[:1]
	for i, c := range columns {
		colour, weight := dim, theme.Regular
		if i%2 == 1 {
			colour, weight = white, theme.Medium
		}
		var lines []*canvas.Text
		for range c {
			line := words("", theme.BodyText, weight, colour)
			lines, p.box.Objects = append(lines, line), append(p.box.Objects, line)
		}
		p.text = append(p.text, lines)
	}
}

// place puts the panel with its upper left corner somewhere.
func (p *panel) place(x, y float32) {
	put(p.box, x, y, p.size.Width, p.size.Height)
	put(p.ground, 0, 0, p.size.Width, p.size.Height)
}

// centre puts the panel into the middle of the picture.
func (p *panel) centre(size fyne.Size) {
	p.place(max(0, (size.Width-p.size.Width)/2), max(0, (size.Height-p.size.Height)/2))
}
