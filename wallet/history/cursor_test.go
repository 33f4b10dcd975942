package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// A walk over many pages that is cut off again and again goes on where it was,
// while new transactions come in, and misses none.
func TestWalkResumes(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	s := &fakeSource{txs: map[string][]*chain.Tx{}}
	s.add(t, chain.ByRecipient, 700)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	tries := 0
	for ; ; tries++ {
		s.failAt = s.searches + 3 + random.IntN(6)
		err := l.Refresh(ctx, s, alice(t))
		if err == nil {
			break
		}
		if !errors.Is(err, chain.ErrUnreachable) || tries > 60 {
			t.Fatalf("try %d: %v", tries, err)
		}
		s.add(t, chain.ByRecipient, random.IntN(30))
	}
	want := len(s.txs[chain.ByRecipient])
	if n, err := l.Count(ctx, testChain, alice(t), Query{}); err != nil || n != want {
		t.Errorf("%d entries, want %d; %v", n, want, err)
	}
	if s.searches > want/pageSize+5*(tries+2) { // each try asks what is new, of each kind
		t.Errorf("%d pages were read for %d transactions in %d tries", s.searches, want, tries+1)
	}
	c, err := l.Coverage(ctx, testChain, alice(t), 0, nil)
	if err != nil || !c.Complete || c.Problem != "" {
		t.Errorf("coverage %+v, %v", c, err)
	}
}

func TestCoverage(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	if c, err := l.Coverage(ctx, testChain, alice(t), 0, nil); err != nil || c.Complete || !strings.Contains(c.Problem, "still being read") {
		t.Errorf("nothing read: %+v, %v", c, err)
	}
	s := &fakeSource{txs: map[string][]*chain.Tx{}}
	s.add(t, chain.ByRecipient, 3)
	ok(t, l.Refresh(ctx, s, alice(t)))
	for words, c := range map[string]struct {
		sequence uint64
		err      error
	}{
		"":                        {0, nil},
		"forgotten 7 older":       {7, nil},
		"keeps no list":           {7, fmt.Errorf("x: %w", chain.ErrNoIndex)},
		"does not tell which":     {0, fmt.Errorf("x: %w", chain.ErrNoBlocks)},
		"newest transactions may": {0, chain.ErrUnreachable},
	} {
		got, err := l.Coverage(ctx, testChain, alice(t), c.sequence, c.err)
		if err != nil || !strings.Contains(got.Problem, words) || (words == "") != (got.Problem == "") {
			t.Errorf("%q: %+v, %v", words, got, err)
		}
	}
}

// payingSource also has payments of the chain itself.
type payingSource struct {
	fakeSource
	gains []chain.BlockGain
	asked int
}

func (s *payingSource) BlockGains(_ context.Context, _ stratos.Address, above int64) (gains []chain.BlockGain, more bool, err error) {
	s.asked++
	for _, g := range s.gains {
		if g.Height > above && len(gains) < 2 {
			gains = append(gains, g)
		}
	}
	return gains, len(gains) > 0 && gains[len(gains)-1].Height < s.gains[len(s.gains)-1].Height, nil
}

func TestWhatBlocksPaid(t *testing.T) {
	l, ctx := newLog(t), context.Background()
	s := &payingSource{fakeSource: fakeSource{txs: map[string][]*chain.Tx{}}}
	for i, from := range []string{"not_bonded_tokens_pool", "gov", "resource_node_bonded_pool", "distribution"} {
		s.gains = append(s.gains, chain.BlockGain{Height: int64(10 + i), Time: time.Unix(int64(100+i), 0), From: stratos.ModuleAddress(from), Amount: stratos.WeiAmount(uint64(i + 1))})
	}
	for range 2 {
		ok(t, l.Refresh(ctx, s, alice(t)))
		entries := list(t, l, alice(t))
		if len(entries) != 4 {
			t.Fatalf("%d entries", len(entries))
		}
		for i, kind := range []Kind{Received, NodeReturned, DepositReturned, StakeReturned} {
			if e := entries[i]; e.Kind != kind || e.Direction != In || e.Change.Int64() != int64(4-i) || e.Hash != fmt.Sprintf("block/%d/%s", 13-i, kind) {
				t.Errorf("%+v", e)
			}
		}
	}
	if sum, err := l.Books(ctx, testChain, alice(t)); err != nil || sum.Int64() != 10 {
		t.Errorf("books %v, %v", sum, err)
	}
}

// A file of the first version is brought up to date: nothing that was sent is
// forgotten, and the chain is read again for what is new.
func TestFileOfTheFirstVersion(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite", dsn(path))
	ok(t, err)
	_, err = db.ExecContext(ctx, schemaOne+`
		INSERT INTO entries VALUES ('`+testChain+`', '`+alice(t).String()+`', 'A1', 1000, 'sent', 'out', '5', '`+bob(t).String()+`', '2', 'done', 7, 'old memo', '', '', '/cosmos.bank.v1beta1.MsgSend', 3, 57),
			('`+testChain+`', '`+alice(t).String()+`', 'A2', 2000, 'bought_ozone', 'out', '6', '', '2', 'unknown', 0, '', '99', '', '/stratos.sds.v1.MsgPrepay', 4, 58);
		INSERT INTO marks VALUES ('`+testChain+`', '`+alice(t).String()+`', 'message.sender', 7);
		PRAGMA user_version = 1;`)
	ok(t, err)
	ok(t, db.Close())
	l, err := Open(ctx, path)
	ok(t, err)
	entries := list(t, l, alice(t))
	if len(entries) != 2 || entries[0].Noz.Int64() != 99 || entries[1].Memo != "old memo" || entries[1].Amount.String() != "5" || entries[1].Change != nil || !entries[1].Signed {
		t.Fatalf("%+v", entries)
	}
	if p, err := l.Pending(ctx, testChain, alice(t)); err != nil || len(p) != 1 || p[0].Hash != "A2" || p[0].Timeout != 58 {
		t.Errorf("pending %+v, %v", p, err)
	}
	if found := find(t, l, Query{Text: "memo"}); len(found) != 1 {
		t.Errorf("found %+v", found)
	}
	if c, err := l.cursor(ctx, testChain, alice(t), chain.BySender); err != nil || c != (cursor{}) {
		t.Errorf("cursor %+v, %v", c, err)
	}
	ok(t, l.Close())
	again, err := Open(ctx, path)
	ok(t, err)
	ok(t, again.Close())
}
