package update

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

// Only as many signatures as must be, by different keys of the build, are enough.
func TestEnoughKeysSign(t *testing.T) {
	three := []ed25519.PrivateKey{key(1), key(2), key(3)}
	for name, c := range map[string]struct {
		need int
		by   []ed25519.PrivateKey
		want error
	}{
		"one of three":            {1, three[1:2], nil},
		"two of three":            {2, three[:2], nil},
		"all":                     {3, three, nil},
		"one too few":             {2, three[2:], ErrUnsigned},
		"nobody":                  {1, nil, ErrUnsigned},
		"a stranger":              {1, []ed25519.PrivateKey{key(9)}, ErrUnsigned},
		"one key twice":           {2, []ed25519.PrivateKey{key(1), key(1)}, ErrUnsigned},
		"one and a stranger":      {2, []ed25519.PrivateKey{key(1), key(9)}, ErrUnsigned},
		"a key that was retired":  {1, []ed25519.PrivateKey{key(4)}, ErrUnsigned},
		"old and new at a change": {1, []ed25519.PrivateKey{key(4), key(3)}, nil},
		"no key is asked for":     {0, three, ErrUnsigned},
	} {
		if _, err := Read(signedBy(t, sample(), c.by...), keysOf(c.need, three...)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(signedBy(t, sample(), key(1)), Keys{}); !errors.Is(err, ErrUnsigned) {
		t.Errorf("without keys: %v", err)
	}
}

// Another key may sign later, as it is when two people keep one each.
func TestCosign(t *testing.T) {
	raw, err := Cosign(signedBy(t, sample(), key(1)), key(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Read(raw, keysOf(2, key(1), key(2))); err != nil {
		t.Error(err)
	}
	for name, bad := range map[string]string{"nothing": "", "no index": `{"index":"e30="}`, "no JSON in it": `{"index":"AA=="}`} {
		if _, err := Cosign([]byte(bad), key(2)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s was signed: %v", name, err)
		}
	}
}

// No byte of a signed index can be another one, and no signature serves for
// anything else.
func TestTampering(t *testing.T) {
	raw := signedBy(t, sample(), key(1))
	keys := keysOf(1, key(1))
	if _, err := Read(raw, keys); err != nil {
		t.Fatal(err)
	}
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	for i := range e.Index {
		e.Index[i] ^= 1
		changed, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(changed, keys); !errors.Is(err, ErrUnsigned) {
			t.Fatalf("byte %d was changed: %v", i, err)
		}
		e.Index[i] ^= 1
	}
	e.Signatures[0].Signature = ed25519.Sign(key(1), e.Index) // the same key, for something else
	changed, _ := json.Marshal(e)
	if _, err := Read(changed, keys); !errors.Is(err, ErrUnsigned) {
		t.Errorf("a signature of the bare text: %v", err)
	}
}

// An index that nobody should have signed is refused although it was.
func TestNonsenseThatIsSigned(t *testing.T) {
	for name, spoil := range map[string]func(*Index){
		"another format":      func(i *Index) { i.Version = 2 },
		"another product":     func(i *Index) { i.Product = "drive" },
		"no number":           func(i *Index) { i.Sequence = 0 },
		"no time":             func(i *Index) { i.Time = time.Time{} },
		"expired when signed": func(i *Index) { i.Expires = i.Time },
		"for ever":            func(i *Index) { i.Expires = i.Time.AddDate(5, 0, 0) },
		"no version":          func(i *Index) { i.Release.Version = "newest" },
		"half a version":      func(i *Index) { i.Release.Version = "v1.2" },
		"version with build":  func(i *Index) { i.Release.Version = "v1.2.0+x" },
		"a book of notes":     func(i *Index) { i.Release.Notes = strings.Repeat("x", mostNotes+1) },
		"no files":            func(i *Index) { i.Release.Files = nil },
		"two of a kind":       func(i *Index) { i.Release.Files = append(i.Release.Files, fileOf("other.tar.gz", nil)) },
		"no size":             func(i *Index) { i.Release.Files[0].Size = 0 },
		"endless":             func(i *Index) { i.Release.Files[0].Size = mostFile + 1 },
		"no hash":             func(i *Index) { i.Release.Files[0].SHA256 = "" },
		"hash in capitals":    func(i *Index) { i.Release.Files[0].SHA256 = strings.Repeat("AB", 32) },
		"for nobody":          func(i *Index) { i.Release.Files[0].OS = "" },
		"nowhere":             func(i *Index) { i.Release.Files[0].URL = "" },
		"no address":          func(i *Index) { i.Release.Files[0].URL = "https://[" },
	} {
		i := sample()
		spoil(&i)
		if err := i.check(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Sign(i, key(1)); err == nil {
			t.Errorf("%s can be signed", name)
		}
		if _, err := Read(forced(t, i), keysOf(1, key(1))); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s is read: %v", name, err)
		}
	}
}

// forced signs what Sign refuses.
func forced(t *testing.T, i Index) []byte {
	t.Helper()
	raw, err := json.Marshal(i)
	if err != nil {
		t.Fatal(err)
	}
	return enveloped(t, raw)
}

func enveloped(t *testing.T, raw []byte) []byte {
	t.Helper()
	e, err := json.Marshal(envelope{Index: raw, Signatures: []signature{sign(raw, key(1))}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestNamesThatLeadElsewhere(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "../x", "a/b", `a\b`, "/etc/passwd", `C:\x`, "c:x", ".hidden", "a.", "a ", "nul", "COM1.deb", "aux.tar.gz", "a\x00b", "a\nb", "~root", "-rf", "ü.deb",
		strings.Repeat("x", 200),
	} {
		f := fileOf(name, content)
		f.URL = "x"
		if err := f.check(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q may name a file: %v", name, err)
		}
	}
	for _, name := range []string{"stratosdrive_1.2.0~rc1-1_amd64.deb", "Stratos-Drive-1.2.0-setup.exe", "common.deb"} {
		if err := fileOf(name, content).check(); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestWhatIsNoIndex(t *testing.T) {
	good := string(signedBy(t, sample(), key(1)))
	many := envelope{Index: []byte("{}"), Signatures: make([]signature, mostKeys+1)}
	crowd, err := json.Marshal(many)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{
		"nothing": "", "a page": "<html>", "a number": "7", "cut": good[:len(good)/2], "more after it": good + "{}",
		"too long": good + strings.Repeat(" ", mostIndex), "a crowd of signatures": string(crowd),
		"a signed number": string(enveloped(t, []byte("7"))), "a signed text with more": string(enveloped(t, []byte("{} {}"))),
	} {
		if _, err := Read([]byte(raw), keysOf(1, key(1))); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKeysInWords(t *testing.T) {
	keys := keysOf(2, key(1), key(2), key(3))
	again, err := ParseKeys(keys.String())
	if err != nil || again.String() != keys.String() || again.Need != 2 {
		t.Errorf("%v, %v", again, err)
	}
	one := strings.TrimPrefix(keysOf(1, key(1)).String(), "1:")
	for _, bad := range []string{"", "1", "1:", "x:" + one, "0:" + one, "-1:" + one, "2:" + one, "2:" + one + "," + one, "1:" + one[:20], one} {
		if k, err := ParseKeys(bad); err == nil || k.Need != 0 {
			t.Errorf("%q gives %v", bad, k)
		}
	}
}

func FuzzRead(f *testing.F) {
	keys := keysOf(1, key(1))
	raw, err := Sign(sample(), key(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte(`{"index":"e30=","signatures":[{"key":"","signature":""}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		i, err := Read(raw, keys)
		if err == nil && (i.check() != nil || i.Release.Version != "v1.2.0") {
			t.Errorf("%+v is believed", i)
		}
		// what is signed and nonsense, too
		if i, err = Read(enveloped(t, raw), keys); err == nil {
			if err := i.check(); err != nil {
				t.Error(err)
			}
		}
	})
}
