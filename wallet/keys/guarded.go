package keys

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// Guarded is a private key in guarded memory, for keys that stay for long. It
// is safe for concurrent use.
type Guarded struct {
	raw    *secret.Buffer
	public stratos.PublicKey
}

// Guard moves key into guarded memory and wipes key.
func Guard(key stratos.PrivateKey) *Guarded {
	defer key.Wipe()
	return &Guarded{raw: secret.From(key.Bytes()), public: key.Public()}
}

// Public returns the public key, also after [Guarded.Wipe].
func (g *Guarded) Public() stratos.PublicKey { return g.public }

// Address returns the account, also after [Guarded.Wipe].
func (g *Guarded) Address() stratos.Address { return g.public.Address() }

// Valid tells whether the key was not wiped.
func (g *Guarded) Valid() bool { return g != nil && g.raw.Valid() }

// Wipe overwrites the key; it waits for calls of Use.
func (g *Guarded) Wipe() {
	if g != nil {
		g.raw.Destroy()
	}
}

// Use calls f with the key, which is wiped when f returns and must not be
// kept, on a stack that is overwritten afterwards. The error is that of f, or
// one that says the key was wiped.
func (g *Guarded) Use(f func(stratos.PrivateKey) error) error {
	err := fmt.Errorf("use key: the wallet is locked")
	if g == nil {
		return err
	}
	g.raw.Use(func(raw []byte) {
		secret.Do(func() {
			var key stratos.PrivateKey
			if key, err = stratos.NewPrivateKey(raw); err == nil {
				defer key.Wipe()
				err = f(key)
			}
		})
	})
	return err
}

// Sign returns [stratos.PrivateKey.Sign] of message, or nothing once the key was
// wiped.
func (g *Guarded) Sign(message []byte) (signature []byte) {
	_ = g.Use(func(key stratos.PrivateKey) error { // fails only where the key is gone
		signature = key.Sign(message)
		return nil
	})
	return signature
}
