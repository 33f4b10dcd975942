package app

import (
	"encoding/hex"

	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// guardedSigner signs with a key that lies in guarded memory. Once the key is
// wiped it signs nothing, which every node refuses.
type guardedSigner struct{ key *keys.Guarded }

// Address implements [wire.Signer].
func (g guardedSigner) Address() string { return g.key.Address().String() }

// PublicKey implements [wire.Signer].
func (g guardedSigner) PublicKey() string { return g.key.Public().String() }

// Sign implements [wire.Signer].
func (g guardedSigner) Sign(message string) string {
	return hex.EncodeToString(g.key.Sign([]byte(message)))
}
