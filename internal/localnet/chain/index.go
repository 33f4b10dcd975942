package chain

import (
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/state/txindex"
	cmttypes "github.com/cometbft/cometbft/types"
)

// indexedAgain is how many of the newest blocks are indexed again at the
// start. The index is written after the block is final, so a process that was
// killed between the two would never find those transactions again.
const indexedAgain = 5

func (e *engine) indexAgain() error {
	newest := e.blockStore.Height()
	for height := max(e.blockStore.Base(), newest-indexedAgain+1, 1); height <= newest; height++ {
		if err := e.indexBlock(height); err != nil {
			return fmt.Errorf("index block %d again: %w", height, err)
		}
	}
	return nil
}

func (e *engine) indexBlock(height int64) error {
	block := e.blockStore.LoadBlock(height)
	result, err := e.stateStore.LoadFinalizeBlockResponse(height)
	if block == nil || err != nil {
		return err
	}
	batch := txindex.NewBatch(int64(len(block.Txs)))
	for i, tx := range block.Txs {
		one := &abci.TxResult{Height: height, Index: uint32(i), Tx: tx, Result: *result.TxResults[i]}
		if err := batch.Add(one); err != nil {
			return err
		}
	}
	if err := e.blockIndex.Index(cmttypes.EventDataNewBlockEvents{
		Height: height, Events: result.Events, NumTxs: int64(len(block.Txs)),
	}); err != nil {
		return err
	}
	return e.txIndex.AddBatch(batch)
}
