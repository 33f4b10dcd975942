package proof

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

var prepayAddress = stratos.ModuleAddress(prepayAccount).String()

// recorded is the traffic that was recorded on the real chain, with a third of
// the second wallet's being content. The chain has what follows from it.
func recorded() *fake {
	f := newFake()
	f.do(2, prepay("1000000000000000000")).bought = []string{"999900009999"}
	f.do(3, prepay("2000000000000000000"), prepay("1000000000000000000")).bought = []string{"1999200259920", "999300369825"}
	f.do(4, content(1, list(artist, int64(1e9)), list(bob, int64(1e9))))
	f.do(5, report(1, list(alice, int64(1e9), bob, int64(3e9))))
	f.answers["/stratosdrive/creator/v1/epoch/1"] = `{"record":{"share":"0.100000000000000000"}}`
	return f
}

// atEnd settles the market of the recorded traffic.
func (f *fake) atEnd(e *Epoch, bought *big.Int) {
	deposit, prepaid := number("10000000000000000000000"), number("4000000000000000000")
	f.settle(deposit, prepaid.Sub(prepaid, e.Spent()), new(big.Int).Sub(bought, e.Used))
}

// TestRecordedReport: the numbers that were recorded come out, to the wei.
func TestRecordedReport(t *testing.T) {
	f := recorded()
	f.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
	b := f.read(t)
	e := b.Epoch(1)
	if got := e.Wallets[alice].Total(); got.Cmp(number("12000594475057154860")) != 0 {
		t.Errorf("the first wallet earned %s", got)
	}
	nodes := new(big.Int)
	for _, w := range e.Wallets {
		nodes.Add(nodes, w.Paid())
	}
	if nodes.String() != "3170533638159256" || e.Tax.String() != "32025592304638" {
		t.Errorf("nodes earned %s of traffic, and the tax was %s", nodes, e.Tax)
	}
	if e.Mined().Cmp(number("80000000000000000000")) != 0 || e.Wallets[metaOf].Mining.Cmp(number("16000000000000000000")) != 0 {
		t.Errorf("mined %s", e.Mined())
	}
	price := new(big.Int).Quo(new(big.Int).Quo(e.Worth.Atoms(), big.NewInt(40)), big.NewInt(1e18))
	if got := e.Wallets[artist].Created; got.Sign() <= 0 || got.Cmp(price) != 0 || e.Wallets[bob].Gave.Cmp(price) != 0 {
		t.Errorf("the artist got %s, %s was given, a tenth of the price is %s", got, e.Wallets[bob].Gave, price)
	}
	if b.Bought.String() != b.told.String() {
		t.Errorf("bought %s, told %s", b.Bought, b.told)
	}
}

// proved is the recorded chain with all that it says of itself.
func proved(t *testing.T) (*fake, *Books) {
	f := recorded()
	f.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
	b := f.read(t)
	e := b.Epoch(0)
	f.atEnd(e, b.Bought)
	f.answers["/stratos/pot/v1/total_mined_token"] = `{"total_mined_token":{"denom":"wei","amount":"80000000000000000000"}}`
	f.answers["/stratos/pot/v1/total_reward/1"] = fmt.Sprintf(
		`{"total_reward":{"mining_reward":[{"denom":"wei","amount":"%s"}],"traffic_reward":[{"denom":"wei","amount":"%s"}]}}`, e.Mined(), e.Spent())
	f.answers["/stratosdrive/creator/v1/epoch/1"] = fmt.Sprintf(`{"record":{"share":"0.100000000000000000","worth":"%s","used":"4000000000",
		"owners":[{"wallet_address":"%s","volume":"1000000000","amount":"%s"}],"servers":[{"wallet_address":"%s","volume":"1000000000","amount":"%s"}]}}`,
		e.Worth, artist, e.Wallets[artist].Created, bob, e.Wallets[bob].Gave)
	f.answers["/stratosdrive/creator/v1/rewards/"+artist] = fmt.Sprintf(
		`{"total":{"wallet_address":"%s","volume":"1000000000","amount":"%s"}}`, artist, e.Wallets[artist].Created)
	for wallet, w := range e.Wallets {
		path := "/stratos/pot/v1/rewards/wallet/" + wallet
		f.answers[path] = fmt.Sprintf(`{"rewards":{"immature_total_reward":[{"denom":"wei","amount":"%s"}]}}`, w.Total())
		f.answers[path+"/epoch/1"] = fmt.Sprintf(
			`{"rewards":[{"reward_from_mining_pool":[{"denom":"wei","amount":"%s"}],"reward_from_traffic_pool":[{"denom":"wei","amount":"%s"}]}]}`,
			w.Mining, w.Paid())
	}
	return f, f.read(t)
}

