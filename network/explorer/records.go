package explorer

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"net/url"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// FileRecord is what the chain knows of a stored file. Its name and what is in
// it are not among that.
type FileRecord struct {
	Height    int64 // of the block that has the report
	Uploader  string
	Reporters int // meta nodes that reported it
}

// ReadFile reads the record of a file by its content hash.
func ReadFile(ctx context.Context, g Getter, hash string) (FileRecord, error) {
	var reply struct {
		Info struct {
			Height    string `json:"height"`
			Reporters []byte `json:"reporters"`
			Uploader  string `json:"uploader"`
		} `json:"file_info"`
	}
	if err := g.Get(ctx, "/stratos/sds/v1/file_upload/"+url.PathEscape(hash), nil, &reply); err != nil {
		return FileRecord{}, fmt.Errorf("read record of a file: %w", err)
	}
	height, err := strconv.ParseInt(reply.Info.Height, 10, 64)
	if err != nil || height < 0 {
		return FileRecord{}, fmt.Errorf("read record of a file: %w", ErrNonsense)
	}
	f := FileRecord{Height: height, Uploader: reply.Info.Uploader}
	for _, b := range reply.Info.Reporters {
		f.Reporters += bits.OnesCount8(b)
	}
	return f, nil
}

// ReportRecord is the traffic report of one epoch.
type ReportRecord struct {
	Epoch    int64
	TxHash   string // "" for an epoch without a report
	Reporter string // stsds1... of the meta node
	Mining   stratos.Amount
	Traffic  stratos.Amount // both: what the epoch pays
}

// ReadReport reads the report of an epoch, or the last one for 0.
func ReadReport(ctx context.Context, g Getter, epoch int64) (ReportRecord, error) {
	var reply struct {
		Info struct {
			Epoch    string `json:"epoch"`
			TxHash   string `json:"tx_hash"`
			Reporter string `json:"reporter"`
		} `json:"report_info"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/volume_report/"+strconv.FormatInt(epoch, 10), nil, &reply); err != nil {
		return ReportRecord{}, fmt.Errorf("read report of epoch %d: %w", epoch, err)
	}
	found, _ := strconv.ParseInt(reply.Info.Epoch, 10, 64) // left out by chains that had none
	r := ReportRecord{Epoch: max(found, epoch), TxHash: reply.Info.TxHash, Reporter: reply.Info.Reporter}
	if r.Epoch == 0 || r.TxHash == "" {
		return r, nil
	}
	var err error
	r.Mining, r.Traffic, err = readTotal(ctx, g, r.Epoch)
	return r, err
}

type coins []struct{ Denom, Amount string }

// wei adds up what is in wei; the chain knows no other coin of its own.
func (c coins) wei() (sum stratos.Amount, err error) {
	for _, one := range c {
		if one.Denom != stratos.Wei {
			continue
		}
		a, perr := stratos.ParseWei(one.Amount)
		sum, err = sum.Add(a), errors.Join(err, perr)
	}
	return sum, err
}

func readTotal(ctx context.Context, g Getter, epoch int64) (mining, traffic stratos.Amount, err error) {
	var reply struct {
		Total struct {
			Mining  coins `json:"mining_reward"`
			Traffic coins `json:"traffic_reward"`
		} `json:"total_reward"`
	}
	if err := g.Get(ctx, "/stratos/pot/v1/total_reward/"+strconv.FormatInt(epoch, 10), nil, &reply); err != nil {
		return mining, traffic, fmt.Errorf("read rewards of epoch %d: %w", epoch, err)
	}
	mining, err1 := reply.Total.Mining.wei()
	traffic, err2 := reply.Total.Traffic.wei()
	if err := errors.Join(err1, err2); err != nil {
		return mining, traffic, fmt.Errorf("read rewards of epoch %d: %w: %w", epoch, ErrNonsense, err)
	}
	return mining, traffic, nil
}
