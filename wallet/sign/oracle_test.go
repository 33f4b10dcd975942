// The oracle is the C library that go-ethereum brings.

//go:build cgo

package sign

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts"
	"github.com/ethereum/go-ethereum/crypto"
	"pgregory.net/rapid"
)

// Signatures are those of an independent implementation, and are checked in
// both address forms.
func TestAgainstEthereum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, text := drawKey(t), rapid.StringN(1, 50, 200).Draw(t, "text")
		signature, err := Text(key, text)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := crypto.ToECDSA(key.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		want, err := crypto.Sign(accounts.TextHash([]byte(text)), theirs)
		if err != nil {
			t.Fatal(err)
		}
		want[64] += 27
		if signature != "0x"+hex.EncodeToString(want) {
			t.Fatalf("%s, want %x", signature, want)
		}
		for _, form := range []string{key.Address().String(), key.Address().Hex(), strings.ToLower(key.Address().Hex())} {
			if ok, err := Verify(form, text, signature); !ok || err != nil {
				t.Fatalf("%s: %v, %v", form, ok, err)
			}
		}
		if ok, err := Verify(key.Address().String(), text+" ", signature); ok && err == nil {
			t.Fatal("another text passed")
		}
	})
}
