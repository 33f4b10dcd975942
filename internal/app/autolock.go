package app

import (
	"context"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

const (
	// usualAutoLock is after how long without a user a wallet locks itself.
	usualAutoLock = 15 * time.Minute
	// lockTick is how often the time is looked at.
	lockTick = 5 * time.Second
)

// autoLock locks the wallet when nobody used the program for a while, and when
// the computer sleeps: whoever opens its lid need not be the owner.
type autoLock struct {
	limit func() time.Duration // 0: only for sleep
	lock  func()
	sleep func(ctx context.Context, lock func()) // locks before sleep; may be nil

	mu      sync.Mutex
	judge   *vault.AutoLock
	running context.CancelFunc
}

// touch tells that somebody is there.
func (l *autoLock) touch() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.judge != nil {
		l.judge.Touch(time.Now())
	}
}

// start begins to watch, or begins anew with the limit of now.
func (l *autoLock) start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.judge = vault.NewAutoLock(l.limit(), time.Now())
	if l.running != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.running = cancel
	go l.watch(ctx)
	if l.sleep != nil {
		go l.sleep(ctx, l.lock)
	}
}

// end stops watching: there is nothing to lock.
func (l *autoLock) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running != nil {
		l.running()
		l.running = nil
	}
}

func (l *autoLock) watch(ctx context.Context) {
	tick := time.NewTicker(lockTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if l.due() {
			l.lock()
		}
	}
}

func (l *autoLock) due() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.judge.Due(time.Now())
}

// AutoLock tells after how long without a user the wallet locks itself; 0 means
// never. It locks when the computer sleeps in any case.
func (a *App) AutoLock() time.Duration {
	if after := a.settings.get().AutoLock; after != nil {
		return time.Duration(*after) * time.Second
	}
	return usualAutoLock
}

// SetAutoLock saves the choice.
func (a *App) SetAutoLock(after time.Duration) error {
	if after < 0 || (after > 0 && after < time.Minute) {
		return fault.Wrong(nil, "The wallet can lock itself after a minute or more, or never.")
	}
	seconds := int64(after / time.Second)
	err := a.settings.change(func(s *settings) { s.AutoLock = &seconds })
	if a.holdsKey() {
		a.autoLock.start()
	}
	return err
}

// Touch tells that somebody uses the program, which puts off the auto-lock.
func (a *App) Touch() { a.autoLock.touch() }
