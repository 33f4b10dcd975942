package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

const longName = "A name that is much longer than any place that it will ever be given in this window"

// over and focused put a widget into a state, as the toolkit would.
func over[W desktop.Hoverable](w W) W                    { w.MouseIn(nil); return w }
func withFocus[W fyne.Focusable](w W) W                  { w.FocusGained(); return w }
func disabled[W interface{ SetEnabled(on bool) }](w W) W { w.SetEnabled(false); return w }
func wide(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&fixed{width}, o)
}

// fixed is a layout of a width, also where an object asks for more.
type fixed struct{ width float32 }

func (f *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, f.width, size.Height)
}

func (f *fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(f.width, objects[0].MinSize().Height)
}

// buttonStates are all kinds of buttons, plain, under the pointer, with the
// keyboard and switched off.
func buttonStates() fyne.CanvasObject {
	column := Column(12)
	for _, kind := range []Kind{Primary, Secondary, Quiet, Dangerous} {
		row := Row(16)
		for _, content := range [][2]string{{"Send", ""}, {"Share", "share"}, {"", "gear"}} {
			make := func() *Button { return NewButton(kind, content[0], content[1], nil) }
			row.Add(make())
			row.Add(over(make()))
			row.Add(withFocus(make()))
			row.Add(disabled(make()))
		}
		column.Add(row)
	}
	column.Add(Row(12, wide(90, NewButton(Secondary, longName, "plus", nil)), NewButton(Primary, "12,5 STOS senden", "", nil), NewButton(Secondary, "Überprüfen", "check", nil)))
	return column
}

// wordStates are links, titles, pills, and what stands beside a field.
func wordStates() fyne.CanvasObject {
	head := NewTableHead("Name", sampleColumns, 2, false)
	head.OnSort = func(int, bool) {}
	head.titles[1].hovered, head.titles[3].focused = true, true
	still := NewTableHead("Nobody sorts this", sampleColumns, 0, true)
	pill := func() *PillButton { return NewPillButton("Main account", nil) }
	link, small := func() *Link { return NewLink("Work", nil) }, func() *Link { return NewTextLink("All of it", nil) }
	files := NewFilesHead([4]string{"Name", "Status", "Changed", "Size"})
	files.OnSort = func(int) {}
	files.Mark(2, true, true)
	return Column(14,
		Row(16, link(), over(link()), withFocus(link()), small(), over(small()), withFocus(small())),
		Row(16, pill(), over(pill()), withFocus(pill()), wide(80, NewPillButton(longName, nil))),
		Row(8, NewPill("Neutral", Neutral), NewPill("Active", Active), NewPill("Good", Good), NewPill("Warn", Warn), NewPill("Bad", Bad), NewPill("Gespeichert", Good)),
		head, still, files, NewFilesHead([4]string{"Name", "Status", "Changed", "Size"}),
		NewSteps([]string{"Wallet", "Network", "Folder"}, 0), NewSteps([]string{"Wallet", "Network", "Folder"}, 2),
		NewKeyValue("To", "st1c7 4wqy … k3h2 … 9x80p"), NewKeyValueOf("State", Row(0, Spring(), NewPill("Done", Good))),
		NewText(longName, Small), wide(200, NewCutText(longName, Body)), wide(200, NewCutText(longName, Body).Align(fyne.TextAlignTrailing)),
		NewParagraph(longName, Second, 200), NewParagraph(longName, Small, 200).Align(fyne.TextAlignCenter),
	)
}

// choiceStates are cards, checks, switches and choices.
func choiceStates() fyne.CanvasObject {
	card := func(title string) *ChoiceCard { return NewChoiceCard("globe", title, "The public network.", nil) }
	chosen := card("Chosen")
	chosen.SetChosen(true)
	tick := func(text string, on bool) *Check {
		c := NewCheck(text, nil)
		c.SetChecked(on)
		return c
	}
	cards := Column(10, card("Plain"), over(card("Under the pointer")), withFocus(card("With the keyboard")), chosen, disabled(card("Switched off")),
		wide(380, NewChoiceCard("folder", longName, longName, nil)))
	sw := func(on bool) *Switch { return NewSwitch(on, nil) }
	words := []string{"Light", "Dark", "System"}
	choose := func() *Select { return NewSelect(words, 2, nil) }
	rest := Column(12, tick("Not ticked", false), tick("Ticked", true), withFocus(tick("With the keyboard", false)), withFocus(tick("Both", true)),
		Row(12, sw(false), sw(true), withFocus(sw(false)), withFocus(sw(true)), disabled(sw(false)), disabled(sw(true))),
		Row(12, choose(), over(choose()), withFocus(choose()), wide(70, NewSelect([]string{longName}, 0, nil))),
		NewSegments(words, 0, nil), withFocus(NewSegments(words, 1, nil)), NewSegments([]string{"Hell", "Dunkel"}, 1, nil), NewSegments([]string{"One"}, 0, nil))
	return Row(24, cards, rest)
}

