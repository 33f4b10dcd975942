package wire

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// ErrCID is wrapped by every error about text that is not a content id.
var ErrCID = errors.New("not a content id")

// cid is a decoded content identifier.
type cid struct {
	version   uint64
	codec     uint64
	multihash []byte // code, length and digest
}

const (
	codeKeccak256 = 0x1b
	codeSHA256    = 0x12
	digestLength  = 20
	codecV0       = 0x70 // what version 0 stands for
)

var lowerHex32 = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

const (
	digits36     = "0123456789abcdefghijklmnopqrstuvwxyz"
	digitsBTC    = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	digitsFlickr = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
)

// parseCID reads version 0 (Qm...) or version 1 text in the usual multibases.
func parseCID(text string) (cid, error) {
	if len(text) < 2 || len(text) > 512 {
		return cid{}, fmt.Errorf("%w: wrong length", ErrCID)
	}
	if len(text) == 46 && strings.HasPrefix(text, "Qm") {
		raw, err := decodeBase(text, digitsBTC)
		if err != nil {
			return cid{}, err
		}
		return castCID(raw)
	}
	raw, err := decodeMultibase(text)
	if err != nil {
		return cid{}, err
	}
	return castCID(raw)
}

func castCID(raw []byte) (cid, error) {
	if len(raw) == 34 && raw[0] == codeSHA256 && raw[1] == 32 {
		return cid{version: 0, codec: codecV0, multihash: raw}, nil
	}
	version, rest, err := uvarint(raw)
	if err != nil || version != 1 {
		return cid{}, fmt.Errorf("%w: unknown version", ErrCID)
	}
	codec, hash, err := uvarint(rest)
	if err != nil {
		return cid{}, err
	}
	_, sized, err := uvarint(hash)
	if err != nil {
		return cid{}, err
	}
	length, digest, err := uvarint(sized)
	if err != nil {
		return cid{}, err
	}
	if uint64(len(digest)) != length {
		return cid{}, fmt.Errorf("%w: hash of another length", ErrCID)
	}
	return cid{version: version, codec: codec, multihash: hash}, nil
}

// uvarint reads one number in its shortest form.
func uvarint(raw []byte) (uint64, []byte, error) {
	n, used := binary.Uvarint(raw)
	if used <= 0 || (used > 1 && raw[used-1] == 0) {
		return 0, nil, fmt.Errorf("%w: broken number", ErrCID)
	}
	return n, raw[used:], nil
}

func decodeMultibase(text string) ([]byte, error) {
	body := text[1:]
	var raw []byte
	var err error
	switch text[0] {
	case 'f', 'F':
		raw, err = hex.DecodeString(body)
	case 'v', 'V':
		raw, err = lowerHex32.DecodeString(strings.ToLower(body))
	case 't', 'T':
		raw, err = base32.HexEncoding.DecodeString(strings.ToUpper(body))
	case 'b', 'B':
		raw, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(body))
	case 'c', 'C':
		raw, err = base32.StdEncoding.DecodeString(strings.ToUpper(body))
	case 'm':
		raw, err = base64.RawStdEncoding.DecodeString(body)
	case 'M':
		raw, err = base64.StdEncoding.DecodeString(body)
	case 'u':
		raw, err = base64.RawURLEncoding.DecodeString(body)
	case 'U':
		raw, err = base64.URLEncoding.DecodeString(body)
	case 'k', 'K':
		raw, err = decodeBase(strings.ToLower(body), digits36)
	case 'z':
		raw, err = decodeBase(body, digitsBTC)
	case 'Z':
		raw, err = decodeBase(body, digitsFlickr)
	default:
		return nil, fmt.Errorf("%w: unknown encoding", ErrCID)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrCID, err)
	}
	return raw, nil
}

// decodeBase reads a big-endian number written in the given digits; leading
// zero digits are zero bytes.
func decodeBase(text, digits string) ([]byte, error) {
	n, base := new(big.Int), big.NewInt(int64(len(digits)))
	zeros := len(text) - len(strings.TrimLeft(text, digits[:1]))
	for i := range len(text) {
		d := strings.IndexByte(digits, text[i])
		if d < 0 {
			return nil, fmt.Errorf("%w: wrong digit", ErrCID)
		}
		n.Add(n.Mul(n, base), big.NewInt(int64(d)))
	}
	return append(make([]byte, zeros), n.Bytes()...), nil
}

// encodeCID writes a version 1 id with a keccak-256 digest cut to 20 bytes.
func encodeCID(codec byte, digest []byte) string {
	raw := append([]byte{1, codec, codeKeccak256, digestLength}, digest[:digestLength]...)
	return "v" + lowerHex32.EncodeToString(raw)
}
