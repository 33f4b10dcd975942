package testworld

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// special does what happens once.
func (w *world) special(ctx context.Context, n int) error {
	switch {
	case w.at(n, dearAt): // the price grows with the square of all that is deposited or prepaid
		w.logf("Epoch %d: somebody buys ozone for 6000 STOS.", n)
		return w.spare.buy(ctx, stos(6000))
	case w.at(n, lieAt):
		return w.lieOfAStranger(ctx, int64(n))
	case w.at(n, quietAt):
		return w.lieOfAMetaNode(ctx, int64(n))
	case w.at(n, failAt):
		return w.lose(ctx)
	case w.at(n, offAt):
		w.logf("Epoch %d: node %s is switched off.", n, failing)
		return w.control.stop(ctx, failing)
	}
	return nil
}

// failing is the node that fails.
const failing = "3"

// lose damages all that lies on a node, and has it noticed.
func (w *world) lose(ctx context.Context) error {
	found, err := filepath.Glob(filepath.Join(w.Dir, "nodes", failing, "slices", "*"))
	if err != nil || len(found) == 0 {
		return errors.Join(err, errors.New("the node that fails has nothing"))
	}
	for _, path := range found {
		if err := os.WriteFile(path, []byte("gone"), 0o600); err != nil {
			return err
		}
	}
	w.logf("Node %s lost %d slices.", failing, len(found))
	for {
		problems, err := w.control.repair(ctx)
		if err != nil || len(problems) == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("repair: %w: %v", ctx.Err(), problems)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
