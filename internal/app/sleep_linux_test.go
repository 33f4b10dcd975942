package app

import (
	"context"
	"io"
	"os"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
)

// sleeper stands for logind on a bus of its own.
type sleeper struct {
	held chan [2]*os.File // what each Inhibit gave away: the other side, and itself
}

// Inhibit is what a program calls to be waited for.
func (s *sleeper) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	if what != "sleep" || mode != "delay" {
		return 0, dbus.NewError("org.test.Wrong", nil)
	}
	ours, theirs, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	s.held <- [2]*os.File{ours, theirs}
	return dbus.UnixFD(theirs.Fd()), nil
}

// TestWalletIsLockedBeforeTheComputerSleeps with a real bus: logind waits until
// the keys are gone.
func TestWalletIsLockedBeforeTheComputerSleeps(t *testing.T) {
	bus := testbus.Start(t)
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	s := &sleeper{held: make(chan [2]*os.File, 4)}
	if err := conn.Export(s, logindPath, logindAll); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(logind, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	a, err := Open(Options{Home: t.TempDir(), Runtime: t.TempDir(), VaultCost: cheap, SystemBus: bus})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close(context.Background()) }()
	addTestWallet(t, a)
	held := <-s.held // it listens by now
	if a.Locked() {
		t.Fatal("locked too early")
	}
	events, cancel := a.Subscribe()
	defer cancel()
	if err := conn.Emit(logindPath, logindAll+"."+logindSleeps, true); err != nil {
		t.Fatal(err)
	}
	for !a.Locked() {
		<-events
	}
	held[1].Close() // the program has its copy by now
	if _, err := io.ReadAll(held[0]); err != nil {
		t.Errorf("logind still waits: %v", err)
	}
	held[0].Close()
}
