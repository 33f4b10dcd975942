package testworld

import (
	"context"
	"fmt"
	"math/big"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// begin makes the people and gives them coins; all but the one who has to be
// early buy their ozone at the same time.
func (w *world) begin(ctx context.Context) (err error) {
	w.logf("The world of seed %d begins.", w.Seed)
	if w.ledger, err = openLedger(w.Dir); err != nil {
		return err
	}
	if w.control, err = openControl(w.Dir); err != nil {
		return err
	}
	if _, err := w.control.closeEpoch(ctx); err != nil { // the nodes are on the chain then
		return err
	}
	if w.spare, err = w.newPerson("spare"); err != nil {
		return err
	}
	for i := range viewers + creators {
		p, err := w.newPerson(fmt.Sprint("person ", i))
		if err != nil {
			return err
		}
		w.people = append(w.people, p)
	}
	if err := w.fund(ctx); err != nil {
		return err
	}
	if err := w.readOwners(ctx); err != nil {
		return err
	}
	var all errgroup.Group
	all.SetLimit(4)
	for i, p := range w.people {
		amount := stos(1 + int64(i)%3)
		all.Go(func() error { return p.buy(ctx, amount) })
	}
	if err := all.Wait(); err != nil {
		return err
	}
	return w.publishFilm(ctx)
}

func stos(n int64) stratos.Amount {
	return stratos.NewAmount(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)))
}

// firstCoins are what everybody is given.
var firstCoins = stos(20)

// fund gives everybody coins in one transaction.
func (w *world) fund(ctx context.Context) error {
	if _, err := w.spare.chain.Credit(ctx, w.spare.key.Address(), stos(20_000)); err != nil {
		return err
	}
	var all message.Batch
	for _, p := range w.people {
		all = append(all, message.Transfer{From: w.spare.key.Address(), To: p.key.Address(), Amount: firstCoins})
	}
	_, err := w.spare.send(ctx, all)
	return err
}

func (w *world) end() {
	for _, p := range append(w.people, w.spare) {
		p.sds.Close()
	}
	w.ledger.db.Close()
}
