package received

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// gone is a program whose person leaves the page while ozone is on its way.
type gone struct {
	*fake.Backend
	leave func()
	cut   bool
	fails bool
}

func (g *gone) FreeOzone(ctx context.Context) error {
	g.leave()
	if g.cut = ctx.Err() != nil; g.fails {
		return fake.ErrOffline
	}
	return nil
}

// Free ozone comes also when the page is left, and what goes wrong is said then.
func TestFreeOzoneComesWhenThePageIsLeft(t *testing.T) {
	for _, fails := range []bool{false, true} {
		host, told := stage.Host(t, 1064, 560)
		b := &gone{Backend: fake.Full(), fails: fails}
		b.Err = noOzone()
		p := New(host, b, link, true)
		stage.Put(host, p)
		b.leave = p.Leave
		test.Tap(button(t, p, "Get ozone for free"))
		if said := slices.Contains(told.Said, fault.Sentence(fake.ErrOffline)); b.cut || said != fails {
			t.Errorf("cut off %v, said %q", b.cut, told.Said)
		}
	}
}
