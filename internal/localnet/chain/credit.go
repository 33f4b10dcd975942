package chain

import (
	"context"
	"fmt"
	"math/big"

	"cosmossdk.io/math"
	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/mempool"
	cmttypes "github.com/cometbft/cometbft/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// creditGas is enough for a send to a new account.
const creditGas = 150_000

// Credit sends wei from the faucet account to addr (st1... or 0x...) and
// returns the hash of the transaction once it is in a block. Credits are sent
// one after the other. When ctx ends while the transaction waits, the error is
// of the unclear kind: it may still happen.
func (c *Chain) Credit(ctx context.Context, addr string, wei *big.Int) (hash string, err error) {
	to, err := stratos.ParseAddress(addr)
	if err != nil {
		return "", fault.Wrong(err, "This is not a Stratos address.")
	}
	if wei.Sign() <= 0 {
		return "", fault.Wrong(nil, "The amount must be more than nothing.")
	}
	key, err := stratos.NewPrivateKey(c.keys.Faucet)
	if err != nil {
		return "", fmt.Errorf("prepare a credit: %w", err)
	}
	defer key.Wipe()
	return c.Send(ctx, []stratos.PrivateKey{key}, creditGas, &banktypes.MsgSend{
		FromAddress: key.Address().String(), ToAddress: to.String(), Amount: weiCoins(math.NewIntFromBigInt(wei)),
	})
}

// account reads an account from the newest state.
func (c *Chain) account(address stratos.Address) (sdk.AccountI, error) {
	release, err := c.reading()
	if err != nil {
		return nil, err
	}
	defer release()
	ctx, err := c.state()
	if err != nil {
		return nil, err
	}
	account := c.engine.app.accounts.GetAccount(ctx, address[:])
	if account == nil {
		return nil, fmt.Errorf("the account %s does not exist", address)
	}
	return account, nil
}

// submit puts tx into the memory pool.
func (c *Chain) submit(tx cmttypes.Tx) error {
	checked := make(chan *abci.ResponseCheckTx, 1)
	err := c.engine.pool.CheckTx(tx, func(r *abci.ResponseCheckTx) { checked <- r }, mempool.TxInfo{})
	if err != nil {
		return fmt.Errorf("submit a transaction: %w", err)
	}
	if r := <-checked; r.Code != abci.CodeTypeOK {
		return fmt.Errorf("submit a transaction: %w", &Refused{r.Codespace, r.Code, r.Log})
	}
	return nil
}

// included waits until tx is in a block above after.
func (c *Chain) included(ctx context.Context, tx cmttypes.Tx, after int64) error {
	for height := after + 1; ; {
		moved := c.heights.next()
		for ; height <= c.Height(); height++ {
			if found, err := c.resultIn(height, tx); found || err != nil {
				return err
			}
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return fault.Unclear(ctx.Err(), "The coins were sent but are not confirmed yet; look at the balance in a moment.")
		case <-c.done:
			return fault.Unclear(c.Err(), "The practice network ended before the coins were confirmed.")
		}
	}
}

// resultIn tells whether tx is in the block and how it went there.
func (c *Chain) resultIn(height int64, tx cmttypes.Tx) (found bool, err error) {
	release, err := c.reading()
	if err != nil {
		return false, nil // the caller sees that the chain has ended
	}
	defer release()
	block := c.engine.blockStore.LoadBlock(height)
	if block == nil {
		return false, nil
	}
	at := block.Txs.Index(tx)
	if at < 0 {
		return false, nil
	}
	results, err := c.engine.stateStore.LoadFinalizeBlockResponse(height)
	if err != nil {
		return true, fmt.Errorf("read the results of block %d: %w", height, err)
	}
	if r := results.TxResults[at]; r.Code != abci.CodeTypeOK {
		return true, fmt.Errorf("the transaction failed: %w", &Refused{r.Codespace, r.Code, r.Log})
	}
	return true, nil
}
