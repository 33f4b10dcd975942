package publish

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/url"
	"path"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/drivekey"
)

// Scheme starts every private link.
const Scheme = "stos://"

// netScheme starts a share link of the network.
const netScheme = "sds://"

// maxLink is the longest share link in bytes; those of the network have 23, 34
// or, for an IPFS name, some 60.
const maxLink = 128

var keyText = base64.RawURLEncoding.Strict()

// Link is a private link: which manifest, and the key that opens it. Who has
// it can read the object, so it belongs neither in a log nor in an error.
type Link struct {
	share  string // share link of the manifest, without scheme
	key    [drivekey.SecretSize]byte
	inside string // path of an entry in the folder that it leads to; empty for all of it
}

func newLink() Link {
	var l Link
	rand.Read(l.key[:])
	return l
}

// String returns the link as people pass it on, key included.
func (l Link) String() string {
	text := Scheme + l.share + "#" + keyText.EncodeToString(l.key[:])
	if l.inside != "" {
		text += (&url.URL{Path: "/" + l.inside}).EscapedPath()
	}
	return text
}

// Inside is the path of an entry that the link names in a folder, empty for
// all that it leads to.
func (l Link) Inside() string { return l.inside }

// In returns the link to an entry of the folder that l leads to, by its path;
// an empty path is all of it.
func (l Link) In(entry string) Link {
	l.inside = strings.Trim(path.Clean("/"+entry), "/")
	return l
}

// LogValue keeps the key out of structured logs.
func (l Link) LogValue() slog.Value { return slog.StringValue(Scheme + l.share + "#...") }

// IsLink reports whether text looks like a private link, also a damaged one.
func IsLink(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= len(Scheme) && strings.EqualFold(text[:len(Scheme)], Scheme)
}

// ParseLink reads stos://LINK#KEY, which a path in a folder may follow behind a
// slash; spaces around it are mended. Every error is [ErrLink] and says what is
// wrong with the text without repeating it.
func ParseLink(text string) (Link, error) {
	if !IsLink(text) {
		return Link{}, fault.Wrong(ErrLink, "That is not a private link: those begin with %s.", Scheme)
	}
	share, key, found := strings.Cut(strings.TrimSpace(text)[len(Scheme):], "#")
	if !found || key == "" {
		return Link{}, fault.Wrong(ErrLink, "This private link has lost its key, the part behind the #. Copy the whole link again.")
	}
	if checkShare(share) != nil {
		return Link{}, fault.Wrong(ErrLink, "This private link is damaged in front of the #. Copy the whole link again.")
	}
	l := Link{share: share}
	key, inside, _ := strings.Cut(key, "/")
	if plain, err := url.PathUnescape(inside); err == nil { // else somebody typed it
		inside = plain
	}
	l = l.In(inside)
	raw, err := keyText.DecodeString(key)
	if err != nil || len(raw) != len(l.key) || strings.ContainsAny(key, "\r\n") {
		return Link{}, fault.Wrong(ErrLink, "The key of this private link, the part behind the #, is damaged or cut short. Copy the whole link again.")
	}
	copy(l.key[:], raw)
	return l, nil
}

// checkShare accepts the share links of the network, without scheme: letters,
// digits, "_" and "-". So nothing in a link or a manifest can name a path, a
// host or a password.
func checkShare(share string) error {
	if len(share) < 6 || len(share) > maxLink {
		return fmt.Errorf("%w: share link of %d bytes", ErrLink, len(share))
	}
	for _, c := range []byte(share) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '-' {
			return fmt.Errorf("%w: share link with byte %#x", ErrLink, c)
		}
	}
	return nil
}
