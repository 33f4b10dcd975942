package video

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// trouble says in the picture why nothing plays, with a way to go on.
type trouble struct {
	v         *Video
	box       *fyne.Container
	ground    *canvas.Rectangle
	icon      *canvas.Image
	lines     []*canvas.Text
	again     *word
	elsewhere *word
	sentence  string
	size      fyne.Size
}

const (
	troubleLines         = 6
	troubleLine  float32 = 22
)

func newTrouble(v *Video) *trouble {
	t := &trouble{v: v, ground: canvas.NewRectangle(darkGlass), icon: canvas.NewImageFromResource(whiteIcon("warning"))}
	t.icon.FillMode = canvas.ImageFillContain
	t.ground.CornerRadius = theme.DialogRadius
	t.again = newWord(v, lang.L("Try again"), true, v.again)
	t.elsewhere = newWord(v, lang.L("Open in another player"), false, v.hooks.Elsewhere)
	t.box = container.NewWithoutLayout(t.ground, t.icon)
	for range troubleLines {
		line := words("", theme.NameText, theme.Regular, white)
		line.Alignment = fyne.TextAlignCenter
		t.lines = append(t.lines, line)
		t.box.Add(line)
	}
	t.box.Add(t.again)
	t.box.Add(t.elsewhere)
	t.box.Hide()
	return t
}

// show says what err has to say to a person; nil takes it away. The keyboard
// goes to the way out, and back to the video afterwards.
func (t *trouble) show(err error, size fyne.Size) {
	if err == nil && !t.box.Visible() {
		return
	}
	if sentence := say.Trouble(err); sentence != t.sentence {
		t.sentence = sentence
		t.layOut(size)
		t.box.Refresh()
	}
	switch appears := !t.box.Visible(); {
	case err == nil:
		t.v.takeFocus(t.again, t.elsewhere)
		t.box.Hide()
	case appears:
		t.box.Show()
		t.v.ask.close()
		t.v.handFocus(t.again)
	}
	t.v.repaint()
}

// layOut puts the sentence and its buttons into the middle.
func (t *trouble) layOut(size fyne.Size) {
	t.size = size
	width := min(520, size.Width-2*theme.Around)
	text := breakText(t.sentence, width-2*theme.Around)
	height := 3*theme.Around + theme.IconSize + float32(len(text))*troubleLine + button
	x, y := (size.Width-width)/2, (size.Height-height)/2
	put(t.ground, x, y, width, height)
	put(t.icon, (size.Width-theme.IconSize)/2, y+theme.Around, theme.IconSize, theme.IconSize)
	at := y + theme.Around + theme.IconSize + theme.Around/2
	for i, line := range t.lines {
		line.Text = ""
		if i < len(text) {
			line.Text = text[i]
		}
		put(line, x, at+float32(i)*troubleLine, width, troubleLine)
	}
	t.layOutButtons(size.Width/2, y+height-theme.Around-button)
}

func (t *trouble) layOutButtons(middle, y float32) {
	setVisible(t.elsewhere, t.elsewhere.tapped != nil)
	first, second := t.again.MinSize().Width, float32(0)
	if t.elsewhere.Visible() {
		second = t.elsewhere.MinSize().Width + theme.Inside
	}
	x := middle - (first+second)/2
	put(t.again, x, y, first, button)
	put(t.elsewhere, x+first+theme.Inside, y, max(0, second-theme.Inside), button)
}

// breakText breaks a sentence into lines of a width; what does not fit into
// the last one is cut.
func breakText(sentence string, width float32) []string {
	var lines []string
	line := ""
	for _, next := range strings.Fields(sentence) {
		candidate := strings.TrimSpace(line + " " + next)
		if line == "" || words(candidate, theme.NameText, theme.Regular, white).MinSize().Width <= width {
			line = candidate
			continue
		}
		if len(lines) == troubleLines-1 {
			return append(lines, line+" …")
		}
		lines, line = append(lines, line), next
	}
	if line == "" {
		return lines
	}
	return append(lines, line)
}
