package app

import (
	"bytes"
	"errors"
	"math/big"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

func stored(f network.AudienceFile, noz int64) network.AudienceFile {
	f.Stored = noz
	return f
}

// TestMoneyOfPlays: things share what their account earned by traffic, never
// more than it; what they cost is what storing them took at today's price.
func TestMoneyOfPlays(t *testing.T) {
	links := []Link{
		{ID: "a", Name: "Film", State: LinkActive}, {ID: "m", Name: "Book", State: LinkActive}, {ID: "q", Name: "Quiet", State: LinkActive},
	}
	made := []madeLink{{Link: links[1], CardShare: "card"}, {Link: links[0]}}
	published := []network.AudienceFile{
		stored(played("film", 4, 4, 700, "a"), 1000), stored(played("book", 1, 1, 200, "m"), 10), stored(played("card", 1, 1, 99, "card"), 3),
		stored(played("gone", 1, 1, 1, "x"), 8), stored(played("quiet", 0, 0, 0, "q"), 5),
	}
	own := []network.AudienceFile{stored(played("film", 0, 0, 0, "z"), 1)}
	p := playsOf(links, made, append(published, own...), linkNow)
	p.addMoney([]ownerFiles{{published, stratos.WeiAmount(999)}, {own, stratos.Amount{}}}, big.NewRat(3, 2))
	want := map[string][3]string{"Film": {"699", "1502", "-803"}, "Book": {"297", "20", "277"}, "Quiet": {"0", "8", "-8"}}
	for _, it := range p.Items {
		if got := [3]string{it.Money.Earned.String(), it.Money.Cost.String(), it.Money.Net}; got != want[it.Name] {
			t.Errorf("%s: %v, want %v", it.Name, got, want[it.Name])
		}
	}
	if m := p.Money; m.Earned.String() != "999" || m.Cost.String() != "1542" || m.Net != "-543" {
		t.Errorf("in all %+v", m)
	}
	if by, loses := p.Money.Loses(); !loses || by.String() != "543" {
		t.Errorf("loses %v, %s", loses, by)
	}
	if by, loses := moneyOf(big.NewInt(5), big.NewInt(2)).Loses(); loses || by.String() != "3" {
		t.Errorf("loses %v, %s", loses, by)
	}
}

func TestTableOfPlays(t *testing.T) {
	p := playsOf([]Link{{ID: "a", Name: `Sea, "blue"`, State: LinkActive}}, nil, []network.AudienceFile{played("h", 20, 16, 1000, "a")}, linkNow)
	var b bytes.Buffer
	if err := p.WriteTable(&b); err != nil || b.String() != "day,name,plays,ends,bytes\n2026-11-20,\"Sea, \"\"blue\"\"\",20,16,1000\n" {
		t.Errorf("%v %s", err, b.String())
	}
	if p.WriteTable(full{}) == nil {
		t.Error("a table on a full disk was written")
	}
}

// full is a disk that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }
