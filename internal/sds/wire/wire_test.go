package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"pgregory.net/rapid"
)

func TestParseReturn(t *testing.T) {
	for _, c := range []struct {
		text   string
		code   Code
		detail string
	}{
		{"0", Success, ""},
		{"-3, wrong wallet pubkey", BadSignature, "wrong wallet pubkey"},
		{"-7, invalid meta info", WrongInput, "invalid meta info"},
		{"-14", SessionStopped, ""},
		{"file not found", NoCode, "file not found"},
		{"tx failed, try later", NoCode, "tx failed, try later"},
		{"", NoCode, ""},
		{"99999999999", NoCode, "99999999999"},
	} {
		code, detail := ParseReturn(c.text)
		if code != c.code || detail != c.detail {
			t.Errorf("%q: got %d %q", c.text, code, detail)
		}
	}
	if Conflict.String() != "-13" || NoCode.String() != "" {
		t.Error("texts of codes")
	}
}

func TestRangeMembers(t *testing.T) {
	raw, _ := json.Marshal(Result{Return: "1"}.WithRange(0, 1024))
	equal(t, "range from zero", string(raw), `{"return":"1","offsetstart":0,"offsetend":1024}`)
	raw, _ = json.Marshal(Result{Return: "0"})
	equal(t, "no range", string(raw), `{"return":"0"}`)
	for _, text := range []string{`{}`, `{"offsetstart":5}`, `{"offsetstart":5,"offsetend":4}`, `{"offsetstart":18446744073709551615,"offsetend":18446744073709551615}`} {
		var r Result
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		if _, _, ok := r.Range(); ok {
			t.Errorf("%s taken as a range", text)
		}
	}
}

func TestSignerHidesItsKey(t *testing.T) {
	key, err := stratos.NewPrivateKey([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	s := NewSigner(key)
	for _, text := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", s), fmt.Sprintf("%#v", s)} {
		equal(t, "printed", text, "signer of "+s.Address())
	}
	key.Wipe()
	if got := s.Sign("message"); got != "" {
		t.Errorf("signed %q with a wiped key", got)
	}
	if s.Address() == "" || s.PublicKey() == "" {
		t.Error("a wiped key has no address")
	}
}

func TestErrorsOfSignatures(t *testing.T) {
	key, _ := stratos.NewPrivateKey([]byte(strings.Repeat("k", 32)))
	s := NewSigner(key)
	good := Signed(s, "message")
	bad := good
	bad.Signature = good.Signature[:10]
	if err := bad.Verify("message"); !errors.Is(err, ErrSignature) {
		t.Errorf("short signature: %v", err)
	}
	for _, pub := range []string{"", "1", "stpub1", "stpub1zzz", "noseparator"} {
		bad = good
		bad.PubKey = pub
		if err := bad.Verify("message"); !errors.Is(err, ErrPubKey) {
			t.Errorf("key %q: %v", pub, err)
		}
	}
}

// Every byte of a file is asked for once, in order, whatever its size.
func TestRangesCoverFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 200<<20).Draw(t, "size")
		next := rapid.SampledFrom([]func(int64, int64) (int64, int64){UploadRange, DownloadRange}).Draw(t, "kind")
		for at := int64(0); at < size; {
			start, end := next(at, size)
			if start != at || end <= start || end-start > UploadPiece || start/SliceSize != (end-1)/SliceSize {
				t.Fatalf("[%d, %d) of %d", start, end, size)
			}
			at = end
		}
	})
}

func TestCanonicalFileHash(t *testing.T) {
	id := NewFileHasher().Sum(Ordinary)
	if !CanonicalFileHash(id) || CanonicalFileHash(strings.ToUpper(id)) || CanonicalFileHash("") {
		t.Error("only the usual spelling is canonical")
	}
	if KindOf(id) != Ordinary || KindOf(NewFileHasher().Sum(Video)) != Video || KindOf("x") != Ordinary {
		t.Error("kinds")
	}
}

func TestContentIDsInOtherBases(t *testing.T) {
	for _, id := range []string{
		"bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
		"BAFKREIGH2AKISCAILDCQABSYG3DFR6CHU3FGPREGIYMSCK7E7AQA4S52ZY",
		"f01551220c7d01488082b0c5001865b8c658f84f6a69e6893043061915e4f8200e5d5a5a5",
		"QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG",
		"zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA",
	} {
		if _, err := parseCID(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, id := range []string{"", "v", "b", "Qm", "zzzz", "f0155", "f02551220", "?abc", "f018001551220", strings.Repeat("k1", 4000)} {
		if _, err := parseCID(id); !errors.Is(err, ErrCID) {
			t.Errorf("%.20s: %v", id, err)
		}
	}
}

func TestVideoMapRefusesNonsense(t *testing.T) {
	for _, text := range []string{
		``, `{}`, `[]`,
		`{"HeaderFile":"h","StartSliceNumber":5,"SegmentToSlice":{"h":6},"SliceToSegment":{"5":"h"}}`,
		`{"HeaderFile":"h","StartSliceNumber":5,"SegmentToSlice":{"h":4},"SliceToSegment":{"4":"h"}}`,
		`{"HeaderFile":"x","StartSliceNumber":5,"SegmentToSlice":{"h":6},"SliceToSegment":{"6":"h"}}`,
	} {
		if _, err := ParseVideoMap([]byte(text)); err == nil {
			t.Errorf("accepted %s", text)
		}
	}
}
