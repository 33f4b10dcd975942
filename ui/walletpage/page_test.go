package walletpage

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			host, _ := stage.Host(t, 1064, 640)
			stage.Put(host, New(host, backend, "", true))
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, open := range map[string]func(*Page){
			"receive": (*Page).receive, "send": (*Page).send, "ozone": (*Page).buyOzone,
			"check": func(p *Page) {
				preview, err := p.backend.PreviewSend(t.Context(), fake.Address, "12.5", "rent share")
				if err != nil {
					t.Fatal(err)
				}
				newPayment(p).confirm(p.checkSend(preview))
			},
		} {
			host, _ := stage.Host(t, 640, 620)
			p := New(host, fake.Full(), "", true)
			stage.Put(host, p)
			open(p)
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}
