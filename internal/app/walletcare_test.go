package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

const rawKey = "0x1111111111111111111111111111111111111111111111111111111111111111"

func TestSeveralWallets(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	first, err := a.ImportText(ctx, "First", []byte(testWords), nil, []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.ImportText(ctx, "Second", []byte(rawKey), nil, []byte("two"))
	if err != nil || !second.Current || !second.BackedUp || first.BackedUp {
		t.Fatalf("first %+v, second %+v, %v", first, second, err)
	}
	with, err := a.ImportText(ctx, "Third", []byte(testWords), []byte("a passphrase"), []byte("three"))
	if err != nil || with.Address == first.Address {
		t.Fatalf("third %+v, %v", with, err)
	}
	if err := a.ChooseWallet(first.Address); err != nil || !a.Locked() {
		t.Fatalf("chosen: %v, locked %v", err, a.Locked())
	}
	if err := a.Unlock(ctx, []byte("two")); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("the other wallet's password: %v", err)
	}
	if err := a.RenameWallet(first.Address, "Mine"); err == nil {
		t.Error("renamed while locked")
	}
	if err := a.Unlock(ctx, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := a.RenameWallet(first.Address, "Mine"); err != nil {
		t.Fatal(err)
	}
	if now, err := a.CurrentWallet(); err != nil || now.Name != "Mine" || !now.Unlocked {
		t.Errorf("renamed: %+v, %v", now, err)
	}
	if err := a.RemoveWallet(ctx, second.Address, []byte("one")); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("removed with the wrong password: %v", err)
	}
	if err := a.RemoveWallet(ctx, second.Address, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if list, err := a.Wallets(); err != nil || len(list) != 2 {
		t.Errorf("left %+v, %v", list, err)
	}
}

// TestEachWalletHasItsFolder: a drive must never get the files of another.
func TestEachWalletHasItsFolder(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	first, err := a.AddWallet(ctx, "First", testWords, []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.settings.change(func(s *settings) { s.Folder = "/first" }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.ImportText(ctx, "Second", []byte(rawKey), nil, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if got := a.Folder(); got != "" {
		t.Errorf("the second wallet syncs %q", got)
	}
	if err := a.ChooseWallet(first.Address); err != nil || a.Folder() != "/first" {
		t.Errorf("back with the first: %q, %v", a.Folder(), err)
	}
}

func TestBackupIsAsked(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	if _, err := a.AddWallet(ctx, "Mine", testWords, []byte("one")); err != nil || a.BackedUp() {
		t.Fatalf("added: %v, backed up %v", err, a.BackedUp())
	}
	asked, err := a.BackupQuestion()
	if err != nil || len(asked) != backupWords {
		t.Fatalf("asked %v, %v", asked, err)
	}
	words := strings.Fields(testWords)
	answers := make([]string, len(asked))
	for i, n := range asked {
		answers[i] = words[n-1]
	}
	right := answers[0]
	answers[0] = "zoo"
	if err := a.AnswerBackup(ctx, answers, nil); err == nil || a.BackedUp() {
		t.Fatalf("a wrong word: %v", err)
	}
	answers[0] = right
	if err := a.AnswerBackup(ctx, answers, nil); err != nil || !a.BackedUp() {
		t.Fatalf("right words: %v", err)
	}
	if !openTest(t, home).BackedUp() {
		t.Error("forgotten after a restart")
	}
	shown, err := a.ShowWords(ctx, []byte("one"))
	if err != nil || strings.Join(shown, " ") != testWords {
		t.Errorf("words: %v", err)
	}
}

func TestWatchedAddressHasNoKey(t *testing.T) {
	a := openTest(t, t.TempDir())
	const other = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	if w, err := a.WatchAddress("Friend", other); err != nil || !w.Watched {
		t.Fatalf("watch %+v, %v", w, err)
	}
	list, err := a.Wallets()
	if err != nil || len(list) != 1 || !list[0].Watched || list[0].Name != "Friend" || list[0].Address != other {
		t.Fatalf("list %+v, %v", list, err)
	}
	if err := a.RemoveWallet(context.Background(), other, nil); err != nil {
		t.Fatal(err)
	}
}

func TestNewPasswordOpens(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	if _, err := a.AddWallet(ctx, "Mine", testWords, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(ctx, []byte("two"), []byte("three")); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("changed with the wrong password: %v", err)
	}
	if err := a.ChangePassword(ctx, []byte("one"), []byte("two")); err != nil {
		t.Fatal(err)
	}
	a.LockAll()
	if err := a.Unlock(ctx, []byte("one")); !errors.Is(err, vault.ErrPassword) {
		t.Errorf("the old password: %v", err)
	}
	if err := a.Unlock(ctx, []byte("two")); err != nil {
		t.Fatal(err)
	}
}

// memoryKeyring is a system keyring for tests.
type memoryKeyring map[string]string

func (m memoryKeyring) Set(service, user, value string) error {
	m[service+"/"+user] = value
	return nil
}

func (m memoryKeyring) Get(service, user string) (string, error) {
	value, there := m[service+"/"+user]
	if !there {
		return "", vault.ErrNotInKeyring
	}
	return value, nil
}

func (m memoryKeyring) Delete(service, user string) error {
	delete(m, service+"/"+user)
	return nil
}

func TestKeyringOpensWhereAllowed(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	ring := memoryKeyring{}
	a.opts.Keyring = ring
	if _, err := a.AddWallet(ctx, "Mine", testWords, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if tried, err := a.UnlockByKeyring(ctx); tried || err != nil {
		t.Fatalf("tried %v before it was allowed, %v", tried, err)
	}
	if err := a.SetKeyringUnlock(ctx, true, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(ctx, []byte("one"), []byte("two")); err != nil {
		t.Fatal(err)
	}
	a.LockAll()
	if tried, err := a.UnlockByKeyring(ctx); !tried || err != nil || a.Locked() {
		t.Fatalf("tried %v, %v, locked %v", tried, err, a.Locked())
	}
	if err := a.SetKeyringUnlock(ctx, false, []byte("two")); err != nil || len(ring) != 0 || a.KeyringUnlock() {
		t.Fatalf("forgotten: %v, %v left", err, ring)
	}
}

func TestKeyFileOpensElsewhere(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	made, err := a.AddWallet(ctx, "Mine", testWords, []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	name, file, err := a.ExportKeyFile(ctx, []byte("one"), []byte("battery staple"))
	if err != nil || name != made.Address+".json" || strings.Contains(string(file), "legal") {
		t.Fatalf("export %s, %v", name, err)
	}
	b := openTest(t, t.TempDir())
	if _, err := b.ImportText(ctx, "", file, []byte("staple battery"), []byte("three")); !errors.Is(err, keys.ErrPassword) {
		t.Errorf("the file's wrong password: %v", err)
	}
	again, err := b.ImportText(ctx, "", file, []byte("battery staple"), []byte("three"))
	if err != nil || again.Address != made.Address || again.Storage != made.Storage {
		t.Errorf("came back as %+v, %v", again, err)
	}
}
