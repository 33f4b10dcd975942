package wallet_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

func (l *life) survivesARestart(t *testing.T) {
	before := l.balance(l.address())
	l.net.Stop()
	_, _, err := l.send(chain.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "1")})
	if !errors.Is(err, chain.ErrUnreachable) {
		t.Errorf("network down: %v", err)
	}
	l.net.Again()
	l.chain = client(t, l.net)
	if after := l.balance(l.address()); after.Cmp(before) != 0 {
		t.Errorf("balance %s, before %s", after, before)
	}
	_, _, err = l.send(chain.Transfer{From: l.address(), To: l.address(), Amount: stos(t, "1")})
	ok(t, err)
	l.checkBooks()
}

// killingLog kills the network at the moment when a transaction was logged.
type killingLog struct {
	*history.Log
	kill func()
}

func (k killingLog) Sending(ctx context.Context, s chain.Sent) error {
	err := k.Log.Sending(ctx, s)
	time.AfterFunc(50*time.Millisecond, k.kill)
	return err
}

// The network is killed in the middle of sending and comes back: the report
// is true, whatever it is, and nothing is paid twice.
func (l *life) survivesAKill(t *testing.T) {
	friend := newWallet(t)
	p, err := l.chain.Preview(context.Background(), l.key.Public(), chain.Transfer{From: l.address(), To: friend.Address(), Amount: stos(t, "0.25")}, "")
	ok(t, err)
	killed := make(chan struct{})
	result := make(chan error, 1)
	go func() {
		_, err := l.chain.Send(context.Background(), p, l.key, killingLog{l.log, func() { l.net.Kill(); close(killed) }})
		result <- err
	}()
	<-killed
	l.net.Again()
	err = <-result
	got := l.balance(friend.Address())
	switch {
	case err == nil && got.Cmp(stos(t, "0.25")) != 0:
		t.Errorf("reported as done, the friend has %s wei", got)
	case err != nil && fault.ExitCode(err) != int(fault.Failed):
		t.Errorf("not resolved: %v", err)
	case err != nil && !got.IsZero():
		t.Errorf("reported as failed (%v), the friend has %s wei", err, got)
	}
	l.checkBooks()
}
