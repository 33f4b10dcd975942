package stakepage

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// stosOf sets an amount to a number of STOS.
func stosOf(to interface{ UnmarshalText([]byte) error }, n int64) {
	if err := to.UnmarshalText([]byte(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)).String())); err != nil {
		panic(err)
	}
}

// anyValidators are validators with few different values, so that many are
// equal in something.
func anyValidators(t *rapid.T) []app.Validator {
	list := make([]app.Validator, rapid.IntRange(0, 12).Draw(t, "validators"))
	for i := range list {
		few := func(name string) float64 { return float64(rapid.IntRange(-1, 3).Draw(t, name)) }
		list[i] = app.Validator{
			Address: fake.Val(i), Name: rapid.SampledFrom([]string{"", "ana", "Bob", "ANA", "Eve’s node"}).Draw(t, "name"),
			Commission: few("commission"), Uptime: few("uptime"), Power: few("power"),
			Jailed: rapid.Bool().Draw(t, "jailed"), Active: rapid.Bool().Draw(t, "active"), Details: rapid.SampledFrom([]string{"", "bare metal"}).Draw(t, "details"),
		}
		stosOf(&list[i].Staked, rapid.Int64Range(0, 2).Draw(t, "staked"))
	}
	return list
}

func addresses(list []app.Validator) (out []string) {
	for _, v := range list {
		out = append(out, v.Address)
	}
	return out
}

// Sorting by any column is an order: nobody is lost, neighbours stand as the
// column says, of equals the one with more power comes first, and the list that
// was given stays as it was.
func TestValidatorsAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyValidators(t)
		before := addresses(list)
		column, up := rapid.IntRange(byName, byMine).Draw(t, "column"), rapid.Bool().Draw(t, "up")
		out := sorted(list, column, up)
		if !slices.Equal(before, addresses(list)) {
			t.Fatal("the list itself changed")
		}
		for i := 1; i < len(out); i++ {
			c := compare(out[i-1], out[i], column)
			if up {
				c = -c
			}
			if c < 0 || c == 0 && out[i-1].Power < out[i].Power {
				t.Fatalf("column %d, up %v: %+v stands before %+v", column, up, out[i-1], out[i])
			}
		}
		after := addresses(out)
		slices.Sort(before)
		slices.Sort(after)
		if !slices.Equal(before, after) {
			t.Fatalf("%v became %v", before, after)
		}
	})
}

// A search finds who has all of its words, in the order that was there, and
// more words never find more.
func TestSearchingValidators(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyValidators(t)
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"ana", "BOB", "metal", "stvaloper1", "node", "nobody", "1", "’"}), 0, 3).Draw(t, "words")
		text := strings.Join(words, rapid.SampledFrom([]string{" ", "  ", "\t"}).Draw(t, "between"))
		out := addresses(found(list, text))
		at := 0
		for _, v := range list {
			all := strings.ToLower(v.Name + " " + v.Address + " " + v.Details)
			has := !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, strings.ToLower(w)) })
			if has != slices.Contains(out, v.Address) {
				t.Fatalf("%q finds %+v: %v", text, v, !has)
			}
			if has {
				if out[at] != v.Address {
					t.Fatalf("%q: another order", text)
				}
				at++
			}
		}
		if more := found(list, text+" ana"); len(more) > len(out) {
			t.Fatalf("%q finds fewer with fewer words", text)
		}
	})
}

// A stake moves only to who is in service and is somebody else; mine are those
// with a stake.
func TestWhereStakesAreAndGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := anyValidators(t)
		from := fake.Val(rapid.IntRange(0, 12).Draw(t, "from"))
		to := targets(list, from)
		for i, v := range to {
			if v.Address == from || v.Jailed || !v.Active || i > 0 && to[i-1].Power < v.Power {
				t.Fatalf("to %+v", v)
			}
		}
		for _, v := range list {
			if good := v.Active && !v.Jailed && v.Address != from; good != slices.Contains(addresses(to), v.Address) {
				t.Fatalf("%+v can be moved to: %v", v, !good)
			}
			if v.Staked.IsZero() == slices.Contains(addresses(mine(list)), v.Address) {
				t.Fatalf("%+v is mine: %v", v, v.Staked.IsZero())
			}
		}
	})
}

// What comes back first stands first, and is the one that is announced.
func TestWhatComesBackFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []app.Unbonding
		for i := range rapid.IntRange(0, 9).Draw(t, "returns") {
			list = append(list, app.Unbonding{Height: int64(i), Done: fake.Now.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "hours")) * time.Hour)})
		}
		out := coming(list)
		for i := 1; i < len(out); i++ {
			if out[i].Done.Before(out[i-1].Done) {
				t.Fatalf("%v before %v", out[i-1].Done, out[i].Done)
			}
		}
		if first := next(list); len(out) != len(list) || first.IsZero() != (len(list) == 0) || len(list) > 0 && !first.Equal(out[0].Done) {
			t.Fatalf("first comes %v", first)
		}
	})
}

// Nothing can be moved on while something that came is held, and the last of
// several counts.
func TestHowLongAStakeIsHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var moves []app.Move
		want := time.Time{}
		for range rapid.IntRange(0, 6).Draw(t, "moves") {
			m := app.Move{To: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "to"), Done: fake.Now.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "hours")) * time.Hour)}
			if moves = append(moves, m); m.To == "a" && m.Done.After(fake.Now) && m.Done.After(want) {
				want = m.Done
			}
		}
		if got := held(app.Validator{Address: "a"}, moves, fake.Now); !got.Equal(want) {
			t.Fatalf("%+v: until %v, want %v", moves, got, want)
		}
	})
}

// What can be voted on comes first, then what waits for a deposit, then the
// past, and each in its own order.
func TestQuestionsAreInOrder(t *testing.T) {
	states := []string{"voting", "deposit", "passed", "rejected", "failed", "odd"}
	place := map[string]int{"voting": 0, "deposit": 1}
	rapid.Check(t, func(t *rapid.T) {
		var list []app.Proposal
		waiting := 0
		for i := range rapid.IntRange(0, 10).Draw(t, "questions") {
			q := app.Proposal{ID: uint64(i), State: rapid.SampledFrom(states).Draw(t, "state"), Ends: fake.Now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "ends")) * time.Hour)}
			q.MyVote = rapid.SampledFrom([]string{"", "yes"}).Draw(t, "vote")
			if list = append(list, q); q.State == "voting" && q.MyVote == "" {
				waiting++
			}
		}
		out := inOrder(list)
		rank := func(q app.Proposal) int {
			if n, known := place[q.State]; known {
				return n
			}
			return 2
		}
		for i := 1; i < len(out); i++ {
			a, b := out[i-1], out[i]
			wrong := rank(a) > rank(b) || rank(a) == rank(b) && (rank(a) < 2 && a.Ends.After(b.Ends) || rank(a) == 2 && a.ID < b.ID)
			if wrong {
				t.Fatalf("%+v stands before %+v", a, b)
			}
		}
		if len(out) != len(list) || open(list) != waiting {
			t.Fatalf("%d of %d, %d open", len(out), len(list), open(list))
		}
	})
}
