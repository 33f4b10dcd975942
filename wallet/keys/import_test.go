package keys

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const (
	testWords   = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"
	testKey     = "e3df8df9b971c35167691356293a15e511df59520f8ff64a74afbf4293aebadd"
	testAddress = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
)

// light is a cost for tests.
var light = kdfParams{N: 16, R: 8, P: 1, Size: 32}

func testdata(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// nodeKeyVector is the vector of a node key file, as the file of a node.
func nodeKeyVector(t testing.TB) []byte {
	var v struct{ File json.RawMessage }
	if err := json.Unmarshal(testdata(t, "node-key.json"), &v); err != nil {
		t.Fatal(err)
	}
	return v.File
}

func TestImportKinds(t *testing.T) {
	for name, c := range map[string]struct {
		data  []byte
		kind  Kind
		words bool
		index uint32
	}{
		"words":         {[]byte(testWords), KindWords, true, 0},
		"words noted":   {[]byte("\xef\xbb\xbf1. Abandon, 2. abandon 3) abandon\r\n" + strings.Repeat("abandon;", 8) + " 12: ABOUT.\n"), KindWords, true, 0},
		"raw":           {[]byte(testKey + "\n"), KindRawKey, false, 0},
		"raw 0x":        {[]byte("0x" + strings.ToUpper(testKey)), KindRawKey, false, 0},
		"node key":      {nodeKeyVector(t), KindNodeKey, true, 0},
		"argon2":        {testdata(t, "armor-argon2.txt"), KindArmor, false, 0},
		"bcrypt":        {testdata(t, "armor-bcrypt.txt"), KindArmor, false, 0},
		"sdk":           {testdata(t, "sjcl.json"), KindSDKFile, true, 0},
		"sdk account 3": {testdata(t, "sjcl-account3.json"), KindSDKFile, true, 3},
	} {
		t.Run(name, func(t *testing.T) {
			if kind := Detect(c.data); kind != c.kind {
				t.Fatalf("detected %v", kind)
			}
			got, err := Import(c.data, []byte("Passw0rd!"))
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind != c.kind || c.words != (string(got.Words) == testWords) || c.words == (got.RawKey != nil) || got.Index != c.index {
				t.Errorf("got %v, words %v, index %d", got.Kind, got.Words != nil, got.Index)
			}
			if c.index == 0 && got.Address.String() != testAddress {
				t.Errorf("address %s", got.Address)
			}
			if c.kind.NeedsPassword() {
				_, err := Import(c.data, []byte("Passw0rd?"))
				wantFault(t, err, ErrPassword)
				_, err = Import(c.data, nil)
				wantFault(t, err, ErrPassword)
			}
			got.Wipe()
			if bytes.Contains(got.Words, []byte("about")) || got.RawKey != nil && !bytes.Equal(got.RawKey, make([]byte, 32)) {
				t.Error("not wiped")
			}
		})
	}
}

func wantFault(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
		return
	}
	if _, ok := errors.AsType[*fault.Error](err); !ok {
		t.Errorf("no sentence for people: %v", err)
	}
}

func TestPassphraseIsAnotherWallet(t *testing.T) {
	i, err := Import([]byte(testWords), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := i.SetPassphrase([]byte("x")); err != nil || i.Address.String() == testAddress {
		t.Errorf("%s, %v", i.Address, err)
	}
	want, _ := FromWords([]byte(testWords), []byte("x"), 0)
	if i.Address != want.Address() {
		t.Errorf("%s, want %s", i.Address, want.Address())
	}
	if err := i.SetPassphrase(nil); err != nil || i.Address.String() != testAddress {
		t.Errorf("%s, %v", i.Address, err)
	}
	if err := (&Imported{}).SetPassphrase(nil); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Error(err)
	}
}

func TestImportAddress(t *testing.T) {
	for _, text := range []string{testAddress, " " + strings.ToUpper(testAddress) + "\n", "0x39330Eb4D159cd194a044041900aEf978d7532fA"} {
		got, err := Import([]byte(text), nil)
		if err != nil || got.Kind != KindAddress || got.Address.String() != testAddress || got.Words != nil || got.RawKey != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
		if _, err := got.Key(); err == nil {
			t.Error("an address has no key")
		}
	}
}

