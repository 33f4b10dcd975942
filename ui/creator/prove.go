package creator

import (
	"context"
	"math/big"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// proofWidth is where the sentences of the proof are broken.
const proofWidth float32 = 400

// prove works out what was paid last and shows whether the chain says the same.
func (p *Page) prove() {
	body := container.NewStack(widgets.NewParagraph(lang.L("Working it out …"), widgets.Second, proofWidth))
	d := widgets.NewDialog(p.host.Canvas())
	d.Present(widgets.Sheet{
		Title:   lang.L("Prove it"),
		Text:    lang.L("What was paid last is worked out again, from nothing but the messages on the chain, and put beside what the chain says."),
		Body:    body,
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Primary, lang.L("Close"), "", d.Close)},
	})
	page.Run(p.tasks, func(ctx context.Context) (app.RewardProof, error) { return p.backend.ProveRewards(ctx, 0) },
		func(proof app.RewardProof, err error) {
			body.Objects = []fyne.CanvasObject{proofBody(proof, err)}
			d.Refresh()
		})
}

func proofBody(proof app.RewardProof, err error) fyne.CanvasObject {
	if err != nil {
		return widgets.NewNotice(say.Trouble(err), widgets.Warn, proofWidth)
	}
	text, tone := proofSentence(proof)
	rows := widgets.Column(8, widgets.NewNotice(text, tone, proofWidth))
	for _, f := range proofFacts(proof) {
		rows.Add(widgets.NewKeyValue(f.label, f.value))
	}
	return rows
}

// proofSentence says what came of a proof.
func proofSentence(proof app.RewardProof) (string, widgets.Tone) {
	wrong := 0
	for _, n := range proof.Numbers {
		if n.Difference != "0" {
			wrong++
		}
	}
	if proof.Proved && wrong == 0 {
		return lang.L("All {{.Count}} numbers are right: the difference is 0.", map[string]any{"Count": say.Count(len(proof.Numbers))}), widgets.Good
	}
	return lang.L("{{.Wrong}} of {{.Count}} numbers differ from what the chain says. Ask at another network address, then tell those who run the network.",
		map[string]any{"Wrong": say.Count(wrong), "Count": say.Count(len(proof.Numbers))}), widgets.Bad
}

type proofFact struct{ label, value string }

// proofFacts are the numbers that mean something to a creator, as they were
// worked out; those of several accounts are added up.
func proofFacts(proof app.RewardProof) []proofFact {
	sums := map[string]*big.Int{}
	for _, n := range proof.Numbers {
		whole, ok := new(big.Int).SetString(n.Own, 10)
		if !ok {
			continue // has decimals
		}
		if sums[n.Name] == nil {
			sums[n.Name] = new(big.Int)
		}
		sums[n.Name].Add(sums[n.Name], whole)
	}
	facts := []proofFact{{lang.L("Payday"), say.Count(int(proof.Epoch))}}
	for _, each := range []proofFact{
		{lang.L("Paid to all creators then"), "creator_reward"}, {lang.L("Earned by plays"), "content_reward"}, {lang.L("Still maturing"), "maturing"}, {lang.L("Can be withdrawn"), "mature"},
	} {
		if sum := sums[each.value]; sum != nil {
			facts = append(facts, proofFact{each.label, say.Figure(stratos.NewAmount(sum)) + " STOS"})
		}
	}
	return facts
}
