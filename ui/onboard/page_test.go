package onboard

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, s := range map[string]screen{
			"1-wallet": chooseWallet, "2-words": showWords, "3-restore": askWords,
			"4-password": askPassword, "5-network": chooseNetwork, "6-folder": chooseFolder,
		} {
			backend := fake.Empty()
			backend.At = app.NeedsWallet
			host, _ := stage.Host(t, 900, 720)
			p := New(host, backend, func() {})
			p.show(s)
			stage.Put(host, p)
			shots.Match(t, name+"-"+mode, host.Window)
		}
		host, _ := stage.Host(t, 900, 600)
		stage.Put(host, NewUnlock(host, fake.Full(), func() {}))
		shots.Match(t, "unlock-"+mode, host.Window)
	})
}
