package ethsecp256k1

import "fmt"

// In amino a key is its bytes alone, not a message that holds them. The chain
// counts the bytes of a transaction with it, and older tools show such keys as
// stpub1....

// MarshalAmino returns the compressed point.
func (k PubKey) MarshalAmino() ([]byte, error) { return k.Key, nil }

// UnmarshalAmino reads a compressed point.
func (k *PubKey) UnmarshalAmino(raw []byte) error {
	if len(raw) != 33 {
		return fmt.Errorf("a public key of %d bytes", len(raw))
	}
	k.Key = raw
	return nil
}

// MarshalAminoJSON returns what amino JSON writes in base64.
func (k PubKey) MarshalAminoJSON() ([]byte, error) { return k.MarshalAmino() }

// UnmarshalAminoJSON reads what MarshalAminoJSON returns.
func (k *PubKey) UnmarshalAminoJSON(raw []byte) error { return k.UnmarshalAmino(raw) }

// MarshalAmino returns the secret scalar itself.
func (k PrivKey) MarshalAmino() ([]byte, error) { return k.Key, nil }

// UnmarshalAmino reads a secret scalar.
func (k *PrivKey) UnmarshalAmino(raw []byte) error {
	if len(raw) != 32 {
		return fmt.Errorf("a private key of %d bytes", len(raw))
	}
	k.Key = raw
	return nil
}

// MarshalAminoJSON returns what amino JSON writes in base64.
func (k PrivKey) MarshalAminoJSON() ([]byte, error) { return k.MarshalAmino() }

// UnmarshalAminoJSON reads what MarshalAminoJSON returns.
func (k *PrivKey) UnmarshalAminoJSON(raw []byte) error { return k.UnmarshalAmino(raw) }
