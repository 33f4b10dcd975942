package report

import (
	"context"
	"errors"
	"fmt"
)

// Closed is an epoch that was closed.
type Closed struct {
	Epoch int64  // 0 when there was no traffic to report
	Hash  string // of the transaction with the volume report
}

// answer is what came of a call of [Reporter.CloseEpoch].
type answer struct {
	closed Closed
	err    error
}

// ErrEnded says that the reporter ended before it answered.
var ErrEnded = errors.New("the network is ending")

// CloseEpoch tells the chain at once which nodes serve and what traffic there
// was since the last report. It returns when all of it is in blocks. What was
// begun is not broken off when ctx ends.
func (r *Reporter) CloseEpoch(ctx context.Context) (Closed, error) {
	reply := make(chan answer, 1)
	select {
	case r.asked <- reply:
	case <-r.done:
		return Closed{}, ErrEnded
	case <-ctx.Done():
		return Closed{}, fmt.Errorf("close an epoch: %w", ctx.Err())
	}
	select {
	case a := <-reply:
		return a.closed, a.err
	case <-ctx.Done():
		return Closed{}, fmt.Errorf("close an epoch: %w", ctx.Err())
	}
}

// closeEpoch is CloseEpoch for the goroutine that reports.
func (r *Reporter) closeEpoch(ctx context.Context) (a answer) {
	if err := r.fleet.settle(ctx); err != nil {
		return answer{err: err}
	}
	a.closed.Epoch, a.err = r.Report(ctx)
	if a.err != nil || a.closed.Epoch == 0 {
		return a
	}
	last, err := r.Meta.LastReport(ctx)
	a.closed.Hash, a.err = last.TxHash, err
	return a
}
