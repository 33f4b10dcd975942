package explorer

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		for name, arg := range map[string]string{
			"blocks": "explorer", "reports": "explorer/list/reports", "proposals": "explorer/list/proposals", "block": "explorer/block/latest",
			"transaction": "explorer/tx/" + fake.TxHash, "account": "explorer/account/" + fake.Address, "missing": "explorer/block/9",
			"found": "explorer/find/ozone", "nothing": "explorer/find/zzz",
		} {
			p, _ := opened(t, fake.Full(), arg, width, height)
			stage.Fits(t, name, p.host.Window)
		}
		p, _ := opened(t, fake.Broken(), "explorer", width, height)
		stage.Fits(t, "broken", p.host.Window)
	})
}
