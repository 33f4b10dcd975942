package oracle

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// checkAddresses reads every text as the chain does, and as the wallet does,
// which is stricter.
func (v *vectors) checkAddresses() {
	for _, p := range v.at("addresses").list() {
		text, onChain := p.of("input").text(), p.of("chain_node").text()
		raw, err := sdk.AccAddressFromBech32(text)
		want, accepted := strings.CutPrefix(onChain, "accepts, bytes ")
		if (err == nil) != accepted || accepted && hex.EncodeToString(raw) != want {
			v.t.Errorf("%q on the chain: %x, %v, want %s", text, []byte(raw), err, onChain)
		}
		a, err := stratos.ParseAddress(text)
		if strings.HasPrefix(text, "0x") { // the other form of the same account
			if err != nil || a.Hex() != text || p.of("wallet").text() != "reject" {
				v.t.Errorf("%q: %v, %v", text, a, err)
			}
			continue
		}
		if (err == nil) != (p.of("wallet").text() == "accept") || err == nil && hex.EncodeToString(a[:]) != want {
			v.t.Errorf("%q in the wallet: %v, %v", text, a, err)
		}
	}
}

// notAmounts are what the daemon's command line takes and the wallet refuses:
// the first loses half a wei, the others are no coins of this chain, or two.
var notAmounts = map[string]bool{"1.5wei": true, "1STOS": true, "1e18wei": true, "1stos,1gwei": true}

func (v *vectors) checkAmounts() {
	for text, p := range v.at("parse_coins_cli").members() {
		want := p.text()
		a, err := stratos.ParseAmount(text)
		if refused := strings.HasPrefix(want, "ERR ") || notAmounts[text]; refused != (err != nil) {
			v.t.Errorf("%q: %s, %v, on the command line %q", text, a, err, want)
		} else if err == nil && a.String()+"wei" != want && !(a.IsZero() && want == "") {
			v.t.Errorf("%q is %s wei, on the command line %q", text, a, want)
		}
	}
	for _, p := range v.at("amount_format").list() {
		a, err := stratos.ParseWei(p.of("wei").text())
		ok(v.t, err)
		p.of("stos").is(a.Format(stratos.STOS))
		p.of("gwei").is(a.Format(stratos.Gwei))
	}
	for _, p := range v.at("amount_parse_stos").list() {
		text := p.of("input").text()
		a, err := stratos.ParseDecimal(text, stratos.STOS)
		switch {
		case p.has("error") && err == nil:
			v.t.Errorf("%q is %s, but %s", text, a, p.of("error").text())
		case p.has("error"):
			p.of("error").text()
		default:
			ok(v.t, err)
			p.of("wei").is(a.String())
		}
	}
}

// checkReading gives the wallet every recorded transaction as a node shows it,
// and compares what it reads.
func (v *vectors) checkReading() {
	for name, r := range v.at("recorded_txs").members() {
		n := newNode(v.t)
		n.blocks[r.of("txhash").text()] = r.response()
		tx, err := n.client().Tx(v.t.Context(), r.of("txhash").text())
		if err != nil {
			v.t.Errorf("%s: %v", name, err)
			continue
		}
		r.of("txhash").is(tx.Hash)
		r.of("height").is(strconv.FormatInt(tx.Height, 10))
		r.of("code").is(strconv.Itoa(int(tx.Code)))
		r.of("codespace").is(tx.Codespace)
		r.of("gas_wanted").is(strconv.FormatUint(tx.GasWanted, 10))
		r.of("gas_used").is(strconv.FormatUint(tx.GasUsed, 10))
		r.of("memo").is(tx.Memo)
		if tx.Fee.Cmp(reader{r.of("fee")}.wei("amount")) != 0 || (tx.Code != 0) != r.has("raw_log") {
			v.t.Errorf("%s: fee %s, code %d", name, tx.Fee, tx.Code)
		}
		if r.has("raw_log") {
			r.of("raw_log").is(tx.RawLog)
		}
		v.compareMessages(r, tx)
		v.compareEvents(r, tx)
	}
}

