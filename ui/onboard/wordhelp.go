package onboard

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// WordHelp offers words under a field while the words of a wallet are typed
// into it.
type WordHelp struct {
	field *widgets.Field
	ask   func(text string) app.WordHelp
	focus func(fyne.Focusable)
	row   *fyne.Container
}

const wordHelpHeight float32 = 22

// NewWordHelp returns the line under a field; focus gives the field back the
// keyboard after a word was chosen. Follow must be called for each change.
func NewWordHelp(field *widgets.Field, ask func(string) app.WordHelp, focus func(fyne.Focusable)) *WordHelp {
	return &WordHelp{field: field, ask: ask, focus: focus, row: container.NewStack()}
}

// Object is the line.
func (h *WordHelp) Object() fyne.CanvasObject { return widgets.Sized(0, wordHelpHeight, h.row) }

// Follow looks at what is typed.
func (h *WordHelp) Follow(text string) {
	h.row.Objects = nil
	if typed := beingTyped(text); typed != "" {
		h.row.Add(h.line(typed, h.ask(typed)))
	}
	h.row.Refresh()
}

// line offers words for the one that is being typed, or for the first that is
// wrong.
func (h *WordHelp) line(typed string, help app.WordHelp) fyne.CanvasObject {
	row := widgets.Row(14)
	place, words := len(strings.Fields(typed)), help.Next
	if len(words) == 0 && help.Wrong > 0 {
		place, words = help.Wrong, help.Instead
		row.Add(widgets.NewText(wrongWord(help), widgets.Small.In(widgets.Bad.Front())))
	}
	for _, word := range words {
		row.Add(widgets.NewTextLink(word, func() { h.take(typed, place, word) }))
	}
	return row
}

// take puts a word in its place.
func (h *WordHelp) take(typed string, place int, word string) {
	h.field.SetText(withWord(typed, place, word))
	h.focus(h.field)
	h.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) // behind the last word
}

// wrongWord says which word is on no list.
func wrongWord(help app.WordHelp) string {
	data := map[string]any{"N": help.Wrong}
	if len(help.Instead) == 0 {
		return lang.L("Word {{.N}} is not one of the words that wallets use.", data)
	}
	return lang.L("Word {{.N}} is not one of the words that wallets use. Is it:", data)
}

// beingTyped is what words are looked for in: tidy, and with a space at its end
// when the last word is whole. It is empty for what cannot be words.
func beingTyped(text string) string {
	tidy := Tidy(text)
	if tidy == "" || strings.Trim(tidy, " abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	if strings.TrimRight(text, " \t\r\n") != text {
		tidy += " "
	}
	return tidy
}

// withWord replaces a word, counted from 1, and ends with a space to type on.
func withWord(text string, place int, word string) string {
	words := strings.Fields(text)
	if place < 1 || place > len(words) {
		return text
	}
	words[place-1] = word
	return strings.Join(words, " ") + " "
}
