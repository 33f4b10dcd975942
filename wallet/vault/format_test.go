package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write testdata anew")

func TestEveryDamagedByteIsNoticed(t *testing.T) {
	path := create(t)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range raw {
		raw[at] ^= 0x40
		if _, err := parse(raw); !errors.Is(err, errFormat) && !errors.Is(err, errVersion) {
			t.Fatalf("byte %d: %v", at, err)
		}
		raw[at] ^= 0x40
	}
	for _, size := range []int{0, 5, len(raw) / 2, len(raw) - 1} {
		if err := os.WriteFile(path, raw[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, []byte("secret"))
		wantError(t, err, ErrDamaged)
	}
}

func resum(raw []byte) []byte {
	body := raw[:len(raw)-checkSize]
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), sum[:]...)
}

func TestEveryByteIsAuthenticated(t *testing.T) {
	path := create(t)
	raw, err := os.ReadFile(path)
	if err != nil || !opens(raw) {
		t.Fatal(err)
	}
	for at := range len(raw) - checkSize {
		changed := bytes.Clone(raw)
		changed[at] ^= 1
		if opens(resum(changed)) {
			t.Fatalf("byte %d changed, still opened", at)
		}
	}
}

// opens tells whether a file opens with the password "secret".
func opens(raw []byte) bool {
	f, err := parse(raw)
	if err != nil {
		return false
	}
	contentKey, err := f.byPassword([]byte("secret"))
	if err != nil {
		return false
	}
	_, err = f.content(contentKey)
	return err == nil
}

func TestNewerVersion(t *testing.T) {
	path := create(t)
	raw, _ := os.ReadFile(path)
	binary.BigEndian.PutUint16(raw[len(magic):], Version+1)
	if err := os.WriteFile(path, resum(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path, []byte("secret"))
	wantError(t, err, ErrNewer)
}

func TestFrozenFile(t *testing.T) {
	const name = "testdata/v2.vault.hex"
	if *update {
		raw, err := os.ReadFile(create(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(hex.EncodeToString(raw)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"testdata/v1.vault.hex", name} {
		c, err := Open(frozen(t, name), []byte("secret"))
		if err != nil || string(c.Words) != words || c.Name != "Savings" || string(c.Passphrase) != "käse" {
			t.Fatalf("%s: %+v, %v", name, c, err)
		}
		if second := c.AllAccounts(); name != "testdata/v1.vault.hex" &&
			(len(second) != 2 || second[1] != (Account{3, "Käsekasse"}) || c.BackedUp.Unix() != 1_800_000_000) {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

// frozen is a copy of a file in testdata.
func frozen(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := hex.DecodeString(string(text))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "frozen.vault")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestContentRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &Content{
			Name:    rapid.StringN(0, 50, 200).Draw(t, "name"),
			Created: time.Unix(rapid.Int64Range(0, 1<<34).Draw(t, "created"), 0).UTC(),
		}
		if rapid.Bool().Draw(t, "raw") {
			c.RawKey = rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key")
		} else {
			c.Words = rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(t, "words")
			c.Passphrase = rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "passphrase")
			for range rapid.IntRange(0, 3).Draw(t, "accounts") {
				c.Accounts = append(c.Accounts, Account{rapid.Uint32().Draw(t, "index"), rapid.StringN(0, 50, 200).Draw(t, "account")})
			}
		}
		if rapid.Bool().Draw(t, "backed up") {
			c.BackedUp = time.Unix(rapid.Int64Range(0, 1<<34).Draw(t, "time"), 0).UTC()
		}
		raw, err := c.encode()
		if err != nil || len(raw)%contentUnit != 0 {
			t.Fatalf("%d bytes, %v", len(raw), err)
		}
		got, err := decodeContent(raw)
		if err != nil || !bytes.Equal(got.Words, c.Words) || !bytes.Equal(got.RawKey, c.RawKey) ||
			!bytes.Equal(got.Passphrase, c.Passphrase) || got.Name != c.Name || !slices.Equal(got.Accounts, c.Accounts) || !got.BackedUp.Equal(c.BackedUp) || !got.Created.Equal(c.Created) {
			t.Fatalf("%+v became %+v, %v", c, got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"testdata/v1.vault.hex", "testdata/v2.vault.hex"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		raw, err := hex.DecodeString(string(text))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw[:len(raw)-checkSize])
	}
	f.Add([]byte("STOSVLT\n\x00\x01"))
	f.Fuzz(func(t *testing.T, body []byte) {
		sum := sha256.Sum256(body)
		raw := append(bytes.Clone(body), sum[:]...)
		parsed, err := parse(raw)
		if err != nil {
			return
		}
		if !bytes.Equal(parsed.encode(), raw) {
			t.Fatal("parsed and written again, the file differs")
		}
	})
}

func FuzzDecodeContent(f *testing.F) {
	plain, err := sample().encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := decodeContent(raw)
		if err != nil {
			return
		}
		if again, err := c.encode(); err == nil {
			if _, err := decodeContent(again); err != nil {
				t.Fatal(err)
			}
		}
	})
}
