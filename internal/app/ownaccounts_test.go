package app

import (
	"errors"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// accountsAt are the storage and publishing accounts of the test wallet in an
// epoch.
func accountsAt(t *testing.T, a *App, epoch int) (storage, publish string) {
	t.Helper()
	session, err := a.session()
	if err == nil {
		storage, publish, err = epochAddresses(session, epoch)
	}
	if err != nil {
		t.Fatal(err)
	}
	return storage, publish
}

// inSecondEpoch puts a network to use whose chain is "stolen", on which a device of
// the wallet was stolen.
func inSecondEpoch(t *testing.T, a *App, w WalletInfo, network string) {
	t.Helper()
	if err := a.settings.change(func(s *settings) {
		known := s.wallet(w.Address)
		known.setEpoch("stolen", knownEpoch{Number: 2})
		s.know(w.Address, known)
		s.Network = network
	}); err != nil {
		t.Fatal(err)
	}
}

// boughtFor are the accounts that a purchase of ozone is for.
func boughtFor(t *testing.T, a *App, w WalletInfo) (all []string, err error) {
	t.Helper()
	own, err := stratos.ParseAddress(w.Address)
	if err != nil {
		t.Fatal(err)
	}
	orders, err := a.prepays(own, stratos.WeiAmount(1000), "")
	for _, o := range orders {
		all = append(all, o.(message.Prepay).Beneficiary.String())
	}
	return all, err
}

// On each network the drive may be in another epoch. Ozone is never bought for the
// accounts of another network's, also while the wallet is locked and its keys
// cannot tell.
func TestOzoneIsBoughtForTheEpochOfTheNetwork(t *testing.T) {
	a := openTest(t, t.TempDir())
	w := addTestWallet(t, a)
	stolen, fresh := describedNetwork(t, "stolen"), describedNetwork(t, "fresh")
	first, firstLinks := accountsAt(t, a, keys.FirstEpoch)
	second, secondLinks := accountsAt(t, a, 2)
	inSecondEpoch(t, a, w, stolen)
	buy := func() ([]string, error) { return boughtFor(t, a, w) }
	if got, err := buy(); err != nil || len(got) != 2 || got[0] != second || got[1] != secondLinks {
		t.Errorf("bought for %v, %v", got, err)
	}
	a.LockAll()
	if got, err := buy(); err != nil || got[0] != second {
		t.Errorf("locked, on the network where it is known: bought for %v, %v", got, err)
	}
	if err := a.SelectNetwork(fresh); err != nil {
		t.Fatal(err)
	}
	if got, err := buy(); !errors.Is(err, errLocked) {
		t.Errorf("locked, on another network: bought for %v, %v", got, err)
	}
	if _, err := a.Ozone(t.Context()); !errors.Is(err, errLocked) {
		t.Errorf("what another network's accounts hold is told: %v", err)
	}
	if err := a.Unlock(t.Context(), []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if got, err := buy(); err != nil || got[0] != first || got[1] != firstLinks {
		t.Errorf("bought for %v, %v", got, err)
	}
}

// Another program may work on the other network meanwhile, and remember the
// accounts that are right there.
func TestOzoneIsBoughtForTheKeysAtHand(t *testing.T) {
	a := openTest(t, t.TempDir())
	w := addTestWallet(t, a)
	a.opts.Network = describedNetwork(t, "fresh")
	first, firstLinks := accountsAt(t, a, keys.FirstEpoch)
	second, secondLinks := accountsAt(t, a, 2)
	if err := openTest(t, a.profile.home).settings.change(func(s *settings) {
		known := s.wallet(w.Address)
		known.Storage, known.Publish, known.AccountsOf = second, secondLinks, 2
		s.know(w.Address, known)
	}); err != nil {
		t.Fatal(err)
	}
	if err := a.settings.reload(); err != nil {
		t.Fatal(err)
	}
	a.Lock()
	if got, err := boughtFor(t, a, w); err != nil || got[0] != first || got[1] != firstLinks {
		t.Errorf("bought for %v, %v", got, err)
	}
}

// While a network's description cannot be read, the keys in use stay: those of the
// first epoch may be on a stolen device.
func TestKeysStayWhileTheNetworkIsUnknown(t *testing.T) {
	a := openTest(t, t.TempDir())
	w := addTestWallet(t, a)
	path := describedNetwork(t, "stolen")
	inSecondEpoch(t, a, w, path)
	before, err := a.storageKey()
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := accountsAt(t, a, 2); before.Address().String() != second {
		t.Fatal("the keys are not those of the second epoch")
	}
	a.opts.Network = path + ".gone"
	if now, err := a.storageKey(); err != nil || now.Address() != before.Address() {
		t.Errorf("the drive went back to the stolen keys: %v", err)
	}
	a.Lock()
	a.opts.Network = ""
	if now, err := a.storageKey(); err != nil || now.Address() != before.Address() {
		t.Errorf("the drive cannot go on behind a locked wallet: %v", err)
	}
}

// A connection that was begun before another network or wallet was chosen is not
// kept: what is sent later would go to the old one.
func TestConnectionsOfBeforeAreNotKept(t *testing.T) {
	a := openTest(t, t.TempDir())
	addTestWallet(t, a)
	gateway := network.Gateway{RPC: "http://127.0.0.1:1"}
	a.opts.Network = describedNetwork(t, "old", gateway)
	age := a.clientsAge
	late, err := a.connect(StorageAccount)
	if err != nil {
		t.Fatal(err)
	}
	a.opts.Network = describedNetwork(t, "new", gateway)
	a.forgetClients()
	if kept := a.keepClient(StorageAccount, late, age); kept != nil || a.clients[StorageAccount] != nil {
		t.Fatal("the old network is used again")
	}
	c, err := a.client(StorageAccount)
	if err != nil || c.network.ChainID != "new" {
		t.Fatal(c, err)
	}
	second, err := a.connect(StorageAccount)
	if err != nil {
		t.Fatal(err)
	}
	if kept := a.keepClient(StorageAccount, second, a.clientsAge); kept != c || a.clients[StorageAccount] != c {
		t.Error("two connections of one account")
	}
}
