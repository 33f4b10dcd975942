package app

import (
	"context"
	"errors"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// TestWatchedAddressRefusesEarly: what needs a key says so at once, without a
// network and without a password.
func TestWatchedAddressRefusesEarly(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	mine := addTestWallet(t, a)
	if err := a.settings.change(func(s *settings) { s.Folder, s.Network = "/mine", "local" }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.WatchAddress("Friend", mine.Hex); err == nil {
		t.Error("an address whose key is here was watched")
	}
	seen, err := a.WatchAddress("Friend", friend)
	if err != nil || !seen.Watched || seen.Name != "Friend" {
		t.Fatalf("watched %+v, %v", seen, err)
	}
	if err := a.ChooseWallet(seen.Hex); err != nil {
		t.Fatal(err)
	}
	b := openTest(t, home)
	if b.Locked() || !b.Watching() || b.Stage() != Ready || b.Folder() != "/mine" {
		t.Errorf("locked %v, watching %v, stage %v, folder %q", b.Locked(), b.Watching(), b.Stage(), b.Folder())
	}
	if w, err := b.CurrentWallet(); err != nil || w.Address != friend || w.Name != "Friend" || !w.Watched || w.Account.Address != friend {
		t.Errorf("in use %+v, %v", w, err)
	}
	if info, err := b.current(); err != nil || info.Address.String() != friend {
		t.Errorf("looked at %v, %v", info.Address, err)
	}
	checkRefusals(ctx, t, b)
	if err := b.ChooseWallet(mine.Address); err != nil || !b.Locked() || b.Folder() != "/mine" {
		t.Errorf("back: %v, locked %v, folder %q", err, b.Locked(), b.Folder())
	}
}

func checkRefusals(ctx context.Context, t *testing.T, a *App) {
	t.Helper()
	password := []byte("secret")
	for name, do := range map[string]func() error{
		"unlock":     func() error { return a.Unlock(ctx, password) },
		"pay":        func() error { _, err := a.PreviewPay(ctx, friend, "1", ""); return err },
		"stake":      func() error { _, err := a.PreviewStake(ctx, StakeOrder{Kind: StakeClaim}); return err },
		"vote":       func() error { _, err := a.PreviewVote(ctx, 1, "yes"); return err },
		"ozone":      func() error { _, err := a.QuoteOzone(ctx, "1"); return err },
		"withdraw":   func() error { _, err := a.PreviewWithdraw(ctx, "1", ""); return err },
		"sign":       func() error { _, err := a.SignText(ctx, "hello", password); return err },
		"words":      func() error { _, err := a.ShowWords(ctx, password); return err },
		"export":     func() error { _, _, err := a.ExportKeyFile(ctx, password, password); return err },
		"password":   func() error { return a.ChangePassword(ctx, password, password) },
		"add":        func() error { _, err := a.AddAccount(ctx, ""); return err },
		"find":       func() error { _, err := a.FindAccounts(ctx); return err },
		"choose":     func() error { _, err := a.ChooseAccount(friend); return err },
		"folder":     func() error { return a.ChooseFolder(ctx, t.TempDir()) },
		"list files": func() error { _, err := a.List(ctx, ""); return err },
	} {
		if err := do(); !errors.Is(err, errWatched) || fault.ExitCode(err) != 2 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWatchedAddressIsForgotten: another wallet takes its place.
func TestWatchedAddressIsForgotten(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	mine := addTestWallet(t, a)
	if _, err := a.WatchAddress("Friend", friend); err != nil {
		t.Fatal(err)
	}
	if err := a.ChooseWallet(friend); err != nil {
		t.Fatal(err)
	}
	parsed, err := stratos.ParseAddress(friend)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.RemoveWallet(ctx, parsed.Hex(), nil); err != nil {
		t.Fatal(err)
	}
	if w, err := a.CurrentWallet(); err != nil || w.Address != mine.Address {
		t.Errorf("in use: %+v, %v", w, err)
	}
	if err := a.RemoveWallet(ctx, friend, nil); err == nil {
		t.Error("removed twice")
	}
}

// TestWalletGoesOnBehindAWatchedAddress: its drive has its keys, and nobody is
// asked for the password on the way back. Nothing can be signed meanwhile.
func TestWalletGoesOnBehindAWatchedAddress(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	mine := addTestWallet(t, a)
	if err := a.settings.change(func(s *settings) { s.Folder, s.Network = "/mine", "local" }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.WatchAddress("Friend", friend); err != nil {
		t.Fatal(err)
	}
	if err := a.ChooseWallet(friend); err != nil {
		t.Fatal(err)
	}
	if key, err := a.storageKey(); err != nil || key.Address().String() != mine.Storage || a.ownerAddress() != mine.Address {
		t.Errorf("the drive has lost its key: %v", err)
	}
	if w, err := a.CurrentWallet(); err != nil || w.Unlocked || w.Address != friend {
		t.Errorf("%+v, %v", w, err)
	}
	checkRefusals(ctx, t, a)
	for _, account := range []Account{WalletAccount, StorageAccount, PublishAccount} {
		if _, err := a.signer(account); !errors.Is(err, errWatched) {
			t.Errorf("%s signs: %v", account, err)
		}
	}
	if _, err := a.BackupQuestion(); !errors.Is(err, errWatched) {
		t.Errorf("words of the wallet behind it are asked for: %v", err)
	}
	if err := a.ChooseWallet(mine.Address); err != nil || a.Watching() || a.Locked() {
		t.Errorf("back: %v, watching %v, locked %v", err, a.Watching(), a.Locked())
	}
	a.Lock()
	if err := errors.Join(a.ChooseWallet(friend), a.ChooseWallet(mine.Address)); err != nil || !a.Locked() {
		t.Errorf("what was locked is open: %v", err)
	}
}

// TestOnlyAddressHasNoDrive: without a wallet there is nothing behind what is
// watched.
func TestOnlyAddressHasNoDrive(t *testing.T) {
	a := openTest(t, t.TempDir())
	if _, err := a.WatchAddress("Friend", friend); err != nil {
		t.Fatal(err)
	}
	if err := a.ChooseWallet(friend); err != nil {
		t.Fatal(err)
	}
	if _, err := a.storageKey(); err == nil || a.ownerAddress() != "" || len(a.driveHomes()) != 0 {
		t.Errorf("a drive out of nothing: %v", err)
	}
	if err := a.settings.change(func(s *settings) { s.Watching, s.Wallet = "", friend }); err != nil { // as it was kept before
		t.Fatal(err)
	}
	if _, err := a.storageKey(); !errors.Is(err, errWatched) || !a.Watching() {
		t.Error(err)
	}
}
