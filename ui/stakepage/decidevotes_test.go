package stakepage

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/language"
)

func TestDepositsThatGrow(t *testing.T) {
	for _, c := range []struct {
		have, need int64
		want       float64
	}{{0, 0, 0}, {5, 0, 0}, {0, 10, 0}, {5, 10, 0.5}, {10, 10, 1}, {20, 10, 1}} {
		var q app.Proposal
		stosOf(&q.Deposit, c.have)
		stosOf(&q.Required, c.need)
		if got := gathered(q); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// Numbers in votes are written as the language writes them.
func TestVotesInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for code, want := range map[string]string{
		"en": "Yes 60 %, No 12.5 %, Abstain 27.5 %", "de": "Ja 60 %, Nein 12,5 %, Enthaltung 27,5 %",
	} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		if got := voteWord("yes=60,no=12.5,abstain=27.5"); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
	_ = language.Use("en")
	for id, want := range map[string]string{"yes=60.00,no=40.00": "Yes 60 %, No 40 %", "yes=half": "Yes ?", "=": " ?"} {
		if got := voteWord(id); got != want {
			t.Errorf("%q is %q", id, got)
		}
	}
}

// Who has no name is called by address, wherever it stands.
func TestValidatorsWithoutAName(t *testing.T) {
	v := app.Validator{Address: fake.Val(7), Active: true}
	stosOf(&v.Staked, 5)
	s := app.Staking{Validators: []app.Validator{v}}
	brief := nameOf(v)
	if got := figures(s, fake.Now)[0].detail; got != "with "+brief || brief == "" {
		t.Errorf("%q", got)
	}
	if got := validatorRow(v).Name; got != brief {
		t.Errorf("%q", got)
	}
	if got := returnName(app.Unbonding{Validator: fake.Val(7)}); got != brief || returnName(app.Unbonding{Name: "Ana"}) != "Ana" {
		t.Errorf("%q", got)
	}
	if people(s.Validators)(v.Address) != "" {
		t.Error("an address is called by itself, which says less")
	}
}

// failing fails in one question.
type failing struct {
	*fake.Backend
	at string
}

func (f failing) fail(at string) error {
	if f.at == at {
		return fake.ErrOffline
	}
	return nil
}

func (f failing) Balance(ctx context.Context) (app.Balance, error) {
	b, _ := f.Backend.Balance(ctx)
	return b, f.fail("balance")
}

func (f failing) Staking(context.Context) (app.Staking, error)      { return f.Stakes, f.fail("stake") }
func (f failing) Proposals(context.Context) ([]app.Proposal, error) { return nil, f.fail("votes") }
func (f failing) OwnNodes(context.Context) ([]app.OwnNode, app.NodeRewards, error) {
	return nil, app.NodeRewards{}, f.fail("nodes")
}

// Only the stake itself has to be known; what else is missing is told apart.
func TestWhatCannotBeRead(t *testing.T) {
	for at, want := range map[string]string{
		"": "true true true true", "balance": "true false true true", "stake": "false false true true", "votes": "true true false true", "nodes": "true true true false",
	} {
		s, err := read(t.Context(), failing{fake.Full(), at})
		if got := fmt.Sprint(err == nil, s.spendable.known, s.votesErr == nil, s.nodesErr == nil); got != want {
			t.Errorf("without %q: %s", at, got)
		}
	}
}

// When all of the rewards are mature is said also while nobody knows when the
// next are.
func TestWhenRewardsMature(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	e := p.state.earned
	next := e.Matures[0]
	for _, c := range []struct {
		matures []app.Ripening
		all     time.Time
		want    string
	}{
		{nil, time.Time{}, "It matures with later reports of traffic."},
		{nil, e.MatureAll, "All of it about 6 Dec 2026, 15:00."},
		{[]app.Ripening{next}, e.MatureAll, "0.02 STOS about 22 Nov 2026, 15:04."},
		{[]app.Ripening{next, next}, e.MatureAll, "0.02 STOS about 22 Nov 2026, 15:04. All of it about 6 Dec 2026, 15:00."},
		{[]app.Ripening{{}}, time.Time{}, "It matures with later reports of traffic."},
	} {
		e.Matures, e.MatureAll = c.matures, c.all
		if got := p.maturing(e); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
