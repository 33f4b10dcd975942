package channel

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
)

// MaxMemo is the longest memo that the chain takes, in characters.
const MaxMemo = 256

// Words that memos of channels begin with.
const (
	recordWord  = "stos-channel/1"
	paymentWord = "stos-subscribe/1"
)

// ErrMemo says that a memo is none of a channel.
var ErrMemo = errors.New("the memo is none of a channel")

// Record is the memo of the transaction that a creator makes to himself when he
// publishes: where the channel file lies, and what it must hold.
type Record struct {
	Link string   // share link of the network, sds://...
	Hash [32]byte // SHA-256 of the file
}

// NewRecord is the record of a file that can be had by link.
func NewRecord(link string, file []byte) Record {
	return Record{Link: link, Hash: sha256.Sum256(file)}
}

// Memo writes the record.
func (r Record) Memo() (string, error) {
	memo := recordWord + " " + r.Link + " " + base64.RawURLEncoding.EncodeToString(r.Hash[:])
	if !isPublic(r.Link) || len(memo) > MaxMemo {
		return "", ErrMemo
	}
	return memo, nil
}

// ParseRecord reads a record. The error is [ErrMemo].
func ParseRecord(memo string) (Record, error) {
	words := strings.Split(memo, " ")
	if len(memo) > MaxMemo || len(words) != 3 || words[0] != recordWord || !isPublic(words[1]) {
		return Record{}, ErrMemo
	}
	hash, err := base64.RawURLEncoding.Strict().DecodeString(words[2])
	if err != nil || len(hash) != sha256.Size {
		return Record{}, ErrMemo
	}
	return Record{Link: words[1], Hash: [32]byte(hash)}, nil
}

// PaymentMemo is the memo of the transaction by which a follower pays for a
// period. Everybody can read it on the chain.
func PaymentMemo(period string) (string, error) {
	if !isID(period) {
		return "", ErrMemo
	}
	return paymentWord + " " + period, nil
}

// ParsePayment returns the period that a payment is for. The error is
// [ErrMemo].
func ParsePayment(memo string) (period string, err error) {
	word, period, _ := strings.Cut(memo, " ")
	if word != paymentWord || !isID(period) {
		return "", ErrMemo
	}
	return period, nil
}

// isPublic tells whether a text is a share link of the network, without a
// password.
func isPublic(link string) bool {
	name, ok := strings.CutPrefix(link, "sds://")
	return ok && isName(name)
}

// isOpen tells whether a text is a link without a key: a share link of the
// network, or one to a public stream and its card.
func isOpen(link string) bool {
	if isPublic(link) {
		return true
	}
	rest, ok := strings.CutPrefix(link, "stos://")
	stream, card, _ := strings.Cut(rest, "?card=")
	return ok && isName(stream) && isName(card)
}

// isPrivate tells whether a text is a private link with its key.
func isPrivate(link string) bool {
	rest, ok := strings.CutPrefix(link, "stos://")
	name, key, _ := strings.Cut(rest, "#")
	raw, err := base64.RawURLEncoding.Strict().DecodeString(key)
	return ok && isName(name) && err == nil && len(raw) == 32
}

func isName(text string) bool {
	return len(text) >= 6 && len(text) <= 128 && only(text, func(c byte) bool {
		return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	})
}

// isID tells whether a text is an id: 16 hexadecimal digits.
func isID(text string) bool {
	return len(text) == 16 && only(text, func(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' })
}

func only(text string, ok func(byte) bool) bool {
	for i := range len(text) {
		if !ok(text[i]) {
			return false
		}
	}
	return true
}
