package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/proof"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/node"
)

// ErrNoCreators says that the network in use pays nothing to creators.
var ErrNoCreators = errors.New("network does not pay creators")

// CreatorRewards is what content of the wallet earned.
type CreatorRewards struct {
	Share    string           `json:"share"` // of the price of a view, such as "0.1"
	Earned   stratos.Amount   `json:"earned"`
	Accounts []CreatorAccount `json:"accounts"`
	Epochs   []CreatorEpoch   `json:"epochs"` // the newest first, at most [creatorEpochs] of each account
}

// CreatorAccount is an account of the wallet under which content lies.
type CreatorAccount struct {
	Account  string         `json:"account"` // wallet or publish
	Address  string         `json:"address"`
	Earned   stratos.Amount `json:"earned"`      // by content, ever
	Traffic  string         `json:"traffic_noz"` // of content that earned, decimal
	Maturing stratos.Amount `json:"maturing"`    // becomes mature by itself; rewards of nodes among it
	Mature   stratos.Amount `json:"mature"`      // can be taken out; rewards of nodes among it
	TakenOut stratos.Amount `json:"taken_out"`   // so far
}

// CreatorEpoch is what content earned in an epoch.
type CreatorEpoch struct {
	Epoch   int64          `json:"epoch"`
	Address string         `json:"address"`
	Traffic string         `json:"traffic_noz"`
	Earned  stratos.Amount `json:"earned"`
}

// creatorEpochs is how many epochs of an account are told.
const creatorEpochs = 20

// contentOwner is an account under which content lies.
type contentOwner struct {
	name    string
	address stratos.Address
}

// contentOwners are the accounts of the wallet that may own content. The wallet
// has to be known with its key.
func (a *App) contentOwners() ([]contentOwner, error) {
	all, err := a.publishers()
	if err != nil {
		return nil, err
	}
	info, err := a.current()
	if err != nil {
		return nil, err
	}
	owners := []contentOwner{{string(WalletAccount), info.Address}}
	for _, c := range all {
		address, err := stratos.ParseAddress(c.Address())
		if err != nil {
			return nil, fmt.Errorf("read the publishing account: %w", err)
		}
		owners = append(owners, contentOwner{string(PublishAccount), address})
	}
	return owners, nil
}

// CreatorRewards tells what content of the wallet earned, under the wallet and
// under the accounts that it publishes from. The error wraps [ErrNoCreators]
// on a network that pays nothing for content.
func (a *App) CreatorRewards(ctx context.Context) (CreatorRewards, error) {
	c, owners, err := a.creators(ctx)
	if err != nil {
		return CreatorRewards{}, err
	}
	r := CreatorRewards{Accounts: []CreatorAccount{}, Epochs: []CreatorEpoch{}}
	if r.Share, err = creatorShare(ctx, c); err != nil {
		return CreatorRewards{}, err
	}
	taken, err := proof.Withdrawn(ctx, c, addressesOf(owners)...)
	if err != nil {
		return CreatorRewards{}, err
	}
	for _, owner := range owners {
		account, epochs, err := readCreator(ctx, c, owner)
		if err != nil {
			return CreatorRewards{}, err
		}
		account.TakenOut = stratos.NewAmount(taken[account.Address])
		r.Accounts, r.Epochs = append(r.Accounts, account), append(r.Epochs, epochs...)
		r.Earned = r.Earned.Add(account.Earned)
	}
	return r, nil
}

func addressesOf(owners []contentOwner) (list []string) {
	for _, owner := range owners {
		list = append(list, owner.address.String())
	}
	return list
}

// creators is the chain in use, which pays creators, and the accounts of the
// wallet that may be some.
func (a *App) creators(ctx context.Context) (*chain.Client, []contentOwner, error) {
	c, err := a.chain()
	if err != nil {
		return nil, nil, err
	}
	if _, err := creatorShare(ctx, c); err != nil {
		return nil, nil, err
	}
	owners, err := a.contentOwners()
	return c, owners, err
}

