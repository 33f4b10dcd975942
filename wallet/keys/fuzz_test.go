package keys

import (
	"bytes"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func FuzzImport(f *testing.F) {
	for _, name := range []string{"armor-argon2.txt", "armor-cosmos.txt", "sjcl.json", "sjcl-account3.json"} {
		f.Add(testdata(f, name))
	}
	f.Add([]byte(nodeKeyVector(f)))
	for _, text := range []string{testWords, testKey, testAddress, "0x39330Eb4D159cd194a044041900aEf978d7532fA", "{}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if expensive(data) {
			return
		}
		got, err := Import(data, []byte("Passw0rd!"))
		if (got == nil) == (err == nil) {
			t.Fatalf("%v, %v", got, err)
		}
		if err == nil && got.Address == (stratos.Address{}) {
			t.Fatal("no address")
		}
		if err == nil && got.Kind != KindAddress && (len(got.Words) > 0) == (len(got.RawKey) > 0) {
			t.Fatalf("%+v", got)
		}
	})
}

// expensive passes over files that may ask for seconds of work.
func expensive(data []byte) bool {
	kind := Detect(data)
	return kind == KindArmor && bytes.Contains(data, []byte("bcrypt")) ||
		kind.NeedsPassword() && kind != KindArmor && longDigits(data)
}

// longDigits tells whether data holds a number of five digits or more.
func longDigits(data []byte) bool {
	run := 0
	for _, c := range data {
		if c < '0' || c > '9' {
			run = 0
			continue
		}
		if run++; run > 4 {
			return true
		}
	}
	return false
}

func FuzzNodePayload(f *testing.F) {
	key := bytes.Repeat([]byte{7}, 32)
	f.Add((&nodePayload{HdPath: []byte(PathOf(0)), Mnemonic: []byte(testWords), PrivKey: key}).encode())
	f.Add([]byte{0x81, 0xa7, 'P', 'r', 'i', 'v', 'K', 'e', 'y', 0xc5, 0, 1, 9})
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := parseNodePayload(raw)
		if err != nil {
			return
		}
		again, err := parseNodePayload(p.encode())
		if err != nil || !bytes.Equal(again.PrivKey, p.PrivKey) || !bytes.Equal(again.Mnemonic, p.Mnemonic) {
			t.Fatalf("%v: %+v became %+v", err, p, again)
		}
	})
}

func FuzzArmor(f *testing.F) {
	f.Add(testdata(f, "armor-argon2.txt"))
	f.Add(testdata(f, "armor-bcrypt.txt"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if a, err := parseArmor(text); err == nil && len(a.body) > len(text) {
			t.Fatal("more bytes than text")
		}
	})
}

func FuzzSJCL(f *testing.F) {
	f.Add(testdata(f, "sjcl.json"))
	f.Add(testdata(f, "sjcl-account3.json"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parseSJCL(data)
		if err != nil || file.Iter > 1000 {
			return
		}
		if plain, err := file.open([]byte("x")); err == nil {
			_ = (&Imported{}).readSDKPayload(plain)
		}
	})
}

func FuzzWordHelpers(f *testing.F) {
	f.Add([]byte("abuot"))
	f.Add([]byte(testWords))
	f.Fuzz(func(t *testing.T, text []byte) {
		check := CheckWords(text)
		if check.Complete != (check.Sentence == "") || len(check.Wrong) > check.Count {
			t.Fatalf("%+v", check)
		}
		if len(Suggest(text, 4)) > 4 || len(Complete(text, 4)) > 4 {
			t.Fatal("too many words")
		}
	})
}
