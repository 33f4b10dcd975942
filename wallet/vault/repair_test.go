package vault

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// anotherKey is that of a wallet which sample is not.
func anotherKey(t *testing.T) stratos.PublicKey {
	t.Helper()
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return key.Public()
}

// Who is told that the wallet's file is damaged, and to bring in the words again,
// can do so; what lay there stays.
func TestDamagedVaultsAreReplacedByTheWords(t *testing.T) {
	for name, again := range map[string]func(string, stratos.PublicKey, *Content, []byte, Params) error{"create": Create, "renew": Renew} {
		for what, raw := range map[string][]byte{"empty": {}, "cut": []byte("STOSVLT\n\x00\x02"), "other": []byte("no vault at all"), "zeros": make([]byte, 400)} {
			path := create(t)
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path, []byte("secret"))
			wantError(t, err, ErrDamaged)
			if err := again(path, publicKey(t), sample(), []byte("new"), cheap); err != nil {
				t.Fatalf("%s, %s: %v", name, what, err)
			}
			if c, err := Open(path, []byte("new")); err != nil || string(c.Words) != words {
				t.Errorf("%s, %s: %v", name, what, err)
			}
			if kept, err := os.ReadFile(path + damagedSuffix); err != nil || !bytes.Equal(kept, raw) {
				t.Errorf("%s, %s: the old file is gone: %q, %v", name, what, kept, err)
			}
		}
	}
}

// A file of another wallet that was put in the place of this one is kept, however
// often that happens, and still opens.
func TestAnotherWalletInTheFileIsKept(t *testing.T) {
	path := create(t)
	set := OpenSet(filepath.Dir(path))
	own := set.Path(anotherKey(t).Address())
	if err := os.Rename(path, own); err != nil {
		t.Fatal(err)
	}
	wantError(t, set.Check(anotherKey(t).Address()), ErrDamaged)
	for _, kept := range []string{own + damagedSuffix, own + damagedSuffix + "-2"} {
		foreign, err := os.ReadFile(own)
		if err != nil {
			t.Fatal(err)
		}
		if err := Renew(own, anotherKey(t), sample(), []byte("mine"), cheap); err != nil {
			t.Fatal(err)
		}
		if c, err := Open(kept, []byte("secret")); err != nil || string(c.Words) != words {
			t.Fatalf("%s: %v", kept, err)
		}
		if err := os.WriteFile(own, foreign, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Create(own, anotherKey(t), sample(), []byte("mine"), cheap); err != nil {
		t.Fatal(err)
	}
	if err := set.Check(anotherKey(t).Address()); err != nil {
		t.Error(err)
	}
	wantError(t, Create(own, anotherKey(t), sample(), []byte("mine"), cheap), ErrExists)
	if list, err := set.List(); err != nil || len(list) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := set.Delete(anotherKey(t).Address(), []byte("mine")); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(own + "*"); err != nil || len(left) != 0 {
		t.Errorf("left on the disk: %v, %v", left, err)
	}
}

// A file of a newer version is not damaged, and stays where it is.
func TestNewerVaultsStay(t *testing.T) {
	path := create(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(magic)+1] = Version + 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, Create(path, publicKey(t), sample(), []byte("new"), cheap), ErrNewer)
	wantError(t, Renew(path, publicKey(t), sample(), []byte("new"), cheap), ErrNewer)
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, raw) {
		t.Errorf("it was changed: %v", err)
	}
}
