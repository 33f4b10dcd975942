package node

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/reports"
)

// Ripening is the reward of one epoch that cannot be withdrawn yet. It becomes
// mature with the first report of an epoch that is at least Until.
type Ripening struct {
	Epoch, Until int64
	Amount       stratos.Amount
	At           time.Time // about when; zero when nobody can tell
}

// Ripe is when the rewards of a wallet become mature.
type Ripe struct {
	After int64         // how many epochs later a reward matures
	Every time.Duration // an epoch; 0 when not known
	Next  []Ripening    // the first ones, at most [looks]
	All   time.Time     // about when everything earned so far is mature; zero when nobody can tell
}

// looks is how many epochs are asked for: the real network has 2016 of them at
// a time, of which the first are worth knowing.
const looks = 8

// Maturing reads when the rewards of a wallet become mature, as the last
// reports came; now is the present time. The newest report comes first.
func Maturing(ctx context.Context, g chain.Getter, wallet stratos.Address, last []reports.Report, now time.Time) (Ripe, error) {
	after, err := matureEpochs(ctx, g)
	r := Ripe{After: after, Every: reports.Every(last)}
	if err != nil || len(last) == 0 {
		return r, err
	}
	newest := last[0]
	for epoch := max(1, newest.Epoch-after+1); epoch <= newest.Epoch && epoch <= newest.Epoch-after+looks; epoch++ {
		amount, err := earned(ctx, g, wallet, epoch)
		if err != nil {
			return r, err
		}
		if !amount.IsZero() {
			r.Next = append(r.Next, Ripening{epoch, epoch + after, amount, r.at(newest, epoch+after, now)})
		}
	}
	r.All = r.at(newest, newest.Epoch+after, now)
	return r, nil
}

// at is about when the report of an epoch comes; none comes in the past.
func (r Ripe) at(newest reports.Report, epoch int64, now time.Time) time.Time {
	if r.Every <= 0 {
		return time.Time{}
	}
	at := newest.Time.Add(time.Duration(epoch-newest.Epoch) * r.Every)
	if at.Before(now) {
		at = now
	}
	return at
}

func matureEpochs(ctx context.Context, g chain.Getter) (int64, error) {
	var reply struct {
		Params struct {
			After string `json:"mature_epoch"`
		} `json:"params"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/params", nil, &reply); err != nil {
		return 0, fmt.Errorf("read rules of rewards: %w", err)
	}
	after, err := strconv.ParseInt(reply.Params.After, 10, 32)
	if err != nil {
		return 0, fmt.Errorf("read rules of rewards: %w", err)
	}
	return after, nil
}

// earned is the reward of a wallet for one epoch, as long as it is not mature.
func earned(ctx context.Context, g chain.Getter, wallet stratos.Address, epoch int64) (sum stratos.Amount, err error) {
	var reply struct {
		Rewards []struct {
			Mining  chain.Coins `json:"reward_from_mining_pool"`
			Traffic chain.Coins `json:"reward_from_traffic_pool"`
		} `json:"rewards"`
	}
	path := "/stratos/pot/v1/rewards/wallet/" + wallet.String() + "/epoch/" + strconv.FormatInt(epoch, 10)
	if err := g.Get(ctx, path, nil, &reply); err != nil && !chain.Answered(err) {
		return sum, fmt.Errorf("read reward of an epoch: %w", err)
	}
	for _, r := range reply.Rewards {
		mining, err1 := r.Mining.Wei()
		traffic, err2 := r.Traffic.Wei()
		if err := errors.Join(err1, err2); err != nil {
			return sum, fmt.Errorf("read reward of an epoch: %w", err)
		}
		sum = sum.Add(mining).Add(traffic)
	}
	return sum, nil
}
