package app

import (
	"context"
	"errors"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/sign"
)

// second is the second account of testWords.
func second(t *testing.T) stratos.Address {
	t.Helper()
	list, err := keys.Accounts([]byte(testWords), nil, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	return list[0].Address
}

func addTestWallet(t *testing.T, a *App) WalletInfo {
	t.Helper()
	w, err := a.AddWallet(context.Background(), "Mine", testWords, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestAccountsOfOneWallet: money and signatures follow the account in use, the
// drive stays with the wallet, and everything is there after a restart.
func TestAccountsOfOneWallet(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	first := addTestWallet(t, a)
	added, err := a.AddAccount(ctx, "Rent")
	if err != nil || added.Address != second(t).String() || added.Index != 1 || added.Name != "Rent" {
		t.Fatalf("added %+v, %v", added, err)
	}
	b := openTest(t, home)
	checkSecond(t, b, first)
	if err := b.Unlock(ctx, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	checkSecond(t, b, first)
	checkSigns(t, b, added.Address)
	if _, err := b.ChooseAccount(first.Address); err != nil {
		t.Fatal(err)
	}
	checkSigns(t, b, first.Address)
	if w, err := b.CurrentWallet(); err != nil || w.Account.Address != first.Address || w.Storage != first.Storage {
		t.Errorf("back with the first: %+v, %v", w, err)
	}
}

// checkSecond looks at a wallet whose second account is in use.
func checkSecond(t *testing.T, a *App, first WalletInfo) {
	t.Helper()
	w, err := a.CurrentWallet()
	if err != nil || w.Address != first.Address || w.Account.Address != second(t).String() || w.Account.Hex != second(t).Hex() {
		t.Fatalf("in use: %+v, %v", w, err)
	}
	if w.Storage != first.Storage || w.Publish != first.Publish {
		t.Errorf("the drive is another one: %+v", w)
	}
	info, err := a.current()
	if err != nil || info.Address != second(t) || info.PublicKey.Address() != second(t) {
		t.Errorf("it pays %v, %v", info.Address, err)
	}
}

// checkSigns checks which account payments, files and texts are signed with,
// and that the drive's key comes from the first one.
func checkSigns(t *testing.T, a *App, address string) {
	t.Helper()
	_, err := a.withWallet(func(s chain.Signer) (TxResult, error) {
		if s.Address().String() != address {
			t.Errorf("a payment is signed by %v", s.Address())
		}
		return TxResult{}, nil
	})
	if err != nil {
		t.Error(err)
	}
	for account, want := range map[Account]string{WalletAccount: address, StorageAccount: a.settings.get().wallet(a.walletAddress()).Storage} {
		if s, err := a.signer(account); err != nil || s.Address() != want {
			t.Errorf("%s signs as %v, %v", account, s, err)
		}
	}
	signature, err := a.SignText(context.Background(), "hello", []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if right, err := sign.Verify(address, "hello", signature); err != nil || !right {
		t.Errorf("the text was signed by another account: %v", err)
	}
	key, err := keys.FromWords([]byte(testWords), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	want, err := keys.StorageAccount(key, keys.FirstEpoch)
	if err != nil {
		t.Fatal(err)
	}
	if have, err := a.storageKey(); err != nil || have.Address() != want.Address() {
		t.Errorf("the drive is that of %v, %v", have, err)
	}
}

func TestAccountsAreNamedAndHidden(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	first := addTestWallet(t, a)
	added, err := a.AddAccount(ctx, "")
	if err != nil || added.Name != "Account 2" {
		t.Fatalf("added %+v, %v", added, err)
	}
	if err := a.HideAccount(first.Address); err == nil {
		t.Error("the first account was hidden")
	}
	if renamed, err := a.RenameAccount("account 2", "Rent"); err != nil || renamed.Name != "Rent" {
		t.Errorf("renamed %+v, %v", renamed, err)
	}
	a.Lock()
	for name, do := range map[string]func() error{
		"rename": func() error { _, err := a.RenameAccount("rent", "Other"); return err },
		"add":    func() error { _, err := a.AddAccount(ctx, "Other"); return err },
		"hide":   func() error { return a.HideAccount("rent") },
	} {
		if err := do(); !errors.Is(err, errLocked) {
			t.Errorf("%s while locked: %v", name, err)
		}
	}
	if _, err := a.ChooseAccount("rent"); err != nil {
		t.Errorf("choosing needs no password: %v", err)
	}
	b := openTest(t, home)
	if err := b.Unlock(ctx, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if err := b.HideAccount(second(t).Hex()); err != nil {
		t.Fatal(err)
	}
	if list, err := b.WalletAccounts(); err != nil || len(list) != 1 || !list[0].Current {
		t.Errorf("left %+v, %v", list, err)
	}
	checkSigns(t, b, first.Address)
	if again, err := b.AddAccount(ctx, ""); err != nil || again.Address != added.Address {
		t.Errorf("added again %+v, %v", again, err)
	}
}

// TestAddressReachesItsAccount: --wallet takes the address of any account, in
// either form.
func TestAddressReachesItsAccount(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	first := addTestWallet(t, a)
	if _, err := a.AddAccount(ctx, ""); err != nil {
		t.Fatal(err)
	}
	other := second(t)
	for given, want := range map[string]string{
		first.Address: first.Address, first.Hex: first.Address, other.String(): other.String(), other.Hex(): other.String(),
	} {
		b, err := Open(Options{Home: home, Runtime: t.TempDir(), Wallet: given})
		if err != nil {
			t.Fatal(err)
		}
		if w, err := b.CurrentWallet(); err != nil || w.Address != first.Address || w.Account.Address != want {
			t.Errorf("%s: %+v, %v", given, w, err)
		}
		if err := b.Unlock(ctx, []byte("secret")); err != nil {
			t.Fatal(err)
		}
		checkSigns(t, b, want)
		if err := b.Close(ctx); err != nil {
			t.Error(err)
		}
	}
	for _, address := range []string{first.Hex, other.Hex()} {
		if err := a.ChooseWallet(address); err != nil || a.Locked() {
			t.Errorf("%s: %v, locked %v", address, err, a.Locked())
		}
	}
	if w, err := a.CurrentWallet(); err != nil || w.Account.Address != other.String() {
		t.Errorf("chosen %+v, %v", w, err)
	}
}

func TestRawKeyHasOneAccount(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	if _, err := a.ImportText(ctx, "Key", []byte(rawKey), nil, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddAccount(ctx, ""); err == nil {
		t.Error("a second account of a raw key")
	}
	if a.settings.get().wallet(a.walletAddress()).Unsearched {
		t.Error("a raw key has nothing to look for")
	}
}

// TestPasswordChangeKeepsTheWalletOpen: an open wallet goes on being so.
func TestPasswordChangeKeepsTheWalletOpen(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	addTestWallet(t, a)
	if err := a.ChangePassword(ctx, []byte("secret"), []byte("another")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddAccount(ctx, ""); err != nil {
		t.Errorf("after the change: %v", err)
	}
	a.Lock()
	if err := a.Unlock(ctx, []byte("another")); err != nil {
		t.Error(err)
	}
}
