package wire

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Errors of signature checks.
var (
	ErrPubKey    = errors.New("wrong wallet pubkey")
	ErrSignature = errors.New("wrong wallet signature")
)

// Signer holds the key of one account of the storage network.
type Signer interface {
	Address() string   // st1...
	PublicKey() string // stpub1... of the bare 33 bytes
	// Sign returns 65 bytes r, s, v as hexadecimal digits over the Keccak-256
	// hash of message.
	Sign(message string) (hexSignature string)
}

// Signature is the object in every signed call.
type Signature struct {
	Address   string `json:"address"`
	PubKey    string `json:"pubkey"`
	Signature string `json:"signature"`
}

// Signed returns the signature object of message by s.
func Signed(s Signer, message string) Signature {
	return Signature{Address: s.Address(), PubKey: s.PublicKey(), Signature: s.Sign(message)}
}

// NewSigner adapts a key. Address and public key stay readable after the key
// is wiped; signing does not work then.
func NewSigner(key stratos.PrivateKey) Signer {
	public := key.Public()
	return keySigner{key: key, address: public.Address().String(), public: public.String()}
}

type keySigner struct {
	key             stratos.PrivateKey
	address, public string
}

func (k keySigner) Address() string   { return k.address }
func (k keySigner) PublicKey() string { return k.public }

func (k keySigner) Sign(message string) string {
	if !k.key.Valid() {
		return "" // refused by every node
	}
	return hex.EncodeToString(k.key.Sign([]byte(message)))
}

// String hides the key from logs.
func (k keySigner) String() string { return "signer of " + k.address }

// GoString hides the key from logs.
func (k keySigner) GoString() string { return k.String() }

func unix(t int64) string { return strconv.FormatInt(t, 10) }

// The functions below build the text that is signed for a call: plain
// concatenation. t is unix seconds and equals the member req_time.

// UploadMessage is signed in requestUpload, uploadData, uploadSign and
// requestUploadStream.
func UploadMessage(fileHash, address, sn string, t int64) string {
	return fileHash + address + sn + unix(t)
}

// DownloadMessage is signed in requestDownload, requestVideoDownload and in
// the REST call prepareVideoFileCache.
func DownloadMessage(fileHash, address, sn string, t int64) string {
	return fileHash + address + sn + unix(t)
}

// SharedMessage is signed in requestGetShared, requestGetVideoShared and in
// the REST call prepareSharedVideoFileCache. link has neither scheme nor
// password.
func SharedMessage(link, address, sn string, t int64) string {
	return link + address + sn + unix(t)
}

// StatusMessage is signed in getFileStatus.
func StatusMessage(fileHash, address string, t int64) string { return fileHash + address + unix(t) }

// DeleteMessage is signed in requestDeleteFile.
func DeleteMessage(fileHash, address string, t int64) string { return fileHash + address + unix(t) }

// ShareMessage is signed in requestShare.
func ShareMessage(fileHash, address string, t int64) string { return fileHash + address + unix(t) }

// StopShareMessage is signed in requestStopShare.
func StopShareMessage(shareID, address string, t int64) string { return shareID + address + unix(t) }

// ListMessage is signed in requestList.
func ListMessage(address string, t int64) string { return address + unix(t) }

// ListShareMessage is signed in requestListShare.
func ListShareMessage(address string, t int64) string { return address + unix(t) }

// ClearExpiredMessage is signed in requestClearExpiredShareLinks.
func ClearExpiredMessage(address string, t int64) string { return address + unix(t) }

// PrepayMessage is signed in owner_requestPrepay.
func PrepayMessage(address string, t int64) string { return address + unix(t) }

// RegisterMessage is signed in owner_requestRegisterNewPP.
func RegisterMessage(address string, t int64) string { return address + unix(t) }

// ParsePublicKey reads a public key as a node does: bech32 with any prefix.
func ParsePublicKey(text string) (stratos.PublicKey, error) {
	at := strings.LastIndexByte(text, '1')
	if at < 1 {
		return stratos.PublicKey{}, ErrPubKey
	}
	raw, err := stratos.DecodeBech32(strings.ToLower(text[:at]), text)
	if err != nil {
		return stratos.PublicKey{}, fmt.Errorf("%w: %v", ErrPubKey, err)
	}
	key, err := stratos.ParsePublicKey(raw)
	if err != nil {
		return stratos.PublicKey{}, fmt.Errorf("%w: %v", ErrPubKey, err)
	}
	return key, nil
}

// ParseSignature reads hexadecimal digits in either case, without 0x. The
// length is not checked here.
func ParseSignature(text string) ([]byte, error) {
	raw, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrSignature, err)
	}
	return raw, nil
}

// CheckKey tells whether pubKey is the key of address. The error is ErrPubKey.
func CheckKey(address, pubKey string) error {
	key, err := ParsePublicKey(pubKey)
	if err != nil {
		return err
	}
	if key.Address().String() != address {
		return fmt.Errorf("%w: of another address", ErrPubKey)
	}
	return nil
}

// VerifySignature checks that pubKey is the key of address and that signature
// (64 or 65 bytes, the last of 65 not looked at, low s) is over message. The
// error wraps ErrPubKey or ErrSignature.
func VerifySignature(address, pubKey, message, signature string) error {
	if err := CheckKey(address, pubKey); err != nil {
		return err
	}
	key, err := ParsePublicKey(pubKey)
	if err != nil {
		return err
	}
	raw, err := ParseSignature(signature)
	if err != nil {
		return err
	}
	if !key.Verify([]byte(message), raw) {
		return ErrSignature
	}
	return nil
}

// Verify checks s over message, see [VerifySignature].
func (s Signature) Verify(message string) error {
	return VerifySignature(s.Address, s.PubKey, message, s.Signature)
}
