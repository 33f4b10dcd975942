package stakepage

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		p, _ := opened(t, fake.Full(), width, height)
		for _, each := range []struct {
			tab tab
			row int
		}{{validators, 0}, {validators, 4}, {returns, 0}, {votes, 0}, {votes, 1}, {votes, 2}, {nodes, 0}} {
			p.open(each.tab)
			p.table.Select(each.row)
			stage.Fits(t, tabWords(each.tab, p.state), p.host.Window)
		}
		for _, c := range forms {
			c.open(p)
			stage.Fits(t, c.title, p.host.Window)
			dialogOf(t, p).Close()
		}
	})
}