// fieldStates are fields, empty and filled.
func fieldStates() fyne.CanvasObject {
	filled := func(text, icon string) *Field {
		f := NewField("Hint", icon)
		f.SetText(text)
		return f
	}
	off := filled("Cannot be changed", "")
	off.Disable()
	secret, area := NewPasswordField("Password"), NewAreaField("Several lines", 3)
	secret.SetText("open sesame")
	area.SetText("one\ntwo " + longName + "\nthree")
	return Column(10, NewField("Search files", "search"), NewField("No icon", ""), filled("Some text", "search"), filled(longName, ""), off,
		NewPasswordField("Password"), secret, area, Labelled("Amount", filled("12,5", "")), NewDropZone("Drop files or folders here"))
}

// noticeStates are sentences on grounds.
func noticeStates() fyne.CanvasObject {
	column := Column(10)
	for tone, text := range []string{"Neutral", "Active", "Good", "Warn", "Bad"} {
		sentence := text + ": your files are safe, and nothing is lost. It is tried again in a minute."
		column.Add(Row(12, NewNotice(sentence, Tone(tone), 300), wide(380, NewAdvice(sentence, Tone(tone), 250, NewButton(Secondary, "Do it", "", nil)))))
		column.Add(wide(692, NewBanner(sentence, Tone(tone), NewButton(Secondary, "Look", "", nil))))
	}
	column.Add(wide(300, NewBanner(longName, Warn, NewButton(Secondary, "Look", "", nil))))
	return column
}

// figureStates are numbers, courses and parts.
func figureStates() fyne.CanvasObject {
	stat := func(figure, unit, detail string) fyne.CanvasObject {
		s := NewStat("Staked")
		s.Set(figure, unit, detail)
		return wide(150, s)
	}
	full := NewProgress()
	full.Set(1)
	some := NewProgress()
	some.Set(0.3)
	return Column(14,
		Row(12, wide(150, NewStat("Not read yet")), stat("300", "STOS", "with 2 validators"), stat("1,284,372.123", "STOS", longName), stat("0.000000000000000001", "STOS", "")),
		NewMeter("Yes", "62.1 %", 0.621, Good), NewMeter(longName+longName, "0 %", 0, Bad), NewMeter("All", "100 %", 1, Active), NewMeter("Less than nothing", "?", -1, Neutral),
		NewProgress(), some, full,
		NewChart([]float64{1, 2, 8, 3}, 40), NewChart([]float64{5, 5, 5}, 40), NewChart([]float64{9, 0}, 40), NewChart(nil, 20), NewQR("stos://link", 90),
	)
}

// sidebarStates are sidebars, wide and folded.
func sidebarStates() fyne.CanvasObject {
	side := func(width float32, view StatusView) fyne.CanvasObject {
		item := func(icon, text string) *NavItem { return NewNavItem(icon, text, nil) }
		active := item("folder", "Drive")
		active.SetActive(true)
		return Sized(width, 470, NewSidebar([]*NavItem{active, over(item("share", "Shared")), withFocus(item("play", "Watch")), item("wallet", longName)},
			NewStatus(view), []*NavItem{item("gear", "Settings")}))
	}
	return Row(12, side(theme.SidebarWidth, StatusView{Tone: Good, Headline: "Up to date", Fraction: -1}),
		side(theme.SidebarWidth, StatusView{Tone: Active, Headline: "Syncing 3 of 120", Detail: "about 4 min left, 6.1 MB/s", Note: "Practice network: files exist only on this computer", Fraction: 0.5}),
		side(theme.SidebarWidth, StatusView{Tone: Bad, Headline: longName, Detail: strings.Repeat("longwordwithoutspaces", 4), Fraction: -1}),
		side(theme.SidebarFolded, StatusView{Tone: Warn, Headline: "Paused", Fraction: 0.2}))
}

// emptyStates are what a page shows instead of a list.
func emptyStates() fyne.CanvasObject {
	return Row(24, wide(380, NewEmpty("film", "Nothing to watch yet", "Videos in your drive appear here by themselves, wherever they lie.", NewButton(Primary, "Add files", "plus", nil))),
		wide(380, NewTrouble(fault.Say(nil, "The network does not answer. Your files are safe; it is tried again in a minute."), nil)),
		wide(200, NewPanel(NewParagraph(longName, Body, 160), NewButtonRow(NewButton(Secondary, "Open", "", nil), NewButton(Secondary, "Share", "", nil)))))
}

// TestStates draws every widget in every state.
func TestStates(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, s := range map[string]struct {
			content       func() fyne.CanvasObject
			width, height float32
		}{
			"buttons": {buttonStates, 1040, 300}, "words": {wordStates, 620, 560}, "choices": {choiceStates, 860, 580}, "fields": {fieldStates, 420, 640},
			"notices": {noticeStates, 760, 840}, "figures-all": {figureStates, 720, 700}, "sidebars": {sidebarStates, 800, 520}, "empty": {emptyStates, 1080, 300},
		} {
			w := shots.Window(t, ground(container.NewVBox(s.content())), s.width, s.height)
			shots.Match(t, "states-"+name+"-"+mode, w)
		}
	})
}
