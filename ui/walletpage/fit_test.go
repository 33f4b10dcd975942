package walletpage

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		for name, backend := range map[string]*fake.Backend{"one account": fake.Full(), "several": fake.WithAccounts(fake.Full()), "watched": fake.Watch(fake.Full()), "empty": fake.Empty(), "broken": fake.Broken()} {
			p, _ := put(t, backend, width, height)
			stage.Fits(t, name, p.host.Window)
		}
		p, _ := put(t, fake.Full(), width, height)
		for name, open := range map[string]func(){
			"receive": p.receive, "send": func() { p.send(nil) }, "ozone": p.buyOzone, "book": p.openBook,
			"person": func() { p.editPerson(app.Contact{}, nil) }, "entry": func() { p.showEntry(p.past.entries[8]) },
			"stranger": func() { p.showEntry(app.HistoryEntry{Kind: "received", With: newcomer, Hash: "ab", Time: fake.Now}) },
		} {
			open()
			stage.Fits(t, name, p.host.Window)
			dialogOf(t, p).Close()
		}
	})
}
