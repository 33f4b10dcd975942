package keys

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

var errSDKFile = errors.New("not a whole SDK wallet")

// sjclFile is a message of the Stanford JavaScript Crypto Library.
type sjclFile struct {
	IV, Salt, CT []byte
	Iter, KS, TS int
	Mode, Cipher string
	Adata        string
}

// readSDKFile reads what the JavaScript SDK and the desktop wallets made with
// it save: an SJCL message, alone or as text in a field "data", around base64
// of a JSON text with the words.
func (i *Imported) readSDKFile(data, password []byte) error {
	f, err := parseSJCL(data)
	if err != nil {
		return damagedFile(err)
	}
	if f.Cipher != "aes" || f.Mode != "gcm" || f.Adata != "" {
		return unsupported("This wallet file is encrypted in a way that is not supported.")
	}
	encoded, err := f.open(password)
	if err != nil {
		return err
	}
	defer Wipe(encoded)
	plain := make([]byte, base64.StdEncoding.DecodedLen(len(encoded)))
	defer Wipe(plain)
	n, err := base64.StdEncoding.Decode(plain, encoded)
	if err != nil {
		return damagedFile(errSDKFile)
	}
	return i.readSDKPayload(plain[:n])
}

func parseSJCL(data []byte) (*sjclFile, error) {
	var outer struct{ Data string }
	if err := json.Unmarshal(data, &outer); err != nil {
		return nil, errSDKFile
	}
	if outer.Data != "" {
		data = []byte(outer.Data)
	}
	f := &sjclFile{}
	if err := json.Unmarshal(data, f); err != nil {
		return nil, errSDKFile
	}
	sizes := f.KS == 128 || f.KS == 192 || f.KS == 256
	if !sizes || f.TS < 64 || f.TS > 128 || f.TS%8 != 0 || f.Iter < 1 || f.Iter > maxRounds ||
		len(f.IV) == 0 || len(f.CT) < f.TS/8 {
		return nil, errSDKFile
	}
	return f, nil
}

// open decrypts the message. Its tag may be shorter than the library takes,
// so the whole tag is made again and its beginning compared.
func (f *sjclFile) open(password []byte) ([]byte, error) {
	key := secret.PBKDF2(sha256.New, password, f.Salt, f.Iter, f.KS/8)
	defer Wipe(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, damagedFile(err)
	}
	gcm, err := cipher.NewGCMWithNonceSize(block, len(f.IV))
	if err != nil {
		return nil, damagedFile(err)
	}
	text, tag := f.CT[:len(f.CT)-f.TS/8], f.CT[len(f.CT)-f.TS/8:]
	plain := gcm.Seal(nil, f.IV, text, nil)[:len(text)] // the same key stream opens and seals
	whole := gcm.Seal(nil, f.IV, plain, nil)
	if subtle.ConstantTimeCompare(whole[len(text):][:len(tag)], tag) != 1 {
		Wipe(plain)
		return nil, wrongPassword(password)
	}
	return plain, nil
}

// plainText keeps a JSON string as bytes; the strings it is for need no
// escapes.
type plainText []byte

func (p *plainText) UnmarshalJSON(raw []byte) error {
	if len(raw) < 2 || raw[0] != '"' || bytes.IndexByte(raw, '\\') >= 0 {
		return errSDKFile
	}
	*p = bytes.Clone(raw[1 : len(raw)-1])
	return nil
}

func (i *Imported) readSDKPayload(plain []byte) error {
	var wallet struct {
		Mnemonic plainText
		Accounts []struct{ HDPath, Prefix string }
	}
	err := json.Unmarshal(plain, &wallet)
	defer Wipe(wallet.Mnemonic)
	if err != nil {
		return damagedFile(errSDKFile)
	}
	if len(wallet.Accounts) > 0 {
		index, known := accountOfPath(wallet.Accounts[0].HDPath)
		if !known || wallet.Accounts[0].Prefix != "st" {
			return unsupported("This wallet uses another derivation path. Import its words or its private key instead.")
		}
		i.Index = index
	}
	if i.Words, err = ParseWords(wallet.Mnemonic); err != nil {
		return damagedFile(errSDKFile)
	}
	return nil
}
