package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

const testChain = "stratos-local-1"

func address(t testing.TB, text string) stratos.Address {
	t.Helper()
	a, err := stratos.ParseAddress(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func alice(t testing.TB) stratos.Address {
	return address(t, "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx")
}

func bob(t testing.TB) stratos.Address {
	return address(t, "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k")
}

func stos(t testing.TB, text string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text + "stos")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func newLog(t testing.TB) *Log {
	t.Helper()
	l, err := Open(context.Background(), filepath.Join(t.TempDir(), "hist ory?.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func sent(t testing.TB, n int) chain.Sent {
	return chain.Sent{
		ChainID: testChain, Hash: fmt.Sprintf("%064d", n), From: alice(t), Sequence: uint64(n), Timeout: uint64(n + 50),
		Message: chain.Transfer{From: alice(t), To: bob(t), Amount: stos(t, "1.5")}, Memo: "hi",
		Fee: stos(t, "0.0001"), Time: time.Unix(int64(1000+n), 0).UTC(),
	}
}

func list(t testing.TB, l *Log, a stratos.Address) []Entry {
	t.Helper()
	entries, err := l.List(context.Background(), testChain, a, 1000, 0)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestLogBeforeAndAfter(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	ok(t, l.Sending(ctx, sent(t, 1)))
	e := list(t, l, alice(t))[0]
	if e.State != chain.Sending || e.Kind != Sent || e.Direction != Out || e.Amount.Cmp(stos(t, "1.5")) != 0 ||
		e.Counterparty != bob(t).String() || e.Fee.Cmp(stos(t, "0.0001")) != 0 || e.Memo != "hi" || e.Time.Unix() != 1001 {
		t.Errorf("logged %+v", e)
	}
	p, err := l.Pending(ctx, testChain, alice(t))
	ok(t, err)
	if len(p) != 1 || p[0] != (chain.Pending{Hash: sent(t, 1).Hash, From: alice(t), Sequence: 1, Timeout: 51}) {
		t.Errorf("pending %+v", p)
	}
	if err := l.Sending(ctx, sent(t, 1)); !errors.Is(err, chain.ErrLogged) {
		t.Errorf("twice: %v", err)
	}
	block := time.Unix(2000, 0).UTC()
	ok(t, l.Settled(ctx, sent(t, 1).Hash, chain.Outcome{State: chain.Done, Height: 9, Time: block, Noz: big.NewInt(5)}))
	ok(t, l.Settled(ctx, sent(t, 1).Hash, chain.Outcome{State: chain.Unknown, Reason: "late"}))
	e = list(t, l, alice(t))[0]
	if e.State != chain.Done || e.Height != 9 || !e.Time.Equal(block) || e.Noz.Int64() != 5 || e.Reason != "" {
		t.Errorf("settled %+v", e)
	}
	if p, err := l.Pending(ctx, testChain, alice(t)); err != nil || len(p) != 0 {
		t.Errorf("pending %v, %v", p, err)
	}
	if known, err := l.Knows(ctx, testChain, alice(t), bob(t)); err != nil || !known {
		t.Errorf("knows bob: %v, %v", known, err)
	}
	if known, err := l.Knows(ctx, testChain, bob(t), alice(t)); err != nil || known {
		t.Errorf("bob never sent: %v, %v", known, err)
	}
}

// What was refused was never paid, and may be sent again.
func TestRefusedMayBeSentAgain(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	ok(t, l.Sending(ctx, sent(t, 1)))
	ok(t, l.Settled(ctx, sent(t, 1).Hash, chain.Outcome{State: chain.Refused, Reason: "No."}))
	if e := list(t, l, alice(t))[0]; !e.Fee.IsZero() || e.Reason != "No." {
		t.Errorf("refused %+v", e)
	}
	again := sent(t, 1)
	again.Fee = stos(t, "0.0001")
	ok(t, l.Sending(ctx, again))
	if e := list(t, l, alice(t))[0]; e.State != chain.Sending || e.Fee.Cmp(again.Fee) != 0 || e.Reason != "" {
		t.Errorf("again %+v", e)
	}
}

func TestReopenAndSecondProcess(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "h.db")
	first, err := Open(ctx, path)
	ok(t, err)
	second, err := Open(ctx, path)
	ok(t, err)
	defer second.Close()
	ok(t, first.Sending(ctx, sent(t, 1)))
	if err := second.Sending(ctx, sent(t, 1)); !errors.Is(err, chain.ErrLogged) {
		t.Errorf("second process: %v", err)
	}
	ok(t, first.Close())
	if got := list(t, second, alice(t)); len(got) != 1 {
		t.Errorf("after the first closed: %v", got)
	}
	if st, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && st.Mode().Perm() != 0o600) {
		t.Errorf("mode %v, %v", st.Mode(), err)
	}
}

func TestDamagedFileHasASentence(t *testing.T) {
	path := filepath.Join(t.TempDir(), "h.db")
	ok(t, os.WriteFile(path, []byte(strings.Repeat("not a database ", 100)), 0o600))
	if _, err := Open(context.Background(), path); err == nil || !strings.Contains(err.Error(), "Your money is safe") {
		t.Errorf("%v", err)
	}
}

// fakeSource has transactions by filter, newest first.
type fakeSource struct {
	txs      map[string][]*chain.Tx
	outcomes map[string]chain.Outcome
	searches int
	failAt   int
}

func (*fakeSource) ChainID() string { return testChain }

func (s *fakeSource) Search(_ context.Context, filter string, _ stratos.Address, page, limit int) (chain.Page, error) {
	s.searches++
	if s.searches == s.failAt {
		return chain.Page{}, chain.ErrUnreachable
	}
	all := s.txs[filter]
	from, to := min((page-1)*limit, len(all)), min(page*limit, len(all))
	return chain.Page{Txs: all[from:to], Total: uint64(len(all))}, nil
}

func (s *fakeSource) Resolve(_ context.Context, p chain.Pending) (chain.Outcome, error) {
	return s.outcomes[p.Hash], nil
}

// add puts n more transactions from bob to alice on top.
func (s *fakeSource) add(t testing.TB, filter string, n int) {
	for range n {
		height := int64(len(s.txs[filter])/3 + 1) // several in a block
		fields, err := json.Marshal(map[string]any{
			"from_address": bob(t).String(), "to_address": alice(t).String(), "amount": []map[string]string{{"denom": "wei", "amount": "7"}},
		})
		ok(t, err)
		tx := &chain.Tx{
			Hash: fmt.Sprintf("%s%d", filter[:1], len(s.txs[filter])), Height: height, Time: time.Unix(height, 0),
			Messages: []chain.TxMessage{{Type: chain.TypeSend, Fields: fields}}, Fee: stratos.WeiAmount(3),
		}
		s.txs[filter] = append([]*chain.Tx{tx}, s.txs[filter]...)
	}
}

func TestRefresh(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	s := &fakeSource{txs: map[string][]*chain.Tx{}, outcomes: map[string]chain.Outcome{}}
	s.add(t, chain.ByRecipient, 120)
	s.add(t, chain.BySender, 3)
	ok(t, l.Sending(ctx, sent(t, 1)))
	ok(t, l.Sending(ctx, sent(t, 2)))
	s.outcomes[sent(t, 1).Hash] = chain.Outcome{State: chain.Expired, Reason: "Too late."}
	s.outcomes[sent(t, 2).Hash] = chain.Outcome{State: chain.Sending}
	ok(t, l.Refresh(ctx, s, alice(t)))
	if got := len(list(t, l, alice(t))); got != 125 {
		t.Errorf("%d entries, want 125", got)
	}
	if p, _ := l.Pending(ctx, testChain, alice(t)); len(p) != 1 || p[0].Sequence != 2 {
		t.Errorf("pending %v", p)
	}
	s.searches = 0
	ok(t, l.Refresh(ctx, s, alice(t)))
	if s.searches != 2 {
		t.Errorf("%d searches without news, want one per filter", s.searches)
	}
	e := list(t, l, alice(t))[2]
	if e.Kind != Received || e.Direction != In || e.Amount.String() != "7" || !e.Fee.IsZero() || e.Counterparty != bob(t).String() {
		t.Errorf("received %+v", e)
	}
}

// A walk that is cut off is done again from the top, and finds everything.
func TestRefreshCutOff(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	s := &fakeSource{txs: map[string][]*chain.Tx{}}
	s.add(t, chain.ByRecipient, 60)
	ok(t, l.Refresh(ctx, s, alice(t)))
	s.add(t, chain.ByRecipient, 130)
	s.failAt = s.searches + 3 // the sender's page and one of the recipient's succeed
	if err := l.Refresh(ctx, s, alice(t)); !errors.Is(err, chain.ErrUnreachable) {
		t.Fatalf("%v", err)
	}
	if got := len(list(t, l, alice(t))); got != 110 {
		t.Errorf("%d entries after the cut, want 110", got)
	}
	ok(t, l.Refresh(ctx, s, alice(t)))
	if got := len(list(t, l, alice(t))); got != 190 {
		t.Errorf("%d entries, want 190", got)
	}
}

// A practice network begun anew has the same chain id and lower heights.
func TestRefreshAfterTheChainBeganAnew(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	s := &fakeSource{txs: map[string][]*chain.Tx{}}
	s.add(t, chain.ByRecipient, 300)
	ok(t, l.Refresh(ctx, s, alice(t)))
	fresh := &fakeSource{txs: map[string][]*chain.Tx{}}
	fresh.add(t, chain.ByRecipient, 70)
	for i, tx := range fresh.txs[chain.ByRecipient] {
		tx.Hash = "new" + strconv.Itoa(i)
	}
	ok(t, l.Refresh(ctx, fresh, alice(t)))
	if got := len(list(t, l, alice(t))); got != 370 {
		t.Errorf("%d entries, want 370", got)
	}
}
