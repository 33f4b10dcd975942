package vault

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

func session(t *testing.T, path string) *Session {
	t.Helper()
	s, err := Unlock(path, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Lock)
	return s
}

func TestSession(t *testing.T) {
	path := create(t)
	s := session(t, path)
	d, err := s.Details()
	if err != nil || d.Name != "Savings" || d.Words != 12 || !d.HasWords || len(d.Accounts) != 2 || d.BackedUp.IsZero() {
		t.Fatalf("%+v, %v", d, err)
	}
	want, err := sample().Key(3)
	if err != nil {
		t.Fatal(err)
	}
	key, err := s.Key(3)
	if err != nil || key.Address() != want.Address() {
		t.Errorf("%v, %v", key.Address(), err)
	}
	all, err := s.Derive(2, 3)
	if err != nil || len(all) != 3 || all[1].Address != want.Address() {
		t.Errorf("%+v, %v", all, err)
	}
	found, err := s.Discover(context.Background(), 4, func(_ context.Context, a stratos.Address) (bool, error) {
		return a == want.Address(), nil
	})
	if err != nil || len(found) != 2 || found[1].Index != 3 {
		t.Errorf("%+v, %v", found, err)
	}
	s.Lock()
	s.Lock()
	if _, err := s.Details(); !s.Locked() || !errors.Is(err, ErrPassword) {
		t.Errorf("after Lock: %v", err)
	}
	if !key.Valid() {
		t.Error("keys are locked by their owner")
	}
	if _, err := Unlock(path, []byte("wrong")); !errors.Is(err, ErrPassword) {
		t.Error(err)
	}
}

func TestSessionChanges(t *testing.T) {
	path := create(t)
	s := session(t, path)
	steps := []error{
		s.Rename("Holiday"), s.AddAccount(Account{7, "seven"}), s.AddAccount(Account{3, "three"}), s.AddAccount(Account{5, ""}), s.RemoveAccount(5),
	}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	c, err := Open(path, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "Holiday" || !slices.Equal(c.AllAccounts(), []Account{{0, ""}, {3, "three"}, {7, "seven"}}) || string(c.Words) != words {
		t.Errorf("%+v", c)
	}
}

func TestSessionOfARawKey(t *testing.T) {
	path := t.TempDir() + "/raw.vault"
	if err := Create(path, publicKey(t), &Content{RawKey: bytes.Repeat([]byte{7}, 32)}, []byte("secret"), cheap); err != nil {
		t.Fatal(err)
	}
	s := session(t, path)
	d, err := s.Details()
	all, err2 := s.Derive(0, 5)
	if err != nil || err2 != nil || d.HasWords || len(d.Accounts) != 1 || len(all) != 1 || all[0].Public != publicKey(t) {
		t.Errorf("%+v, %+v, %v, %v", d, all, err, err2)
	}
	never := func(context.Context, stratos.Address) (bool, error) { return false, nil }
	if found, err := s.Discover(context.Background(), 20, never); err != nil || len(found) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	if err := s.AddAccount(Account{1, ""}); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("second account: %v", err)
	}
	if _, err := s.AskBackup(3); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("words of a raw key: %v", err)
	}
	if _, err := s.Key(1); err == nil {
		t.Error("second key")
	}
}

// Another program changes the password: the session ends, nothing breaks.
func TestSessionAfterAnotherPassword(t *testing.T) {
	path := create(t)
	s := session(t, path)
	if err := ChangePassword(path, []byte("secret"), []byte("better"), cheap); err != nil {
		t.Fatal(err)
	}
	_, err := s.Details()
	wantError(t, err, ErrPassword)
	wantError(t, s.Rename("x"), ErrPassword)
	if c, err := Open(path, []byte("better")); err != nil || c.Name != "Savings" {
		t.Error(err)
	}
}

