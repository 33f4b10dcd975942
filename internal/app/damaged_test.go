package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// profileFile is a file of the profile, with what needs it.
type profileFile struct {
	path string
	use  []func() error
}

func profileFiles(t *testing.T, a *App, w WalletInfo) []profileFile {
	t.Helper()
	home := t.TempDir()
	other := Contact{Name: "Ana", Address: "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"}
	return []profileFile{
		{a.profile.settings(), []func() error{
			func() error { return a.SetTheme("dark") }, func() error { return a.SelectNetwork("mesos") },
			func() error { _, err := Open(Options{Home: a.profile.home, Runtime: t.TempDir()}); return err },
		}},
		{a.profile.book(), []func() error{
			func() error { return a.SaveContact(other) }, func() error { return a.RemoveContact(other.Address) },
			func() error { _, err := a.Contacts(); return err }, func() error { _, err := a.payee("Ana"); return err },
		}},
		{a.profile.links(), []func() error{
			func() error { return a.changeRegister(func(r *register) { r.Links = nil }) },
			func() error { _, err := a.readRegister(); return err },
		}},
		{a.profile.nodes(), []func() error{
			func() error { return a.changeNodes(func(f *nodesFile) error { f.Nodes = nil; return nil }) },
			func() error { _, err := a.readNodes(); return err },
		}},
		{a.profile.channels(), []func() error{
			func() error { return a.changeOwn(func(o *ownChannel) { o.ByHand = true }) },
			func() error { _, err := a.readChannels(); return err },
		}},
		{filepath.Join(home, choiceName), []func() error{func() error { _, err := readChoice(home); return err }}},
		{a.profile.vault(w.Address), []func() error{
			func() error { return a.Unlock(t.Context(), []byte("secret")) },
			func() error { _, err := a.ShowWords(t.Context(), []byte("secret")); return err },
			func() error { return a.ChangePassword(t.Context(), []byte("secret"), []byte("new")) },
			func() error { return a.RemoveWallet(t.Context(), w.Address, []byte("secret")) },
			func() error { _, err := a.PreviewPay(t.Context(), other.Address, "1", ""); return err },
		}},
	}
}

// spoilt is what a file may hold that was cut, overwritten or is of another
// version.
var spoilt = []string{
	"{", "null", "[]", "{}", `{"version":0}`, `{"version":1,"theme":7,"entries":7,"links":7,"nodes":7,"marks":7,"desks":7}`, "\x00\x00\x00\x00",
	`{"version":99,"theme":{},"entries":"x","links":"x","nodes":"x","marks":"x","desks":"x"}`,
}

// Files of the profile that cannot be read are told of in one sentence by all
// that needs them, and left as they are: nothing is begun anew over them.
func TestDamagedFilesAreToldOfAndKept(t *testing.T) {
	a := openTest(t, t.TempDir())
	for _, f := range profileFiles(t, a, addTestWallet(t, a)) {
		good, gerr := os.ReadFile(f.path)
		for _, raw := range spoilt {
			if err := os.WriteFile(f.path, []byte(raw), 0o600); err != nil {
				t.Fatal(err)
			}
			f.refuses(t, raw)
		}
		if gerr != nil {
			good = nil
		}
		if err := errors.Join(os.Remove(f.path), restoreFile(f.path, good)); err != nil {
			t.Fatal(err)
		}
	}
	a.LockAll()
	if err := a.Unlock(t.Context(), []byte("secret")); err != nil {
		t.Error("with the files put back:", err)
	}
}

func (f profileFile) refuses(t *testing.T, raw string) {
	t.Helper()
	name, newer := filepath.Base(f.path), strings.Contains(raw, "99")
	for n, use := range f.use {
		err := use()
		if !fault.Explained(err) {
			t.Errorf("%s with %q, %d: %v", name, raw, n, err)
		}
		told := strings.Contains(fault.Sentence(err), "newer version")
		if json := strings.HasSuffix(name, ".json"); json && told != newer {
			t.Errorf("%s with %q, %d: %v", name, raw, n, err)
		}
	}
	if now, err := os.ReadFile(f.path); err != nil || string(now) != raw {
		t.Errorf("%s with %q became %q, %v", name, raw, now, err)
	}
}

func restoreFile(path string, content []byte) error {
	if content == nil {
		return nil
	}
	return os.WriteFile(path, content, 0o600)
}

