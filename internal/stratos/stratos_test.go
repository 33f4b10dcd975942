package stratos

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAmountTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wei := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, 32).Draw(t, "wei"))
		unit := rapid.SampledFrom([]string{Wei, Gwei, STOS}).Draw(t, "unit")
		a := NewAmount(wei)
		back, err := ParseAmount(a.Format(unit) + unit)
		if err != nil || back.Cmp(a) != 0 {
			t.Fatalf("%s %s came back as %s, %v", a.Format(unit), unit, back, err)
		}
	})
}

func TestSubNeverGoesBelowZero(t *testing.T) {
	one, two := WeiAmount(1), WeiAmount(2)
	if d, ok := one.Sub(two); ok || !d.IsZero() {
		t.Fatalf("1 - 2 = %s, %v", d, ok)
	}
	if d, ok := two.Sub(one); !ok || d.Cmp(one) != 0 {
		t.Fatalf("2 - 1 = %s, %v", d, ok)
	}
}

func TestWipedKeyIsNotValid(t *testing.T) {
	key, err := NewPrivateKey(append(make([]byte, 31), 5))
	if err != nil {
		t.Fatal(err)
	}
	key.Wipe()
	if key.Valid() {
		t.Fatal("the secret is still there")
	}
	if _, err := NewPrivateKey(make([]byte, 32)); err == nil {
		t.Fatal("zero accepted as a key")
	}
}

func FuzzParseAddress(f *testing.F) {
	f.Add("st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx")
	f.Add("0x39330Eb4D159cd194a044041900aEf978d7532fA")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAddress(text)
		if err != nil {
			return
		}
		if b, err := ParseAddress(a.String()); err != nil || a != b {
			t.Fatalf("%q became %v, %v", text, b, err)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	f.Add("1.5stos")
	f.Add("7wei")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ParseAmount(text)
		if err != nil {
			return
		}
		if b, err := ParseAmount(a.Format(STOS) + STOS); err != nil || a.Cmp(b) != 0 {
			t.Fatalf("%q became %s, %v", text, b, err)
		}
	})
}

// FuzzOtherForms reads everything else that is written by people or nodes.
func FuzzOtherForms(f *testing.F) {
	address, err := ParseAddress("st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(address.Validator(), []byte{1})
	f.Add(NodeAddressOf([]byte("a key of a node")).String(), make([]byte, 65))
	f.Add("stpub1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqy", make([]byte, 33))
	f.Add("1,5 stos", []byte("0.000000000000000001"))
	f.Fuzz(func(t *testing.T, text string, raw []byte) {
		if a, err := ParseValidator(text); err == nil && a.Validator() != strings.ToLower(text) {
			t.Errorf("validator %q became %q", text, a.Validator())
		}
		if n, err := ParseNodeAddress(text); err == nil && n.String() != strings.ToLower(text) {
			t.Errorf("node %q became %q", text, n)
		}
		if p, err := ParsePublicKeyText(text); err == nil && p.String() != strings.ToLower(text) {
			t.Errorf("key %q became %q", text, p)
		}
		if p, err := ParsePublicKey(raw); err == nil && p.Address() == (Address{}) {
			t.Errorf("key %x has no address", raw)
		}
		if p, err := Recover([]byte(text), raw); err == nil && !p.Verify([]byte(text), raw) {
			t.Errorf("%x is not by the key that it gave", raw)
		}
		for _, unit := range []string{Wei, Gwei, STOS} {
			if a, err := ParseDecimal(text, unit); err == nil {
				if b, err := ParseDecimal(a.Format(unit), unit); err != nil || a.Cmp(b) != 0 {
					t.Errorf("%q %s became %s, %v", text, unit, b, err)
				}
			}
		}
	})
}
