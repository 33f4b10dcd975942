package app

import (
	"context"
	"errors"
	"math/big"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/network/explorer"
	"github.com/stratosdrive/stratosdrive/network/figures"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/market"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// storageParts are what only a storage network itself can tell.
var storageParts = []string{"stored", "files", "nodes", "traffic", "copies"}

// networkReading is what a network told, part by part, and what went wrong.
type networkReading struct {
	storage    network.Figures
	ozone      market.Ozone
	block      explorer.Block
	validators []stake.Validator
	money      market.Money
	nodes      [2]int64 // storage and meta nodes on the chain

	storageErr, ozoneErr, blockErr, moneyErr, nodesErr error
}

// NetworkFigures reads what the network in use tells about itself, and keeps it
// for the charts. What cannot be read now is named in Problems; only when
// nothing can is that an error.
func (a *App) NetworkFigures(ctx context.Context) (NetworkFigures, error) {
	n, err := a.network()
	if err != nil {
		return NetworkFigures{}, err
	}
	c, err := a.chain()
	if err != nil {
		return NetworkFigures{}, err
	}
	r := readNetwork(ctx, n, c)
	if ctx.Err() != nil {
		return NetworkFigures{}, ctx.Err()
	}
	if r.ozoneErr != nil && r.blockErr != nil && r.moneyErr != nil && r.storageErr != nil {
		return NetworkFigures{}, r.blockErr
	}
	f := r.figures(time.Now())
	f.Network, f.ChainID, f.Practice = n.Name, n.ChainID, n.ChainID == practiceChain
	if f.Money != nil {
		one, _ := stratos.ParseDecimal("1", stratos.STOS) // is an amount
		f.Money.Price, f.Money.Value = a.Worth(ctx, one), a.Worth(ctx, f.Money.Circulating)
	}
	a.figures.note(ctx, a.profile.figures(), n.Key(), f)
	return f, nil
}

// readNetwork asks for everything at the same time; no part waits for another.
func readNetwork(ctx context.Context, n network.Network, c *chain.Client) networkReading {
	var r networkReading
	var work sync.WaitGroup
	work.Go(func() { r.storage, r.storageErr = readStorage(ctx, n) })
	work.Go(func() { r.ozone, r.ozoneErr = market.Read(ctx, c) })
	work.Go(func() { r.money, r.moneyErr = market.ReadMoney(ctx, c) })
	work.Go(func() {
		var err error
		r.validators, err = stake.Validators(ctx, c)
		r.block, r.blockErr = explorer.ReadBlock(ctx, c, 0)
		r.blockErr = errors.Join(r.blockErr, err)
	})
	work.Go(func() {
		for i, kind := range []string{"resource", "meta"} {
			var err error
			r.nodes[i], err = countNodes(ctx, c, kind)
			r.nodesErr = errors.Join(r.nodesErr, err)
		}
	})
	work.Wait()
	return r
}

// errNotPublished is what a network without figures gives.
var errNotPublished = errors.New("the storage network publishes no figures")

func readStorage(ctx context.Context, n network.Network) (network.Figures, error) {
	if n.Figures == "" {
		return network.Figures{}, errNotPublished
	}
	return figures.Read(ctx, figuresClient(), n.Figures)
}

// figuresClient asks a network what it publishes.
func figuresClient() *http.Client {
	return &http.Client{
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return figures.ErrUnreachable },
	}
}

func countNodes(ctx context.Context, c chain.Getter, kind string) (int64, error) {
	var reply struct{ Number string }
	if err := c.Get(ctx, "/stratos/register/v1/"+kind+"_node_count", nil, &reply); err != nil {
		return 0, err
	}
	return strconv.ParseInt(reply.Number, 10, 64)
}

// figures puts together what was read.
func (r networkReading) figures(now time.Time) NetworkFigures {
	f := NetworkFigures{At: now, NotPublished: []string{}, Problems: []string{}}
	switch {
	case r.storageErr == nil:
		f.Storage = storageFigures(r.storage)
	case errors.Is(r.storageErr, errNotPublished):
		f.NotPublished = storageParts
	default:
		f.problem(r.storageErr, fault.Text("The storage network does not tell its figures at the moment."))
	}
	if r.ozoneErr == nil {
		f.Ozone = ozoneFigures(r.ozone)
	} else {
		f.problem(r.ozoneErr, fault.Text("The price of ozone cannot be read at the moment."))
	}
	if r.blockErr == nil {
		f.Chain = r.chain()
	} else {
		f.problem(r.blockErr, fault.Text("The newest block cannot be read at the moment."))
	}
	if r.moneyErr == nil {
		m := r.money
		f.Money = &MoneyFigures{Supply: m.Supply, Circulating: m.Circulating, Mined: m.Mined, Staked: m.Staked, Deposits: m.Deposits}
	} else {
		f.problem(r.moneyErr, fault.Text("How much STOS there is cannot be read at the moment."))
	}
	return f
}

// problem says what could not be read, in the words of what is behind it where
// it has some.
func (f *NetworkFigures) problem(err error, otherwise string) {
	sentence := otherwise
	if explained, ok := errors.AsType[*fault.Error](err); ok {
		sentence = explained.Sentence
	}
	for _, p := range f.Problems {
		if p == sentence {
			return
		}
	}
	f.Problems = append(f.Problems, sentence)
}

func (r networkReading) chain() *ChainFigures {
	signed := map[string]bool{}
	for _, s := range r.block.Signers {
		signed[s] = true
	}
	c := &ChainFigures{
		Height: r.block.Height, BlockTime: r.block.Time, Validators: []NetworkValidator{},
		StorageNodes: r.nodes[0], MetaNodes: r.nodes[1], NodesUnknown: r.nodesErr != nil,
	}
	for _, v := range r.validators {
		if !v.Active {
			continue
		}
		online := signed[v.Consensus()]
		if online {
			c.Online++
		}
		c.Validators = append(c.Validators, NetworkValidator{
			Address: v.Address.Validator(), Name: v.Moniker, Online: online, Power: percent(v.Power),
		})
	}
	return c
}

// thousandOzone is 1,000 ozone in noz.
const thousandOzone = 1_000_000_000_000

func ozoneFigures(o market.Ozone) *OzoneFigures {
	cost := new(big.Rat).Mul(o.Price, new(big.Rat).SetInt64(thousandOzone))
	return &OzoneFigures{
		Price: o.Price.FloatString(6), Per1000: stratos.NewAmount(new(big.Int).Quo(cost.Num(), cost.Denom())),
		Left: o.Left.String(), Sold: new(big.Int).Sub(o.Total, o.Left).String(), Total: o.Total.String(),
	}
}
