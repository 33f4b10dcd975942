package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Appearance is what the page needs of package app about how the window looks
// and what the desktop is told.
type Appearance interface {
	Theme() string
	SetTheme(name string) error
	Language() string
	SetLanguage(code string) error
	TextSize() int
	SetTextSize(percent int) error
	Notifies() bool
	SetNotifies(on bool) error
	StartsWithSystem() (on, can bool)
	SetStartsWithSystem(on bool) error
}

var modes = []theme.Mode{theme.System, theme.Light, theme.Dark}

// modeIndex is the place of the chosen look, that of the system by default.
func modeIndex(name string) int { return max(0, slices.Index(modes, theme.Mode(name))) }

// languageChoices are the languages a person may choose, that of the system
// first, and which one is chosen.
func languageChoices(code string) (words, codes []string, chosen int) {
	words, codes = []string{lang.L("As the system")}, []string{""}
	for _, n := range language.Names() {
		words, codes = append(words, n.Name), append(codes, n.Code)
	}
	return words, codes, max(0, slices.Index(codes, code))
}

// sizeChoices are the sizes of text, and which one is chosen.
func sizeChoices(percent int) (words []string, chosen int) {
	for _, size := range app.TextSizes() {
		words = append(words, say.Percent(float64(size)))
	}
	return words, max(0, slices.Index(app.TextSizes(), percent))
}

// look is the card about how the window looks.
func (p *Page) look() fyne.CanvasObject {
	words := []string{lang.L("System"), lang.L("Light"), lang.L("Dark")}
	look := widgets.NewSegments(words, modeIndex(p.backend.Theme()), func(i int) {
		p.host.Fail(p.backend.SetTheme(string(modes[i])))
		p.hooks.Dress()
	})
	tongues, codes, spoken := languageChoices(p.backend.Language())
	tongue := widgets.NewSelect(tongues, spoken, func(i int) {
		p.host.Fail(p.backend.SetLanguage(codes[i]))
		p.hooks.Speak()
	})
	sizes, now := sizeChoices(p.backend.TextSize())
	size := widgets.NewSelect(sizes, now, func(i int) {
		p.host.Fail(p.backend.SetTextSize(app.TextSizes()[i]))
		p.hooks.Dress()
	})
	card := widgets.Column(12, line(lang.L("Appearance"), lang.L("Light, dark, or as the system has it."), look),
		line(lang.L("Language"), lang.L("Of the window, with its numbers and dates."), tongue))
	if notice := p.glyphs(); notice != nil {
		card.Add(notice)
	}
	card.Add(line(lang.L("Text size"), lang.L("Everything in the window grows with its text."), size))
	return widgets.NewCard(card)
}

// glyphs says that this computer cannot show the language, where that is so.
func (p *Page) glyphs() fyne.CanvasObject {
	if language.Shows() {
		return nil
	}
	// said in both languages: who cannot read one may read the other
	return widgets.NewNotice(lang.L("This computer has no font with Chinese characters, so they appear as boxes. Install one, for example Noto Sans CJK, and start again."), widgets.Warn, wideWidth)
}

// desktop is the card about what the desktop is told.
func (p *Page) desktop() fyne.CanvasObject {
	card := widgets.Column(12, line(lang.L("Notifications"), lang.L("When something needs you, such as ozone that runs out, and when something you wait for is done."),
		widgets.NewSwitch(p.backend.Notifies(), func(on bool) { p.host.Fail(p.backend.SetNotifies(on)) })))
	if on, can := p.backend.StartsWithSystem(); can {
		card.Add(line(lang.L("Start with the system"), lang.L("The drive syncs as soon as you log in. The window stays closed until you open it."),
			widgets.NewSwitch(on, p.startWithSystem)))
	}
	return widgets.NewCard(card)
}

// startWithSystem keeps the choice, or shows what holds still.
func (p *Page) startWithSystem(on bool) {
	if err := p.backend.SetStartsWithSystem(on); err != nil {
		p.host.Fail(err)
		p.show()
	}
}
