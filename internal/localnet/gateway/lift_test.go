package gateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"testing"
)

// lift runs raw through the lifter in chunks of the given size.
func lift(raw []byte, from, chunk int) *body {
	l := lifter{body: &body{}, from: from}
	for len(raw) > 0 {
		n := min(chunk, len(raw))
		l.take(raw[:n])
		raw = raw[n:]
	}
	return l.body
}

// dataOf returns the bytes of a data member as uploadData sees them, and
// whether they are right.
func dataOf(b *body, text string) ([]byte, bool) {
	lifted := b.find(text)
	if lifted == nil {
		lifted = newBlob()
		lifted.feed([]byte(text))
	}
	defer lifted.release()
	return bytes.Clone(lifted.bytes()), !lifted.bad && lifted.rest == 0
}

func TestLiftAnyContentAndChunk(t *testing.T) {
	for size := range 200 {
		data := content(size, uint64(size))
		raw, err := json.Marshal(map[string]any{"a": "x\"y\\", "data": data, "z": []int{1}})
		must(t, err)
		for _, chunk := range []int{1, 2, 3, 7, 64, 1 << 20} {
			b := lift(raw, 16, chunk)
			var got struct{ A, Data string }
			must(t, json.Unmarshal(b.json.Bytes(), &got))
			bytesGot, ok := dataOf(b, got.Data)
			if !ok || !bytes.Equal(bytesGot, data) || got.A != "x\"y\\" {
				t.Fatalf("%d bytes in chunks of %d: %q", size, chunk, b.json.String())
			}
			b.release()
		}
	}
}

func TestMarkFromOutsideIsText(t *testing.T) {
	b := lift([]byte(`{"data":"\u0000lifted 0"}`), 1<<20, 100)
	var got struct{ Data string }
	must(t, json.Unmarshal(b.json.Bytes(), &got))
	if b.find(got.Data) != nil {
		t.Error("a mark that a client sent was taken for ours")
	}
}

// FuzzLift: lifting changes nothing but the place of long strings.
func FuzzLift(f *testing.F) {
	for _, s := range []string{
		`{"data":"QUJDREVGR0hJSktMTU5PUA=="}`, `{"data":"QUJD\/+\/RUZHSElKS0xN"}`, `[{"id":1,"method":"x","params":[{}]}]`,
		`{"data":"QUJDREVGR0hJS==KTE1OT1A"}`, `{"data":"QUJDREVGR0hJ\u0041KTE1OT1A"}`, `{"data":"aaaaaaaaaaaaaaaaaaaaaaa\`, `{}`, ``,
	} {
		f.Add([]byte(s), uint8(3))
	}
	f.Fuzz(func(t *testing.T, raw []byte, chunk uint8) {
		b := lift(raw, 12, int(chunk)+1)
		defer b.release()
		var plain, lifted struct{ Data string }
		err := json.Unmarshal(raw, &plain)
		if err != nil {
			return // the text of strings is not looked at, so less may be refused
		}
		must(t, json.Unmarshal(b.json.Bytes(), &lifted))
		want, werr := base64.StdEncoding.DecodeString(plain.Data)
		got, ok := dataOf(b, lifted.Data)
		if ok && (werr != nil || !bytes.Equal(got, want)) {
			t.Errorf("%q: %x, not %x (%v)", raw, got, want, werr)
		}
		if !ok && werr == nil && !strings.ContainsAny(plain.Data, "\r\n") && !bytes.Contains(raw, []byte(`\u`)) {
			t.Errorf("%q: right text was refused", raw)
		}
	})
}

// FuzzCalls: whatever comes in, the answer is JSON or nothing.
func FuzzCalls(f *testing.F) {
	for _, s := range []string{
		`{"id":1,"method":"rpc_modules"}`, `[]`, `[1,{"id":2}]`, `{"id":{},"method":"x"}`, `null`, `5`, `{"method":"rpc_modules"}`,
		`{"id":1,"method":"user_requestGetOzone","params":[{"walletaddr":5}]}`, `{"id":"a","method":"user_x_subscribe","params":{}}`,
	} {
		f.Add([]byte(s))
	}
	g := &Gateway{clock: systemClock{}}
	g.methods = map[string]method{"rpc_modules": modules, "user_requestServiceStatus": handle("ParamReqServiceStatus", g.serviceStatus)}
	f.Fuzz(func(t *testing.T, raw []byte) {
		out := httptest.NewRecorder()
		g.serveBody(out, &call{ctx: t.Context(), body: lift(raw, liftFrom, 1000)})
		if out.Body.Len() > 0 && !json.Valid(out.Body.Bytes()) {
			t.Errorf("%q is answered with %q", raw, out.Body.String())
		}
	})
}

func BenchmarkLift(b *testing.B) {
	data := make([]byte, 3_500_000)
	rand.NewChaCha8([32]byte{}).Read(data)
	raw := fmt.Appendf(nil, `{"id":1,"params":[{"data":"%s"}]}`, base64.StdEncoding.EncodeToString(data))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		in, err := readBody(bytes.NewReader(raw))
		if err != nil {
			b.Fatal(err)
		}
		in.release()
	}
}
