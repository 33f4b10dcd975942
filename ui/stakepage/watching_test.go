package stakepage

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// TestWatchedAddressOffersNothingToSign: its stake can be looked at.
func TestWatchedAddressOffersNothingToSign(t *testing.T) {
	test.NewTempApp(t)
	p, _ := opened(t, fake.Watch(fake.Full()), 1064, 700)
	for _, each := range []tab{validators, returns, votes, nodes} {
		p.open(each)
		p.table.Select(0)
		if about := p.panelContent(); about != nil && about.buttons != nil {
			t.Errorf("tab %v offers something", each)
		}
	}
	if n := len(find[*widgets.Button](p.object)); n != 0 {
		t.Errorf("%d buttons", n)
	}
	if items := p.validatorItems(p.validated[0]); len(items) != 1 {
		t.Errorf("%d items", len(items))
	}
}
