package report

import (
	"errors"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
)

// An epoch that is closed is on the chain, with the nodes that came before,
// however far the clock is from its end.
func TestCloseEpoch(t *testing.T) {
	w := newWorld(t)
	r := w.start()
	defer r.Close()
	none, err := r.CloseEpoch(t.Context())
	must(t, err)
	if none != (Closed{}) {
		t.Errorf("without traffic: %+v", none)
	}
	n := w.pool.Nodes()[0]
	if !w.inService(n.Address()) {
		t.Error("the node is not in service")
	}
	for want := int64(1); want <= 2; want++ {
		w.count(n, meta.Up, "st1a", 100*want)
		c, err := r.CloseEpoch(t.Context())
		must(t, err)
		info, err := r.ask(t.Context(), c.Epoch)
		must(t, err)
		if c.Epoch != want || c.Hash == "" || info.TxHash != c.Hash || w.volumes()[n.Owner()] != 100*want {
			t.Errorf("closed %+v, the chain has %v with %v", c, info, w.volumes())
		}
	}
	must(t, r.Close())
	if _, err := r.CloseEpoch(t.Context()); !errors.Is(err, ErrEnded) {
		t.Errorf("after the end: %v", err)
	}
}
