package app

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// nodeSecrets are what opens the monitor of a node.
type nodeSecrets struct {
	Token  string `json:"token"`            // as its owner typed it; it gets too old within two hours
	Ticket string `json:"ticket,omitempty"` // of the last connection, good until the node is started again
}

// Where secrets of nodes are kept: under a key in the system's keyring, or under
// one that follows from the key of the storage account.
const (
	underKeyring = "keyring"
	ringService  = "Stratos Drive"
	ringNodes    = "nodes-"
	nodesInfo    = "nodes/1"
)

// errNodeLocked says that the secrets of a node need a key that is not there.
var errNodeLocked = errors.New("the secrets of the node are locked")

func nodeLocked(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", errNodeLocked, err), "The token of the node is kept under a key that is locked. Unlock the wallet that was in use when the node was added.")
}

// nodeKey returns the key that seals secrets under a name.
func (a *App) nodeKey(f nodesFile, under string) ([]byte, error) {
	if under == underKeyring {
		text, err := a.keyring().Get(ringService, ringNodes+f.Key)
		if err != nil {
			return nil, nodeLocked(err)
		}
		key, err := hex.DecodeString(text)
		if err != nil || len(key) != chacha20poly1305.KeySize {
			return nil, nodeLocked(errors.New("malformed key"))
		}
		return key, nil
	}
	storage, err := a.storageKey()
	if err != nil {
		return nil, nodeLocked(err)
	}
	if under != storage.Address().String() {
		return nil, nodeLocked(errors.New("another wallet is in use"))
	}
	raw := storage.Bytes()
	defer clear(raw)
	return hkdf.Key(sha256.New, raw, nil, nodesInfo, chacha20poly1305.KeySize)
}

// chooseNodeKey says what seals the secrets of a node from now on: the keyring,
// so that nodes are watched while the wallet is locked, or the storage account.
func (a *App) chooseNodeKey(f *nodesFile) (under string, err error) {
	if a.KeyringAvailable() {
		if f.Key != "" {
			if key, err := a.nodeKey(*f, underKeyring); err == nil {
				clear(key)
				return underKeyring, nil
			}
		}
		key, name := make([]byte, chacha20poly1305.KeySize), rand.Text()
		_, _ = rand.Read(key) // never fails, see crypto/rand
		defer clear(key)
		if f.Key == "" && a.keyring().Set(ringService, ringNodes+name, hex.EncodeToString(key)) == nil {
			f.Key = name
			return underKeyring, nil
		}
	}
	storage, err := a.storageKey()
	if err != nil {
		return "", fault.Say(err, "The token of a node is kept under the key of your wallet, which is locked. Unlock it first; nothing was changed.")
	}
	return storage.Address().String(), nil
}

// sealNode puts secrets into the entry of a node.
func (a *App) sealNode(f *nodesFile, n *keptNode, s nodeSecrets) error {
	under, err := a.chooseNodeKey(f)
	if err != nil {
		return err
	}
	key, err := a.nodeKey(*f, under)
	if err != nil {
		return err
	}
	defer clear(key)
	box, err := chacha20poly1305.NewX(key)
	if err != nil {
		return fmt.Errorf("seal the secrets of a node: %w", err)
	}
	plain, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("seal the secrets of a node: %w", err)
	}
	defer clear(plain)
	nonce := make([]byte, box.NonceSize(), box.NonceSize()+len(plain)+box.Overhead())
	_, _ = rand.Read(nonce) // never fails
	n.Under, n.Sealed = under, box.Seal(nonce, nonce, plain, sealedFor(n))
	return nil
}

// sealedFor binds secrets to the address that they may be sent to.
func sealedFor(n *keptNode) []byte { return []byte(nodesInfo + " " + n.ID + " " + n.Monitor) }

// openNode reads the secrets of a node. The error is [errNodeLocked] where the
// key is not there.
func (a *App) openNode(f nodesFile, n *keptNode) (s nodeSecrets, err error) {
	if n.TokenFile != "" {
		return s, nil
	}
	key, err := a.nodeKey(f, n.Under)
	if err != nil {
		return s, err
	}
	defer clear(key)
	box, err := chacha20poly1305.NewX(key)
	if err != nil {
		return s, fmt.Errorf("open the secrets of a node: %w", err)
	}
	if len(n.Sealed) < box.NonceSize() {
		return s, fault.Say(nil, "The token of the node is damaged. Enter the one that the node shows now.")
	}
	plain, err := box.Open(nil, n.Sealed[:box.NonceSize()], n.Sealed[box.NonceSize():], sealedFor(n))
	if err == nil {
		err = json.Unmarshal(plain, &s)
	}
	if err != nil {
		return s, fault.Say(err, "The token of the node is damaged. Enter the one that the node shows now.")
	}
	return s, nil
}
