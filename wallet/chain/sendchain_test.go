package chain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// Who looked at a payment on one network does not make it on another one that was
// chosen meanwhile, although key and account are the same there.
func TestAPreviewIsSentOnItsChainOnly(t *testing.T) {
	practice, other, log := newFake(t), newFake(t), newLog()
	other.chainID = "mesos-1"
	there, err := New(Options{Network: network.Network{REST: other.server.URL, ChainID: "mesos-1", MinGasPrice: "1000000000"}, Poll: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	p := preview(t, practice.client(), transfer(t, "1stos"))
	for name, shown := range map[string]func() (Preview, error){
		"as it was shown":  func() (Preview, error) { return p, nil },
		"with another fee": func() (Preview, error) { return p.With(High) },
		"with no preview":  func() (Preview, error) { return Preview{Message: p.Message, Gas: p.Gas, Fee: p.Fee}, nil },
	} {
		p, err := shown()
		if err != nil {
			t.Fatal(err)
		}
		_, err = there.Send(t.Context(), p, vectorKey(t, 0), log)
		if !errors.Is(err, ErrWrongChain) || !strings.Contains(fault.Sentence(err), "Nothing was sent") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if log.count() != 0 || len(other.pool)+len(other.paid) != 0 {
		t.Errorf("logged %v, sent %v", log.sent, other.pool)
	}
	if _, err := there.Send(t.Context(), preview(t, there, transfer(t, "1stos")), vectorKey(t, 0), log); err != nil {
		t.Errorf("looked at again: %v", err)
	}
}
