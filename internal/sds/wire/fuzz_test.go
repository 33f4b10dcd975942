package wire

import (
	"encoding/json"
	"testing"
)

func FuzzCID(f *testing.F) {
	for _, v := range readVectors(f).ValidateHash {
		f.Add(v.Hash)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseCID(text)
		if err != nil && (ValidFileHash(text) || IsVideo(text)) {
			t.Error("an id that does not parse is valid")
		}
		if err == nil && len(c.multihash) < 2 {
			t.Error("empty hash")
		}
		if ValidFileHash(text) {
			if _, err := SliceHash(text, 1, nil); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzHandle(f *testing.F) {
	for _, v := range readVectors(f).Handles {
		f.Add(v.Handle)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h, err := ParseHandle(text)
		if err == nil && text[:handleLength] != h.String() {
			t.Errorf("%q became %q", text, h.String())
		}
		strict, err := ParseDataMeshID(text)
		if err == nil && strict.String() != text {
			t.Errorf("%q became %q", text, strict.String())
		}
	})
}

func FuzzShareLink(f *testing.F) {
	for _, v := range readVectors(f).Links {
		f.Add(v.Input)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseShareLink(text)
		if err != nil {
			return
		}
		again, err := ParseShareLink(l.Full())
		if err != nil || again != l {
			t.Errorf("%q: %+v became %+v, %v", text, l, again, err)
		}
		if done, err := CompleteShareLink(text); err == nil && done.ShareID == "" {
			t.Error("no share id")
		}
	})
}

func FuzzReturn(f *testing.F) {
	f.Add("-3, wrong wallet pubkey")
	f.Add("file not found")
	f.Fuzz(func(t *testing.T, text string) {
		code, detail := ParseReturn(text)
		if code == NoCode && detail != text {
			t.Errorf("%q lost its text", text)
		}
		if code != NoCode {
			if again, _ := ParseReturn(code.String()); again != code {
				t.Errorf("%d became %d", code, again)
			}
		}
	})
}

func FuzzVerify(f *testing.F) {
	v := readVectors(f)
	for _, c := range v.Verification {
		f.Add(v.Keys[0].Address, c.PubKey, c.Message, c.Signature)
	}
	f.Fuzz(func(t *testing.T, address, pub, message, signature string) {
		if VerifySignature(address, pub, message, signature) == nil && len(signature) < 128 {
			t.Error("a short signature is right")
		}
	})
}

func FuzzVideoMap(f *testing.F) {
	f.Add([]byte(readVectors(f).Cut.Slices[0].Text))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := ParseVideoMap(raw)
		if err != nil {
			return
		}
		again, _ := json.Marshal(m)
		if _, err := ParseVideoMap(again); err != nil {
			t.Errorf("%s: %v", again, err)
		}
	})
}

func FuzzResult(f *testing.F) {
	for _, s := range readVectors(f).Samples {
		for _, r := range s.Responses {
			f.Add([]byte(r.Result))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var r Result
		if json.Unmarshal(raw, &r) == nil {
			if start, end, ok := r.Range(); ok && (start < 0 || end < start) {
				t.Errorf("range [%d, %d)", start, end)
			}
		}
	})
}
