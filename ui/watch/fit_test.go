package watch

import (
	"fmt"
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		for name, b := range map[string]*fake.Backend{"full": watched(t), "empty": fake.Empty(), "broken": fake.Broken()} {
			host, _ := stage.Host(t, width, height)
			p := New(host, b, nobody)
			stage.Put(host, p)
			for i := range 3 {
				p.views.Choose(i)
				stage.Fits(t, fmt.Sprint(name, i), host.Window)
			}
		}
	})
}