// TestProof: a chain that kept the rules differs by 0 everywhere, and one
// that says a single other number differs by just that.
func TestProof(t *testing.T) {
	f, b := proved(t)
	all, err := b.Prove(t.Context(), f, 0)
	if err != nil || len(all) != 4+2+4+4*6 {
		t.Fatalf("%d numbers, %v", len(all), err)
	}
	for _, n := range all {
		if !n.Difference.IsZero() || n.Own.String() != n.Chain.String() {
			t.Errorf("%s of %q: %s instead of %s", n.Name, n.Wallet, n.Chain, n.Own)
		}
	}
	if sum := Differences(all); !sum.IsZero() {
		t.Errorf("the differences add up to %s", sum)
	}
	both := []Number{{Difference: whole(big.NewInt(2))}, {Difference: whole(big.NewInt(-2))}}
	if sum := Differences(both); sum.String() != "4" {
		t.Errorf("2 and -2 add up to %s", sum)
	}
	for path, answer := range f.answers {
		if strings.Contains(path, "params") || strings.Contains(path, "meta_node") || strings.HasSuffix(path, "noz_price") {
			continue
		}
		for _, part := range strings.Split(answer, `"amount":"`)[1:] {
			was, _, _ := strings.Cut(part, `"`)
			more := new(big.Int).Add(number(was), big.NewInt(7)).String()
			lying := &fake{txs: f.txs, answers: map[string]string{}}
			for p, a := range f.answers {
				lying.answers[p] = a
			}
			lying.answers[path] = strings.Replace(answer, `"amount":"`+was, `"amount":"`+more, 1)
			b := lying.read(t)
			list, err := b.Prove(t.Context(), lying, 1)
			off := slices.ContainsFunc(list, func(n Number) bool { return n.Difference.String() == "7" })
			if err != nil || !off {
				t.Errorf("%s may say %s instead of %s: %v", path, more, was, err)
			}
		}
	}
}

// TestWhatFollowsFromAnEpoch: rewards mature with a later epoch, less what is
// owed for a node that failed, and can be taken out; deposits that come and go
// change the price.
func TestWhatFollowsFromAnEpoch(t *testing.T) {
	f := newFake()
	f.do(1, effective("node", "1000000000000000000"))
	f.do(2, prepay("1000000000000000000"))
	f.do(3, report(1, list(alice, int64(1e9))))
	f.do(4, slash("node", alice, 5e8, true))
	f.do(4, slash("other", bob, 1e6, false)).failed = true
	f.do(5, report(4, list(bob, int64(1e8)))) // epochs 2 and 3 had no traffic
	f.do(6, withdraw(alice, "1000"))
	f.do(7, effective("node", "3000000000000000000"), `{"@type":"/stratos.register.v1.MsgRemoveResourceNode","resource_node_address":"node"}`)
	f.do(8, `{"@type":"/cosmos.bank.v1beta1.MsgMultiSend","amount":3}`)
	f.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
	b := f.read(t)
	first, second, a := b.Epoch(1), b.Epoch(4), b.Account(alice)
	if got := new(big.Int).Sub(first.Deposit, second.Deposit); got.String() != "1000000000000000000" || b.Epoch(3) != nil || b.Epoch(9) != nil {
		t.Errorf("the deposit of the node that failed counts %s", got)
	}
	debt := new(big.Int).Sub(first.Wallets[alice].Total(), a.Mature)
	debt.Sub(debt, big.NewInt(1000))
	// what 5*10^8 noz were worth then: between the prices of then and of 2 % more
	low := new(big.Int).Quo(new(big.Int).Mul(first.Worth.Floor(), big.NewInt(49)), big.NewInt(100))
	if debt.Cmp(low) < 0 || debt.Cmp(first.Worth.Floor()) > 0 || a.Immature.Sign() != 0 || a.Withdrawn.Int64() != 1000 || a.Owed.Sign() != 0 {
		t.Errorf("alice: %+v with a debt of %s", a, debt)
	}
	if c := b.Account(bob); c.Immature.Cmp(second.Wallets[bob].Total()) != 0 || c.Mature.Sign() != 0 || c.Owed.Sign() != 0 {
		t.Errorf("bob: %+v", c)
	}
	if nobody := b.Account("st1nobody"); nobody.Mature.Sign() != 0 || b.Accounts["st1nobody"] != nil {
		t.Errorf("somebody unknown has %+v", nobody)
	}
}

