package app

import (
	"context"
	"time"

	"github.com/stratosdrive/stratosdrive/player"
)

// looked is how often is asked whether somebody reads.
const looked = 200 * time.Millisecond

// Lend gives something an address for other players and says so with ready. It
// returns when ctx ends, or when it was read and nobody has read for as long
// as rest: players that are paused hang up sometimes.
func (a *App) Lend(ctx context.Context, what string, rest time.Duration, ready func(*Media) error) (err error) {
	media, err := a.OpenMedia(ctx, what)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, media.Close()) }()
	if err := ready(media); err != nil {
		return err
	}
	look := time.NewTicker(looked)
	defer look.Stop()
	var last time.Time // when somebody read; zero = nobody yet
	for last.IsZero() || time.Since(last) < rest {
		select {
		case <-ctx.Done():
			return nil
		case now := <-look.C:
			if media.Readers() > 0 || last.IsZero() && media.Given() > 0 {
				last = now
			}
		}
	}
	return media.Problem()
}

// PlayIn plays something with another program, and returns when that has
// ended.
func (a *App) PlayIn(ctx context.Context, what, program string) (err error) {
	media, err := a.OpenMedia(ctx, what)
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, media.Close()) }()
	return firstError(player.In(ctx, program, media.URL), media.Problem())
}

// PlayElsewhere starts another player with an address and returns at once. It
// tells whether there is one.
func PlayElsewhere(address string) bool {
	program := player.Other()
	if program == "" {
		return false
	}
	go func() { _ = player.In(context.Background(), program, address) }() // what goes wrong the other player shows
	return true
}