// The vectors of addresses, read as a person would paste them: white space
// around one is cut off, everything else must be right.
func TestAddressVectors(t *testing.T) {
	var cases []struct{ Input, Wallet string }
	if err := json.Unmarshal(testdata(t, "addresses.json"), &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got, err := Import([]byte(c.Input), nil)
		accept := c.Wallet == "accept" || strings.TrimSpace(c.Input) == testAddress || strings.HasPrefix(c.Input, "0x")
		if accept != (err == nil) || accept && got.Address.String() != testAddress {
			t.Errorf("%q: %v", c.Input, err)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	node := nodeKeyVector(t)
	change := func(old, fresh string) []byte { return bytes.Replace(node, []byte(old), []byte(fresh), 1) }
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":         {nil, ErrUnsupported},
		"a photo":         {[]byte("\x89PNG\r\n\x1a\n"), ErrUnsupported},
		"other json":      {[]byte(`{"hello":1}`), ErrUnsupported},
		"cosmos key":      {testdata(t, "armor-cosmos.txt"), ErrUnsupported},
		"a wrong word":    {[]byte(strings.Replace(testWords, "about", "abuot", 1)), ErrWords},
		"short of words":  {[]byte("abandon abandon abandon"), ErrWords},
		"key too large":   {[]byte(strings.Repeat("f", 64)), stratos.ErrKey},
		"typing error":    {[]byte(testAddress[:40] + "q"), stratos.ErrAddress},
		"version":         {change(`"version": 3`, `"version": 1`), ErrUnsupported},
		"cipher":          {change("aes-128-ctr", "aes-128-cbc"), ErrUnsupported},
		"kdf":             {change("\"scrypt\"", "\"argon9\""), ErrUnsupported},
		"cost":            {change("4096", "1099511627776"), ErrDamaged},
		"odd cost":        {change("4096", "4095"), ErrDamaged},
		"no salt":         {change(`"salt": "00`, `"salt": "zz`), ErrDamaged},
		"cut armor":       {testdata(t, "armor-argon2.txt")[:150], ErrDamaged},
		"changed armor":   {bytes.Replace(testdata(t, "armor-argon2.txt"), []byte("sWGh"), []byte("sWGi"), 1), ErrDamaged},
		"unknown kdf":     {bytes.Replace(testdata(t, "armor-argon2.txt"), []byte("argon2"), []byte("argon3"), 1), ErrUnsupported},
		"cut sdk":         {[]byte(`{"data":"{\"iv\":"}`), ErrDamaged},
		"sdk ccm":         {bytes.Replace(testdata(t, "sjcl-account3.json"), []byte("gcm"), []byte("ccm"), 1), ErrUnsupported},
		"changed sdk":     {bytes.Replace(testdata(t, "sjcl-account3.json"), []byte(`"ct":"`), []byte(`"ct":"AAAA`), 1), ErrPassword},
		"cut ciphertext":  {change("99148d86", "99148d"), ErrPassword},
		"changed mac":     {change("7012c860", "7012c861"), ErrPassword},
		"mac of 31 bytes": {change("7012c860", "7012c8"), ErrDamaged},
	} {
		_, err := Import(c.data, []byte("Passw0rd!"))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		} else if _, ok := errors.AsType[*fault.Error](err); !ok {
			t.Errorf("%s: no sentence: %v", name, err)
		}
		if err != nil && (strings.Contains(err.Error(), "abuot") || strings.Contains(err.Error(), "ffff")) {
			t.Errorf("%s: the error repeats the secret: %v", name, err)
		}
	}
}

