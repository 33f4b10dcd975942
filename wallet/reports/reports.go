// Package reports reads the volume reports of the meta nodes: how much traffic
// each wallet's nodes served, and what it brought the stakers.
//
// A report comes once an epoch, which takes about ten minutes on the real
// network. Epochs without traffic may have none.
package reports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// Report is one volume report that is in a block.
type Report struct {
	Epoch     int64
	Time      time.Time           // of its block
	ToStakers stratos.Amount      // what it brought the stakers of all validators
	Volumes   map[string]*big.Int // noz that were used up, by the st1... that earns with them
}

// Source is the part of [chain.Client] that reports are read with.
type Source interface {
	chain.Getter
	Tx(ctx context.Context, hash string) (*chain.Tx, error)
}

// most is how many epochs in a row may be without a report until nobody looks
// any further back.
const most = 30

// Recent reads the last reports, the newest first, at most count. It stops at
// one that the node has forgotten. A network that never had one gives none.
func Recent(ctx context.Context, s Source, count int) ([]Report, error) {
	var list []Report
	last, hash, err := find(ctx, s, 0)
	for missing := 0; err == nil && len(list) < count && missing < most && last > 0; {
		if hash == "" {
			missing++
		} else {
			r, rerr := read(ctx, s, last, hash)
			if rerr != nil {
				err = rerr
				break
			}
			list, missing = append(list, r), 0
		}
		if last--; last > 0 && len(list) < count {
			_, hash, err = find(ctx, s, last)
		}
	}
	if err != nil && len(list) == 0 && !chain.Answered(err) && !errors.Is(err, chain.ErrNotFound) {
		return nil, fmt.Errorf("read volume reports: %w", err)
	}
	return list, ctx.Err()
}

// find names the transaction of an epoch's report, "" for none; 0 is the last
// epoch that had one.
func find(ctx context.Context, s Source, epoch int64) (number int64, hash string, err error) {
	var reply struct {
		Info struct {
			Epoch string `json:"epoch"`
			Hash  string `json:"tx_hash"`
		} `json:"report_info"`
	}
	if err := s.Get(ctx, "/stratos/pot/v1/volume_report/"+strconv.FormatInt(epoch, 10), nil, &reply); err != nil {
		return 0, "", err
	}
	number, _ = strconv.ParseInt(reply.Info.Epoch, 10, 64) // left out by chains that had none
	return number, reply.Info.Hash, nil
}

func read(ctx context.Context, s Source, epoch int64, hash string) (Report, error) {
	tx, err := s.Tx(ctx, hash)
	if err != nil {
		return Report{}, err
	}
	return Report{Epoch: epoch, Time: tx.Time, ToStakers: toStakers(tx), Volumes: volumes(tx)}, nil
}

// toStakers is what a transaction brought the fee collector.
func toStakers(tx *chain.Tx) (sum stratos.Amount) {
	to := stratos.ModuleAddress("fee_collector").String()
	for _, e := range tx.Events {
		if e.Type == "coin_received" && e.Get("receiver") == to {
			sum = sum.Add(chain.WeiIn(e.Get("amount")))
		}
	}
	return sum
}

// volumes reads what a report says of each wallet. What cannot be read counts
// as nothing.
func volumes(tx *chain.Tx) map[string]*big.Int {
	all := map[string]*big.Int{}
	for _, m := range tx.Messages {
		var fields struct {
			Volumes []struct {
				Wallet string `json:"wallet_address"`
				Volume string `json:"volume"`
			} `json:"wallet_volumes"`
		}
		if json.Unmarshal(m.Fields, &fields) != nil {
			continue
		}
		for _, v := range fields.Volumes {
			if noz, err := stratos.ParseWei(v.Volume); err == nil { // a whole number, as amounts are
				all[v.Wallet] = noz.Wei()
			}
		}
	}
	return all
}

// Every is how long an epoch takes, measured by the last reports; 0 when there
// are fewer than two.
func Every(list []Report) time.Duration {
	if len(list) < 2 {
		return 0
	}
	newest, oldest := list[0], list[len(list)-1]
	return newest.Time.Sub(oldest.Time) / time.Duration(newest.Epoch-oldest.Epoch)
}
