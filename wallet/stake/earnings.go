package stake

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
)

// Earnings is what all stakers together were paid lately.
//
// Staking is paid by volume reports: the validators' part of each report, from
// the mining pool and from traffic, goes to the fee collector, as do all fees,
// and from there to the stakers of the next block. There is no inflation. So
// the pay is measured where it is booked: in the transactions of the last
// reports. Fees of other transactions come on top and are not counted.
type Earnings struct {
	Paid    stratos.Amount // by the reports that count
	Over    time.Duration  // the time that they paid for; 0 when not known
	Bonded  stratos.Amount // staked by all, now
	Reports int            // that were found
	Last    time.Time      // the newest of them; zero for none
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

// reportsBack is how many reports the measurement spans: at ten minutes each
// it is about an hour.
const reportsBack = 6

// Measure reads what stakers were paid by the last reports, until now. A
// network without reports, or a node that has forgotten them, gives earnings
// that are not known.
func Measure(ctx context.Context, s reports.Source, now time.Time) (Earnings, error) {
	rules, err := ReadRules(ctx, s)
	if err != nil {
		return Earnings{}, err
	}
	list, err := reports.Recent(ctx, s, reportsBack)
	if err != nil {
		return Earnings{}, err
	}
	e := Earnings{Bonded: rules.Bonded, Reports: len(list)}
	if len(list) == 0 {
		return e, nil
	}
	e.Last = list[0].Time
	if len(list) == 1 {
		e.alone(ctx, s, list[0], now)
		return e, nil
	}
	for _, r := range list[:len(list)-1] { // the oldest paid for the time before it
		e.Paid = e.Paid.Add(r.ToStakers)
	}
	e.Over = e.Last.Sub(list[len(list)-1].Time) + late(now.Sub(e.Last), reports.Every(list))
	return e, nil
}

// late is how much longer than usual there was no report: pay that dried up is
// not told as if it went on.
func late(since, every time.Duration) time.Duration { return max(0, since-every) }

// alone measures by the one report that there is: it paid for all the time
// since the chain began, where a node still knows that.
func (e *Earnings) alone(ctx context.Context, s reports.Source, r reports.Report, now time.Time) {
	var reply struct {
		Block struct {
			Header struct {
				Time time.Time `json:"time"`
			} `json:"header"`
		} `json:"block"`
	}
	err := s.Get(ctx, "/cosmos/base/tendermint/v1beta1/blocks/1", nil, &reply)
	if began := reply.Block.Header.Time; err == nil && !began.IsZero() && began.Before(now) {
		e.Paid, e.Over = r.ToStakers, now.Sub(began)
	}
}
