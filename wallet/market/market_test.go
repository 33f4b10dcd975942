package market

import (
	"context"
	"encoding/json"
	"math/big"
	"net/url"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// A chain with 10,000 STOS of deposits and nothing sold yet sells as measured.
func TestBuysAsMeasured(t *testing.T) {
	left, _ := new(big.Int).SetString("10000000000000000", 10)
	o := Ozone{Price: big.NewRat(1_000_000, 1), Left: left, Total: left}
	one, _ := stratos.ParseAmount("1stos")
	if got := o.Buys(one).String(); got != "999900009999" {
		t.Errorf("1 STOS buys %s noz", got)
	}
	if o.Buys(stratos.Amount{}).Sign() != 0 || (Ozone{Price: new(big.Rat), Left: new(big.Int)}).Buys(stratos.Amount{}).Sign() != 0 {
		t.Error("nothing buys something")
	}
}

// The more is bought at once, the more each noz costs, and there is always
// something left.
func TestCurve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := Ozone{
			Price: big.NewRat(rapid.Int64Range(1, 1e12).Draw(t, "price"), rapid.Int64Range(1, 1000).Draw(t, "part")),
			Left:  big.NewInt(rapid.Int64Range(1, 1e18).Draw(t, "left")),
		}
		most := stratos.WeiAmount(rapid.Uint64Min(1).Draw(t, "most"))
		points := o.Curve(most, 20)
		if len(points) != 20 || points[19].Amount.Cmp(most) != 0 {
			t.Fatalf("%d points up to %s", len(points), points[len(points)-1].Amount)
		}
		for i, p := range points {
			if p.Noz.Cmp(o.Left) >= 0 {
				t.Fatalf("%s buys %v of %v", p.Amount, p.Noz, o.Left)
			}
			if p.Price != nil && p.Price.Cmp(o.Price) < 0 {
				t.Fatalf("%s pays %v, less than the price %v", p.Amount, p.Price, o.Price)
			}
			if i > 0 && p.Noz.Cmp(points[i-1].Noz) < 0 {
				t.Fatalf("%s buys less than %s", p.Amount, points[i-1].Amount)
			}
		}
	})
}

type answer string

func (a answer) Get(_ context.Context, _ string, _ url.Values, into any) error {
	return json.Unmarshal([]byte(a), into)
}

func TestMoney(t *testing.T) {
	m, err := ReadMoney(context.Background(), answer(`{"metrics":{"total_supply":"100wei","circulation_supply":"61","total_mined_tokens":"","total_bonded_delegation":"10wei"}}`))
	if err != nil || m.Supply.String() != "100" || m.Circulating.String() != "61" || !m.Mined.IsZero() || m.Staked.String() != "10" {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := ReadMoney(context.Background(), answer(`{"metrics":{"total_supply":"a lot"}}`)); err == nil {
		t.Error("words were read as money")
	}
}