// creatorShare is the part of the price of a view that its creator gets.
func creatorShare(ctx context.Context, c *chain.Client) (string, error) {
	var reply struct {
		Params struct {
			Share string `json:"share"`
		} `json:"params"`
	}
	err := c.Get(ctx, "/stratosdrive/creator/v1/params", nil, &reply)
	if err == nil {
		return reply.Params.Share, nil
	}
	var other struct{}
	if c.Get(ctx, "/stratos/pot/v1/params", nil, &other) == nil { // it answers what every Stratos network does
		return "", fault.Say(fmt.Errorf("%w: %w", ErrNoCreators, err),
			"This network pays nothing to creators. The practice network shows how it could.")
	}
	return "", err
}

func readCreator(ctx context.Context, c *chain.Client, owner contentOwner) (CreatorAccount, []CreatorEpoch, error) {
	var reply struct {
		Total struct {
			Volume string `json:"volume"`
			Amount string `json:"amount"`
		} `json:"total"`
		Epochs []struct {
			Epoch  int64          `json:"epoch,string"`
			Volume string         `json:"volume"`
			Amount stratos.Amount `json:"amount"`
		} `json:"epochs"`
	}
	query := url.Values{"pagination.reverse": {"true"}, "pagination.limit": {fmt.Sprint(creatorEpochs)}}
	account := CreatorAccount{Account: owner.name, Address: owner.address.String()}
	if err := c.Get(ctx, "/stratosdrive/creator/v1/rewards/"+account.Address, query, &reply); err != nil {
		return account, nil, fmt.Errorf("read creator rewards: %w", err)
	}
	waiting, err := node.ReadRewards(ctx, c, owner.address)
	if err != nil {
		return account, nil, err
	}
	if account.Earned, err = stratos.ParseWei(reply.Total.Amount); err != nil {
		return account, nil, fmt.Errorf("read creator rewards: %w", err)
	}
	account.Traffic, account.Maturing, account.Mature = reply.Total.Volume, waiting.Immature, waiting.Mature
	var epochs []CreatorEpoch
	for _, e := range reply.Epochs {
		epochs = append(epochs, CreatorEpoch{e.Epoch, account.Address, e.Volume, e.Amount})
	}
	return account, epochs, nil
}

// RewardProof is what an epoch paid, worked out again and held against what
// the chain says.
type RewardProof struct {
	Epoch       int64         `json:"epoch"`
	Transaction string        `json:"transaction"` // with the volume report
	Numbers     []ProvedValue `json:"numbers"`
	Difference  string        `json:"difference"` // of all numbers in sum, without signs
	Proved      bool          `json:"proved"`     // it is 0
}

// ProvedValue is a number as it must be and as the chain has it, in wei or, for
// ozone and traffic, in noz; decimals are of the chain's arithmetic.
type ProvedValue struct {
	Name       string `json:"name"`             // such as traffic_worth
	Wallet     string `json:"wallet,omitempty"` // whose it is; "" for the network's
	Own        string `json:"own"`
	Chain      string `json:"chain"`
	Difference string `json:"difference"` // chain less own
}

// ProveRewards works an epoch out again, 0 for the last one: what it had to
// divide, what everybody got, and what followed for the wallet. Nothing but
// the chain's messages and settings is used. docs/adr/0048 tells how.
func (a *App) ProveRewards(ctx context.Context, epoch int64) (RewardProof, error) {
	c, owners, err := a.creators(ctx)
	if err != nil {
		return RewardProof{}, err
	}
	books, err := proof.Read(ctx, c)
	if err != nil {
		return RewardProof{}, err
	}
	numbers, err := books.Prove(ctx, c, epoch, addressesOf(owners)...)
	if err != nil {
		return RewardProof{}, err
	}
	e := books.Epoch(epoch)
	return proved(e.Number, e.Hash, numbers), nil
}

func proved(epoch int64, hash string, numbers []proof.Number) RewardProof {
	p := RewardProof{Epoch: epoch, Transaction: hash, Numbers: []ProvedValue{}}
	for _, n := range numbers {
		p.Numbers = append(p.Numbers, ProvedValue{n.Name, n.Wallet, n.Own.String(), n.Chain.String(), n.Difference.String()})
	}
	sum := proof.Differences(numbers)
	p.Difference, p.Proved = sum.String(), sum.IsZero()
	return p
}
