package main

import (
	"image"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// friend is an address of somebody who is paid.
const friend = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"

// A person looks after money: pays somebody of the address book, buys ozone,
// stakes, reads what stakers vote on, and does so in another language and in
// larger letters too.
func TestMoney(t *testing.T) {
	p := newPerson(t)
	p.begin()
	p.command(p.other(), words+"\n", "wallet", "import")
	p.awaitMoney()
	p.keep("wallet")
	p.saveFriend()
	p.sendMoney()
	p.buyOzone()
	p.askAll()
	p.stakeMoney()
	p.readQuestion()
	p.speakGerman()
	p.growLetters()
	p.quit()
}

// total is all the money of the wallet.
func (p *person) total() stratos.Amount {
	p.t.Helper()
	var b struct{ Total stratos.Amount }
	p.ask(p.other(), &b, "balance")
	return b.Total
}

// awaitMoney waits for the money that comes with the practice network.
func (p *person) awaitMoney() {
	p.screen.Key("ctrl+4")
	p.see("Bought ozone")
	p.see("Received")
}

// saveFriend puts somebody into the address book.
func (p *person) saveFriend() {
	p.tap("Main account", image.Rect(300, 0, 500, 60))
	p.tap("Address book")
	p.see("Nobody is in it yet")
	p.keep("book-empty")
	p.tap("New", dialog)
	p.see("In the address book")
	p.screen.Type("Tomas")
	p.fill("An address that begins with st1 or 0x", friend, dialog)
	p.push("Save", dialog)
	p.see("Tomas", dialog)
	p.keep("book")
	p.tap("Close", dialog)
	p.gone("Address book", dialog)
}

// sendMoney pays 25 STOS to the friend, by name.
func (p *person) sendMoney() {
	before := p.total()
	p.push("Send", topRight)
	p.see("Send STOS", dialog)
	p.screen.Type("Tomas")
	p.see("In your address book:", dialog)
	p.fill("0", "25", dialog)
	p.keep("send-form")
	p.push("Continue", dialog)
	p.see("Check before you send", dialog)
	p.keep("send")
	p.screen.Type(password)
	p.push("Send 25 STOS", dialog)
	p.see("Sent", dialog)
	p.keep("sent")
	p.push("Done", dialog)
	spent, err := stratos.ParseAmount("25stos")
	p.check(err)
	if after := p.total(); before.Wei().Sub(before.Wei(), after.Wei()).Cmp(spent.Wei()) < 0 {
		p.t.Errorf("there were %s, there are %s", before, after)
	}
}

// buyOzone buys some for 5 STOS.
func (p *person) buyOzone() {
	p.tap("Buy ozone", content)
	p.see("For how many STOS", dialog)
	p.screen.Key("ctrl+a")
	p.screen.Type("5")
	p.push("Continue", dialog)
	p.see("Check before you buy", dialog)
	p.keep("ozone")
	p.screen.Type(password)
	p.press("Buy", dialog)
	p.see("Bought", dialog)
	p.push("Done", dialog)
}

// stakeMoney stakes 40 STOS with the first validator.
func (p *person) stakeMoney() {
	p.screen.Key("ctrl+5")
	p.tap("Practice validator")
	p.keep("stake-before")
	p.push("Stake", panel)
	p.see("Stake with Practice validator", dialog)
	p.screen.Type("40")
	p.push("Continue", dialog)
	p.see("Check before you go on", dialog)
	p.keep("stake-check")
	p.screen.Type(password)
	p.push("Stake 40 STOS", dialog)
	p.awaitPixels("that it is staked", dialog, p.look.goodSoft, 1000)
	p.push("Done", dialog)
	p.see("with Practice validator")
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

// askAll asks all stakers a question.
func (p *person) askAll() {
	p.command(p.other(), "", "gov", "propose", "--title", "More nodes in the south", "--summary", "Should there be more?",
		"--link", "https://example.org", "--deposit", "max")
}

// readQuestion looks at the question. It is too old for a vote on a slow
// machine: votes last for half a minute here.
func (p *person) readQuestion() {
	p.tap("Votes", content)
	p.tap("More nodes in the south")
	p.see("Should there be more?", panel)
	p.keep("votes")
}

// speakGerman changes the language, and back.
func (p *person) speakGerman() {
	p.tap("Settings", sidebar)
	p.tap("As the system", content)
	p.tap("Deutsch")
	p.see("Einstellungen", content)
	p.keep("settings-german")
	p.screen.Key("ctrl+4")
	p.push("Senden", topRight)
	p.see("STOS senden", dialog)
	p.screen.Key("Escape")
	p.gone("STOS senden", dialog)
	p.keep("wallet-german")
}

// growLetters makes everything larger, so that no word has its shape of before.
func (p *person) growLetters() {
	p.tap("Einstellungen", sidebar)
	p.see("Einstellungen", content)
	p.tap("100 %")
	p.tap("120 %")
	p.gone("Aussehen")
	p.gone("Drive", sidebar)
	p.keep("large")
}
