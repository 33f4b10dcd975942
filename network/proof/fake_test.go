package proof

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	alice  = "st1alice"
	bob    = "st1bob"
	artist = "st1artist"
	metaOf = "st1meta"
)

// fake is a chain that says what it is told to say.
type fake struct {
	txs     []fakeTx
	answers map[string]string // JSON by path
	asked   int
}

type fakeTx struct {
	height   int
	raw      string
	messages []string
	bought   []string // noz, of its events
	failed   bool
}

func (f fakeTx) hash() string { return fmt.Sprintf("%X", sha256.Sum256([]byte(f.raw))) }

// newFake is a chain whose nodes have 10 000 STOS deposited, as that of the
// recorded report.
func newFake() *fake {
	return &fake{answers: map[string]string{
		"/stratos/pot/v1/params": `{"params":{"mature_epoch":"1","community_tax":"0.010000000000000000","mining_reward_params":[
			{"total_mined_valve_end":{"denom":"wei","amount":"16819200000000000000000000"},"mining_reward":{"denom":"wei","amount":"80000000000000000000"},
			"block_chain_percentage_in_bp":"2000","resource_node_percentage_in_bp":"6000","meta_node_percentage_in_bp":"2000"}]}}`,
		"/stratos/register/v1/meta_node_count":  `{"number":"1"}`,
		"/stratos/register/v1/meta_node/stsds1": `{"node":{"beneficiary_address":"` + metaOf + `"}}`,
		"/stratos/pot/v1/total_mined_token":     `{"total_mined_token":{"denom":"wei","amount":"0"}}`,
	}}
}

// Get implements [Getter].
func (f *fake) Get(_ context.Context, path string, query url.Values, into any) error {
	f.asked++
	switch {
	case f.answers[path] != "":
		return json.Unmarshal([]byte(f.answers[path]), into)
	case path == "/cosmos/tx/v1beta1/txs":
		return json.Unmarshal(f.search(query), into)
	case path == "/cosmos/base/tendermint/v1beta1/blocks/latest":
		return json.Unmarshal([]byte(`{"block":{"header":{"height":"99"}}}`), into)
	case strings.HasPrefix(path, "/cosmos/base/tendermint/v1beta1/blocks/"):
		return json.Unmarshal(f.block(path[len("/cosmos/base/tendermint/v1beta1/blocks/"):]), into)
	case strings.HasPrefix(path, "/stratosdrive/creator/v1/"), strings.HasPrefix(path, "/stratos/pot/v1/"):
		return json.Unmarshal([]byte("{}"), into)
	}
	return errors.New("the fake has no " + path)
}

// search finds transactions, the newest first in a block.
func (f *fake) search(query url.Values) []byte {
	kind := strings.Trim(strings.TrimPrefix(query.Get("events"), "message.action="), "'")
	var found []fakeTx
	for _, t := range f.txs {
		if slices.ContainsFunc(t.messages, func(m string) bool { return strings.Contains(m, `"`+kind+`"`) }) {
			found = append(found, t)
		}
	}
	slices.SortStableFunc(found, func(a, b fakeTx) int { return a.height - b.height })
	total := len(found)
	number, _ := strconv.Atoi(query.Get("page"))
	found = found[min(total, (number-1)*pageSize):min(total, number*pageSize)]
	var bodies, replies []string
	for _, t := range slices.Backward(found) {
		code, events := 0, ""
		if t.failed {
			code = 5
		}
		for _, noz := range t.bought {
			events += `,{"type":"stratos.sds.v1.EventPrePay","attributes":[{"key":"sender","value":"\"x\""},{"key":"purchased_noz","value":"\"` + noz + `\""}]}`
		}
		bodies = append(bodies, `{"body":{"messages":[`+strings.Join(t.messages, ",")+`]}}`)
		replies = append(replies, fmt.Sprintf(`{"height":"%d","txhash":"%s","code":%d,"events":[{"type":"tx"}%s]}`, t.height, t.hash(), code, events))
	}
	return fmt.Appendf(nil, `{"txs":[%s],"tx_responses":[%s],"total":"%d"}`, strings.Join(bodies, ","), strings.Join(replies, ","), total)
}

func (f *fake) block(height string) []byte {
	var raw []string
	for _, t := range f.txs {
		if strconv.Itoa(t.height) == height {
			raw = append(raw, `"`+base64.StdEncoding.EncodeToString([]byte(t.raw))+`"`)
		}
	}
	return []byte(`{"block":{"data":{"txs":[` + strings.Join(raw, ",") + `]}}}`)
}

// do puts a transaction into the block at height.
func (f *fake) do(height int, messages ...string) *fakeTx {
	f.txs = append(f.txs, fakeTx{height: height, messages: messages, raw: fmt.Sprint(len(f.txs))})
	return &f.txs[len(f.txs)-1]
}

func prepay(wei string) string {
	return `{"@type":"/stratos.sds.v1.MsgPrepay","sender":"st1","amount":[{"denom":"wei","amount":"` + wei + `"}]}`
}

func effective(node, wei string) string {
	return `{"@type":"/stratos.register.v1.MsgUpdateEffectiveDeposit","network_address":"` + node + `","effective_tokens":"` + wei + `"}`
}

func slash(node, wallet string, noz int64, suspend bool) string {
	return fmt.Sprintf(`{"@type":"/stratos.pot.v1.MsgSlashingResourceNode","network_address":"%s","wallet_address":"%s","slashing":"%d","suspend":%t}`,
		node, wallet, noz, suspend)
}

func withdraw(wallet, wei string) string {
	return `{"@type":"/stratos.pot.v1.MsgWithdraw","wallet_address":"` + wallet + `","amount":[{"denom":"wei","amount":"` + wei + `"}]}`
}

// list writes pairs of wallet and noz.
func list(pairs ...any) string {
	var all []string
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, fmt.Sprintf(`{"wallet_address":"%s","volume":"%d"}`, pairs[i], pairs[i+1]))
	}
	return "[" + strings.Join(all, ",") + "]"
}

func report(epoch int, volumes string) string {
	return fmt.Sprintf(`{"@type":"/stratos.pot.v1.MsgVolumeReport","epoch":"%d","reporter":"stsds1","wallet_volumes":%s}`, epoch, volumes)
}

func content(epoch int, owners, servers string) string {
	return fmt.Sprintf(`{"@type":"/stratosdrive.creator.v1.MsgCreatorTraffic","epoch":"%d","owners":%s,"servers":%s}`, epoch, owners, servers)
}

// settle makes the chain say of its market what follows from a deposit, coins
// that are prepaid, and ozone that somebody has.
func (f *fake) settle(deposit, prepaid, sold *big.Int) {
	left := new(big.Int).Quo(deposit, big.NewInt(1e6))
	left.Sub(left, sold)
	price := new(big.Rat).SetFrac(new(big.Int).Add(deposit, prepaid), left)
	f.answers["/stratos/sds/v1/noz_price"] = `{"price":"` + price.FloatString(places) + `"}`
	f.answers["/stratos/sds/v1/noz_supply"] = `{"remaining":"` + left.String() + `"}`
	f.answers["/cosmos/bank/v1beta1/balances/"+prepayAddress+"/by_denom"] = `{"balance":{"denom":"wei","amount":"` + prepaid.String() + `"}}`
}

func (f *fake) read(t *testing.T) *Books {
	t.Helper()
	b, err := Read(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func number(text string) *big.Int {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		panic(text)
	}
	return n
}
