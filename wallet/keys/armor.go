package keys

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"golang.org/x/crypto/argon2"
	//lint:ignore SA1019 bcrypt is made of it, and old exports are protected by bcrypt
	"golang.org/x/crypto/blowfish"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/crypto/nacl/secretbox"
)

var errArmor = errors.New("not a whole armored key")

// armored is a block of ASCII armor (RFC 4880, section 6).
type armored struct {
	header map[string]string
	body   []byte
}

// parseArmor reads the first block of text and checks its check sum.
func parseArmor(text []byte) (*armored, error) {
	_, block, found := bytes.Cut(text, []byte(armorStart))
	block, _, end := bytes.Cut(block, []byte("-----END TENDERMINT PRIVATE KEY-----"))
	if !found || !end {
		return nil, errArmor
	}
	a := &armored{header: map[string]string{}}
	var encoded, sum string
	for line := range strings.Lines(string(block)) { // encrypted: no secret
		line = strings.TrimSpace(line)
		name, value, isHeader := strings.Cut(line, ": ")
		switch {
		case isHeader:
			a.header[name] = value
		case strings.HasPrefix(line, "="):
			sum = line[1:]
		default:
			encoded += line
		}
	}
	var err error
	if a.body, err = base64.StdEncoding.DecodeString(encoded); err != nil {
		return nil, errArmor
	}
	check, err := base64.StdEncoding.DecodeString(sum)
	if err != nil || sum != "" && !bytes.Equal(check, crc24(a.body)) {
		return nil, errArmor
	}
	return a, nil
}

// crc24 is the check sum of RFC 4880, section 6.1.
func crc24(data []byte) []byte {
	crc := uint32(0xb704ce)
	for _, b := range data {
		crc ^= uint32(b) << 16
		for range 8 {
			crc <<= 1
			if crc&0x1000000 != 0 {
				crc ^= 0x1864cfb
			}
		}
	}
	return []byte{byte(crc >> 16), byte(crc >> 8), byte(crc)}
}

// readArmor reads what "keys export" of the chain's command line writes.
func (i *Imported) readArmor(data, password []byte) error {
	a, err := parseArmor(data)
	if err != nil {
		return damagedFile(err)
	}
	if kind := a.header["type"]; kind != "" && kind != "eth_secp256k1" {
		return unsupported("This export holds a key of another kind, which has a different address on Stratos. Only keys of the kind eth_secp256k1 can be imported.")
	}
	plain, err := a.open(password)
	if err != nil {
		return err
	}
	defer Wipe(plain)
	i.RawKey, err = aminoKey(plain)
	return err
}

// open decrypts the body, which the kdf of the header decides: bcrypt with
// XSalsa20 in exports of SDK 0.47 and before, Argon2id with ChaCha20 later.
func (a *armored) open(password []byte) ([]byte, error) {
	salt, err := hex.DecodeString(a.header["salt"])
	if err != nil || len(salt) != 16 {
		return nil, damagedFile(errArmor)
	}
	switch a.header["kdf"] {
	case "bcrypt":
		return a.openBcrypt(password, salt)
	case "argon2":
		key := argon2.IDKey(password, salt, 1, 64*1024, 4, chacha20poly1305.KeySize)
		defer Wipe(key)
		sealed, err := chacha20poly1305.New(key)
		if err != nil {
			return nil, damagedFile(err)
		}
		plain, err := sealed.Open(nil, make([]byte, chacha20poly1305.NonceSize), a.body, nil)
		if err != nil {
			return nil, wrongPassword(password)
		}
		return plain, nil
	}
	return nil, unsupported("This export protects its password in a way that is not supported.")
}

func (a *armored) openBcrypt(password, salt []byte) ([]byte, error) {
	hash, err := bcryptHash(password, salt, 12)
	if err != nil {
		return nil, damagedFile(err)
	}
	defer Wipe(hash)
	key := sha256.Sum256(hash)
	defer Wipe(key[:])
	if len(a.body) < 24+secretbox.Overhead {
		return nil, damagedFile(errArmor)
	}
	plain, ok := secretbox.Open(nil, a.body[24:], (*[24]byte)(a.body), &key)
	if !ok {
		return nil, wrongPassword(password)
	}
	return plain, nil
}

// bcryptHash is bcrypt with a salt of the caller's, written as $2a$12$...; the
// library chooses the salt itself.
func bcryptHash(password, salt []byte, cost int) ([]byte, error) {
	key := append(append(make([]byte, 0, len(password)+1), password...), 0)
	defer Wipe(key)
	c, err := blowfish.NewSaltedCipher(key, salt)
	if err != nil {
		return nil, err
	}
	for range 1 << cost {
		blowfish.ExpandKey(key, c)
		blowfish.ExpandKey(salt, c)
	}
	sum := []byte("OrpheanBeholderScryDoubt")
	for at := 0; at < len(sum); at += 8 {
		for range 64 {
			c.Encrypt(sum[at:at+8], sum[at:at+8])
		}
	}
	digits := base64.NewEncoding("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789").WithPadding(base64.NoPadding)
	out := []byte{'$', '2', 'a', '$', byte('0' + cost/10), byte('0' + cost%10), '$'}
	out = digits.AppendEncode(out, salt)
	return digits.AppendEncode(out, sum[:23]), nil // 23 of the 24 bytes, as everybody does
}

// aminoPrefix is what amino writes before a stratos/PrivKeyEthSecp256k1.
var aminoPrefix = []byte{0x43, 0x9f, 0xaa, 0x4f}

// aminoKey reads the key behind the prefix: bare bytes with their length, or
// the same as field 1 of a message.
func aminoKey(raw []byte) ([]byte, error) {
	rest, found := bytes.CutPrefix(raw, aminoPrefix)
	if !found {
		return nil, unsupported("This export holds a key of another kind. Only keys of the kind eth_secp256k1 can be imported.")
	}
	rest = bytes.TrimPrefix(rest, []byte{0x0a})
	if len(rest) != 33 || rest[0] != 32 {
		return nil, damagedFile(errArmor)
	}
	return bytes.Clone(rest[1:]), nil
}
