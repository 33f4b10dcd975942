package keys

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// FirstEpoch is the epoch of the storage and publishing accounts of a wallet
// whose devices were never stolen.
const FirstEpoch = 1

// StorageAccount returns the key that owns the files of a wallet's drive. The
// epoch starts at [FirstEpoch] and grows by one when a device was stolen.
func StorageAccount(wallet stratos.PrivateKey, epoch int) (stratos.PrivateKey, error) {
	return account(wallet, "storage", epoch)
}

// PublishingAccount returns the key that owns what a wallet publishes, with
// the same epochs as [StorageAccount].
func PublishingAccount(wallet stratos.PrivateKey, epoch int) (stratos.PrivateKey, error) {
	return account(wallet, "publish", epoch)
}

// account derives a key with HKDF-SHA256 (secret: the 32 bytes of the wallet
// key, no salt, info "purpose/epoch"): the first 32-byte block of the output
// that is a scalar in [1, n-1].
func account(wallet stratos.PrivateKey, purpose string, epoch int) (key stratos.PrivateKey, err error) {
	if !wallet.Valid() {
		return stratos.PrivateKey{}, fmt.Errorf("derive %s account: the wallet is locked", purpose)
	}
	if epoch < FirstEpoch {
		return stratos.PrivateKey{}, fmt.Errorf("derive %s account: epoch %d", purpose, epoch)
	}
	secret.Do(func() {
		raw := wallet.Bytes()
		defer Wipe(raw)
		stream := expand(raw, fmt.Appendf(nil, "%s/%d", purpose, epoch))
		defer stream.wipe()
		key, err = firstValid(stream)
	})
	return key, err
}

// firstValid reads blocks of 32 bytes until one is a private key.
func firstValid(blocks io.Reader) (stratos.PrivateKey, error) {
	block := make([]byte, 32)
	defer Wipe(block)
	for {
		if _, err := io.ReadFull(blocks, block); err != nil {
			return stratos.PrivateKey{}, fmt.Errorf("derive account: %w", err)
		}
		if key, err := stratos.NewPrivateKey(block); err == nil {
			return key, nil
		}
	}
}

// expander is the output of HKDF-SHA256 without a salt (RFC 5869), a block of
// 32 bytes a read. The library's form cannot be wiped.
type expander struct {
	mac   *secret.MAC
	info  []byte
	block []byte
	count byte
}

func expand(raw, info []byte) *expander {
	extract := secret.NewMAC(sha256.New, make([]byte, sha256.Size))
	defer extract.Wipe()
	extract.Write(raw)
	prk := extract.Sum(nil)
	defer Wipe(prk)
	return &expander{mac: secret.NewMAC(sha256.New, prk), info: info, block: make([]byte, 0, sha256.Size)}
}

// Read fills p, which must be one block long.
func (e *expander) Read(p []byte) (int, error) {
	if e.count == 255 {
		return 0, io.EOF
	}
	e.count++
	e.mac.Write(e.block)
	e.mac.Write(e.info)
	e.mac.Write([]byte{e.count})
	e.block = e.mac.Sum(e.block[:0])
	return copy(p, e.block), nil
}

func (e *expander) wipe() {
	e.mac.Wipe()
	Wipe(e.block)
}
