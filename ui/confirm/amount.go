package confirm

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// everything is what package app calls all that there is.
const everything = "max"

// units are the units that may follow a number, with their decimals. STOS is
// meant where none follows.
var units = map[string]int{"": 18, "stos": 18, "gwei": 9, "wei": 0}

// AmountProblem says what is wrong with a typed amount, empty for nothing. An
// empty field is not enough and nothing wrong.
func AmountProblem(text string) (problem string, enough bool) {
	typed, unit := splitAmount(text)
	number, err := language.Now().Read(typed)
	places, known := units[unit]
	whole, fraction, _ := strings.Cut(number, ".")
	switch {
	case isAll(text):
		return "", true
	case typed == "" && unit == "":
		return "", false
	case errors.Is(err, language.ErrUnclear):
		return eitherOf(typed), false
	case err != nil || typed == "":
		return lang.L("Write a number such as 12.5"), false
	case !known && !beginsUnit(unit):
		return lang.L("Amounts are in stos, gwei or wei."), false
	case len(fraction) > places:
		return lang.L("There are {{.N}} decimals at most.", map[string]any{"N": places}), false
	case strings.HasSuffix(number, ".") || !known:
		return "", false
	}
	return "", strings.Trim(whole+fraction, "0") != ""
}

// eitherOf asks which of two amounts is meant by one as "1,000".
func eitherOf(typed string) string {
	whole, fraction, _ := strings.Cut(strings.ReplaceAll(typed, ",", "."), ".")
	few := strings.TrimSuffix(whole+"."+strings.TrimRight(fraction, "0"), ".")
	return lang.L("That may mean {{.Many}} or {{.Few}}. Write one of these.", map[string]any{"Many": whole + fraction, "Few": language.Now().Number(few)})
}

// splitAmount takes the number and the unit apart.
func splitAmount(text string) (number, unit string) {
	text = strings.ToLower(strings.TrimSpace(text))
	at := strings.IndexFunc(text, func(r rune) bool { return r >= 'a' && r <= 'z' })
	if at < 0 {
		return text, ""
	}
	return strings.TrimSpace(text[:at]), text[at:]
}

// beginsUnit tells whether more letters could make it a unit.
func beginsUnit(text string) bool {
	return slices.ContainsFunc([]string{"stos", "gwei", "wei"}, func(u string) bool { return strings.HasPrefix(u, text) })
}

func allWords() string { return lang.L("All of it") }

func isAll(text string) bool {
	text = strings.TrimSpace(text)
	return strings.EqualFold(text, allWords()) || strings.EqualFold(text, everything)
}

// amountOf is a typed amount as package app reads it.
func amountOf(text string) string {
	if isAll(text) {
		return everything
	}
	typed, unit := splitAmount(text)
	number, err := language.Now().Read(typed)
	if err != nil {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(number + " " + unit)
}

// Amount is a field for an amount with a word that takes all there is.
type Amount struct {
	Field     *widgets.Field
	OnChanged func() // may be nil

	problem *widgets.Text
	object  fyne.CanvasObject
}

// NewAmount returns an empty field under a label, with a word for all of it.
func NewAmount(label string) *Amount {
	a := &Amount{}
	return a.compose(label, widgets.NewTextLink(lang.L("All"), a.TakeAll))
}

// NewPart is NewAmount where taking all is not meant.
func NewPart(label string) *Amount { return (&Amount{}).compose(label, widgets.Gap(0, 0)) }

func (a *Amount) compose(label string, beside fyne.CanvasObject) *Amount {
	a.Field, a.problem = widgets.NewField("0", ""), widgets.NewText("", widgets.Small.In(theme.Bad))
	head := widgets.Row(0, widgets.NewText(label, widgets.Small.With(theme.Medium)), widgets.Spring(), beside)
	field := widgets.Edges(widgets.Pad(widgets.Insets{Bottom: 6}, head), nil, nil, nil, a.Field) // the field gets the focus first
	a.object = widgets.Column(2, field, a.problem)
	a.Field.OnChanged = func(text string) {
		wrong, _ := AmountProblem(text)
		a.problem.SetText(wrong)
		if a.OnChanged != nil {
			a.OnChanged()
		}
	}
	return a
}

// Object is the field with its label and what is wrong.
func (a *Amount) Object() fyne.CanvasObject { return a.object }

// TakeAll fills in all that there is.
func (a *Amount) TakeAll() { a.Field.SetText(allWords()) }

// Text is the amount as package app reads it: "12.5", "10 gwei", "max".
func (a *Amount) Text() string { return amountOf(a.Field.Text) }

// Enough tells whether it is an amount.
func (a *Amount) Enough() bool {
	_, enough := AmountProblem(a.Field.Text)
	return enough
}
