package app

import (
	"context"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/price"
)

// valuedChain is the only chain whose money is worth anything.
const valuedChain = "stratos-1"

// Currencies are what amounts may be shown in besides STOS.
func (a *App) Currencies() []string { return price.Currencies() }

// Currency is what amounts are shown in besides STOS, empty while the user
// does not want that, which is how it begins.
func (a *App) Currency() string { return a.settings.get().Currency }

// SetCurrency shows what STOS is worth in a currency. Only then is a price
// server asked. Empty switches it off.
func (a *App) SetCurrency(code string) error {
	code = strings.ToUpper(strings.TrimSpace(code))
	if code != "" && !slices.Contains(price.Currencies(), code) {
		return fault.Wrong(price.ErrCurrency, "%s is not a currency that is known here. Nothing was changed; write for example EUR.", code)
	}
	err := a.settings.change(func(s *settings) { s.Currency = code })
	a.hub.send(Event{Kind: SetupChanged})
	return err
}

// Worth tells roughly what an amount is worth, "12.34 EUR", and nothing where
// the user does not want to know, nobody can tell, or the network's money is
// worth nothing.
func (a *App) Worth(ctx context.Context, amount stratos.Amount) string {
	s := a.settings.get()
	if s.Currency == "" {
		return ""
	}
	if n, err := a.network(); err != nil || n.ChainID != valuedChain {
		return ""
	}
	text, err := a.prices.Worth(ctx, amount, s.Currency)
	if err != nil {
		return ""
	}
	return text
}
