// Package price tells what STOS costs in the money of a country. It asks one
// public server, only if the user wants that, and never says who asks or how
// much anybody owns.
package price

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Server is the public price list that is asked unless the user names another
// one with the same form: GET ?ids=stratos&vs_currencies=eur answers
// {"stratos":{"eur":0.012}}.
const Server = "https://api.coingecko.com/api/v3/simple/price"

// asset is the list's name for STOS.
const asset = "stratos"

// ErrCurrency is returned for a currency that is not in [Currencies].
var ErrCurrency = errors.New("currency is not known")

// ErrUnknown is wrapped where the server did not tell a price.
var ErrUnknown = errors.New("price is not known")

// Currencies are the currencies that may be chosen, by their ISO 4217 codes.
func Currencies() []string {
	return []string{"AUD", "BRL", "CAD", "CHF", "CNY", "EUR", "GBP", "INR", "JPY", "KRW", "PLN", "SEK", "SGD", "TRY", "USD"}
}

const (
	keep     = 10 * time.Minute // a price is used
	patience = 10 * time.Second // with the server
	pause    = time.Minute      // after the server failed
	maxReply = 1 << 16
)

// List asks a server for prices and keeps them for a while. The zero value asks
// [Server]. It may be used by several goroutines.
type List struct {
	URL  string           // of the server; empty for Server
	HTTP *http.Client     // nil for the default
	Now  func() time.Time // nil for the system's clock

	mu   sync.Mutex
	last map[string]answer // by currency
}

type answer struct {
	rate *big.Rat // units of the currency for one STOS; nil if the server failed
	at   time.Time
}

// Worth returns what an amount costs, with two decimals and the currency:
// "12.34 EUR". The result is for reading, never for paying. If the server does
// not tell, the error wraps [ErrUnknown].
func (l *List) Worth(ctx context.Context, amount stratos.Amount, currency string) (string, error) {
	currency = strings.ToUpper(currency)
	if !slices.Contains(Currencies(), currency) {
		return "", fmt.Errorf("%w: %q", ErrCurrency, currency)
	}
	rate, err := l.rate(ctx, currency)
	if err != nil {
		return "", err
	}
	stos := new(big.Rat).SetFrac(amount.Wei(), new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil))
	return stos.Mul(stos, rate).FloatString(2) + " " + currency, nil
}

// rate asks the server unless it was asked a short while ago.
func (l *List) rate(ctx context.Context, currency string) (*big.Rat, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now
	if l.Now != nil {
		now = l.Now
	}
	old, known := l.last[currency]
	age := now().Sub(old.at)
	if known && old.rate != nil && age < keep {
		return old.rate, nil
	}
	if known && old.rate == nil && age < pause {
		return nil, ErrUnknown
	}
	rate, err := l.ask(ctx, currency)
	if ctx.Err() != nil {
		return nil, ctx.Err() // says nothing about the server
	}
	if l.last == nil {
		l.last = map[string]answer{}
	}
	l.last[currency] = answer{rate, now()}
	return rate, err
}

func (l *List) ask(ctx context.Context, currency string) (*big.Rat, error) {
	base := l.URL
	if base == "" {
		base = Server
	}
	ask, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	query := url.Values{"ids": {asset}, "vs_currencies": {strings.ToLower(currency)}}
	req, err := http.NewRequestWithContext(ask, http.MethodGet, base+"?"+query.Encode(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	client := l.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: the server answers %s", ErrUnknown, resp.Status)
	}
	return parse(body, currency)
}

// maxDigits keeps a number like 1e999999999 from filling the memory.
const maxDigits = 40

// parse reads the price out of an answer. The number is taken digit by digit: a
// float never holds money.
func parse(body []byte, currency string) (*big.Rat, error) {
	var list map[string]map[string]json.Number
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	text := list[asset][strings.ToLower(currency)].String()
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	if len(mantissa) > maxDigits || len(exponent) > 3 {
		return nil, fmt.Errorf("%w: the price is no sensible number", ErrUnknown)
	}
	rate, ok := new(big.Rat).SetString(text)
	if !ok || rate.Sign() <= 0 {
		return nil, fmt.Errorf("%w: the server tells no price", ErrUnknown)
	}
	return rate, nil
}
