package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/stake"
)

// stakeReading is what the chain tells about staking, before it is put
// together for people.
type stakeReading struct {
	validators  []stake.Validator
	delegations []stake.Delegation
	unbondings  []stake.Unbonding
	rules       stake.Rules
	paidTo      stratos.Address
	year        float64 // what staking earns a year, before commission
}

// Staking reads what the wallet has staked and with whom it could stake.
func (a *App) Staking(ctx context.Context) (Staking, error) {
	c, info, err := a.viewer()
	if err != nil {
		return Staking{}, err
	}
	r, err := readStakes(ctx, c, info.Address)
	if err != nil {
		return Staking{}, err
	}
	if r.year, err = a.earnings.year(ctx, c); err != nil && ctx.Err() != nil {
		return Staking{}, err
	}
	return r.summary(), nil
}

// readStakes asks for everything at the same time.
func readStakes(ctx context.Context, c *chain.Client, self stratos.Address) (stakeReading, error) {
	var r stakeReading
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { r.validators, err = stake.Validators(ctx, c); return })
	group.Go(func() (err error) { r.delegations, err = stake.Delegations(ctx, c, self); return })
	group.Go(func() (err error) { r.unbondings, err = stake.Unbondings(ctx, c, self); return })
	group.Go(func() (err error) { r.rules, err = stake.ReadRules(ctx, c); return })
	group.Go(func() (err error) { r.paidTo, err = stake.PaidTo(ctx, c, self); return })
	return r, group.Wait()
}

func (r stakeReading) summary() Staking {
	s := Staking{Period: r.rules.Unbonding, PaidTo: r.paidTo.String(), APR: percent(r.year), Validators: []Validator{}, Returns: []Unbonding{}}
	own := map[stratos.Address]stake.Delegation{}
	for _, d := range r.delegations {
		own[d.Validator] = d
		s.Staked, s.Rewards = s.Staked.Add(d.Amount), s.Rewards.Add(d.Reward)
	}
	names := map[stratos.Address]string{}
	for _, v := range r.validators {
		d := own[v.Address]
		names[v.Address] = v.Moniker
		s.Validators = append(s.Validators, Validator{
			Address: v.Address.Validator(), Name: v.Moniker, Website: v.Website, Details: v.Details,
			Commission: percent(v.Commission), Uptime: percent(v.Uptime), Power: percent(v.Power),
			Active: v.Active, Jailed: v.Jailed, Staked: d.Amount, Rewards: d.Reward,
		})
	}
	for _, u := range r.unbondings {
		s.Unbonding = s.Unbonding.Add(u.Amount)
		s.Returns = append(s.Returns, Unbonding{
			Validator: u.Validator.Validator(), Name: names[u.Validator], Amount: u.Amount, Done: u.Done, Height: u.Height,
		})
	}
	return s
}

// percent leaves -1, which stands for not known, as it is.
func percent(part float64) float64 {
	if part < 0 {
		return -1
	}
	return part * 100
}

// earningsAge is how long a measured pay of stakers is good for: it changes
// with the network, not from minute to minute.
const earningsAge = 10 * time.Minute

// earnings remembers what staking earns, for it takes several questions.
type earnings struct {
	mu      sync.Mutex
	network string
	at      time.Time
	rate    float64
}

func (e *earnings) year(ctx context.Context, c *chain.Client) (float64, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.network == c.ChainID() && time.Since(e.at) < earningsAge {
		return e.rate, nil
	}
	measured, err := stake.Measure(ctx, c, time.Now())
	if err != nil {
		return 0, errors.Join(errNoEarnings, err)
	}
	e.network, e.at, e.rate = c.ChainID(), time.Now(), measured.Year()
	return e.rate, nil
}

// errNoEarnings: the stakes can be shown without what they earn.
var errNoEarnings = errors.New("the pay of stakers is not known")