// Whose wallet file is damaged is told to bring in the words again: that works,
// by either way, and everything else of the wallet is as before.
func TestWordsMendADamagedWallet(t *testing.T) {
	for name, mend := range map[string]func(*App) error{
		"added again": func(a *App) error {
			_, err := a.AddWallet(context.Background(), "Mine", testWords, []byte("new"))
			return err
		},
		"new password": func(a *App) error {
			return a.ResetPassword(context.Background(), []byte(testWords), nil, []byte("new"))
		},
	} {
		a := openTest(t, t.TempDir())
		before := addTestWallet(t, a)
		if err := a.settings.change(func(s *settings) { s.Folder = "/somewhere" }); err != nil {
			t.Fatal(err)
		}
		a.LockAll()
		path := a.profile.vault(before.Address)
		if err := os.Truncate(path, 100); err != nil {
			t.Fatal(err)
		}
		if err := a.Unlock(t.Context(), []byte("secret")); !errors.Is(err, vault.ErrDamaged) {
			t.Fatal(err)
		}
		if err := mend(a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		after, err := a.CurrentWallet()
		if err != nil || after.Address != before.Address || after.Storage != before.Storage || !after.Unlocked || a.Folder() != "/somewhere" {
			t.Errorf("%s: %+v, %v", name, after, err)
		}
		if info, err := os.Stat(path + ".damaged"); err != nil || info.Size() != 100 {
			t.Errorf("%s: what lay there is gone: %v", name, err)
		}
	}
}

// A copy of another wallet's file in the place of this one would show this address
// and sign with the other key.
func TestAnotherWalletsFileIsNotTakenForThisOne(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	mine := addTestWallet(t, a)
	other, err := a.ImportText(ctx, "Other", []byte(rawKey), nil, []byte("two"))
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := os.ReadFile(a.profile.vault(other.Address))
	if err == nil {
		err = errors.Join(os.WriteFile(a.profile.vault(mine.Address), foreign, 0o600), a.ChooseWallet(mine.Address))
	}
	if err != nil {
		t.Fatal(err)
	}
	password := []byte("two")
	_, words := a.ShowWords(ctx, password)
	_, _, export := a.ExportKeyFile(ctx, password, []byte("x"))
	_, sign := a.SignText(ctx, "text", password)
	for what, err := range map[string]error{
		"unlock": a.Unlock(ctx, password), "words": words, "key file": export, "signature": sign,
		"password": a.ChangePassword(ctx, password, []byte("new")),
	} {
		if !errors.Is(err, vault.ErrDamaged) || !a.Locked() {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := a.ResetPassword(ctx, []byte(testWords), nil, []byte("mine again")); err != nil || a.Locked() {
		t.Error(err)
	}
	if kept, err := os.ReadFile(a.profile.vault(mine.Address) + ".damaged"); err != nil || !bytes.Equal(kept, foreign) {
		t.Errorf("the other wallet's file is gone: %v", err)
	}
}

// A password that could not be changed leaves the keyring opening the wallet, as
// it did.
func TestPasswordThatIsNotChangedKeepsTheKeyring(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	a.opts.Keyring = memoryKeyring{}
	addTestWallet(t, a)
	if err := a.SetKeyringUnlock(ctx, true, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(ctx, []byte("wrong"), []byte("new")); !errors.Is(err, vault.ErrPassword) || !a.KeyringUnlock() {
		t.Error(err, a.KeyringUnlock())
	}
	a.opts.VaultCost = vault.Params{MemoryKiB: 1, Time: 0, Threads: 1} // which no vault can have
	if err := a.ChangePassword(ctx, []byte("secret"), []byte("new")); err == nil || !a.KeyringUnlock() {
		t.Error(err, a.KeyringUnlock())
	}
	a.opts.VaultCost = cheap
	a.LockAll()
	if tried, err := a.UnlockByKeyring(ctx); !tried || err != nil {
		t.Error(tried, err)
	}
}

// A wallet whose file is gone is none: the program asks for its words, and goes on
// with what it knew of it.
func TestWalletWhoseFileIsGone(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), t.Context()
	before := addTestWallet(t, a)
	if err := a.settings.change(func(s *settings) { s.Folder, s.Network = "/somewhere", "mesos" }); err != nil {
		t.Fatal(err)
	}
	a.LockAll()
	if err := os.Remove(a.profile.vault(before.Address)); err != nil {
		t.Fatal(err)
	}
	if a.Stage() != NeedsWallet {
		t.Errorf("a wallet that is not there is asked for its password: stage %v", a.Stage())
	}
	if _, err := a.CurrentWallet(); !errors.Is(err, ErrNoWallet) {
		t.Error(err)
	}
	if err := a.Unlock(ctx, []byte("secret")); !errors.Is(err, ErrNoWallet) {
		t.Error(err)
	}
	after, err := a.AddWallet(ctx, "Mine", testWords, []byte("new"))
	if err != nil || after.Address != before.Address || a.Folder() != "/somewhere" || a.Stage() != Ready {
		t.Errorf("%+v, %v, folder %q, stage %v", after, err, a.Folder(), a.Stage())
	}
}
