package wire

import (
	"errors"
	"fmt"
	"strings"
)

// ErrLink is wrapped by every error about text that is not a share link.
var ErrLink = errors.New("not a share link")

// LinkScheme starts every share link of the network.
const LinkScheme = "sds://"

// Lengths of the link shapes in characters.
const (
	LinkV1Length = 23
	LinkV2Length = 34
)

// ShareLink is a parsed share link. A link of unknown shape has no ShareID;
// the network refuses it.
type ShareLink struct {
	Link     string // without scheme and password; this is what gets signed
	Password string
	ShareID  string
	RandCode string // only in the first shape
}

// String returns the link with its scheme, without the password.
func (l ShareLink) String() string { return LinkScheme + l.Link }

// Full returns the link with its scheme and, if it has one, the password.
func (l ShareLink) Full() string {
	if l.Password == "" {
		return l.String()
	}
	return l.String() + "/" + l.Password
}

// ParseShareLink reads sds://LINK[/PASSWORD] as a node does: the scheme is
// required, what follows a second slash is dropped.
func ParseShareLink(text string) (ShareLink, error) {
	rest, ok := strings.CutPrefix(text, LinkScheme)
	if !ok {
		return ShareLink{}, fmt.Errorf("%w: it does not start with %s", ErrLink, LinkScheme)
	}
	parts := strings.Split(rest, "/")
	l := ShareLink{Link: parts[0]}
	if len(parts) > 1 {
		l.Password = parts[1]
	}
	l.ShareID, l.RandCode = shareID(l.Link)
	return l, nil
}

// CompleteShareLink is [ParseShareLink] for text that people paste: spaces
// around it and a missing scheme are mended, a link without a share id is an
// error.
func CompleteShareLink(text string) (ShareLink, error) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, LinkScheme) {
		text = LinkScheme + text
	}
	l, err := ParseShareLink(text)
	if err == nil && l.ShareID == "" {
		err = fmt.Errorf("%w: unknown shape", ErrLink)
	}
	return l, err
}

// shareID finds the id in a link of one of the three shapes.
func shareID(link string) (id, code string) {
	switch len(link) {
	case LinkV1Length:
		if code, id, ok := strings.Cut(link, "_"); ok && !strings.Contains(id, "_") {
			return id, code
		}
	case LinkV2Length:
		if isLinkV2(link) {
			return link, ""
		}
	}
	if _, err := parseCID(link); err == nil {
		return link, ""
	}
	return "", ""
}

// isLinkV2 tells whether link has hexadecimal groups of 16, 10 and 6.
func isLinkV2(link string) bool {
	groups := strings.Split(link, "_")
	return len(groups) == 3 && len(groups[0]) == 16 && len(groups[1]) == 10 && len(groups[2]) == 6 &&
		strings.Trim(link, "0123456789abcdefABCDEF_") == ""
}
