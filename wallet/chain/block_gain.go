package chain

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ErrNoBlocks means that the network offers no search in its blocks.
var ErrNoBlocks = errors.New("no search in blocks")

// BlockGain is what an account got from the chain itself, in no transaction: a
// stake or a deposit that came back when its time was over.
type BlockGain struct {
	Height int64
	Time   time.Time       // of the block
	From   stratos.Address // account of the chain that paid
	Amount stratos.Amount
}

// gainPage is how many blocks are asked for at once.
const gainPage = 50

// BlockGains returns what an account got in blocks above a height, the oldest
// first, of some of the blocks; more tells that later ones have not been looked
// at. It needs the CometBFT RPC of the network: without one, or when that does
// not search blocks, the error wraps [ErrNoBlocks].
func (c *Client) BlockGains(ctx context.Context, a stratos.Address, above int64) (gains []BlockGain, more bool, err error) {
	if c.rpc == nil {
		return nil, false, noBlocks(nil)
	}
	var found struct {
		Result struct {
			Blocks []struct {
				Block struct {
					Header struct {
						Height string    `json:"height"`
						Time   time.Time `json:"time"`
					} `json:"header"`
				} `json:"block"`
			} `json:"blocks"`
			Total string `json:"total_count"`
		} `json:"result"`
	}
	query := url.Values{
		"query":    {fmt.Sprintf(`"coin_received.receiver='%s' AND block.height>%d"`, a, above)},
		"per_page": {strconv.Itoa(gainPage)}, "page": {"1"}, "order_by": {`"asc"`},
	}
	if err := c.rpc.get(ctx, "/block_search", query, &found); err != nil {
		return nil, false, noBlocks(err)
	}
	for _, b := range found.Result.Blocks {
		height, err := strconv.ParseInt(b.Block.Header.Height, 10, 64)
		if err != nil || height <= above {
			return nil, false, fmt.Errorf("search blocks: height %q", b.Block.Header.Height)
		}
		one, err := c.gainsOf(ctx, a, height)
		if err != nil {
			return nil, false, err
		}
		for _, g := range one {
			g.Time = b.Block.Header.Time
			gains = append(gains, g)
		}
	}
	total, _ := strconv.Atoi(found.Result.Total)
	return gains, total > len(found.Result.Blocks), nil
}

// gainsOf reads the events of one block that belong to no transaction. Their
// name differs by the version of CometBFT.
func (c *Client) gainsOf(ctx context.Context, a stratos.Address, height int64) ([]BlockGain, error) {
	var reply struct {
		Result struct {
			Begin    []Event `json:"begin_block_events"`
			End      []Event `json:"end_block_events"`
			Finalize []Event `json:"finalize_block_events"`
		} `json:"result"`
	}
	if err := c.rpc.get(ctx, "/block_results", url.Values{"height": {strconv.FormatInt(height, 10)}}, &reply); err != nil {
		return nil, noBlocks(err)
	}
	gains := gainsIn(append(append(reply.Result.Begin, reply.Result.Finalize...), reply.Result.End...), a)
	for i := range gains {
		gains[i].Height = height
	}
	return gains, nil
}

// gainsIn pairs what a received with who spent it just before.
func gainsIn(events []Event, a stratos.Address) (gains []BlockGain) {
	var from stratos.Address
	for _, e := range events {
		switch e.Type {
		case "coin_spent":
			from, _ = stratos.ParseAddress(e.Get("spender"))
		case "coin_received":
			if amount := WeiIn(e.Get("amount")); e.Get("receiver") == a.String() && !amount.IsZero() {
				gains = append(gains, BlockGain{From: from, Amount: amount})
			}
		}
	}
	return gains
}

// WeiIn adds up the wei in a list of coins as events write it: "12wei,5ibc/A".
func WeiIn(coins string) (sum stratos.Amount) {
	for _, text := range strings.Split(coins, ",") {
		digits, isWei := strings.CutSuffix(text, stratos.Wei)
		if a, err := stratos.ParseWei(digits); err == nil && isWei {
			sum = sum.Add(a)
		}
	}
	return sum
}

func noBlocks(err error) error {
	if err != nil && !answeredBadly(err) {
		return fmt.Errorf("search blocks: %w", asUnreachable(err))
	}
	return fault.Say(fmt.Errorf("%w: %w", ErrNoBlocks, orUnset(err)),
		"This network does not tell which stakes and deposits came back. They are in the balance, but not in the history.")
}

func orUnset(err error) error {
	if err == nil {
		return errors.New("no RPC address")
	}
	return err
}

// answeredBadly tells whether a node answered, and not with what was asked.
func answeredBadly(err error) bool {
	api, ok := errors.AsType[*apiError](err)
	return ok && !elsewhere(api) && api.Status != http.StatusRequestTimeout
}
