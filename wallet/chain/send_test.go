package chain

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// memoryLog keeps the last state of each hash, as a history does.
type memoryLog struct {
	mu     sync.Mutex
	sent   map[string]Sent
	states map[string]Outcome
	order  []string
	fail   error
}

func newLog() *memoryLog { return &memoryLog{sent: map[string]Sent{}, states: map[string]Outcome{}} }

func (l *memoryLog) Sending(_ context.Context, s Sent) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail != nil {
		return l.fail
	}
	if o, known := l.states[s.Hash]; known && (o.State == Sending || o.State == Unknown) {
		return ErrLogged
	}
	l.sent[s.Hash], l.states[s.Hash] = s, Outcome{State: Sending}
	l.order = append(l.order, s.Hash)
	return nil
}

func (l *memoryLog) Settled(_ context.Context, hash string, o Outcome) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.states[hash] = o
	return nil
}

func (l *memoryLog) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.order)
}

func (l *memoryLog) state(hash string) State {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.states[hash].State
}

func transfer(t testing.TB, amount string) Transfer {
	return Transfer{From: vectorKey(t, 0).Address(), To: vectorKey(t, 1).Address(), Amount: stratosAmount(amount)}
}

func preview(t testing.TB, c *Client, m Message) Preview {
	t.Helper()
	p, err := c.Preview(context.Background(), vectorKey(t, 0).Public(), m, "hello")
	return must(t, p, err)
}

func TestPreviewAndSend(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, transfer(t, "1.5stos"))
	if p.Gas != 104739 || p.Fee.String() != "104739000000000" || p.Left.Format(stratos.STOS) != "998.499895261" {
		t.Errorf("preview: gas %d, fee %s, left %s", p.Gas, p.Fee, p.Left.Format(stratos.STOS))
	}
	if len(f.paid)+len(f.pool) != 0 {
		t.Error("a preview sent something")
	}
	s := f.simulated[0]
	if s.AuthInfo.Fee.Amount[0].Amount != "1" || s.AuthInfo.SignerInfos[0].PublicKey.TypeUrl != stratos.PubKeyType || len(s.Signatures[0]) != 65 {
		t.Errorf("simulated %v", s)
	}
	r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if err != nil {
		t.Fatal(err)
	}
	tx := f.paid[0]
	if r.Hash != tx.hash || r.Height != int64(tx.height) || r.Fee.Cmp(p.Fee) != 0 || r.GasUsed != 79105 || r.Noz != nil || r.Time.IsZero() {
		t.Errorf("receipt %+v", r)
	}
	if tx.body.Memo != "hello" || tx.body.TimeoutHeight < 150 || tx.body.TimeoutHeight > tx.height+timeoutBlocks || f.transferred().String() != "1500000000000000000" {
		t.Errorf("included %v", tx.body)
	}
	sent := log.sent[r.Hash]
	if sent.Sequence != 7 || sent.ChainID != fakeChainID || sent.Message.Spends().Cmp(p.Message.Spends()) != 0 || sent.Timeout != tx.body.TimeoutHeight || log.state(r.Hash) != Done {
		t.Errorf("logged %+v, %v", sent, log.states[r.Hash])
	}
}

func TestPrepayTellsWhatItBought(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, Prepay{Sender: vectorKey(t, 0).Address(), Beneficiary: vectorKey(t, 1).Address(), Amount: stratosAmount("1stos")})
	r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if err != nil || r.Noz == nil || r.Noz.String() != "999900009999" || log.states[r.Hash].Noz.String() != "999900009999" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestRefusalsBeforeAnythingIsSigned(t *testing.T) {
	key := vectorKey(t, 0)
	for name, c := range map[string]struct {
		prepare func(*fakeChain)
		message Message
		memo    string
		want    error
		words   string
	}{
		"wrong chain":      {func(f *fakeChain) { f.chainID = "stratos-1" }, transfer(t, "1stos"), "", ErrWrongChain, "another network"},
		"unused account":   {func(f *fakeChain) { f.unused = true }, transfer(t, "1stos"), "", ErrUnused, "never received"},
		"too much":         {nil, transfer(t, "1000.1stos"), "", ErrFunds, "1000.1 STOS and a fee, and 1000 STOS can be spent"},
		"no room for fee":  {nil, transfer(t, "1000stos"), "", ErrFunds, "1000.000104739 STOS with the fee"},
		"nothing":          {nil, transfer(t, "0wei"), "", nil, "more than zero"},
		"long memo":        {nil, transfer(t, "1stos"), strings.Repeat("x", 257), nil, "too long"},
		"memo not text":    {nil, transfer(t, "1stos"), "\xff", nil, "cannot be sent"},
		"prepay of zero":   {nil, Prepay{Sender: key.Address(), Beneficiary: key.Address()}, "", nil, "more than zero"},
		"withdraw of zero": {nil, Withdraw{Wallet: key.Address(), Target: key.Address()}, "", nil, "more than zero"},
	} {
		f := newFake(t)
		if c.prepare != nil {
			c.prepare(f)
		}
		_, err := f.client().Preview(context.Background(), key.Public(), c.message, c.memo)
		if err == nil || (c.want != nil && !errors.Is(err, c.want)) || !strings.Contains(fault.Sentence(err), c.words) {
			t.Errorf("%s: %v", name, err)
		}
		if len(f.simulated) > 0 && name != "no room for fee" {
			t.Errorf("%s: simulated", name)
		}
	}
}

