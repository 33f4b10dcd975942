package price

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

func TestWorth(t *testing.T) {
	asked := 0
	answer, status := `{"stratos":{"eur":0.0123456}}`, http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.RawQuery != "ids=stratos&vs_currencies=eur" || len(r.Cookies()) > 0 {
			t.Errorf("asked %s", r.URL)
		}
		w.WriteHeader(status)
		fmt.Fprint(w, answer)
	}))
	defer server.Close()
	now := time.Unix(1e9, 0)
	l := &List{URL: server.URL, Now: func() time.Time { return now }}
	amount, err := stratos.ParseAmount("1000.5stos")
	if err != nil {
		t.Fatal(err)
	}
	check := func(want string, calls int) {
		t.Helper()
		got, err := l.Worth(t.Context(), amount, "eur")
		if got != want || (want == "") != errors.Is(err, ErrUnknown) || asked != calls {
			t.Errorf("%q, %v after %d questions; want %q after %d", got, err, asked, want, calls)
		}
	}
	check("12.35 EUR", 1)
	answer = `{"stratos":{"eur":2e-2}}`
	check("12.35 EUR", 1)
	now = now.Add(keep)
	check("20.01 EUR", 2)
	now, status = now.Add(keep), http.StatusTooManyRequests
	check("", 3)
	check("", 3) // a server that fails is left alone
	now, status = now.Add(pause), http.StatusOK
	check("20.01 EUR", 4)
	if _, err := l.Worth(t.Context(), amount, "stos"); !errors.Is(err, ErrCurrency) {
		t.Error(err)
	}
}

// A caller who gives up says nothing about the server.
func TestWorthGivenUp(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"stratos":{"usd":1}}`)
	}))
	defer server.Close()
	l := &List{URL: server.URL}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Worth(over, stratos.WeiAmount(1), "USD"); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if got, err := l.Worth(t.Context(), stratos.WeiAmount(1), "USD"); got != "0.00 USD" || err != nil {
		t.Error(got, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, body := range []string{
		`{"stratos":{"eur":0.01}}`, `{"stratos":{"eur":"0.01"}}`, `{"stratos":{"eur":-1}}`, `{"stratos":{"eur":1e999999999}}`,
		`{"stratos":{}}`, `[]`, ``, `{"stratos":{"eur":null}}`, `{"stratos":{"eur":0}}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		rate, err := parse(body, "EUR")
		if (err == nil) == (rate == nil) || (rate != nil && rate.Sign() <= 0) {
			t.Errorf("%v, %v", rate, err)
		}
	})
}
