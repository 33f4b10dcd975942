package onboard

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// newWords is how many words a new wallet has.
const newWords = 12

func (p *Page) walletScreen() layout {
	create := widgets.NewChoiceCard("plus", lang.L("Make a new wallet"), lang.L("Twelve words to write down. Takes a minute."), nil)
	restore := widgets.NewChoiceCard("lock", lang.L("Restore a wallet"), lang.L("I have its 12 to 24 words."), nil)
	choose := func(old bool) {
		p.restore = old
		create.SetChosen(!old)
		restore.SetChosen(old)
	}
	create.OnChosen, restore.OnChosen = func() { choose(false) }, func() { choose(true) }
	choose(p.restore)
	p.onward.OnTapped = p.goOn
	return layout{
		title: lang.L("Welcome to Stratos Drive"),
		text:  lang.L("Everything begins with a wallet. It opens your drive and holds your money, and only you have it."),
		body:  widgets.Column(12, create, restore),
	}
}

func (p *Page) wordsScreen() layout {
	var err error
	if p.fresh == nil {
		p.fresh, err = p.backend.NewWords(newWords)
	}
	if err != nil {
		p.fresh = nil
		p.problem.SetText(sentence(err))
	}
	p.words = strings.Join(p.fresh, " ")
	noted := widgets.NewCheck(lang.L("I wrote them down"), func(on bool) { p.allow(on && p.fresh != nil) })
	p.allow(false)
	p.onward.OnTapped = p.goOn
	warning := container.NewStack()
	copyWords := widgets.NewButton(widgets.Quiet, lang.L("Copy"), "copy", func() {
		p.host.Copy(p.words)
		warning.Objects = []fyne.CanvasObject{widgets.NewNotice(
			lang.L("Copied. Other programs can read the clipboard: paste the words somewhere safe, then copy something else."), widgets.Warn, width)}
		p.object.Refresh()
	})
	return layout{
		title: lang.L("Write these words down"),
		text:  lang.L("They are the only way back to your money and your files. Whoever has them has both. Nobody can send them to you again."),
		body: widgets.Column(16, widgets.NewCard(WordGrid(p.fresh)),
			widgets.Row(12, noted, widgets.Spring(), copyWords), warning),
	}
}

// WordGrid shows numbered words in columns.
func WordGrid(words []string) fyne.CanvasObject {
	grid := container.NewGridWithColumns(4)
	for i, w := range words {
		number := widgets.NewText(fmt.Sprint(i+1), widgets.Small).Align(fyne.TextAlignTrailing)
		grid.Add(widgets.Row(8, widgets.Sized(18, 28, number), widgets.NewText(w, widgets.Strong.At(theme.NameText))))
	}
	return grid
}

func (p *Page) restoreScreen() layout {
	field := widgets.NewAreaField(lang.L("Type or paste the words, with spaces between them"), 4)
	help := NewWordHelp(field, p.backend.HelpWords, p.host.Canvas().Focus)
	p.allow(false)
	check := func(text string) {
		help.Follow(text)
		problem, good := wordsProblem(p.backend.CheckWords, text)
		p.words = Tidy(text)
		p.problem.SetText(problem)
		p.allow(good)
		p.object.Refresh()
	}
	field.OnChanged = check
	if p.words != "" && p.words != strings.Join(p.fresh, " ") {
		field.SetText(p.words)
	}
	p.onward.OnTapped = p.goOn
	return layout{
		title: lang.L("Your words"),
		text:  lang.L("12 to 24 words in their order. They stay on this computer."),
		body:  widgets.Column(8, field, help.Object()), focus: field,
	}
}

func (p *Page) passwordScreen() layout {
	once, twice := widgets.NewPasswordField(lang.L("Password")), widgets.NewPasswordField(lang.L("The same again"))
	hint := widgets.NewText("", widgets.Small)
	p.onward.SetText(lang.L("Make wallet"))
	if p.restore {
		p.onward.SetText(lang.L("Restore wallet"))
	}
	check := func(string) {
		wrong := PasswordProblem(once.Text, twice.Text)
		p.allow(wrong == "")
		hint.SetText(wrong)
	}
	once.OnChanged, twice.OnChanged = check, check
	check("")
	p.onward.OnTapped = func() { p.addWallet([]byte(once.Text)) }
	once.OnSubmitted = func(string) { p.host.Canvas().Focus(twice) }
	twice.OnSubmitted = func(string) { p.onward.Tapped(nil) }
	return layout{
		title: lang.L("Choose a password"),
		text:  lang.L("It locks the wallet on this computer. If you forget it, the words open the wallet again."),
		body:  container.NewCenter(widgets.Sized(360, 0, widgets.Column(12, once, twice, hint))), focus: once,
	}
}

func (p *Page) addWallet(password []byte) {
	p.busy(lang.L("Locking"))
	words := p.words
	page.Do(p.tasks, func(ctx context.Context) error {
		defer clear(password)
		_, err := p.backend.AddWallet(ctx, lang.L("Main account"), words, password)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.forget()
		p.show(first(p.backend.Stage()))
	})
}
