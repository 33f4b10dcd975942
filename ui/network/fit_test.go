package network

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "public": public(), "empty": fake.Empty(), "broken": fake.Broken()} {
			p, _ := opened(t, backend, width, height)
			stage.Fits(t, name, p.host.Window)
			for _, each := range []tab{nodes, validators, figures, overTime} {
				p.open(each)
				stage.Fits(t, name+" list", p.host.Window)
			}
		}
	})
}