func TestOldVersionIsBroughtUpToDate(t *testing.T) {
	path := frozen(t, "testdata/v1.vault.hex")
	id, raw := NewSecret()
	if err := AddSecret(path, []byte("secret"), id, raw); err != nil {
		t.Fatal(err)
	}
	old, err := UnlockWithSecret(path, id, raw)
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, old.Rename("x"), ErrPassword)
	s := session(t, path)
	if err := s.Rename("New"); err != nil {
		t.Fatal(err)
	}
	f, err := read(path)
	if err != nil || f.version != Version {
		t.Errorf("version %d, %v", f.version, err)
	}
	if c, err := Open(path, []byte("secret")); err != nil || c.Name != "New" || string(c.Words) != words {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestBackupCheck(t *testing.T) {
	path := create(t)
	s := session(t, path)
	if err := s.change(func(c *Content) error { c.BackedUp = time.Time{}; return nil }); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	if _, err := s.AnswerBackup(nil, now); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("no question: %v", err)
	}
	at, err := s.AskBackup(4)
	if err != nil || len(at) != 4 || !slices.IsSorted(at) || len(slices.Compact(slices.Clone(at))) != 4 || at[0] < 1 || at[3] > 12 {
		t.Fatalf("positions %v, %v", at, err)
	}
	list := bytes.Fields([]byte(words))
	var right [][]byte
	for _, p := range at {
		right = append(right, bytes.ToUpper(list[p-1]))
	}
	wrong := slices.Clone(right)
	wrong[2] = []byte("zebra")
	if got, err := s.AnswerBackup(wrong, now); err != nil || !slices.Equal(got, at[2:3]) {
		t.Errorf("wrong %v, %v", got, err)
	}
	if d, _ := s.Details(); !d.BackedUp.IsZero() {
		t.Error("backed up too soon")
	}
	if got, err := s.AnswerBackup(right, now); err != nil || got != nil {
		t.Errorf("right %v, %v", got, err)
	}
	if d, _ := s.Details(); !d.BackedUp.Equal(now) {
		t.Errorf("backed up %v", d.BackedUp)
	}
	if all, _ := s.AskBackup(99); len(all) != 12 {
		t.Errorf("%d positions", len(all))
	}
}

func TestExportNodeKey(t *testing.T) {
	path := create(t)
	_, _, err := ExportNodeKey(path, []byte("wrong"), 3, []byte("file"))
	wantError(t, err, ErrPassword)
	_, _, err = ExportNodeKey(path, []byte("secret"), 3, nil)
	if fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("no password for the file: %v", err)
	}
	got, err := openAccount(path, []byte("secret"), 3)
	if err != nil {
		t.Fatal(err)
	}
	key, err1 := got.Key()
	want, err2 := sample().Key(3)
	if err1 != nil || err2 != nil || key.Address() != want.Address() || string(got.Words) != words || got.Name != "Savings" {
		t.Errorf("%+v, %v, %v", got, err1, err2)
	}
}

func TestImportedContent(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	c, err := Import(&keys.Imported{Kind: keys.KindSDKFile, Words: []byte(words), Index: 3, Name: "of the file"}, "", now)
	if err != nil || c.Name != "of the file" || len(c.AllAccounts()) != 2 || c.AllAccounts()[1].Index != 3 || string(c.Words) != words {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := Import(&keys.Imported{Kind: keys.KindAddress}, "x", now); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Error(err)
	}
}

func TestSet(t *testing.T) {
	dir := t.TempDir() + "/wallets"
	set := OpenSet(dir)
	if list, err := set.List(); err != nil || list != nil {
		t.Errorf("%v, %v", list, err)
	}
	own := publicKey(t).Address()
	other, _ := sample().Key(5)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	if err := errors.Join(set.Watch(other.Address(), "Anna", now), set.Watch(own, "soon mine", now)); err != nil {
		t.Fatal(err)
	}
	if err := Create(set.Path(own), publicKey(t), sample(), []byte("secret"), cheap); err != nil {
		t.Fatal(err)
	}
	if err := set.Watch(other.Address(), "Anna B.", now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	list, err := set.List()
	if err != nil || len(list) != 2 || list[0].Address != own || list[0].Watched ||
		list[1].Address != other.Address() || list[1].Label != "Anna B." || !list[1].Created.Equal(now) {
		t.Fatalf("%+v, %v", list, err)
	}
	wantError(t, set.Watch(own, "x", now), ErrExists)
	wantError(t, set.Delete(own, []byte("wrong")), ErrPassword)
	if _, err := os.Stat(set.Path(own)); err != nil {
		t.Fatal("deleted with a wrong password")
	}
	if err := errors.Join(set.Delete(own, []byte("secret")), set.Unwatch(other.Address()), set.Unwatch(own), set.Unwatch(own)); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSetNamesDamage(t *testing.T) {
	set := OpenSet(t.TempDir())
	a, _ := sample().Key(0)
	b, _ := sample().Key(1)
	c, _ := sample().Key(2)
	if err := Create(set.Path(a.Address()), publicKey(t), sample(), []byte("x"), cheap); err != nil { // of another key
		t.Fatal(err)
	}
	for path, text := range map[string]string{set.Path(b.Address()): "rubbish", set.watchPath(c.Address()): "{}", set.dir + "/notes.vault": "", set.dir + "/x.watch": ""} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := set.List()
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, e := range list {
		if _, ok := errors.AsType[*fault.Error](e.Err); !ok {
			t.Errorf("%s: %v", e.Address, e.Err)
		}
	}
}
