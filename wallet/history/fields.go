package history

import (
	"encoding/json"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// object is a message as the gateway writes it. Missing fields and fields of
// another form read as nothing: what is shown is then less, never wrong.
type object map[string]json.RawMessage

func read(m chain.TxMessage) object {
	var o object
	_ = json.Unmarshal(m.Fields, &o)
	return o
}

func (o object) text(name string) string {
	var s string
	_ = json.Unmarshal(o[name], &s)
	return s
}

func (o object) child(name string) object {
	var c object
	_ = json.Unmarshal(o[name], &c)
	return c
}

type coin struct{ Denom, Amount string }

// amount reads a coin or a list of coins, and returns the wei in it.
func (o object) amount(name string) stratos.Amount {
	var list []coin
	if json.Unmarshal(o[name], &list) != nil {
		list = make([]coin, 1)
		_ = json.Unmarshal(o[name], &list[0])
	}
	return sum(list)
}

// amountText reads a plain number of wei.
func (o object) amountText(name string) stratos.Amount {
	a, _ := stratos.ParseWei(o.text(name))
	return a
}

func sum(list []coin) (total stratos.Amount) {
	for _, c := range list {
		if c.Denom != stratos.Wei {
			continue
		}
		if a, err := stratos.ParseWei(c.Amount); err == nil {
			total = total.Add(a)
		}
	}
	return total
}

// coinsOf adds up what a side of a multi-send has for self, and names the
// first address of that side.
func (o object) coinsOf(side string, self stratos.Address) (total stratos.Amount, first string) {
	var list []struct {
		Address string
		Coins   []coin
	}
	_ = json.Unmarshal(o[side], &list)
	for i, entry := range list {
		if i == 0 {
			first = entry.Address
		}
		if entry.Address == self.String() {
			total = total.Add(sum(entry.Coins))
		}
	}
	return total, first
}

// eventAmount adds up the wei of all events of a type whose attribute whom is
// self. Older chains leave it out of some events; those count only where the
// account signed.
func eventAmount(t *chain.Tx, event, amount, whom string, self stratos.Address) (total stratos.Amount) {
	for _, e := range t.Events {
		if e.Type != event {
			continue
		}
		who := e.Get(whom)
		if who != self.String() && (who != "" || !signedBy(t, self)) {
			continue
		}
		total = total.Add(chain.WeiIn(e.Get(amount)))
	}
	return total
}

// SignerOf is the st1... address of who signed a transaction first, as far as
// its events tell; "" where nobody can.
func SignerOf(t *chain.Tx) string { return sender(t) }

// sender is the first account that an event names as such.
func sender(t *chain.Tx) string {
	for _, e := range t.Events {
		if who := e.Get("sender"); e.Type == "message" && who != "" {
			return who
		}
	}
	return ""
}

func signedBy(t *chain.Tx, self stratos.Address) bool { return sender(t) == self.String() }

// paysFee tells whether a signer paid the fee itself; a stranger may have.
func paysFee(t *chain.Tx, self stratos.Address) bool {
	for _, e := range t.Events {
		if payer := e.Get("fee_payer"); e.Type == "tx" && payer != "" {
			return payer == self.String()
		}
	}
	return true
}
