package explorer

import (
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	account   = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	validator = "stvaloper1jyvtwupfrzxgendxpuc94h5n9z9277cqx4h4ka"
	cid       = "v05j1m57m1unc2n5bv64hqc80nqaultnb0cka5rg"
)

var hash = strings.Repeat("aB", 32)

func TestRecognise(t *testing.T) {
	for text, want := range map[string]Target{
		"12": {BlockKind, "12"}, "1,234,567": {BlockKind, "1234567"}, "block 12": {BlockKind, "12"}, " Latest ": {BlockKind, Latest},
		"block latest": {BlockKind, Latest}, "epoch 3": {Report, "3"}, "report latest": {Report, Latest}, "#14": {Proposal, "14"},
		"proposal 14": {Proposal, "14"}, hash: {TxKind, strings.ToUpper(hash)}, "0x" + hash: {TxKind, strings.ToUpper(hash)},
		"tx " + hash: {TxKind, strings.ToUpper(hash)}, account: {Account, account}, "account " + account: {Account, account},
		cid: {File, cid}, "file " + cid: {File, cid},
		"": {}, "0": {}, "-1": {}, "+1": {}, "#x": {}, "tx 12": {}, "ozone price": {}, "hello": {}, "block": {}, "account nobody": {},
		"proposal latest": {}, account[:len(account)-1] + "q": {}, "99999999999999999999": {}, strings.Repeat("a", 200): {}, "block block 1": {},
	} {
		if got := Recognise(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	hexForm := Recognise("0x9118b77029188cccccda60f305ade9328acafb00")
	if hexForm.Kind != Account || !strings.HasPrefix(hexForm.ID, "st1") {
		t.Errorf("an address of an EVM wallet: %+v", hexForm)
	}
	if got := Named(Kind("nothing known"), "1"); got != (Target{}) {
		t.Errorf("%+v", got)
	}
}

func FuzzRecognise(f *testing.F) {
	for _, seed := range []string{"12", account, validator, hash, cid, "#1", "block 5", "0x", "", "\x00", "１２"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Recognise(text)
		if (got.Kind == Nothing) != (got.ID == "") {
			t.Errorf("%q: %+v", text, got)
		}
		if again := Named(got.Kind, got.ID); got.Kind != Nothing && again != got {
			t.Errorf("%q: %+v is %+v when asked again", text, got, again)
		}
		if !utf8.ValidString(got.ID) || strings.ContainsAny(got.ID, "/?&# ") {
			t.Errorf("%q: the id %q does not fit into a path", text, got.ID)
		}
	})
}
