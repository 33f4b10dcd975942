package gateway

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// traceWallet is the first key of the vectors; its recorded signatures are
// right at the time at which the test network stands.
const traceWallet = "st1jrut76j8nueqatg8gsg6fv88j3823jwpz05ldm"

// TestSamples: results have exactly the members of the samples.
func TestSamples(t *testing.T) {
	w := newWorld(t)
	w.credit(traceWallet, 1, rich)
	const hash = "v05j1m50mlqse125vdm12k6gff1hqpeqs4ngd3d8"
	for _, s := range vectors(t).Samples {
		if !strings.HasPrefix(s.Method, "user_") || s.Method == wire.MethodVideoShared {
			continue // owner calls are off; the reference crashes where it refuses a shared video
		}
		if _, err := w.meta.File(t.Context(), traceWallet, hash); err != nil { // an earlier sample deletes it
			w.record(traceWallet, hash, 1024)
		}
		_, raw := w.post(s.Request)
		var got struct {
			Error  *wire.RPCError
			Result map[string]json.RawMessage
		}
		must(t, json.Unmarshal(raw, &got))
		if got.Error != nil {
			t.Errorf("%s: %v", s.Method, got.Error)
			continue
		}
		if !likeOneOf(got.Result, s.Responses) {
			t.Errorf("%s: %s has other members than the samples", s.Method, raw)
		}
	}
}

// record puts a file on record whose bytes nobody has.
func (w *world) record(owner, hash string, size int64) {
	w.t.Helper()
	slice := meta.Slice{Number: 1, Hash: "none", Size: size, Nodes: []string{w.pool.Nodes()[0].Address()}}
	a, err := w.meta.Account(w.t.Context(), owner)
	must(w.t, err)
	must(w.t, w.meta.AcceptUpload(w.t.Context(), meta.Upload{
		Owner: owner, Hash: hash, Name: "test.bin", Size: size, Sequence: a.Sequence, Price: big.NewInt(1), Slices: []meta.Slice{slice},
	}))
}

// likeOneOf: the result has the members of a sample; a refusal may explain
// itself in addition.
func likeOneOf(got map[string]json.RawMessage, samples []json.RawMessage) bool {
	for _, raw := range samples {
		var s struct{ Result map[string]json.RawMessage }
		if json.Unmarshal(raw, &s) != nil {
			continue
		}
		if sameMembers(s.Result, got, "detail", "error") {
			return true
		}
	}
	return false
}

// sameMembers compares two objects by the names of their members.
func sameMembers(want, got map[string]json.RawMessage, optional ...string) bool {
	free := map[string]bool{}
	for _, o := range optional {
		free[o] = true
	}
	for k := range want {
		if _, ok := got[k]; !ok && !free[k] {
			return false
		}
	}
	for k := range got {
		if _, ok := want[k]; !ok && !free[k] {
			return false
		}
	}
	return true
}
