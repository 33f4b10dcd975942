package engine

import (
	"context"
	"time"
)

// NewestCommit returns when the drive was changed last, by any device, as far as
// is known. It is zero for an empty drive.
func (e *Engine) NewestCommit(ctx context.Context) (time.Time, error) {
	v, err := e.repo.View(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var newest time.Time
	for _, id := range v.Tips {
		c, err := e.repo.Commit(ctx, id)
		if err != nil {
			return newest, explain(err)
		}
		if at := time.Unix(0, c.Time); at.After(newest) {
			newest = at
		}
	}
	return newest, nil
}
