package sign

import (
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

func keyOf(t rapid.TB, raw []byte) stratos.PrivateKey {
	raw[0], raw[31] = raw[0]&0x7f, raw[31]|1
	key, err := stratos.NewPrivateKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func drawKey(t *rapid.T) stratos.PrivateKey {
	return keyOf(t, rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"))
}

func TestRefused(t *testing.T) {
	key := keyOf(t, make([]byte, 32))
	good, err := Text(key, "hello")
	if err != nil {
		t.Fatal(err)
	}
	high := "0x" + good[2:66] + strings.Repeat("f", 64) + good[130:]
	for name, c := range map[string][3]string{
		"no address":    {"st1nonsense", "hello", good},
		"no signature":  {key.Address().String(), "hello", "0x12"},
		"not digits":    {key.Address().String(), "hello", strings.Repeat("zz", 65)},
		"bad last byte": {key.Address().String(), "hello", good[:130] + "05"},
		"damaged":       {key.Address().String(), "hello", high},
		"no text":       {key.Address().String(), "", good},
		"not text":      {key.Address().String(), "\xff", good},
	} {
		if ok, err := Verify(c[0], c[1], c[2]); ok || err == nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	if _, err := Text(stratos.PrivateKey{}, "hello"); err == nil {
		t.Error("signed without a key")
	}
}

// What is signed for people is never what is signed for a transaction, in
// either form, whatever the text.
func TestNeverATransaction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := drawKey(t)
		e := message.Envelope{
			ChainID: "c-1", Public: key.Public(), Memo: rapid.StringN(0, 20, 200).Draw(t, "memo"),
			Message: message.Transfer{From: key.Address(), To: key.Address(), Amount: stratos.WeiAmount(1)},
		}
		for _, e.Mode = range []message.Mode{message.Direct, message.Amino} {
			doc := e.SignBytes()
			if doc[0] == prefix[0] {
				t.Fatalf("a transaction begins like a message: %x", doc[:8])
			}
			if signature, err := Text(key, string(doc)); err == nil {
				raw, _ := hex.DecodeString(signature[2:])
				if key.Public().Verify(doc, raw) {
					t.Fatal("a signed message is a signed transaction")
				}
			}
		}
	})
}

func FuzzVerify(f *testing.F) {
	key := keyOf(f, make([]byte, 32))
	good, _ := Text(key, "hello")
	f.Add(key.Address().String(), "hello", good)
	f.Add("0x", "", "0x"+strings.Repeat("00", 65))
	f.Fuzz(func(t *testing.T, account, text, signature string) {
		if ok, err := Verify(account, text, signature); ok && (err != nil || account == "") {
			t.Fatalf("%v, %v", ok, err)
		}
	})
}
