package activity

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		for name, b := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "busy": busy(), "troubled": troubled(), "ahead": ahead(), "broken": fake.Broken()} {
			host, _ := stage.Host(t, width, height)
			p := New(host, b)
			stage.Put(host, p)
			stage.Fits(t, name, host.Window)
			if name == "full" {
				p.past.Select(lineOf(p, 2))
				p.with(p.show)
				stage.Fits(t, "details", host.Window)
				p.dialog(t).Submit("")
				stage.Fits(t, "undo", host.Window)
			}
		}
	})
}
