package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// StatusView is what the status card says.
type StatusView struct {
	Tone     Tone
	Headline string
	Detail   string
	Note     string  // a second detail; empty is none
	Fraction float64 // below zero: no progress to show
}

// Status is the card at the bottom of the sidebar that says how things stand.
type Status struct {
	widget.BaseWidget

	OnTapped func() // may be nil

	view StatusView
}

var _ fyne.Tappable = (*Status)(nil)

// NewStatus returns a status card.
func NewStatus(view StatusView) *Status {
	s := &Status{view: view}
	s.ExtendBaseWidget(s)
	return s
}

// Set says something else. It tells whether the card needs another height.
func (s *Status) Set(view StatusView) (taller bool) {
	if s.view == view {
		return false
	}
	before := s.heightAt(s.Size().Width)
	s.view = view
	s.Refresh()
	return before != s.heightAt(s.Size().Width)
}

// View returns what is said.
func (s *Status) View() StatusView { return s.view }

// Tapped calls OnTapped.
func (s *Status) Tapped(*fyne.PointEvent) {
	if s.OnTapped != nil {
		s.OnTapped()
	}
}

const (
	statusFolded float32 = 80 // narrower than this only the dot is shown
	leastStatus  float32 = 38 // the height of the headline alone
	statusTop    float32 = 29 // where the lines under it begin
	statusLine   float32 = 17
)

func (s *Status) textWidth(width float32) float32 { return width - 26 }

func (s *Status) lines(width float32) []string {
	lines := breakLines(s.view.Detail, Small, s.textWidth(width))
	return append(lines, breakLines(s.view.Note, Small, s.textWidth(width))...)
}

// heightAt returns the height the card needs at a width.
func (s *Status) heightAt(width float32) float32 {
	if width < statusFolded {
		return theme.ControlHeight
	}
	height := leastStatus + statusLine*float32(len(s.lines(width)))
	if s.view.Fraction >= 0 {
		height += 12
	}
	return height
}

// heightWithin is what it takes where there is not more than some room.
func (s *Status) heightWithin(width, room float32) float32 {
	height := s.heightAt(width)
	for height > room && height-statusLine >= leastStatus {
		height -= statusLine
	}
	return min(height, room)
}

// CreateRenderer is for the toolkit.
func (s *Status) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{}
	r.refresh = func() { r.objects = s.draw(s.Size()) }
	r.layout = func(fyne.Size) { r.refresh() }
	r.min = func() fyne.Size { return fyne.NewSize(theme.ControlHeight, s.heightAt(s.Size().Width)) }
	r.refresh()
	return r
}

// draw makes the parts anew: the number of lines depends on the words, and on
// the height that there is for them.
func (s *Status) draw(size fyne.Size) []fyne.CanvasObject {
	back, dot := canvas.NewRectangle(theme.Color(theme.Surface)), canvas.NewCircle(theme.Color(s.view.Tone.Front()))
	back.CornerRadius, back.StrokeWidth, back.StrokeColor = theme.CardRadius, 1, theme.Color(theme.Line)
	place(back, 0, 0, size.Width, size.Height)
	if size.Width < statusFolded {
		place(dot, centred(size.Width, 10), centred(size.Height, 10), 10, 10)
		return []fyne.CanvasObject{back, dot}
	}
	place(dot, 14, 14, 10, 10)
	headline := canvas.NewText(ellipsis(s.view.Headline, statusStyle, size.Width-40), nil)
	statusStyle.dress(headline)
	place(headline, 28, 11, size.Width-40, headline.MinSize().Height)
	objects := []fyne.CanvasObject{back, dot, headline}
	y, room := statusTop, size.Height-leastStatus
	if s.view.Fraction >= 0 {
		room -= 12
	}
	for _, text := range s.lines(size.Width) {
		if room < statusLine {
			if y > statusTop { // the last line shows that there is more to say
				last := objects[len(objects)-1].(*canvas.Text)
				last.Text = ellipsis(last.Text+"…", Small, s.textWidth(size.Width))
			}
			break
		}
		line := canvas.NewText(text, nil)
		Small.dress(line)
		place(line, 13, y, s.textWidth(size.Width), line.MinSize().Height)
		objects, y, room = append(objects, line), y+statusLine, room-statusLine
	}
	if s.view.Fraction >= 0 && room >= 0 {
		bar := NewProgress()
		bar.Set(s.view.Fraction)
		place(bar, 13, y+5, s.textWidth(size.Width), 4)
		objects = append(objects, bar)
	}
	return objects
}

var statusStyle = Strong.At(13)