func (v *vectors) compareMessages(r page, tx *chain.Tx) {
	messages := r.of("messages").list()
	if len(messages) != len(tx.Messages) {
		v.t.Fatalf("%s: %d messages", r.path, len(tx.Messages))
	}
	for i, m := range messages {
		m.of("@type").is(tx.Messages[i].Type)
		m.like(tx.Messages[i].Fields)
	}
}

// compareEvents takes the JSON quotes off the values of typed events.
func (v *vectors) compareEvents(r page, tx *chain.Tx) {
	events := r.of("events").list()
	if len(events) != len(tx.Events) {
		v.t.Fatalf("%s: %d events", r.path, len(tx.Events))
	}
	if len(events) == 0 {
		r.of("events").raw()
	}
	for i, e := range events {
		e.of("type").is(tx.Events[i].Type)
		for key, value := range e.of("attributes").members() {
			want, got := value.text(), tx.Events[i].Get(key)
			if strings.HasPrefix(want, `"`) {
				ok(v.t, json.Unmarshal([]byte(want), &want))
			}
			if got != want {
				v.t.Errorf("%s: %s is %q", value.path, key, got)
			}
		}
	}
}

// checkErrors has the wallet meet every recorded error where it was met: those
// of the first check when it sends, those of a block when it looks. Each is a
// sentence for people with the code behind it.
func (v *vectors) checkErrors() {
	for _, p := range v.at("checktx_errors").list() {
		n := newNode(v.t)
		n.refuse = refusal{p.of("codespace").text(), uint32(p.of("code").number()), p.of("raw_log").text()}
		err := n.send(v.key(0))
		var tx *chain.TxError
		if p.of("case").text() == "same bytes again" { // they are sent, and it is followed
			ok(v.t, err)
			continue
		}
		if !errors.As(err, &tx) || tx.Codespace != n.refuse.space || tx.Code != n.refuse.code || tx.RawLog != n.refuse.log || tx.Charged {
			v.t.Errorf("%s: %v", p.of("case").text(), err)
		}
		if s := fault.Sentence(err); !strings.HasSuffix(s, "Nothing was sent.") || strings.Contains(s, n.refuse.log) {
			v.t.Errorf("%s: %q", p.of("case").text(), s)
		}
	}
	for _, p := range v.at("delivertx_errors").list() {
		n, name := newNode(v.t), p.of("case").text()
		n.fail = refusal{p.of("codespace").text(), uint32(p.of("code").number()), "failed to execute message; message index: 0: " + p.of("raw_log_contains").text()}
		err := n.send(v.key(0))
		var tx *chain.TxError
		if !errors.As(err, &tx) || tx.Codespace != n.fail.space || tx.Code != n.fail.code || tx.RawLog != n.fail.log || !tx.Charged {
			v.t.Errorf("%s: %v", name, err)
		}
		if s := fault.Sentence(err); !strings.Contains(s, "Only the fee of ") || strings.Contains(s, p.of("raw_log_contains").text()) {
			v.t.Errorf("%s: %q", name, s)
		}
	}
}

// checkReceipts: the parties of an Ethereum transaction are accounts of this
// chain, and a payment costs what the table says.
func (v *vectors) checkReceipts() {
	for _, p := range v.at("recorded_eth_receipts").list() {
		for i, name := range []string{"from", "to"} {
			if a, err := stratos.ParseAddress(p.of(name).text()); err != nil || a != v.key(i).Address() {
				v.t.Errorf("%s is %v, %v", p.path, a, err)
			}
		}
		used, right := new(big.Int).SetString(p.of("gasUsed").text(), 0)
		if !right || used.Int64() != 21_000 || p.of("status").text() != "0x1" {
			v.t.Errorf("%s: %v gas, status %s", p.path, used, p.of("status").text())
		}
		p.raw() // the rest is of blocks, and of logs that a payment has none of
	}
}
