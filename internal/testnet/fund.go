package testnet

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// NewKey returns a random key.
func NewKey(t testing.TB) stratos.PrivateKey {
	t.Helper()
	for {
		raw := make([]byte, 32)
		rand.Read(raw)
		if key, err := stratos.NewPrivateKey(raw); err == nil {
			return key
		}
	}
}

// BuyOzone prepays amount, such as "100stos", for each of the accounts, from
// a fresh account that the faucet fills. When it returns the gateways know of
// the ozone.
func BuyOzone(t testing.TB, n network.Network, amount string, accounts ...stratos.Address) {
	t.Helper()
	c, payer := chainClient(t, n), NewKey(t)
	var all message.Batch
	for _, to := range accounts {
		all = append(all, message.Prepay{Sender: payer.Address(), Beneficiary: to, Amount: parse(t, amount)})
	}
	all = append(all, message.Prepay{Sender: payer.Address(), Beneficiary: payer.Address(), Amount: parse(t, "1stos")})
	if _, err := c.Credit(t.Context(), payer.Address(), all.Spends().Add(parse(t, "1stos"))); err != nil { // 1 for the fee
		t.Fatal(err)
	}
	p, err := c.Preview(t.Context(), payer.Public(), all, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(t.Context(), p, payer, nil); err != nil {
		t.Fatal(err)
	}
	awaitOzone(t, n, payer)
}

// awaitOzone waits for the ozone of the last account of a purchase.
func awaitOzone(t testing.TB, n network.Network, key stratos.PrivateKey) {
	t.Helper()
	c, err := client.New(client.Options{Gateways: n.Gateways, Signer: wire.NewSigner(key), LockDir: t.TempDir(), TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if o, err := c.Ozone(t.Context()); err == nil && o.Noz.Sign() > 0 {
			return
		}
	}
	t.Fatal("the bought ozone does not come")
}

func chainClient(t testing.TB, n network.Network) *chain.Client {
	t.Helper()
	c, err := chain.New(chain.Options{Network: n})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func parse(t testing.TB, amount string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(amount)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
