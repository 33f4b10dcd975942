package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Account is what signing needs to know of an account.
type Account struct {
	Number   uint64
	Sequence uint64
}

// Balance is what an account holds. Total counts vesting coins, which cannot
// be spent yet.
type Balance struct {
	Total     stratos.Amount
	Spendable stratos.Amount
}

// accountJSON reads every account type: a vesting account and an EthAccount
// hold the numbers one or two levels deeper than a BaseAccount.
type accountJSON struct {
	Number   string       `json:"account_number"`
	Sequence string       `json:"sequence"`
	Base     *accountJSON `json:"base_account"`
	Vesting  *accountJSON `json:"base_vesting_account"`
}

func (a *accountJSON) account() (Account, error) {
	for a.Vesting != nil || a.Base != nil {
		if a = orElse(a.Vesting, a.Base); a == nil {
			break
		}
	}
	number, err1 := strconv.ParseUint(a.Number, 10, 64)
	sequence, err2 := strconv.ParseUint(a.Sequence, 10, 64)
	return Account{number, sequence}, errors.Join(err1, err2)
}

func orElse(a, b *accountJSON) *accountJSON {
	if a != nil {
		return a
	}
	return b
}

// Account reads an account. One that never received anything does not exist:
// the error wraps [ErrUnused].
func (c *Client) Account(ctx context.Context, a stratos.Address) (Account, error) {
	account, _, err := c.accountAt(ctx, a)
	return account, err
}

// accountAt also tells the height that the answer is of, or 0.
func (c *Client) accountAt(ctx context.Context, a stratos.Address) (Account, uint64, error) {
	var reply struct {
		Account accountJSON `json:"account"`
	}
	height, err := c.rest.getAt(ctx, "/cosmos/auth/v1beta1/accounts/"+a.String(), nil, &reply)
	if errors.Is(err, ErrNotFound) {
		return Account{}, 0, fault.Say(fmt.Errorf("%w: %w", ErrUnused, err), "This account has never received anything. Send some STOS to it first.")
	}
	if err != nil {
		return Account{}, 0, fmt.Errorf("read account: %w", asUnreachable(err))
	}
	account, err := reply.Account.account()
	if err != nil {
		return Account{}, 0, fmt.Errorf("read account: %w", err)
	}
	return account, height, nil
}

// Get fills into from the JSON that the chain answers for path and query. It
// is for the rooms that know other queries than this one. What does not exist
// is an [ErrNotFound].
func (c *Client) Get(ctx context.Context, path string, query url.Values, into any) error {
	err := c.rest.get(ctx, path, query, into)
	if err == nil || errors.Is(err, ErrNotFound) {
		return err
	}
	return asUnreachable(err)
}

// coinJSON is a coin as the gateway writes it.
type coinJSON struct {
	Denom  string `json:"denom"`
	Amount string `json:"amount"`
}

type coinPage struct {
	Balances   []coinJSON `json:"balances"`
	Supply     []coinJSON `json:"supply"`
	Pagination struct {
		Next string `json:"next_key"`
	} `json:"pagination"`
}

// wei searches the pages of a coin list, because anybody can fill an account
// with coins of other names.
func (c *Client) wei(ctx context.Context, path string) (stratos.Amount, error) {
	query := url.Values{}
	for range 100 {
		var page coinPage
		if err := c.rest.get(ctx, path, query, &page); err != nil {
			return stratos.Amount{}, asUnreachable(err)
		}
		for _, coin := range append(page.Balances, page.Supply...) {
			if coin.Denom == stratos.Wei {
				return stratos.ParseWei(coin.Amount)
			}
		}
		if page.Pagination.Next == "" {
			break
		}
		query.Set("pagination.key", page.Pagination.Next)
	}
	return stratos.Amount{}, nil
}

