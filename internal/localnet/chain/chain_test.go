package chain

import (
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"cosmossdk.io/math"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// recorded are transactions that a daemon of the real chain executed.
func recorded(t *testing.T) map[string]answerVector {
	t.Helper()
	var all struct {
		Recorded map[string]answerVector `json:"recorded_txs"`
	}
	readVectors(t, &all)
	return all.Recorded
}

type answerVector struct {
	Events []struct {
		Type       string            `json:"type"`
		Attributes map[string]string `json:"attributes"`
	} `json:"events"`
}

func (v answerVector) event(kind, key string) string {
	for _, e := range v.Events {
		if e.Type == kind {
			return e.Attributes[key]
		}
	}
	return ""
}

func readVectors(t *testing.T, into any) {
	t.Helper()
	raw, err := os.ReadFile("../../stratos/testdata/chain-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

// Three purchases in the order of the recorded ones buy what those bought, a
// restart in between changes nothing, and each is followed exactly once.
func TestPrepayAcrossARestart(t *testing.T) {
	dir := t.TempDir()
	c := start(t, free(dir))
	alice := newWallet(t, c, "1000stos")
	other := "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	vectors := recorded(t)

	first := alice.prepay(alice.address, "1stos", vectors["prepay"])
	second := alice.prepay(other, "2stos", vectors["prepay_other"])
	got := followed(t, c, 0, 2)
	if got[0].TxHash != first.Hash || got[0].Beneficiary != alice.address || got[0].Wei.Cmp(wei(t, "1stos")) != 0 {
		t.Errorf("first purchase %+v", got[0])
	}
	if got[1].TxHash != second.Hash || got[1].Beneficiary != other || got[1].Noz.String() != "1999200259920" {
		t.Errorf("second purchase %+v", got[1])
	}
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := c.Err(); err != nil {
		t.Errorf("after a clean stop: %v", err)
	}

	c = start(t, free(dir))
	alice.chain = c
	alice.prepay(alice.address, "1stos", vectors["prepay_amino"])
	if again := followed(t, c, got[1].Height, 1); again[0].Noz.String() != "999300369825" {
		t.Errorf("third purchase %+v", again[0])
	}
	if all := followed(t, c, 0, 3); all[0].TxHash != first.Hash || all[1].TxHash != second.Hash {
		t.Error("the old purchases are gone or out of order")
	}
}

// prepay buys ozone, and checks quote and event against the recorded purchase.
func (w *wallet) prepay(beneficiary, amount string, want answerVector) answer {
	w.t.Helper()
	bought := want.event(prepayEvent, "purchased_noz")
	var quote struct{ Noz string }
	coins := coin(w.t, amount)
	w.chain.get(w.t, "/stratos/sds/v1/sim_prepay/"+coins.String(), &quote)
	if `"`+quote.Noz+`"` != bought {
		w.t.Errorf("%s is quoted as %s noz, recorded %s", amount, quote.Noz, bought)
	}
	a := w.send(&sds.MsgPrepay{Sender: w.address, Beneficiary: beneficiary, Amount: weiCoins(coins.Amount)}).must(w.t)
	for key, value := range map[string]string{
		"purchased_noz": bought, "amount": want.event(prepayEvent, "amount"),
		"sender": `"` + w.address + `"`, "beneficiary": `"` + beneficiary + `"`,
	} {
		if got := a.event(prepayEvent, key); got != value {
			w.t.Errorf("%s is %s, recorded %s", key, got, value)
		}
	}
	if to := want.event("coin_received", "receiver"); !a.has("coin_received", "receiver", to) {
		w.t.Errorf("the coins did not go to %s, as recorded", to)
	}
	return a
}

var errEnough = errors.New("enough")

// followed returns the first n purchases above a height.
func followed(t *testing.T, c *Chain, after int64, n int) []Prepay {
	t.Helper()
	var found []Prepay
	err := c.FollowPrepays(t.Context(), after, func(p Prepay) error {
		if found = append(found, p); len(found) == n {
			return errEnough
		}
		return nil
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("followed %d purchases, then %v", len(found), err)
	}
	return found
}

func TestOzoneOfTheFirstState(t *testing.T) {
	c := start(t, free(t.TempDir()))
	var price struct{ Price math.LegacyDec }
	c.get(t, "/stratos/sds/v1/noz_price", &price)
	if !price.Price.Equal(math.LegacyNewDec(1_000_000)) {
		t.Errorf("one noz costs %s", price.Price)
	}
	var supply struct{ Remaining, Total string }
	c.get(t, "/stratos/sds/v1/noz_supply", &supply)
	if supply.Total != "10000000000000000" || supply.Remaining != supply.Total {
		t.Errorf("ozone %+v", supply)
	}
	var coins struct {
		Supply []struct{ Denom, Amount string }
	}
	c.get(t, "/cosmos/bank/v1beta1/supply", &coins)
	if len(coins.Supply) != 1 || coins.Supply[0].Amount != stos(totalSupply).String() {
		t.Errorf("coins %+v", coins)
	}
	if status := c.try("/stratos/sds/v1/file_upload/v05j1m54t3iqc1kqthe7bcmg3o4qkvu5t12ujk40", nil); status != http.StatusNotFound {
		t.Errorf("an unknown file: status %d", status)
	}
	if status := c.try("/stratos/sds/v1/file_upload/v05unknown", nil); status != http.StatusBadRequest {
		t.Errorf("what is no file id: status %d", status)
	}
	if status := c.try("/stratos/sds/v1/sim_prepay/1"+strings.Repeat("0", 70)+"wei", nil); status != http.StatusBadRequest {
		t.Errorf("a quote for more than there is: status %d", status)
	}
}

func TestOneProgramPerFolderAndPort(t *testing.T) {
	c := common(t)
	for name, cfg := range map[string]Config{
		"folder": free(shared.dir),
		"port":   {Dir: t.TempDir(), RPC: c.at.rpc.Addr().String(), REST: "127.0.0.1:0", GRPC: "127.0.0.1:0"},
	} {
		second, err := Start(t.Context(), cfg)
		if err == nil {
			second.Stop()
			t.Fatalf("%s taken, and it starts", name)
		}
		if !strings.Contains(fault.Sentence(err), "another program") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Credit(t.Context(), receiver, big.NewInt(1)); err != nil {
		t.Errorf("the first chain suffers: %v", err)
	}
}

func TestFailureOfConsensusIsReported(t *testing.T) {
	c := start(t, free(t.TempDir()))
	c.engine.app.blocks.app = nil // the next block panics
	_, err := c.Credit(t.Context(), receiver, big.NewInt(1))
	if fault.ExitCode(err) != int(fault.Unknown) {
		t.Errorf("a credit that waited: %v", err)
	}
	select {
	case <-c.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("the chain idles on")
	}
	if !strings.Contains(fault.Sentence(c.Err()), "stopped because its chain failed") {
		t.Errorf("reason: %v", c.Err())
	}
}

func TestCreditRefusesBadInput(t *testing.T) {
	c := common(t)
	for _, bad := range []struct {
		address string
		wei     int64
	}{{"nobody", 1}, {receiver, 0}, {receiver, -1}} {
		if _, err := c.Credit(t.Context(), bad.address, big.NewInt(bad.wei)); fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if _, err := c.Credit(t.Context(), receiver, stos(totalSupply).BigInt()); err == nil {
		t.Error("gave away more than there is")
	}
}

func TestManyBlocks(t *testing.T) {
	cfg := free(t.TempDir())
	cfg.Rest = time.Millisecond
	c := start(t, cfg)
	defer readOn(t, c)()
	// CometBFT's queue of peer statistics holds 1,000 entries, three a block.
	for deadline := time.Now().Add(time.Minute); c.Height() < 345; {
		if time.Now().After(deadline) {
			t.Fatalf("stands still at block %d", c.Height())
		}
		moved := c.heights.next()
		c.engine.wake.block()
		select {
		case <-moved:
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// readOn reads the newest state for some blocks: it is there at any moment, also
// in the midst of a commit. The caller waits for the end of it.
func readOn(t *testing.T, c *Chain) (wait func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for end := time.Now().Add(time.Minute); c.Height() < 60 && time.Now().Before(end); {
			err := c.Query(t.Context(), "/stratos.sds.v1.Query/NozSupply", &sds.QueryNozSupplyRequest{}, &sds.QueryNozSupplyResponse{})
			if err != nil {
				t.Errorf("at block %d: %v", c.Height(), err)
				return
			}
		}
	}()
	return func() { <-done }
}

func transfer(t *testing.T, from, to, amount string) *banktypes.MsgSend {
	t.Helper()
	return &banktypes.MsgSend{FromAddress: from, ToAddress: to, Amount: weiCoins(coin(t, amount).Amount)}
}

// A follower of a chain that ends is told so, whatever it was doing.
func TestStopEndsFollowers(t *testing.T) {
	c := start(t, free(t.TempDir()))
	ended := make(chan error, 1)
	go func() { ended <- c.FollowPrepays(t.Context(), 0, func(Prepay) error { return nil }) }()
	if err := c.Stop(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("after a clean stop: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it follows on")
	}
	if err := c.FollowPrepays(t.Context(), 0, func(Prepay) error { return nil }); err != nil {
		t.Errorf("of a stopped chain: %v", err)
	}
	if _, err := c.Credit(t.Context(), receiver, big.NewInt(1)); err == nil {
		t.Error("a stopped chain gives credit")
	}
}
