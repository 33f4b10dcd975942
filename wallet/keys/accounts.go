package keys

import (
	"crypto/sha256"
	"fmt"
	"io"

	"golang.org/x/crypto/hkdf"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
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
func account(wallet stratos.PrivateKey, purpose string, epoch int) (stratos.PrivateKey, error) {
	if !wallet.Valid() {
		return stratos.PrivateKey{}, fmt.Errorf("derive %s account: the wallet is locked", purpose)
	}
	if epoch < FirstEpoch {
		return stratos.PrivateKey{}, fmt.Errorf("derive %s account: epoch %d", purpose, epoch)
	}
	secret := wallet.Bytes()
	defer Wipe(secret)
	return firstValid(hkdf.New(sha256.New, secret, nil, fmt.Appendf(nil, "%s/%d", purpose, epoch)))
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
