package channel

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Limits of a grant file.
const (
	maxGrants = 100_000
	// MaxGrantFile is the largest grant file, in bytes.
	MaxGrantFile = 32 << 20
)

// boxSize is what a sealed box takes: a public key, and a key with its tag.
const boxSize = 33 + 32 + chacha20poly1305.Overhead

// ErrNoGrant says that a grant file has nothing for a wallet.
var ErrNoGrant = errors.New("there is no key for this wallet yet")

// Grants is the file that gives the key of a period to those who paid for it. A
// reader sees how many there are, not who.
type Grants struct {
	Version int    `json:"version"`
	Owner   string `json:"owner"`  // st1..., whose channel it is
	Period  string `json:"period"` // 16 hexadecimal digits
	Boxes   []Box  `json:"boxes"`
}

// Box is the key of a period for one follower.
type Box struct {
	For    []byte `json:"for"`    // 16 bytes, by which the follower finds it
	Sealed []byte `json:"sealed"` // 81 bytes
}

// Encode writes a grant file.
func (g Grants) Encode() ([]byte, error) {
	g.Version = Version
	if err := g.check(); err != nil {
		return nil, err
	}
	return json.Marshal(g)
}

// DecodeGrants reads a grant file of a channel and period. The error is
// [ErrVersion] or [ErrFile].
func DecodeGrants(raw []byte, owner stratos.Address, period string) (Grants, error) {
	var g Grants
	if err := decode(raw, MaxGrantFile, &g.Version, &g); err != nil {
		return Grants{}, err
	}
	if g.Owner != owner.String() || g.Period != period {
		return Grants{}, fmt.Errorf("%w: the keys are of another channel or period", ErrFile)
	}
	return g, g.check()
}

func (g Grants) check() error {
	if g.Version != Version || !isID(g.Period) || len(g.Boxes) > maxGrants {
		return fmt.Errorf("%w: its keys", ErrFile)
	}
	for _, b := range g.Boxes {
		if len(b.For) != 16 || len(b.Sealed) != boxSize {
			return fmt.Errorf("%w: one of its keys", ErrFile)
		}
	}
	return nil
}

// Has tells whether a follower has a box.
func (g Grants) Has(follower stratos.PublicKey) bool { return g.find(follower) >= 0 }

// Covers tells whether every box of another file is in this one.
func (g Grants) Covers(other Grants) bool {
	have := make(map[string]bool, len(g.Boxes))
	for _, b := range g.Boxes {
		have[string(b.For)] = true
	}
	return !slices.ContainsFunc(other.Boxes, func(b Box) bool { return !have[string(b.For)] })
}

// Add seals the key of the period for a follower, whose public key his payment
// shows. Who has one already keeps it.
func (g *Grants) Add(follower stratos.PublicKey, key Key) error {
	if g.find(follower) >= 0 {
		return nil
	}
	secret := make([]byte, 32)
	rand.Read(secret)
	once, err := stratos.NewPrivateKey(secret)
	if err != nil {
		return err // one in 2^127
	}
	defer once.Wipe()
	defer clear(secret)
	shared, err := once.Shared(follower)
	if err != nil {
		return err
	}
	public := once.Public()
	box, err := g.cipher(shared, public, follower)
	if err != nil {
		return err
	}
	// The key is used once, so the nonce can be zero.
	sealed := box.Seal(public[:], make([]byte, box.NonceSize()), key[:], nil)
	g.Boxes = append(g.Boxes, Box{For: g.mark(follower), Sealed: sealed})
	return nil
}

// Open returns the key of the period for the holder of a key. The error is
// [ErrNoGrant], or [ErrClosed] when what is there is not for him.
func (g Grants) Open(follower stratos.PrivateKey) (key Key, err error) {
	public := follower.Public()
	at := g.find(public)
	if at < 0 {
		return key, ErrNoGrant
	}
	sealed := g.Boxes[at].Sealed
	once, err := stratos.ParsePublicKey(sealed[:33])
	if err != nil {
		return key, ErrClosed
	}
	shared, err := follower.Shared(once)
	if err != nil {
		return key, ErrClosed
	}
	box, err := g.cipher(shared, once, public)
	if err != nil {
		return key, err
	}
	plain, err := box.Open(nil, make([]byte, box.NonceSize()), sealed[33:], nil)
	if err != nil || len(plain) != len(key) {
		return key, ErrClosed
	}
	return Key(plain), nil
}

// cipher is what a box is sealed with: a key from what both sides work out, and
// from everything that the box belongs to.
func (g Grants) cipher(shared []byte, once, follower stratos.PublicKey) (cipher.AEAD, error) {
	defer clear(shared)
	info := fmt.Sprintf("stratosdrive channel grant 1 %s %s", g.Owner, g.Period)
	key, err := hkdf.Key(sha256.New, shared, append(once[:], follower[:]...), info, 32)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return chacha20poly1305.New(key)
}

func (g Grants) find(follower stratos.PublicKey) int {
	mark := g.mark(follower)
	for i, b := range g.Boxes {
		if string(b.For) == string(mark) {
			return i
		}
	}
	return -1
}

// mark is by what a follower finds his box: nobody can tell from it who he is
// without guessing his public key.
func (g Grants) mark(follower stratos.PublicKey) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "stratosdrive channel grant 1 %s %s %s", g.Owner, g.Period, follower))
	return sum[:16]
}
