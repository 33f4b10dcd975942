package video

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// question asks something in the picture, with two answers.
type question struct {
	v      *Video
	box    *fyne.Container
	ground *canvas.Rectangle
	text   *canvas.Text
	words  [2]*word
	asked  string
}

func newQuestion(v *Video) *question {
	q := &question{v: v, ground: canvas.NewRectangle(darkGlass), text: words("", theme.NameText, theme.SemiBold, white)}
	q.ground.CornerRadius = theme.DialogRadius
	q.words = [2]*word{newWord(v, "", true, nil), newWord(v, "", false, nil)}
	q.box = container.NewWithoutLayout(q.ground, q.text, q.words[0], q.words[1])
	q.box.Hide()
	return q
}

// answer is a word that can be chosen, and what it does.
type answer struct {
	word string
	do   func()
}

// show asks. The keyboard goes to the first answer, if it was with the video.
func (q *question) show(text string, first, second answer) {
	q.asked = text
	for i, a := range []answer{first, second} {
		q.words[i].say(a.word)
		q.words[i].tapped = func() { q.close(); a.do() }
	}
	q.box.Show()
	q.layOut(q.v.Size())
	q.v.repaint()
	q.v.handFocus(q.words[0])
}

func (q *question) open() bool { return q.box.Visible() }

// close takes the question away.
func (q *question) close() {
	if q.open() {
		q.v.takeFocus(q.words[0], q.words[1])
		q.box.Hide()
		q.v.repaint()
	}
}

// layOut puts the question into the lower middle, over the controls.
func (q *question) layOut(size fyne.Size) {
	first, second := q.words[0].MinSize().Width, q.words[1].MinSize().Width
	width := min(size.Width-2*theme.Between, max(first+second+theme.Inside, 360)+2*theme.Around)
	setText(q.text, cut(q.asked, q.text, width-2*theme.Around))
	line := q.text.MinSize()
	height := line.Height + button + 2*theme.Around + theme.Between
	x, y := (size.Width-width)/2, max(0, (size.Height-height)/2)
	put(q.ground, x, y, width, height)
	put(q.text, x+(width-line.Width)/2, y+theme.Around, line.Width, line.Height)
	left, foot := (size.Width-first-second-theme.Inside)/2, y+height-theme.Around-button
	put(q.words[0], left, foot, first, button)
	put(q.words[1], left+first+theme.Inside, foot, second, button)
}
