package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// cheap is a cost for tests.

var cheap = Params{MemoryKiB: 64, Time: 1, Threads: 1}

const words = "test test test test test test test test test test test junk"

func publicKey(t testing.TB) stratos.PublicKey {
	t.Helper()
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return key.Public()
}

func sample() *Content {
	return &Content{
		Words: []byte(words), Passphrase: []byte("käse"), Name: "Savings",
		Created:  time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		Accounts: []Account{{3, "Käsekasse"}}, BackedUp: time.Unix(1_800_000_000, 0).UTC(),
	}
}

func create(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.vault")
	if err := Create(path, publicKey(t), sample(), []byte("secret"), cheap); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCreateAndOpen(t *testing.T) {
	path := create(t)
	got, err := Open(path, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	want := sample()
	if !bytes.Equal(got.Words, want.Words) || !bytes.Equal(got.Passphrase, want.Passphrase) ||
		got.Name != want.Name || !got.Created.Equal(want.Created) || got.RawKey != nil {
		t.Errorf("got %+v", got)
	}
	info, err := ReadInfo(path)
	if err != nil || info.Address != publicKey(t).Address() || info.Params != cheap {
		t.Errorf("info %+v, %v", info, err)
	}
	if st, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && st.Mode().Perm() != 0o600) {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".vault-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	got.Wipe()
	if bytes.ContainsAny(got.Words, "abcdefghijklmnopqrstuvwxyz") || !bytes.Equal(got.Passphrase, make([]byte, 5)) {
		t.Error("not wiped")
	}
}

func TestStaleFilesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	old, fresh := filepath.Join(dir, ".vault-1"), filepath.Join(dir, ".vault-2")
	err := errors.Join(os.WriteFile(old, nil, 0o600), os.WriteFile(fresh, nil, 0o600),
		os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)), writeFile(filepath.Join(dir, "x"), nil))
	if err != nil {
		t.Fatal(err)
	}
	_, gone := os.Stat(old)
	_, kept := os.Stat(fresh)
	if gone == nil || kept != nil {
		t.Errorf("old: %v, fresh: %v", gone, kept)
	}
}

func TestFileHidesItsContent(t *testing.T) {
	raw, err := os.ReadFile(create(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"junk", "käse", "Savings", "secret"} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%q lies open in the file", secret)
		}
	}
	small := &Content{RawKey: bytes.Repeat([]byte{9}, 32)}
	path := filepath.Join(t.TempDir(), "raw.vault")
	if err := Create(path, publicKey(t), small, []byte("x"), cheap); err != nil {
		t.Fatal(err)
	}
	if st, _ := os.Stat(path); st.Size() != int64(len(raw)) {
		t.Errorf("the size tells the content: %d and %d bytes", st.Size(), len(raw))
	}
	if c, err := Open(path, []byte("x")); err != nil || !bytes.Equal(c.RawKey, small.RawKey) {
		t.Errorf("raw key: %v", err)
	}
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
		return
	}
	if _, ok := errors.AsType[*fault.Error](err); !ok {
		t.Errorf("no sentence for people: %v", err)
	}
}

func TestErrors(t *testing.T) {
	path := create(t)
	_, err := Open(path, []byte("Secret"))
	wantError(t, err, ErrPassword)
	_, err = Open(path, nil)
	wantError(t, err, ErrPassword)
	_, err = Open(path+"x", []byte("secret"))
	wantError(t, err, ErrNotFound)
	wantError(t, Create(path, publicKey(t), sample(), []byte("other"), cheap), ErrExists)
	if _, err := Open(path, []byte("secret")); err != nil {
		t.Errorf("the refused creation changed the file: %v", err)
	}
	if err := Create(path+"2", publicKey(t), sample(), nil, cheap); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("empty password: %v", err)
	}
	if err := Create(path+"2", publicKey(t), &Content{}, []byte("x"), cheap); err == nil {
		t.Error("empty content accepted")
	}
	if err := Create(path+"2", publicKey(t), sample(), []byte("x"), Params{}); !errors.Is(err, errParams) {
		t.Errorf("no cost: %v", err)
	}
	wantError(t, ChangePassword(path, []byte("wrong"), []byte("x"), cheap), ErrPassword)
	wantDisk := Create(filepath.Join(path, "no", "folder"), publicKey(t), sample(), []byte("x"), cheap)
	if _, ok := errors.AsType[*fault.Error](wantDisk); !ok {
		t.Errorf("unwritable: %v", wantDisk)
	}
}

