package nodes

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	away := full()
	away.Guarded.Away = true
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		for name, backend := range map[string]*fake.Backend{"full": full(), "away": away, "empty": fake.Full(), "broken": fake.Broken()} {
			host, _ := stage.Host(t, width, height)
			stage.Put(host, New(host, backend, true))
			stage.Fits(t, name, host.Window)
		}
		host, _ := stage.Host(t, width, height)
		p := New(host, full(), true)
		stage.Put(host, p)
		for i := range p.list {
			p.table.Select(i)
			stage.Fits(t, "a node that is chosen", host.Window)
		}
		p.add()
		stage.Fits(t, "adding one", host.Window)
	})
}