// The published vectors of Web3 keystores, those with keys cut short included.
func TestWeb3Vectors(t *testing.T) {
	var cases map[string]struct {
		JSON           json.RawMessage
		Password, Priv string
	}
	if err := json.Unmarshal(testdata(t, "web3.json"), &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 4 {
		t.Fatalf("%d vectors", len(cases))
	}
	for name, c := range cases {
		got, err := Import(c.JSON, []byte(c.Password))
		want := strings.Repeat("0", 64-len(c.Priv)) + c.Priv
		if err != nil || got.Kind != KindKeystore || hex.EncodeToString(got.RawKey) != want {
			t.Errorf("%s: %v, wrong key", name, err)
		}
	}
}

// With the vector's salt and start value the file comes out byte by byte.
func TestNodePayloadVector(t *testing.T) {
	var v struct {
		Plain string `json:"plaintext_msgpack_hex"`
		Key   string `json:"private_key_hex"`
	}
	if err := json.Unmarshal(testdata(t, "node-key.json"), &v); err != nil {
		t.Fatal(err)
	}
	key, _ := hex.DecodeString(v.Key)
	p := nodePayload{HdPath: []byte(PathOf(0)), Mnemonic: []byte(testWords), PrivKey: key}
	if got := hex.EncodeToString(p.encode()); got != v.Plain {
		t.Errorf("payload %s", got)
	}
}

func TestNodeKeyRoundTrip(t *testing.T) {
	long := bytes.Repeat([]byte("w\u00f6rd "), 60)
	for name, i := range map[string]*Imported{
		"words":   {Words: []byte(testWords), Name: "alice"},
		"account": {Words: []byte(testWords), Passphrase: long, Index: 7},
		"raw":     {RawKey: bytes.Repeat([]byte{7}, 32)},
	} {
		fileName, file, err := writeNodeKey(i, []byte("pw"), light)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Import(file, []byte("pw"))
		if err != nil {
			t.Fatal(err)
		}
		if got.Kind != KindNodeKey || !bytes.Equal(got.Words, i.Words) || !bytes.Equal(got.RawKey, i.RawKey) ||
			!bytes.Equal(got.Passphrase, i.Passphrase) || got.Index != i.Index || got.Name != i.Name {
			t.Errorf("%s: %+v", name, got)
		}
		if fileName != got.Address.String()+".json" {
			t.Errorf("file name %s", fileName)
		}
		_, err = Import(file, []byte("wrong"))
		wantFault(t, err, ErrPassword)
	}
	if _, _, err := WriteNodeKey(&Imported{RawKey: bytes.Repeat([]byte{7}, 32)}, nil); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("no password: %v", err)
	}
	if _, _, err := writeNodeKey(&Imported{}, []byte("x"), light); err == nil {
		t.Error("nothing written")
	}
}

// A key that the words do not lead to is imported alone.
func TestNodeKeyOfAnotherPath(t *testing.T) {
	for name, p := range map[string]nodePayload{
		"path":  {HdPath: []byte("m/44'/60'/0'/0/0"), Mnemonic: []byte(testWords), PrivKey: bytes.Repeat([]byte{7}, 32)},
		"key":   {HdPath: []byte(PathOf(0)), Mnemonic: []byte(testWords), PrivKey: bytes.Repeat([]byte{7}, 32)},
		"words": {HdPath: []byte(PathOf(0)), Mnemonic: []byte("no words"), PrivKey: bytes.Repeat([]byte{7}, 32)},
	} {
		i := &Imported{}
		if err := i.readNodePayload(p.encode()); err != nil || i.Words != nil || !bytes.Equal(i.RawKey, p.PrivKey) {
			t.Errorf("%s: %v, %+v", name, err, i)
		}
	}
	err := (&Imported{}).readNodePayload((&nodePayload{PrivKey: make([]byte, 64)}).encode())
	wantFault(t, err, ErrUnsupported)
	err = (&Imported{}).readNodePayload((&nodePayload{PrivKey: make([]byte, 31)}).encode())
	wantFault(t, err, ErrDamaged)
}

func TestKeystoreForOthers(t *testing.T) {
	key, err := ParseRaw([]byte(testKey))
	if err != nil {
		t.Fatal(err)
	}
	file, err := sealWeb3(key.Address(), "", key.Bytes(), []byte("pw"), light)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Import(file, []byte("pw"))
	if err != nil || got.Kind != KindKeystore || hex.EncodeToString(got.RawKey) != testKey {
		t.Errorf("%+v, %v", got, err)
	}
}
