package keys

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// readWeb3 reads an Ethereum keystore or a node key file: in the first the
// plaintext is the key, in the second a MessagePack map.
func (i *Imported) readWeb3(data, password []byte) error {
	f, plain, err := openWeb3(data, password)
	if err != nil {
		return err
	}
	defer Wipe(plain)
	i.Name = f.Name
	if len(plain) > 32 {
		i.Kind = KindNodeKey
		return i.readNodePayload(plain)
	}
	i.Kind = KindKeystore
	key := make([]byte, 32)
	copy(key[32-len(plain):], plain) // old wallets cut leading zeros off
	i.RawKey = key
	return nil
}

// nodePayload is the plaintext of a node key file: a MessagePack map of four
// byte strings under these names.
type nodePayload struct {
	HdPath, Mnemonic, Passphrase, PrivKey []byte
}

func (p *nodePayload) field(name string) *[]byte {
	switch name {
	case "HdPath":
		return &p.HdPath
	case "Mnemonic":
		return &p.Mnemonic
	case "Passphrase":
		return &p.Passphrase
	case "PrivKey":
		return &p.PrivKey
	}
	return nil
}

// readNodePayload takes the words where they lead to the file's key, and the
// key alone where they do not, for example because the path is another one.
func (i *Imported) readNodePayload(plain []byte) error {
	p, err := parseNodePayload(plain)
	if err != nil {
		return damagedFile(err)
	}
	switch len(p.PrivKey) {
	case 32:
	case 64:
		return unsupported("This is the identity of a node, which holds no money. Import the wallet file beside it, whose name begins with st1.")
	default:
		return damagedFile(errPayload)
	}
	if i.wordsLeadTo(p) {
		return nil
	}
	i.Words, i.Passphrase, i.Index = nil, nil, 0
	i.RawKey = bytes.Clone(p.PrivKey)
	return nil
}

// wordsLeadTo sets words, passphrase and account when they give the key.
func (i *Imported) wordsLeadTo(p *nodePayload) bool {
	index, known := accountOfPath(string(p.HdPath))
	words, err := ParseWords(p.Mnemonic)
	if err != nil || !known {
		return false
	}
	key, err := FromWords(words, p.Passphrase, index)
	if err != nil {
		return false
	}
	defer key.Wipe()
	raw := key.Bytes()
	defer Wipe(raw)
	if !bytes.Equal(raw, p.PrivKey) {
		Wipe(words)
		return false
	}
	i.Words, i.Passphrase, i.Index = words, bytes.Clone(p.Passphrase), index
	return true
}

// accountOfPath reads the last step of m/44'/606'/0'/0/N.
func accountOfPath(path string) (index uint32, ok bool) {
	var n uint32
	if _, err := fmt.Sscanf(path, "m/44'/606'/0'/0/%d", &n); err != nil || n >= hardened || path != PathOf(n) {
		return 0, false
	}
	return n, true
}

// PathOf is the derivation path of account number index, as other wallets
// write it.
func PathOf(index uint32) string { return fmt.Sprintf("m/44'/606'/0'/0/%d", index) }

// WriteNodeKey returns a node key file of a wallet, and its usual name
// (ADDRESS.json). The file holds the words too, if there are any, and opens
// with password alone; it takes about a second. Secrets stay the caller's to
// wipe.
func WriteNodeKey(i *Imported, password []byte) (name string, file []byte, err error) {
	return writeNodeKey(i, password, scryptCost())
}

func writeNodeKey(i *Imported, password []byte, cost kdfParams) (string, []byte, error) {
	if len(password) == 0 {
		return "", nil, fault.Wrong(nil, "Please choose a password for the key file.")
	}
	key, err := i.Key()
	if err != nil {
		return "", nil, fmt.Errorf("write node key: %w", err)
	}
	defer key.Wipe()
	raw := key.Bytes()
	defer Wipe(raw)
	plain := (&nodePayload{HdPath: []byte(PathOf(i.Index)), Mnemonic: i.Words, Passphrase: i.Passphrase, PrivKey: raw}).encode()
	defer Wipe(plain)
	address := key.Address()
	file, err := sealWeb3(address, i.Name, plain, password, cost)
	if err != nil {
		return "", nil, fmt.Errorf("write node key: %w", err)
	}
	return address.String() + ".json", file, nil
}

// encode writes the map, in one piece that never grows.
func (p *nodePayload) encode() []byte {
	size := 1
	names := [...]string{"HdPath", "Mnemonic", "Passphrase", "PrivKey"}
	for _, name := range names {
		size += 1 + len(name) + 3 + len(*p.field(name))
	}
	out := append(make([]byte, 0, size), 0x80|byte(len(names)))
	for _, name := range names {
		out = append(append(out, 0xa0|byte(len(name))), name...)
		value := *p.field(name)
		if len(value) < 256 {
			out = append(out, 0xc4, byte(len(value)))
		} else {
			out = binary.BigEndian.AppendUint16(append(out, 0xc5), uint16(len(value)))
		}
		out = append(out, value...)
	}
	return out
}

var errPayload = errors.New("content of a node key file")

// parseNodePayload reads a MessagePack map of short strings to byte strings or
// strings. The values are parts of raw.
func parseNodePayload(raw []byte) (*nodePayload, error) {
	if len(raw) == 0 || raw[0]&0xf0 != 0x80 {
		return nil, errPayload
	}
	p := &nodePayload{}
	count, rest := int(raw[0]&0x0f), raw[1:]
	for range count {
		name, after, err := msgpackBytes(rest)
		if err != nil {
			return nil, err
		}
		value, after, err := msgpackBytes(after)
		if err != nil {
			return nil, err
		}
		if into := p.field(string(name)); into != nil {
			*into = value
		}
		rest = after
	}
	if len(rest) > 0 || p.PrivKey == nil {
		return nil, errPayload
	}
	return p, nil
}

// msgpackBytes takes one string, byte string or nil off raw.
func msgpackBytes(raw []byte) (value, rest []byte, err error) {
	if len(raw) == 0 {
		return nil, nil, errPayload
	}
	head, raw := raw[0], raw[1:]
	lengthSize := 0
	size := 0
	switch {
	case head == 0xc0: // nil
		return nil, raw, nil
	case head&0xe0 == 0xa0: // fixstr
		size = int(head & 0x1f)
	case head == 0xc4 || head == 0xd9: // bin 8, str 8
		lengthSize = 1
	case head == 0xc5 || head == 0xda: // bin 16, str 16
		lengthSize = 2
	default:
		return nil, nil, errPayload
	}
	if len(raw) < lengthSize {
		return nil, nil, errPayload
	}
	for _, b := range raw[:lengthSize] {
		size = size<<8 | int(b)
	}
	raw = raw[lengthSize:]
	if len(raw) < size {
		return nil, nil, errPayload
	}
	return raw[:size:size], raw[size:], nil
}
