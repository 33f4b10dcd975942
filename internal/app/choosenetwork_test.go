package app

import (
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// describedNetwork writes the description of a network that nobody answers for.
func describedNetwork(t *testing.T, chain string, gateways ...network.Gateway) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), chain+".json")
	if err := network.Write(path, network.Network{Version: network.Version, ChainID: chain, Gateways: gateways}); err != nil {
		t.Fatal(err)
	}
	return path
}

// epochKnown spares a look for a newer epoch, which nobody would answer.
func epochKnown(a *App, chain string) {
	which := a.ownerAddress() + " " + chain
	a.mu.Lock()
	a.epochsLooked = which
	a.mu.Unlock()
}

// After a choice that the drive could not go on with, another one brings it back.
func TestDriveComesBackAfterAWrongNetwork(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	addTestWallet(t, a)
	good := describedNetwork(t, "good", network.Gateway{RPC: "http://127.0.0.1:1"})
	if err := a.settings.change(func(s *settings) { s.Folder, s.Network = filepath.Join(t.TempDir(), "Drive"), good }); err != nil {
		t.Fatal(err)
	}
	epochKnown(a, "good")
	if err := a.startDrive(ctx); err != nil || a.currentDrive() == nil {
		t.Fatal("the drive does not run", err)
	}
	if err := a.ChooseNetwork(ctx, describedNetwork(t, "bare")); err == nil || a.currentDrive() != nil {
		t.Fatal("chose a network without a gateway", err)
	}
	epochKnown(a, "good")
	if err := a.ChooseNetwork(ctx, good); err != nil || a.currentDrive() == nil {
		t.Error("the drive does not come back", err)
	}
}
