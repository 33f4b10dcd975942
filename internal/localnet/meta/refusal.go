package meta

import "errors"

// Refusal is a decision of the meta node against a request. Its text is what
// the client gets to read, so it says nothing about other accounts.
type Refusal string

// Error returns the text.
func (r Refusal) Error() string { return string(r) }

// Refusals that callers compare with. The first three texts are those seen in
// the captures, the others are chosen.
const (
	NoFile       Refusal = "file not found"
	TakenLink    Refusal = "the share link is taken by another share"
	NoShare      Refusal = "share link not found or expired"
	BadSignature Refusal = "failed to verify the wallet signature: wrong wallet signature"
	BadTime      Refusal = "failed to verify the request time: it is too far from the time of the network"
	NoOzone      Refusal = "insufficient ozone: the balance does not cover this operation"
	NoWallet     Refusal = "wrong wallet address"
	NoRoom       Refusal = "no storage node has room for the file"
	NotReady     Refusal = "the file is not stored yet"
)

// SameFile refuses a file that its owner has stored already under name.
func SameFile(name string) Refusal {
	return Refusal("Same file with the name exists: " + name)
}

// AsRefusal finds the refusal in err.
func AsRefusal(err error) (Refusal, bool) { return errors.AsType[Refusal](err) }
