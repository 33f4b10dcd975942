package chain

import (
	"encoding/json"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// keyType is what the chain calls its public keys.
const keyType = "/stratos.crypto.v1.ethsecp256k1.PubKey"

// signerJSON is who signed, as far as that is of use.
type signerJSON struct {
	PublicKey struct {
		Type string `json:"@type"`
		Key  []byte `json:"key"`
	} `json:"public_key"`
}

// signers are the public keys that a transaction shows; those of other kinds
// are left out.
func signers(list []signerJSON) (keys []stratos.PublicKey) {
	for _, s := range list {
		if s.PublicKey.Type != keyType {
			continue
		}
		if key, err := stratos.ParsePublicKey(s.PublicKey.Key); err == nil {
			keys = append(keys, key)
		}
	}
	return keys
}

// Transfers are the payments that a transaction made; none if it failed.
func (t *Tx) Transfers() (list []message.Transfer) {
	if t.Code != 0 {
		return nil
	}
	for _, m := range t.Messages {
		var fields struct {
			From   string     `json:"from_address"`
			To     string     `json:"to_address"`
			Amount []coinJSON `json:"amount"`
		}
		if m.Type != message.TypeSend || json.Unmarshal(m.Fields, &fields) != nil {
			continue
		}
		from, ferr := stratos.ParseAddress(fields.From)
		to, terr := stratos.ParseAddress(fields.To)
		if ferr != nil || terr != nil {
			continue
		}
		payment := message.Transfer{From: from, To: to}
		for _, c := range fields.Amount {
			if amount, err := stratos.ParseWei(c.Amount); err == nil && c.Denom == stratos.Wei {
				payment.Amount = payment.Amount.Add(amount)
			}
		}
		list = append(list, payment)
	}
	return list
}
