// Package gallery shows every widget of the window in each of its states, in
// the look that is chosen at the top. It is for those who build widgets: one
// page to look at after a change. Its words are samples and in English only.
package gallery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Run shows the gallery until its window is closed. It must be called on the
// main goroutine.
func Run(toolkit fyne.App) {
	toolkit.Settings().SetTheme(theme.New(theme.Light))
	window := toolkit.NewWindow("Gallery")
	window.SetPadded(false)
	window.SetContent(New(window, func(m theme.Mode) { toolkit.Settings().SetTheme(theme.New(m)) }))
	window.Resize(fyne.NewSize(1280, 800))
	window.ShowAndRun()
}

// New returns the page for a window; dress shows everything in another look.
func New(window fyne.Window, dress func(theme.Mode)) fyne.CanvasObject {
	modes := []theme.Mode{theme.Light, theme.Dark}
	look := widgets.NewSegments([]string{"Light", "Dark"}, 0, func(i int) { dress(modes[i]) })
	columns := container.NewGridWithColumns(2, Left(), widgets.Pad(widgets.Insets{Left: 16}, Right(window)))
	return widgets.NewBox(theme.Background, theme.Clear, 0, widgets.Insets{},
		widgets.NewPage(widgets.NewText("Gallery", widgets.Title), []fyne.CanvasObject{widgets.Sized(200, 0, look)}, container.NewVScroll(columns)))
}

// section is a card with a name.
func section(name string, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewCard(widgets.Column(12, append([]fyne.CanvasObject{widgets.NewText(name, widgets.Heading)}, objects...)...))
}

// Left is what people press, type into and choose from.
func Left() fyne.CanvasObject {
	return widgets.Column(16, section("Buttons", buttons()...), section("Fields", fields()...), section("Choices", choices()...),
		section("Words", words()...), section("Rows", rows()), section("Folders", tree()))
}

// Right is what people look at.
func Right(window fyne.Window) fyne.CanvasObject {
	return widgets.Column(16, section("Marks", marks()...), section("Notices", notices()...), section("Figures", figures()...),
		section("Files", files(false), files(true)), section("Sidebar", sidebar()), section("Nothing yet", empty(), trouble(), widgets.Sized(0, 160, widgets.NewSkeleton())),
		section("Over the page", over(window)))
}

// focusable and hoverable are what widgets are told by the toolkit.
type (
	focusable interface{ FocusGained() }
	hoverable interface{ MouseIn(*desktop.MouseEvent) }
)

func focused[W focusable](w W) W { w.FocusGained(); return w }

func hovered[W hoverable](w W) W { w.MouseIn(nil); return w }

func buttons() (list []fyne.CanvasObject) {
	for _, each := range []struct {
		kind widgets.Kind
		word string
	}{{widgets.Primary, "Primary"}, {widgets.Secondary, "Secondary"}, {widgets.Quiet, "Quiet"}, {widgets.Dangerous, "Dangerous"}} {
		b := func(word string) *widgets.Button { return widgets.NewButton(each.kind, word, "plus", nil) }
		off := b("Off")
		off.Disable()
		list = append(list, widgets.Row(8, b(each.word), hovered(b("Under the pointer")), focused(b("With focus")), off))
	}
	return append(list, widgets.Row(8, widgets.NewButton(widgets.Secondary, "", "dots", nil), widgets.NewPillButton("Main account", nil),
		widgets.NewLink("Link", nil), widgets.NewTextLink("Small link", nil)))
}

func fields() []fyne.CanvasObject {
	filled, area := widgets.NewField("", ""), widgets.NewAreaField("Several lines", 2)
	filled.SetText("What was typed")
	return []fyne.CanvasObject{
		widgets.NewField("Search files", "search"), widgets.NewPasswordField("Password"),
		widgets.Labelled("With a label", filled), area, widgets.NewDropZone("Drop files or folders anywhere to add them"),
	}
}

func choices() []fyne.CanvasObject {
	on, chosen := widgets.NewCheck("On", nil), widgets.NewChoiceCard("lightning", "Chosen", "The one that is taken.", nil)
	on.SetChecked(true)
	chosen.SetChosen(true)
	off, dead := widgets.NewChoiceCard("globe", "Not chosen", "Another one.", nil), widgets.NewChoiceCard("star", "Off", "Not to be had.", nil)
	dead.SetEnabled(false)
	still := widgets.NewSwitch(true, nil)
	still.SetEnabled(false)
	return []fyne.CanvasObject{
		widgets.Row(16, on, widgets.NewCheck("Off", nil), focused(widgets.NewCheck("With focus", nil))),
		widgets.Row(16, widgets.NewSwitch(true, nil), widgets.NewSwitch(false, nil), focused(widgets.NewSwitch(true, nil)), still),
		widgets.NewSegments([]string{"1 day", "7 days", "30 days"}, 1, nil),
		focused(widgets.NewSegments([]string{"1 day", "7 days", "30 days"}, 0, nil)),
		widgets.Row(8, widgets.NewSelect([]string{"As the system", "English"}, 0, nil), focused(widgets.NewSelect([]string{"With focus"}, 0, nil))),
		chosen, hovered(off), dead,
	}
}

func words() []fyne.CanvasObject {
	list := []fyne.CanvasObject{}
	for _, each := range []struct {
		style widgets.Style
		text  string
	}{
		{widgets.Large, "1,284.372"},
		{widgets.Figure, "212.6"},
		{widgets.Title, "Title of a page"},
		{widgets.Heading, "Heading of a card"},
		{widgets.Name, "Name of a thing"},
		{widgets.Strong, "Strong"},
		{widgets.Body, "Body"},
		{widgets.Second, "Second line"},
		{widgets.Small, "Small"},
		{widgets.Code, "st1c7 4wqy … k3h2"},
	} {
		list = append(list, widgets.NewText(each.text, each.style))
	}
	return append(list, widgets.NewParagraph("A paragraph breaks its lines where its place ends, and has as many of them as it needs.", widgets.Second, 400),
		widgets.Row(0, widgets.Sized(120, 20, widgets.NewCutText("Cut where its place is too narrow", widgets.Body))))
}