// Balance reads what an account holds; zero for one that does not exist.
func (c *Client) Balance(ctx context.Context, a stratos.Address) (Balance, error) {
	total, err := c.wei(ctx, "/cosmos/bank/v1beta1/balances/"+a.String())
	if err != nil {
		return Balance{}, fmt.Errorf("read balance: %w", err)
	}
	spendable, err := c.wei(ctx, "/cosmos/bank/v1beta1/spendable_balances/"+a.String())
	if err != nil {
		return Balance{}, fmt.Errorf("read spendable balance: %w", err)
	}
	return Balance{Total: total, Spendable: spendable}, nil
}

// Supply reads how much there is of all STOS.
func (c *Client) Supply(ctx context.Context) (stratos.Amount, error) {
	supply, err := c.wei(ctx, "/cosmos/bank/v1beta1/supply")
	if err != nil {
		return stratos.Amount{}, fmt.Errorf("read supply: %w", err)
	}
	return supply, nil
}

// Height reads the height of the newest block.
func (c *Client) Height(ctx context.Context) (uint64, error) {
	var reply struct {
		Block struct {
			Header struct {
				Height string `json:"height"`
			} `json:"header"`
		} `json:"block"`
	}
	if err := c.rest.get(ctx, "/cosmos/base/tendermint/v1beta1/blocks/latest", nil, &reply); err != nil {
		return 0, fmt.Errorf("read height: %w", asUnreachable(err))
	}
	height, err := strconv.ParseUint(reply.Block.Header.Height, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("read height: %w", err)
	}
	return height, nil
}

// NozPrice reads the present price of ozone in wei per noz.
func (c *Client) NozPrice(ctx context.Context) (*big.Rat, error) {
	var reply struct {
		Price string `json:"price"`
	}
	if err := c.rest.get(ctx, "/stratos/sds/v1/noz_price", nil, &reply); err != nil {
		return nil, fmt.Errorf("read ozone price: %w", asUnreachable(err))
	}
	price, err := parsePrice(reply.Price)
	if err != nil {
		return nil, fmt.Errorf("read ozone price: %w", err)
	}
	return price, nil
}

// NozSupply reads how many noz the network can still sell, and how many there
// are in all.
func (c *Client) NozSupply(ctx context.Context) (remaining, total *big.Int, err error) {
	var reply struct{ Remaining, Total string }
	if err := c.rest.get(ctx, "/stratos/sds/v1/noz_supply", nil, &reply); err != nil {
		return nil, nil, fmt.Errorf("read ozone supply: %w", asUnreachable(err))
	}
	remaining, err1 := parseNoz(reply.Remaining)
	total, err2 := parseNoz(reply.Total)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, fmt.Errorf("read ozone supply: %w", err)
	}
	return remaining, total, nil
}

// QuotePrepay reads how many noz a prepay of amount would buy now. It is an
// estimate: the price moves until the transaction is in a block.
func (c *Client) QuotePrepay(ctx context.Context, amount stratos.Amount) (*big.Int, error) {
	if amount.IsZero() {
		return nil, fault.Wrong(nil, "The amount must be more than zero.")
	}
	var reply struct {
		Noz string `json:"noz"`
	}
	if err := c.rest.get(ctx, "/stratos/sds/v1/sim_prepay/"+amount.String()+stratos.Wei, nil, &reply); err != nil {
		return nil, fmt.Errorf("quote prepay: %w", explainSimulation(err))
	}
	return parseNoz(reply.Noz)
}

// parsePrice reads a plain decimal number, without sign or exponent.
func parsePrice(text string) (*big.Rat, error) {
	if strings.Trim(text, "0123456789.") == "" && len(text) <= 100 {
		if price, ok := new(big.Rat).SetString(text); ok {
			return price, nil
		}
	}
	return nil, fmt.Errorf("%q is not a price", text)
}

// parseNoz reads a decimal integer of noz.
func parseNoz(text string) (*big.Int, error) {
	noz, ok := new(big.Int).SetString(text, 10)
	if !ok || len(text) > 80 || noz.Sign() < 0 {
		return nil, fmt.Errorf("%q is not a number of noz", text)
	}
	return noz, nil
}
