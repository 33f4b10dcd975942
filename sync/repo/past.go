package repo

import (
	"context"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/history"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
)

// Past lets use read the history of the tips of a view. The log must not be
// used afterwards. What had to be fetched is kept for the next time.
func (r *Repo) Past(ctx context.Context, v View, use func(*history.Log) error) error {
	l := &reader{repo: r, ctx: ctx}
	log, err := history.Read(l.past, v.Tips)
	if err == nil {
		err = use(log)
	}
	return errors.Join(err, l.keep())
}

// past is load for what retention may have let go.
func (l *reader) past(kind pack.Kind, id pack.ID) ([]byte, error) {
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	body, err := l.load(kind, id)
	if errors.Is(err, state.ErrNotFound) || errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("%w: %w", history.ErrGone, err)
	}
	return body, err
}
