package app

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWalletLocksItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var locked, limit atomic.Int64
		limit.Store(int64(5 * time.Minute))
		l := autoLock{limit: func() time.Duration { return time.Duration(limit.Load()) }, lock: func() { locked.Add(1) }}
		l.start()
		defer l.end()
		time.Sleep(4 * time.Minute)
		l.touch()
		time.Sleep(4 * time.Minute)
		synctest.Wait()
		if locked.Load() != 0 {
			t.Fatal("locked although somebody was there")
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if locked.Load() == 0 {
			t.Fatal("not locked after five minutes alone")
		}
		locked.Store(0)
		limit.Store(0)
		l.start()
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if locked.Load() != 0 {
			t.Fatal("locked although it never should")
		}
	})
}

func TestAutoLockIsKept(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	if a.AutoLock() != usualAutoLock {
		t.Errorf("at first %v", a.AutoLock())
	}
	if err := a.SetAutoLock(time.Second); err == nil {
		t.Error("one second was accepted")
	}
	for _, d := range []time.Duration{0, time.Hour} {
		if err := a.SetAutoLock(d); err != nil {
			t.Fatal(err)
		}
		if got := openTest(t, home).AutoLock(); got != d {
			t.Errorf("kept %v, not %v", got, d)
		}
	}
}
