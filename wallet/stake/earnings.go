package stake

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Earnings is what all stakers together were paid lately.
//
// Staking is paid by volume reports: the validators' part of each report, from
// the mining pool and from traffic, goes to the fee collector, as do all fees,
// and from there to the stakers of the next block. There is no inflation. So
// the pay is measured where it is booked: in the transactions of the last
// reports. Fees of other transactions come on top and are not counted.
type Earnings struct {
	Paid   stratos.Amount // by the reports
	Over   time.Duration  // from the first to the last of them
	Bonded stratos.Amount // staked by all, now
}

// Year returns what one year of this pay is of what is staked, before the
// validator's commission; 0 when it is not known.
func (e Earnings) Year() float64 {
	if e.Over <= 0 {
		return 0
	}
	const year = 365 * 24 * time.Hour
	return ratio(e.Paid.Wei(), e.Bonded.Wei()) * float64(year) / float64(e.Over)
}

// Reports is the part of [chain.Client] that earnings are measured with.
type Reports interface {
	chain.Getter
	Tx(ctx context.Context, hash string) (*chain.Tx, error)
}

// reportsBack is how many reports the measurement spans: at ten minutes each
// it is about an hour.
const reportsBack = 6

// Measure reads what stakers were paid by the last reports. A network without
// reports, or a node that has forgotten them, gives zero earnings.
func Measure(ctx context.Context, r Reports) (Earnings, error) {
	rules, err := ReadRules(ctx, r)
	if err != nil {
		return Earnings{}, err
	}
	e := Earnings{Bonded: rules.Bonded}
	last, err := report(ctx, r, 0)
	if err != nil {
		return e, ctx.Err()
	}
	first := last
	e.Paid = e.Paid.Add(toStakers(last.tx))
	for epoch := last.epoch - 1; epoch > last.epoch-reportsBack && epoch > 0; epoch-- {
		one, err := report(ctx, r, epoch)
		if err != nil {
			break // it is forgotten, or there was none
		}
		first = one
		e.Paid = e.Paid.Add(toStakers(one.tx))
	}
	// The pay of the first is that of the time before it.
	e.Over = last.tx.Time.Sub(first.tx.Time)
	if first.epoch == last.epoch {
		return Earnings{Bonded: e.Bonded}, nil
	}
	e.Paid, _ = e.Paid.Sub(toStakers(first.tx))
	return e, nil
}

type reported struct {
	epoch int64
	tx    *chain.Tx
}

// report reads a volume report; epoch 0 is the last one.
func report(ctx context.Context, r Reports, epoch int64) (reported, error) {
	var reply struct {
		Info struct {
			Epoch string `json:"epoch"`
			Hash  string `json:"tx_hash"`
		} `json:"report_info"`
	}
	if err := r.Get(ctx, "/stratos/pot/v1/volume_report/"+strconv.FormatInt(epoch, 10), nil, &reply); err != nil {
		return reported{}, fmt.Errorf("read volume report: %w", err)
	}
	number, err := strconv.ParseInt(reply.Info.Epoch, 10, 64)
	if err != nil || reply.Info.Hash == "" {
		return reported{}, fmt.Errorf("read volume report: %w", chain.ErrNotFound)
	}
	tx, err := r.Tx(ctx, reply.Info.Hash)
	if err != nil {
		return reported{}, fmt.Errorf("read volume report: %w", err)
	}
	return reported{number, tx}, nil
}

// toStakers is what a transaction brought the fee collector.
func toStakers(tx *chain.Tx) (sum stratos.Amount) {
	to := stratos.ModuleAddress("fee_collector").String()
	for _, e := range tx.Events {
		if e.Type != "coin_received" || e.Get("receiver") != to {
			continue
		}
		sum = sum.Add(chain.WeiIn(e.Get("amount")))
	}
	return sum
}