// TestContentThatCannotBe pays nothing: more than a wallet served, by one that
// served nothing, or told after the report.
func TestContentThatCannotBe(t *testing.T) {
	for name, told := range map[string]string{
		"more":      content(1, list(artist, 11), list(alice, 11)),
		"elsewhere": content(1, list(artist, 1), list(bob, 1)),
		"meta":      content(1, list(artist, 1), list(metaOf, 1)),
		"later":     content(2, list(artist, 1), list(alice, 1)),
	} {
		f := newFake()
		f.answers["/stratosdrive/creator/v1/epoch/1"] = `{"record":{"share":"0.5"}}`
		f.do(2, prepay("1000000000000000000"))
		f.do(3, told)
		f.do(4, report(1, list(alice, 10)))
		f.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
		e := f.read(t).Epoch(1)
		if e.Wallets[artist] != nil || len(e.Owners) != 0 || e.Refused != (name != "later") {
			t.Errorf("%s: refused %t, %+v", name, e.Refused, e.Wallets[artist])
		}
	}
}

// TestOrderInABlock: a purchase before a report in its block changes what the
// report pays, one behind it does not, whatever order a search has.
func TestOrderInABlock(t *testing.T) {
	worth := func(before bool) string {
		f := newFake()
		f.do(2, prepay("9000000000000000000"))
		if before {
			f.do(5, prepay("5000000000000000000"))
		}
		f.do(5, report(1, list(alice, int64(1e9))))
		if !before {
			f.do(5, prepay("5000000000000000000"))
		}
		f.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
		return f.read(t).Epoch(1).Worth.String()
	}
	if a, b := worth(true), worth(false); len(a) < len(b) || len(a) == len(b) && a <= b {
		t.Errorf("worth %s after a purchase and %s before it", a, b)
	}
}

func TestManyPages(t *testing.T) {
	f := newFake()
	for i := range 2*pageSize + 1 {
		f.do(i/3, prepay("1000"))
	}
	f.settle(number("10000000000000000000000"), new(big.Int), new(big.Int))
	if got := f.read(t).market.unissued; got.Int64() != 1000*(2*pageSize+1) {
		t.Errorf("prepaid %s", got)
	}
}

// TestWhatCannotBeProved is told.
func TestWhatCannotBeProved(t *testing.T) {
	f, b := proved(t)
	if _, err := b.Prove(t.Context(), f, 7); !errors.Is(err, ErrNoEpoch) {
		t.Errorf("an epoch without traffic: %v", err)
	}
	f.answers["/stratos/register/v1/meta_node_count"] = `{"number":"2"}`
	if _, err := Read(t.Context(), f); !errors.Is(err, ErrMetaNodes) {
		t.Errorf("two meta nodes: %v", err)
	}
	f, _ = proved(t)
	f.do(9, `{"@type":"/stratos.register.v1.MsgUpdateMetaNodeDeposit"}`)
	if _, err := Read(t.Context(), f); !errors.Is(err, ErrMetaNodes) {
		t.Errorf("a meta node with another deposit: %v", err)
	}
	for _, bad := range []string{prepay("-1"), prepay("x"), report(1, `[{"volume":""}]`), content(2, "[]", `[{"volume":"1e9"}]`), `{"@type":3}`, slash("n", "w", -4, true)} {
		f, _ = proved(t)
		f.do(9, bad, prepay("1"), withdraw("x", "1"))
		if _, err := Read(t.Context(), f); err == nil {
			t.Errorf("%s was followed", bad)
		}
	}
	for path := range f.answers {
		f, _ = proved(t)
		f.answers[path] = `{"params":7,"record":7,"rewards":7,"total":7,"number":7,"node":7,"price":7,"remaining":7,"balance":7,"total_mined_token":7,"total_reward":7}`
		b, err := Read(t.Context(), f)
		if err == nil {
			_, err = b.Prove(t.Context(), f, 1)
		}
		if err == nil {
			t.Errorf("%s made no sense and was believed", path)
		}
	}
}

// TestWithdrawn: what was taken out is known on a chain whose rewards cannot be
// worked out again.
func TestWithdrawn(t *testing.T) {
	f := newFake()
	f.answers["/stratos/register/v1/meta_node_count"] = `{"number":"3"}`
	f.do(3, withdraw(alice, "1000"), withdraw(bob, "5"))
	f.do(3, withdraw(alice, "20"))
	f.do(4, withdraw(alice, "7")).failed = true
	if _, err := Read(t.Context(), f); !errors.Is(err, ErrMetaNodes) {
		t.Errorf("rewards: %v", err)
	}
	got, err := Withdrawn(t.Context(), f, alice, artist)
	if err != nil || len(got) != 2 || got[alice].Int64() != 1020 || got[artist].Sign() != 0 {
		t.Errorf("%v, %v", got, err)
	}
	f.do(5, withdraw(alice, "many"))
	if _, err := Withdrawn(t.Context(), f, alice); err == nil {
		t.Error("what cannot be read was passed over")
	}
}
