package testworld

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/proof"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// owner is somebody with a node: a wallet whose key lies in the folder of the
// network.
type owner struct {
	*person
	had *big.Int // wei at first
}

// readOwners finds the owners of all nodes.
func (w *world) readOwners(ctx context.Context) error {
	for i := range nodes {
		key, err := readOwner(filepath.Join(w.Dir, "nodes", fmt.Sprint(i+1), "node.json"))
		if err != nil {
			return fmt.Errorf("read the owner of node %d: %w", i+1, err)
		}
		p := &person{key: key, wallet: key.Address().String(), paid: new(big.Int), fees: new(big.Int), taken: new(big.Int)}
		if p.chain, err = chain.New(chain.Options{Network: w.Network, Poll: poll}); err != nil {
			return err
		}
		held, err := p.chain.Balance(ctx, p.key.Address())
		if err != nil {
			return err
		}
		w.owners = append(w.owners, owner{p, held.Total.Wei()})
	}
	return nil
}

func readOwner(path string) (key stratos.PrivateKey, err error) {
	var config struct {
		Wallet string `json:"wallet"`
	}
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &config)
	}
	if err == nil {
		raw, err = hex.DecodeString(config.Wallet)
	}
	if err != nil {
		return key, err
	}
	return stratos.NewPrivateKey(raw)
}

// checkOwners holds what owners of nodes took out against the chain and their
// purses.
func (w *world) checkOwners(ctx context.Context, b *proof.Books) error {
	took := 0
	for _, o := range w.owners {
		purse, err := o.purse(ctx)
		if err != nil {
			return err
		}
		w.same(0, "the purse of the owner "+o.wallet, o.had, purse)
		w.same(0, "what the owner "+o.wallet+" took out", b.Account(o.wallet).Withdrawn, o.taken)
		if o.taken.Sign() > 0 {
			took++
		}
	}
	w.check.Numbers++
	if took < min(len(w.owners), w.Epochs/withdrawEvery-1) {
		w.faultf("only %d owners of nodes took rewards out", took)
	}
	return nil
}
