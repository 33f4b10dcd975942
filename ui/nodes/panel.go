package nodes

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/ask"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// shownEvents is how much of what happened has room.
const shownEvents = 4

// about is what is said of a node.
func (p *Page) about(n app.MyNode) fyne.CanvasObject {
	now := p.host.Now()
	column := widgets.Column(10)
	if n.Trouble != "" {
		column.Add(widgets.NewNotice(say.Told(n.Trouble), widgets.Warn, panelInner))
	}
	if hours := course(n.Hours); len(hours) > 1 && slices.Max(hours) > 0 { // a flat line would look like much
		column.Add(widgets.NewText(lang.L("Traffic of two days"), widgets.Small))
		column.Add(widgets.NewChart(hours, chartHigh))
	}
	for _, line := range [][2]string{
		stateSince(n, now),
		{lang.L("Last hour"), both(n.HourIn, n.HourOut)},
		{lang.L("In all"), both(n.In, n.Out)},
		{lang.L("Watched since"), since(n.Begun, now)},
		{lang.L("Stored"), say.Size(n.Disk)},
		{lang.L("Class"), class(n.Tier)},
		{lang.L("Version"), lang.L("not told")},
		{lang.L("On the chain"), onChain(n.Chain)},
	} {
		column.Add(widgets.NewKeyValue(line[0], line[1]))
	}
	if c := n.Chain; c != nil && c.PaidTo != "" {
		column.Add(widgets.NewKeyValue(lang.L("Can be withdrawn"), stos(c.Mature)))
		column.Add(widgets.NewKeyValue(lang.L("Matures by itself"), stos(c.Immature)))
	}
	column.Add(widgets.NewParagraph(arithmetic(n), widgets.Small, panelInner))
	for _, e := range n.Events[:min(shownEvents, len(n.Events))] {
		column.Add(widgets.NewParagraph(say.Moment(e.At, now)+"  "+happened(e), widgets.Small, panelInner))
	}
	return column
}

// deeds are what can be done with a node; before is called before anything is
// done.
func (p *Page) deeds(n app.MyNode, before func()) fyne.CanvasObject {
	then := func(do func(app.MyNode)) func() {
		return func() {
			before()
			do(n)
		}
	}
	row := widgets.NewButtonRow(widgets.NewButton(widgets.Secondary, lang.L("Rename"), "", then(p.rename)),
		widgets.NewButton(widgets.Secondary, lang.L("Forget"), "", then(p.forget)))
	if n.Practice {
		return row
	}
	kind := widgets.Secondary
	if n.State == "refusing" {
		kind = widgets.Primary
	}
	return widgets.Column(8, widgets.NewButton(kind, lang.L("Enter a new token"), "key", then(p.token)), row)
}

// add asks for a node, and teaches where its token is found.
func (p *Page) add() {
	name, address := widgets.NewField(lang.L("Attic"), ""), widgets.NewField("ws://192.168.1.20:18381", "")
	token := widgets.NewPasswordField(lang.L("64 digits and letters"))
	f := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Add a node"),
		Text:  lang.L("In the terminal of the node, type monitortoken: it shows the token. It is kept sealed on this computer, and is needed once: a new one only after the node was started again."),
		Body: widgets.Column(12, widgets.Labelled(lang.L("Name"), name), widgets.Labelled(lang.L("Address of its monitor"), address),
			widgets.Labelled(lang.L("Token"), token)), Focus: name,
	}, lang.L("Add"), lang.L("Asking the node"), func() bool { return strings.TrimSpace(address.Text) != "" && token.Text != "" },
		func(ctx context.Context) error {
			_, err := p.backend.AddNode(ctx, app.NewNode{Name: name.Text, Monitor: address.Text, Token: token.Text})
			return err
		}, func(f *ask.Form) {
			token.SetText("")
			p.done(f, lang.L("The node is watched from now on."))
		})
	f.Follow(name, address, token)
}

// token asks for the token that a node shows now.
func (p *Page) token(n app.MyNode) {
	token := widgets.NewPasswordField(lang.L("64 digits and letters"))
	f := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("A new token"), Text: lang.L("In the terminal of the node, type monitortoken: it shows the one that is good now."),
		Body: widgets.Labelled(lang.L("Token"), token), Focus: token,
	}, lang.L("Save"), lang.L("Asking the node"), func() bool { return token.Text != "" },
		func(ctx context.Context) error { return p.backend.SetNodeToken(ctx, n.ID, token.Text) }, func(f *ask.Form) {
			token.SetText("")
			p.done(f, lang.L("The node takes it."))
		})
	f.Follow(token)
}

// rename asks for another name.
func (p *Page) rename(n app.MyNode) {
	name := widgets.NewField(n.Name, "")
	if n.Named {
		name.SetText(n.Name)
	}
	f := ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Rename the node"), Text: lang.L("Only you see this name."), Body: widgets.Labelled(lang.L("Name"), name), Focus: name,
	}, lang.L("Rename"), lang.L("Saving"), func() bool { return strings.TrimSpace(name.Text) != "" },
		func(context.Context) error { return p.backend.RenameNode(n.ID, name.Text) }, func(f *ask.Form) { p.done(f, lang.L("Renamed")) })
	f.Follow(name)
}

// forget asks whether a node is to be watched no more.
func (p *Page) forget(n app.MyNode) {
	ask.Show(p.host, widgets.Sheet{
		Title: lang.L("Forget {{.Name}}?", map[string]any{"Name": n.Name}),
		Text:  lang.L("It is not watched any more, and what is remembered of it is deleted here. The node goes on; its deposit and its rewards stay yours."),
		Body:  widgets.Gap(0, 0),
	}, lang.L("Forget"), lang.L("Saving"), func() bool { return true },
		func(context.Context) error { return p.backend.ForgetNode(n.ID) }, func(f *ask.Form) { p.done(f, lang.L("It is not watched any more.")) })
}

// done closes a dialog that did what it was for.
func (p *Page) done(f *ask.Form, sentence string) {
	f.Dialog.Close()
	p.host.Say(sentence)
	p.reload()
}

// addPractice takes in the nodes of the practice network.
func (p *Page) addPractice() {
	page.Run(p.tasks, func(context.Context) (int, error) { return p.backend.AddPracticeNodes() }, func(added int, err error) {
		switch {
		case err != nil:
			p.host.Fail(err)
		case added == 0:
			p.host.Say(lang.L("All of them are here already."))
		default:
			p.host.Say(say.Plural(added, "1 node added", "{{.N}} nodes added"))
		}
		p.reload()
	})
}
