package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/crypto/scrypt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// web3File is the Web3 Secret Storage Definition, version 3. Node key files
// add a name.
type web3File struct {
	Address string     `json:"address"`
	Name    string     `json:"name,omitempty"`
	Crypto  web3Crypto `json:"crypto"`
	ID      string     `json:"id"`
	Version int        `json:"version"`
}

type web3Crypto struct {
	Cipher       string `json:"cipher"`
	Ciphertext   string `json:"ciphertext"`
	CipherParams struct {
		IV string `json:"iv"`
	} `json:"cipherparams"`
	KDF       string    `json:"kdf"`
	KDFParams kdfParams `json:"kdfparams"`
	MAC       string    `json:"mac"`
}

// kdfParams are those of scrypt (n, r, p) or of pbkdf2 (c, prf).
type kdfParams struct {
	Size int    `json:"dklen"`
	Salt string `json:"salt"`
	N    int    `json:"n,omitempty"`
	R    int    `json:"r,omitempty"`
	P    int    `json:"p,omitempty"`
	C    int    `json:"c,omitempty"`
	PRF  string `json:"prf,omitempty"`
}

// The most that a file may ask for, so that a hostile one cannot bring down
// the machine: 1 GiB for scrypt, and half a minute or so of work.
const (
	maxScryptBytes = 1 << 30
	maxScryptWork  = 1 << 33
	maxRounds      = 20_000_000
)

var errWeb3 = errors.New("not a version 3 key file")

// key derives the key of the file from password.
func (p kdfParams) key(kdf string, password []byte) ([]byte, error) {
	salt, err := hex.DecodeString(p.Salt)
	if err != nil || p.Size != 32 {
		return nil, damagedFile(errWeb3)
	}
	switch {
	case kdf == "scrypt" && p.scryptFits():
		key, err := scrypt.Key(password, salt, p.N, p.R, p.P, p.Size)
		if err != nil {
			return nil, damagedFile(err)
		}
		return key, nil
	case kdf == "pbkdf2" && p.PRF == "hmac-sha256" && p.C > 0 && p.C <= maxRounds:
		return secret.PBKDF2(sha256.New, password, salt, p.C, p.Size), nil
	case kdf == "scrypt" || kdf == "pbkdf2":
		return nil, damagedFile(errors.New("cost out of range"))
	}
	return nil, unsupported("This key file protects its password in a way that is not supported.")
}

func (p kdfParams) scryptFits() bool {
	if p.N < 2 || p.R < 1 || p.P < 1 || p.N > 1<<24 || p.R > 1<<10 || p.P > 1<<10 {
		return false
	}
	block := 128 * p.R
	return block*p.N <= maxScryptBytes && block*p.P <= maxScryptBytes && block*p.N*p.P <= maxScryptWork
}

// openWeb3 returns the plaintext of the file, to be wiped by the caller.
func openWeb3(raw, password []byte) (*web3File, []byte, error) {
	f := &web3File{}
	if err := json.Unmarshal(raw, f); err != nil {
		return nil, nil, damagedFile(errWeb3)
	}
	if f.Version != 3 || f.Crypto.Cipher != "aes-128-ctr" {
		return nil, nil, unsupported("This key file is of a version that is not supported. Export it again with a newer wallet.")
	}
	iv, err1 := hex.DecodeString(f.Crypto.CipherParams.IV)
	text, err2 := hex.DecodeString(f.Crypto.Ciphertext)
	mac, err3 := hex.DecodeString(f.Crypto.MAC)
	if errors.Join(err1, err2, err3) != nil || len(iv) != aes.BlockSize || len(mac) != 32 || len(text) == 0 {
		return nil, nil, damagedFile(errWeb3)
	}
	key, err := f.Crypto.KDFParams.key(f.Crypto.KDF, password)
	if err != nil {
		return nil, nil, err
	}
	defer Wipe(key)
	if subtle.ConstantTimeCompare(stratos.Keccak256(key[16:], text), mac) != 1 {
		return nil, nil, wrongPassword(password)
	}
	ctr(key[:16], iv, text)
	return f, text, nil
}

// ctr is AES-128 in counter mode, in place.
func ctr(key, iv, text []byte) {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("keys: " + err.Error()) // only for a key of wrong length
	}
	cipher.NewCTR(block, iv).XORKeyStream(text, text)
}

// scryptCost is what a new file costs: that of the common Ethereum wallets,
// 256 MiB and about a second.
func scryptCost() kdfParams { return kdfParams{N: 1 << 18, R: 8, P: 1, Size: 32} }

// sealWeb3 encrypts plain in place and returns the file.
func sealWeb3(address stratos.Address, name string, plain, password []byte, cost kdfParams) ([]byte, error) {
	random := make([]byte, 64)
	rand.Read(random) // never fails
	salt, iv, id := random[:32], random[32:48], random[48:]
	cost.Salt = hex.EncodeToString(salt)
	key, err := cost.key("scrypt", password)
	if err != nil {
		return nil, err
	}
	defer Wipe(key)
	ctr(key[:16], iv, plain)
	f := web3File{Address: hex.EncodeToString(address[:]), Name: name, ID: uuid(id), Version: 3}
	f.Crypto = web3Crypto{Cipher: "aes-128-ctr", Ciphertext: hex.EncodeToString(plain), KDF: "scrypt", KDFParams: cost}
	f.Crypto.CipherParams.IV = hex.EncodeToString(iv)
	f.Crypto.MAC = hex.EncodeToString(stratos.Keccak256(key[16:], plain))
	return json.MarshalIndent(f, "", "  ")
}

// uuid writes 16 random bytes as RFC 9562 wants them, version 4.
func uuid(raw []byte) string {
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:])
}
