package keys

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

type chainVectors struct {
	Mnemonic string
	Keys     []struct {
		Algo, Path, St, StValoper string
		Passphrase                string `json:"bip39_passphrase"`
		Private                   string `json:"private_key_hex"`
		Hex                       string `json:"eth_address"`
		Public                    string `json:"pubkey_compressed_hex"`
		PublicText                string `json:"stpub_raw"`
	}
	P2P struct {
		Private string `json:"secp256k1_private_key_hex"`
	} `json:"p2p_key"`
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

// parsePath reads m/44'/606'/0'/0/0.

func parsePath(t *testing.T, text string) []uint32 {
	t.Helper()
	var path []uint32
	for _, step := range strings.Split(text, "/")[1:] {
		digits, hard := strings.CutSuffix(step, "'")
		n, err := strconv.ParseUint(digits, 10, 31)
		if err != nil {
			t.Fatal(err)
		}
		if hard {
			n |= hardened
		}
		path = append(path, uint32(n))
	}
	return path
}

func hexKey(key stratos.PrivateKey) string { return hex.EncodeToString(key.Bytes()) }

func TestChainVectors(t *testing.T) {
	var v chainVectors
	readJSON(t, "chain-keys.json", &v)
	for _, want := range v.Keys {
		seed := Seed([]byte(v.Mnemonic), []byte(want.Passphrase))
		path := parsePath(t, want.Path)
		key, err := derive(seed, path...)
		if err != nil || hexKey(key) != want.Private {
			t.Fatalf("%s: %v, wrong key", want.Path, err)
		}
		public, address := key.Public(), key.Address()
		if hex.EncodeToString(public[:]) != want.Public || public.String() != want.PublicText {
			t.Errorf("%s: public key %s, want %s", want.Path, public, want.PublicText)
		}
		if want.Algo == "eth_secp256k1" && (address.String() != want.St || address.Hex() != want.Hex || address.Validator() != want.StValoper) {
			t.Errorf("%s: address %s, want %s", want.Path, address, want.St)
		}
		if strings.HasPrefix(want.Path, "m/44'/606'/0'/0/") {
			own, err := FromWords([]byte(v.Mnemonic), []byte(want.Passphrase), path[4])
			if err != nil || hexKey(own) != want.Private {
				t.Errorf("%s: FromWords %v, wrong key", want.Path, err)
			}
		}
	}
	node, err := derive(Seed([]byte(v.Mnemonic), nil), hardened|44, hardened|606, 0, 0)
	if err != nil || hexKey(node) != v.P2P.Private {
		t.Errorf("path with fewer hardened steps: %v, wrong key", err)
	}
}

func TestStorageVectors(t *testing.T) {
	var v struct {
		HD struct {
			Mnemonic string
			Private  string `json:"private_key_hex"`
			Address  string `json:"wallet_address"`
			Pubkey   string `json:"wallet_pubkey"`
		} `json:"hd_derivation"`
	}
	readJSON(t, "sds-keys.json", &v)
	key, err := FromWords([]byte(v.HD.Mnemonic), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if hexKey(key) != v.HD.Private || key.Address().String() != v.HD.Address || key.Public().String() != v.HD.Pubkey {
		t.Errorf("got %s %s", key.Address(), key.Public())
	}
}

// The published BIP-32 vector 4 has leading zeros in a derived key, which some

// libraries cut off.

func TestLeadingZeros(t *testing.T) {
	seed, _ := hex.DecodeString("3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678")
	for want, path := range map[string][]uint32{
		"12c0d59c7aa3a10973dbd3f478b65f2516627e3fe61e00c345be9a477ad2e215": nil,
		"00d948e9261e41362a688b916f297121ba6bfb2274a3575ac0e456551dfd7f7e": {hardened},
		"3a2086edd7d9df86c3487a5905a1712a9aa664bce8cc268141e07549eaa8661d": {hardened, hardened | 1},
	} {
		if key, err := derive(seed, path...); err != nil || hexKey(key) != want {
			t.Errorf("path %v: %v, wrong key", path, err)
		}
	}
}

// libraryAccepts asks go-bip39 about words and checksum; its IsMnemonicValid

// looks at the words only.

// TestAgainstLibrary compares words and seeds of every length with go-bip39.

// One word in twelve exchanged passes the checksum once in 16 times, never as

// the same words.

// BIP-39 asks for NFKD: both spellings of the same text are one passphrase.

func TestRawKeys(t *testing.T) {
	const want = "e3df8df9b971c35167691356293a15e511df59520f8ff64a74afbf4293aebadd"
	for _, text := range []string{want, "0x" + want, " 0X" + strings.ToUpper(want) + "\n"} {
		if key, err := ParseRaw([]byte(text)); err != nil || hexKey(key) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{
		"", "0x", want[1:], want + "00", strings.Repeat("zz", 32), strings.Repeat("00", 32), strings.Repeat("ff", 32),
	} {
		_, err := ParseRaw([]byte(text))
		if !errors.Is(err, stratos.ErrKey) || fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// The accounts of the test words, frozen: a change here loses people's files.

func TestAccountsAreFrozen(t *testing.T) {
	var v chainVectors
	readJSON(t, "chain-keys.json", &v)
	wallet, err := FromWords([]byte(v.Mnemonic), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	storage, err1 := StorageAccount(wallet, FirstEpoch)
	publish, err2 := PublishingAccount(wallet, FirstEpoch)
	next, err3 := StorageAccount(wallet, 2)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for want, key := range map[string]stratos.PrivateKey{
		"34f3ec7be0bb427b99f9bc1a2b76fc53673dd18fc4d2c8af8a34da57040ab77c": storage,
		"2c9a9a8fde63a05eb01d31e020d0cd5f41043e613e0ed668c197f29b19813e98": publish,
		"b21572f3c5f258b54c4a5e1740d99bfd1d4734bf68ac9148db19dfd3f30b5fb9": next,
	} {
		if hexKey(key) != want {
			t.Errorf("got %s, want %s", hexKey(key), want)
		}
	}
	if _, err := StorageAccount(wallet, 0); err == nil {
		t.Error("epoch 0 accepted")
	}
	wallet.Wipe()
	if _, err := StorageAccount(wallet, 1); err == nil {
		t.Error("wiped key accepted")
	}
}

func TestFirstValidSkipsBlocks(t *testing.T) {
	blocks := append(bytes.Repeat([]byte{0xff}, 32), make([]byte, 32)...) // above n, then zero
	blocks = append(blocks, bytes.Repeat([]byte{7}, 32)...)
	key, err := firstValid(bytes.NewReader(blocks))
	if err != nil || hexKey(key) != strings.Repeat("07", 32) {
		t.Errorf("%v, wrong block", err)
	}
	if _, err := firstValid(bytes.NewReader(blocks[:40])); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("short: %v", err)
	}
}

func FuzzParseRaw(f *testing.F) {
	f.Add([]byte("0xe3df8df9b971c35167691356293a15e511df59520f8ff64a74afbf4293aebadd"))
	f.Fuzz(func(t *testing.T, text []byte) {
		key, err := ParseRaw(text)
		if err == nil && !bytes.Contains(bytes.ToLower(text), []byte(hexKey(key))) {
			t.Fatalf("%q became another key", text)
		}
	})
}
