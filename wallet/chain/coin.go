package chain

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Coin is a coin as nodes write it; rewards have decimals.
type Coin struct {
	Denom  string `json:"denom"`
	Amount string `json:"amount"`
}

// Coins is a list of coins of which only wei counts.
type Coins []Coin

// Wei returns the wei in the list; a part of a wei is left out, for the chain
// pays no such thing. What is no number is an error.
func (list Coins) Wei() (sum stratos.Amount, err error) {
	for _, c := range list {
		if c.Denom != stratos.Wei {
			continue
		}
		whole, _, _ := strings.Cut(c.Amount, ".")
		a, err := stratos.ParseWei(whole)
		if err != nil {
			return stratos.Amount{}, fmt.Errorf("read coins: %w", err)
		}
		sum = sum.Add(a)
	}
	return sum, nil
}

// Getter asks the chain; [Client] is one.
type Getter interface {
	Get(ctx context.Context, path string, query url.Values, into any) error
}

// Paged is embedded in the answer to a query that comes in pages.
type Paged struct {
	Pagination struct {
		Next string `json:"next_key"`
	} `json:"pagination"`
}

// NextKey returns what the next page is asked with, or "".
func (p *Paged) NextKey() string { return p.Pagination.Next }

const (
	pageLimit = "200"
	maxPages  = 500 // of a node that never ends
)

// Pages asks for all pages of path and hands each to the callback.
func Pages[P any, PP interface {
	*P
	NextKey() string
}](ctx context.Context, g Getter, path string, query url.Values, each func(PP) error) error {
	ask := url.Values{"pagination.limit": {pageLimit}}
	for name, values := range query {
		ask[name] = values
	}
	for range maxPages {
		page := PP(new(P))
		if err := g.Get(ctx, path, ask, page); err != nil {
			return err
		}
		if err := each(page); err != nil {
			return err
		}
		if page.NextKey() == "" {
			return nil
		}
		ask.Set("pagination.key", page.NextKey())
	}
	return fmt.Errorf("read %s: more than %d pages", path, maxPages)
}