// The chain may change between preview and sending: nothing may be signed.
func TestWrongChainIsNeverSigned(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, transfer(t, "1stos"))
	f.chainID = "mesos-1"
	_, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if !errors.Is(err, ErrWrongChain) || len(log.sent) != 0 || len(f.pool)+len(f.paid) != 0 {
		t.Errorf("%v, logged %v", err, log.sent)
	}
	if _, err := c.Send(context.Background(), p, vectorKey(t, 1), log); err == nil {
		t.Error("a stranger's key was used")
	}
}

func TestNothingIsSentWithoutALog(t *testing.T) {
	f, log := newFake(t), newLog()
	log.fail = errors.New("disk full")
	c := f.client()
	_, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if !errors.Is(err, log.fail) || len(f.pool)+len(f.paid) != 0 || !strings.Contains(fault.Sentence(err), "not sent") {
		t.Errorf("%v", err)
	}
}

func TestFailureInTheBlock(t *testing.T) {
	f, log := newFake(t), newLog()
	f.deliver = func() (string, uint32, string) {
		return "sds", 10, "not enough remaining ozone limit: failure during prepay"
	}
	c := f.client()
	r, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if !errors.Is(err, ErrOzoneLimit) || fault.ExitCode(err) != 1 || log.state(r.Hash) != Failed {
		t.Errorf("%v, %v", err, log.states)
	}
	if !strings.Contains(fault.Sentence(err), "Only the fee of 0.000104739 STOS was paid") {
		t.Errorf("sentence %q", fault.Sentence(err))
	}
}

func TestRefusedByTheFirstCheck(t *testing.T) {
	f, log := newFake(t), newLog()
	f.broadcast = func(string) (string, uint32, string) { return "sdk", 13, "insufficient fees" }
	c := f.client()
	_, err := c.Send(context.Background(), preview(t, c, transfer(t, "1stos")), vectorKey(t, 0), log)
	if !errors.Is(err, ErrFee) || len(log.order) != 1 || log.state(log.order[0]) != Refused {
		t.Errorf("%v, %v", err, log.states)
	}
}

// Another program of the same wallet was faster: signed again for the next
// number, paid once.
func TestSequenceTakenBySomebodyElse(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, transfer(t, "1stos"))
	var once sync.Once
	f.broadcast = func(hash string) (space string, code uint32, text string) {
		once.Do(func() {
			f.sequence++ // somebody else's transaction came into a block
			space, code, text = "sdk", 32, "account sequence mismatch, expected 8, got 7"
		})
		return space, code, text
	}
	r, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
	if err != nil || f.transferred().String() != "1000000000000000000" {
		t.Fatalf("%v, transferred %s", err, f.transferred())
	}
	if len(log.order) != 2 || log.state(log.order[0]) != Refused || log.state(r.Hash) != Done || log.sent[r.Hash].Sequence != 8 {
		t.Errorf("log %v %v", log.order, log.states)
	}
}

// Code 19 says that the pool has these bytes already: they are sent.
func TestAlreadyInThePool(t *testing.T) {
	f, log := newFake(t), newLog()
	c := f.client()
	p := preview(t, c, transfer(t, "1stos"))
	f.perBlock = 1000
	real := 0
	f.broadcast = func(hash string) (string, uint32, string) {
		real++
		return "sdk", 19, ""
	}
	done := make(chan error, 1)
	go func() {
		_, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
		done <- err
	}()
	for hash := ""; hash == ""; time.Sleep(time.Millisecond) {
		log.mu.Lock()
		if len(log.order) > 0 {
			hash = log.order[0]
		}
		log.mu.Unlock()
		f.mu.Lock()
		if hash != "" {
			f.blocks[hash] = &fakeTx{hash: hash, height: 101, body: txBodyOf(p), auth: authOf(p)}
		}
		f.mu.Unlock()
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// Two processes send the same order at the same moment; both are carried out.
func TestTwoProcessesAtOnce(t *testing.T) {
	f, log := newFake(t), newLog()
	results := make(chan error, 2)
	for range 2 {
		c := f.client()
		p := preview(t, c, transfer(t, "1stos"))
		go func() {
			_, err := c.Send(context.Background(), p, vectorKey(t, 0), log)
			results <- err
		}()
	}
	if err := errors.Join(<-results, <-results); err != nil {
		t.Fatal(err)
	}
	if got := f.transferred().String(); got != "2000000000000000000" {
		t.Errorf("transferred %s wei, want twice 1 STOS", got)
	}
}

// Another program may get a transaction in between the look at the account and
// the trial run.
func TestPreviewBearsAnotherProgram(t *testing.T) {
	f := newFake(t)
	faster := 2
	f.meddle = func(_ int, path string) meddling {
		if strings.HasSuffix(path, "/simulate") && faster > 0 {
			faster--
			f.sequence++
		}
		return leaveAlone
	}
	if p := preview(t, f.client(), transfer(t, "1stos")); p.Gas == 0 {
		t.Error("no gas")
	}
	if len(f.simulated) != 3 {
		t.Errorf("%d trial runs, want 3", len(f.simulated))
	}
}
