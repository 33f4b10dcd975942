// The oracle is the C library that go-ethereum brings.

//go:build cgo

package keys

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	bip39 "github.com/cosmos/go-bip39"
	"github.com/ethereum/go-ethereum/crypto"
	"golang.org/x/text/unicode/norm"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// gethKey derives m/44'/606'/0'/0/index a second time: BIP-39 by go-bip39,
// BIP-32 by big integers, the curve and the address by go-ethereum.
func gethKey(words, passphrase string, index uint32) (*ecdsa.PrivateKey, error) {
	sum := hmacSHA512([]byte("Bitcoin seed"), bip39.NewSeed(words, norm.NFKD.String(passphrase))) // the library leaves that to its caller
	n := crypto.S256().Params().N
	for _, step := range []uint32{1<<31 | 44, 1<<31 | 606, 1 << 31, 0, index} {
		parent := new(big.Int).SetBytes(sum[:32])
		data := append([]byte{0}, parent.FillBytes(make([]byte, 32))...)
		if step < 1<<31 {
			//lint:ignore SA1019 the point of this oracle is the other implementation
			x, y := crypto.S256().ScalarBaseMult(parent.FillBytes(make([]byte, 32)))
			data = crypto.CompressPubkey(&ecdsa.PublicKey{Curve: crypto.S256(), X: x, Y: y})
		}
		next := hmacSHA512(sum[32:], binary.BigEndian.AppendUint32(data, step))
		key := new(big.Int).SetBytes(next[:32])
		key.Add(key, parent).Mod(key, n)
		sum = append(key.FillBytes(make([]byte, 32)), next[32:]...)
	}
	return crypto.ToECDSA(sum[:32])
}

func hmacSHA512(key, data []byte) []byte {
	mac := hmac.New(sha512.New, key)
	mac.Write(data)
	return mac.Sum(nil)
}

// TestAgainstGoEthereum compares keys, addresses and signatures of random
// words: 10,000 of them with STOS_NIGHTLY=1.
func TestAgainstGoEthereum(t *testing.T) {
	count, seed := 200, uint64(1)
	if os.Getenv("STOS_NIGHTLY") != "" {
		count = 10_000
	}
	t.Logf("seed %d, %d phrases", seed, count)
	random := rand.New(rand.NewPCG(seed, 606))
	sizes := map[int]int{}
	for i := range count {
		entropy := make([]byte, []int{16, 20, 24, 28, 32}[i%5])
		for j := range entropy {
			entropy[j] = byte(random.Uint32())
		}
		words, err := bip39.NewMnemonic(entropy)
		if err != nil {
			t.Fatal(err)
		}
		passphrase := strings.Repeat("pä", i%3)
		compareWithGeth(t, words, passphrase, random.Uint32N(hardened)>>(random.Uint32N(31)))
		sizes[len(strings.Fields(words))]++
	}
	if len(sizes) != 5 {
		t.Errorf("lengths %v", sizes)
	}
}

func compareWithGeth(t *testing.T, words, passphrase string, index uint32) {
	t.Helper()
	want, err := gethKey(words, passphrase, index)
	if err != nil {
		t.Fatal(err)
	}
	got, err := FromWords([]byte(words), []byte(passphrase), index)
	if err != nil || !bytes.Equal(got.Bytes(), crypto.FromECDSA(want)) {
		t.Fatalf("%q %q %d: %v, wrong key", words, passphrase, index, err)
	}
	address := crypto.PubkeyToAddress(want.PublicKey)
	if got.Address() != stratos.Address(address) || got.Address().Hex() != address.Hex() {
		t.Fatalf("%q %d: address %s, want %s", words, index, got.Address().Hex(), address.Hex())
	}
	parsed, err := stratos.ParseAddress(got.Address().String())
	if err != nil || parsed != stratos.Address(address) {
		t.Fatalf("%s: %v", got.Address(), err)
	}
	signature, err := crypto.Sign(crypto.Keccak256([]byte(words)), want)
	if err != nil || !bytes.Equal(got.Sign([]byte(words)), signature) {
		t.Fatalf("%q %d: %v, another signature", words, index, err)
	}
}
