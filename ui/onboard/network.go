package onboard

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/picker"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// NetworkCards lets a person choose a network.
type NetworkCards struct {
	OnChanged func(id string) // what is chosen now, empty while nothing is

	cards  map[string]*widgets.ChoiceCard
	chosen string
	file   *widgets.Field
	about  *fyne.Container
	object *fyne.Container
	width  float32
}

// NewNetworkCards returns the cards at a width with one chosen.
func NewNetworkCards(chosen string, width float32) *NetworkCards {
	n := &NetworkCards{cards: map[string]*widgets.ChoiceCard{}, about: container.NewStack(), width: width}
	n.file = widgets.NewField(lang.L("The whole way to a network.json"), "file")
	n.file.OnChanged = func(string) { n.tell() }
	n.object = widgets.Column(12)
	for _, each := range networks() {
		card := widgets.NewChoiceCard(each.icon, each.name, each.text, func() { n.Choose(each.id) })
		n.cards[each.id] = card
		n.object.Add(card)
	}
	n.object.Add(n.about)
	n.Choose(chosen)
	return n
}

// Object is the column of cards.
func (n *NetworkCards) Object() fyne.CanvasObject { return n.object }

// Choose marks a card; an id that is no card is a file of one's own.
func (n *NetworkCards) Choose(id string) {
	if _, known := n.cards[id]; !known && id != "" {
		n.file.SetText(id)
		id = ownNetwork
	}
	n.chosen = id
	for each, card := range n.cards {
		card.SetChosen(each == id)
	}
	n.about.Objects = nil
	if id == ownNetwork {
		n.about.Add(n.file)
	} else if text := aboutNetwork(id); text != "" {
		n.about.Add(widgets.NewNotice(text, widgets.Active, n.width))
	}
	n.object.Refresh()
	n.tell()
}

// ID is what is chosen, empty while nothing is.
func (n *NetworkCards) ID() string { return networkID(n.chosen, n.file.Text) }

func (n *NetworkCards) tell() {
	if n.OnChanged != nil {
		n.OnChanged(n.ID())
	}
}

func (p *Page) networkScreen() layout {
	cards := NewNetworkCards(p.network, width)
	cards.OnChanged = func(id string) { p.allow(id != "") }
	p.onward.OnTapped = func() { p.chooseNetwork(cards.ID()) }
	return layout{
		title: lang.L("Where should your files live?"), text: lang.L("You can change this later."), body: cards.Object(),
	}
}

func (p *Page) chooseNetwork(id string) {
	p.network = id
	p.busy(lang.L("Getting ready"))
	page.Do(p.tasks, func(ctx context.Context) error { return p.backend.ChooseNetwork(ctx, id) }, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.goOn()
	})
}

func (p *Page) folderScreen() layout {
	field := widgets.NewField("", "folder")
	field.SetText(p.backend.SuggestedFolder())
	field.OnChanged = func(text string) {
		wrong := folderProblem(text)
		p.allow(wrong == "")
		p.problem.SetText(wrong)
		p.object.Refresh()
	}
	p.onward.SetText(lang.L("Open my drive"))
	p.onward.OnTapped = func() { p.chooseFolder(field.Text) }
	field.OnSubmitted = func(string) { p.onward.Tapped(nil) }
	choose := widgets.NewButton(widgets.Secondary, lang.L("Choose"), "folder", func() {
		picker.Folder(p.host, p.host.Home(), field.SetText)
	})
	return layout{
		title: lang.L("Which folder is yours?"),
		text:  lang.L("What you put into it is encrypted and kept the same on all your machines."),
		body: widgets.NewBox(theme.Surface, theme.Line, theme.CardRadius, widgets.Even(20),
			widgets.Edges(nil, nil, nil, widgets.Pad(widgets.Insets{Left: 8}, choose), field)),
	}
}

func (p *Page) chooseFolder(folder string) {
	p.busy(lang.L("Opening"))
	page.Do(p.tasks, func(ctx context.Context) error { return p.backend.ChooseFolder(ctx, folder) }, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.show(finished)
	})
}
