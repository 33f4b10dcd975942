package chain

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/cometbft/cometbft/crypto/ed25519"
	"github.com/cometbft/cometbft/privval"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// keys are made once per folder, at random.
type keys struct {
	Faucet        []byte `json:"faucet"`         // account key that holds all free coins
	HomeOperator  []byte `json:"home_operator"`  // account key of the validator that runs here
	OtherOperator []byte `json:"other_operator"` // account key of the validator that never signs
	OtherSigner   []byte `json:"other_signer"`   // consensus public key of that validator
	MetaOwner     []byte `json:"meta_owner"`     // account key of who owns the meta node
	MetaNode      []byte `json:"meta_node"`      // public key of the meta node
}

// loadKeys reads the keys below dir and makes them at first.
func loadKeys(dir string) (keys, error) {
	var k keys
	path := filepath.Join(dir, keysFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKeys(path)
	}
	if err != nil {
		return k, fmt.Errorf("read the keys of the practice chain: %w", err)
	}
	if err := json.Unmarshal(raw, &k); err != nil {
		return k, fmt.Errorf("read the keys of the practice chain: %w", err)
	}
	if k.MetaOwner == nil {
		return k, k.addMeta().write(path) // of a folder from before there was a meta node
	}
	return k, nil
}

// addMeta makes the keys of the meta node. It signs nothing by itself, so the
// private half of its own key is thrown away.
func (k *keys) addMeta() *keys {
	k.MetaOwner, k.MetaNode = randomScalar(), ed25519.GenPrivKey().PubKey().Bytes()
	return k
}

func (k *keys) write(path string) error {
	raw, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return fmt.Errorf("write the keys of the practice chain: %w", err)
	}
	return writeFile(path, raw)
}

func makeKeys(path string) (keys, error) {
	k := keys{
		Faucet: randomScalar(), HomeOperator: randomScalar(), OtherOperator: randomScalar(),
		// Its private half is thrown away: nobody can ever sign with it.
		OtherSigner: ed25519.GenPrivKey().PubKey().Bytes(),
	}
	return k, k.addMeta().write(path)
}

// metaAddress is the address of the meta node.
func (k keys) metaAddress() string {
	hash := sha256.Sum256(k.MetaNode)
	return stratos.EncodeBech32(stratos.PrefixNode, hash[:20])
}

// randomScalar returns 32 bytes that are a key of the curve.
func randomScalar() []byte {
	raw := make([]byte, 32)
	for {
		rand.Read(raw)
		if _, err := stratos.NewPrivateKey(raw); err == nil {
			return raw
		}
	}
}

// loadSigner returns the consensus key of the home validator.
func loadSigner(dir string) (*privval.FilePV, error) {
	key, state := filepath.Join(dir, signerFile), filepath.Join(dir, signedFile)
	if _, err := os.Stat(key); errors.Is(err, fs.ErrNotExist) {
		signer := privval.GenFilePV(key, state)
		signer.Save()
		return signer, nil
	} else if err != nil {
		return nil, fmt.Errorf("read the key of the validator: %w", err)
	}
	if _, err := os.Stat(state); errors.Is(err, fs.ErrNotExist) {
		signer := privval.LoadFilePVEmptyState(key, state) // it has not signed anything yet
		signer.Save()
		return signer, nil
	}
	return privval.LoadFilePV(key, state), nil
}
