package app

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
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
	moves       []stake.Redelegation
	rules       stake.Rules
	paidTo      stratos.Address
	pay         stake.Earnings
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
	if r.pay, err = a.earnings.measure(ctx, c); err != nil && ctx.Err() != nil {
		return Staking{}, err
	}
	s := r.summary()
	s.APRWords = payWords(r.pay, err)
	if s.APR > 0 && a.onPractice() {
		s.APRWords = fault.Tell("%s Few coins are staked on the practice network, so it pays far more than the real one.", s.APRWords)
	}
	return s, nil
}

// readStakes asks for everything at the same time.
func readStakes(ctx context.Context, c *chain.Client, self stratos.Address) (stakeReading, error) {
	var r stakeReading
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { r.validators, err = stake.Validators(ctx, c); return })
	group.Go(func() (err error) { r.delegations, err = stake.Delegations(ctx, c, self); return })
	group.Go(func() (err error) { r.unbondings, err = stake.Unbondings(ctx, c, self); return })
	group.Go(func() (err error) { r.moves, err = stake.Redelegations(ctx, c, self); return })
	group.Go(func() (err error) { r.rules, err = stake.ReadRules(ctx, c); return })
	group.Go(func() (err error) { r.paidTo, err = stake.PaidTo(ctx, c, self); return })
	return r, group.Wait()
}

func (r stakeReading) summary() Staking {
	s := Staking{
		Period: r.rules.Unbonding, PaidTo: r.paidTo.String(), APR: percent(r.pay.Year()), maxEntries: r.rules.MaxEntries,
		Validators: []Validator{}, Returns: []Unbonding{}, Moves: []Move{},
	}
	own := map[stratos.Address]stake.Delegation{}
	for _, d := range r.delegations {
		own[d.Validator] = d
		s.Staked, s.Rewards = s.Staked.Add(d.Amount), s.Rewards.Add(d.Reward)
	}
	names := map[stratos.Address]string{}
	for _, v := range r.validators {
		names[v.Address] = v.Moniker
		s.Validators = append(s.Validators, r.validator(v, own[v.Address]))
	}
	for _, u := range r.unbondings {
		s.Unbonding = s.Unbonding.Add(u.Amount)
		s.Returns = append(s.Returns, Unbonding{
			Validator: u.Validator.Validator(), Name: names[u.Validator], Amount: u.Amount, Done: u.Done, Height: u.Height,
		})
	}
	for _, m := range r.moves {
		s.Moves = append(s.Moves, Move{
			From: m.From.Validator(), FromName: names[m.From], To: m.To.Validator(), ToName: names[m.To], Amount: m.Amount, Done: m.Done,
		})
	}
	return s
}

func (r stakeReading) validator(v stake.Validator, own stake.Delegation) Validator {
	out := Validator{
		Address: v.Address.Validator(), Name: v.Moniker, Website: v.Website, Details: v.Details,
		Commission: percent(v.Commission), Uptime: percent(v.Uptime), Power: percent(v.Power),
		Active: v.Active, Jailed: v.Jailed, Staked: own.Amount, Rewards: own.Reward,
	}
	if v.Active && !v.Jailed {
		out.Pays = percent(r.pay.Year() * (1 - v.Commission))
	}
	return out
}

// payWords say what the pay of stakers was measured by, or why it is not known.
func payWords(e stake.Earnings, err error) fault.Words {
	switch {
	case err != nil:
		return fault.Tell("The network does not tell what stakers are paid.")
	case e.Reports == 0:
		return fault.Tell("Stakers are paid when the traffic of files is reported, and nothing was reported yet.")
	case e.Over <= 0:
		return fault.Tell("There was one report of traffic so far. The next one tells what staking pays.")
	case e.Reports == 1:
		return fault.Tell("Measured by the one report of traffic that there was, over %s.", fault.Span(e.Over))
	}
	return fault.Tell("Measured by the last %d reports of traffic, over %s.", e.Reports, fault.Span(e.Over))
}

// percent leaves -1, which stands for not known, as it is.
func percent(part float64) float64 {
	if part < 0 {
		return -1
	}
	return part * 100
}

// How long a measured pay of stakers is good for: it changes with the network,
// not from minute to minute. What is not known yet may be known soon.
const (
	earningsAge = 10 * time.Minute
	unknownAge  = 15 * time.Second
)

// earnings remembers what staking earns, for it takes several questions.
type earnings struct {
	mu      sync.Mutex
	network string
	until   time.Time
	last    stake.Earnings
}

func (e *earnings) measure(ctx context.Context, c *chain.Client) (stake.Earnings, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	if e.network == c.ChainID() && now.Before(e.until) {
		return e.last, nil
	}
	measured, err := stake.Measure(ctx, c, now)
	if err != nil {
		return stake.Earnings{}, err
	}
	age := unknownAge
	if measured.Reports > 2 {
		age = earningsAge
	}
	e.network, e.until, e.last = c.ChainID(), now.Add(age), measured
	return measured, nil
}