// Every single damaged byte is reported as damage, never as a wrong password.

// resum repairs the check sum, as someone would who changes a file on purpose.

// No byte of the file can be changed on purpose, even with a right check sum.

func TestChangePassword(t *testing.T) {
	path := create(t)
	dearer := Params{MemoryKiB: 128, Time: 2, Threads: 2}
	if err := ChangePassword(path, []byte("secret"), []byte("better"), dearer); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path, []byte("secret"))
	wantError(t, err, ErrPassword)
	c, err := Open(path, []byte("better"))
	if err != nil || string(c.Words) != words {
		t.Errorf("%v", err)
	}
	if info, _ := ReadInfo(path); info.Params != dearer {
		t.Errorf("cost %+v", info.Params)
	}
}

func TestKeyringSecret(t *testing.T) {
	path := create(t)
	id, secret := NewSecret()
	wantError(t, AddSecret(path, []byte("wrong"), id, secret), ErrPassword)
	if err := AddSecret(path, []byte("secret"), id, secret); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (*Content, error){
		"keyring":  func() (*Content, error) { return OpenWithSecret(path, id, secret) },
		"password": func() (*Content, error) { return Open(path, []byte("secret")) },
	} {
		if c, err := open(); err != nil || string(c.Words) != words {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, other := NewSecret()
	_, err := OpenWithSecret(path, id, other)
	wantError(t, err, ErrPassword)
	_, err = OpenWithSecret(path, SecretID{}, secret)
	wantError(t, err, ErrPassword)
	if err := ChangePassword(path, []byte("secret"), []byte("new"), cheap); err != nil {
		t.Fatal(err)
	}
	_, err = OpenWithSecret(path, id, secret)
	wantError(t, err, ErrPassword)
}

// A file of format version 1, frozen: every later program must open it.

func TestCalibration(t *testing.T) {
	for _, machine := range []struct {
		perPass time.Duration // over 256 MiB
		want    Params
	}{
		{200 * time.Millisecond, Params{256 * 1024, 3, 4}},
		{50 * time.Millisecond, Params{256 * 1024, 10, 4}},
		{100 * time.Microsecond, Params{256 * 1024, maxTime, 4}},
		{500 * time.Millisecond, Params{128 * 1024, 3, 4}},
		{time.Minute, Params{64 * 1024, 3, 4}},
	} {
		got := calibrate(4, func(p Params) time.Duration {
			return machine.perPass * time.Duration(p.Time) * time.Duration(p.MemoryKiB) / (256 * 1024)
		})
		if got != machine.want || !got.valid() {
			t.Errorf("%v a pass: %+v, want %+v", machine.perPass, got, machine.want)
		}
	}
}

func TestContentKey(t *testing.T) {
	key, err := (&Content{Words: []byte(words)}).Key(0)
	if err != nil || key.Address().String() != "st1sc8fsh92qdjv6uc7nn94hnaa6wd60f3q96ssng" {
		t.Errorf("words: %v, %v", key.Address(), err)
	}
	raw := &Content{RawKey: bytes.Repeat([]byte{7}, 32)}
	if key, err := raw.Key(0); err != nil || key.Public() != publicKey(t) {
		t.Errorf("raw key: %v", err)
	}
	if _, err := raw.Key(1); err == nil {
		t.Error("a raw key has one account")
	}
}

// BenchmarkUnlock unlocks a vault of the cost that an app chooses.
func BenchmarkUnlock(b *testing.B) {
	path, cost := filepath.Join(b.TempDir(), "w.vault"), DefaultParams()
	if err := Create(path, publicKey(b), sample(), []byte("secret"), cost); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Unlock(path, []byte("secret"))
		if err != nil {
			b.Fatal(err)
		}
		s.Lock()
	}
	b.ReportMetric(float64(cost.MemoryKiB)/1024, "MiB")
	b.ReportMetric(float64(cost.Time), "passes")
}
