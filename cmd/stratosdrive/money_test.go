package main

import (
	"image"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/testscreen"
)

// total is all the money of the wallet.
func (p *person) total() stratos.Amount {
	p.t.Helper()
	var b struct{ Total stratos.Amount }
	p.ask(p.other(), &b, "balance")
	return b.Total
}

// sendMoney pays 25 STOS to somebody.
func (p *person) sendMoney() {
	before := p.total()
	p.screen.Key("ctrl+4")
	p.awaitPixels("the wallet page", image.Rect(10, 170, 200, 215), soft, 1000)
	p.press("Send", image.Rect(1100, 0, 1280, 60))
	p.screen.Await("the form", func(shot *image.RGBA) bool { return testscreen.Count(shot, topRight, ground) == 0 })
	p.screen.Type("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf")
	p.screen.Key("Tab")
	p.screen.Type("25")
	p.press("Continue", dialog)
	p.awaitPixels("what will be sent", dialog, ground, 20_000) // its box has the colour of the page
	p.keep("send")
	p.screen.Type(password)
	p.press("Send 25 STOS", dialog)
	p.awaitPixels("that it was sent", dialog, goodSoft, 1000)
	p.press("Done", dialog)
	spent, err := stratos.ParseAmount("25stos")
	p.check(err)
	if after := p.total(); before.Wei().Sub(before.Wei(), after.Wei()).Cmp(spent.Wei()) < 0 {
		p.t.Errorf("there were %s, there are %s", before, after)
	}
}

// stakeMoney stakes 40 STOS with the first validator.
func (p *person) stakeMoney() {
	first, about := image.Rect(750, 280, 860, 316), image.Rect(950, 240, 1256, 780)
	staked := image.Rect(250, 100, 480, 150) // the figure and with whom
	p.screen.Key("ctrl+5")
	p.awaitPixels("the validators", first, goodSoft, 200)
	before := p.screen.Shot()
	p.screen.Click(500, 298)
	p.press("Stake", about)
	p.screen.Await("the form", func(shot *image.RGBA) bool { return testscreen.Count(shot, topRight, ground) == 0 })
	p.screen.Type("40")
	p.press("Continue", dialog)
	p.awaitPixels("what will be staked", dialog, ground, 20_000)
	p.keep("stake-check")
	p.screen.Type(password)
	p.press("Stake 40 STOS", dialog)
	p.awaitPixels("that it is staked", dialog, goodSoft, 1000)
	p.press("Done", dialog)
	p.screen.Await("the new stake", func(shot *image.RGBA) bool {
		return testscreen.Count(shot, topRight, ground) > 0 && testscreen.Differ(shot, before, staked) > 50
	})
	p.keep("stake")
	var s struct {
		Staked  stratos.Amount
		Returns []any
	}
	p.ask(p.other(), &s, "stake", "show")
	if want, err := stratos.ParseAmount("40stos"); err != nil || s.Staked.Cmp(want) != 0 || len(s.Returns) != 0 {
		p.t.Errorf("staked %s, %v", s.Staked, err)
	}
}
