package publish

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Card says what a public stream shows. A stream of the network is segments
// only, so its title and its poster lie in a small public file beside it
// (docs/public-streams.md).
type Card struct {
	Version int     `json:"version"` // 1
	Title   string  `json:"title"`
	Seconds float64 `json:"seconds"` // length of the video
	Bytes   int64   `json:"bytes"`   // of the stream; about what watching all of it costs
	Width   int     `json:"width"`   // pixels
	Height  int     `json:"height"`
	Poster  []byte  `json:"poster,omitempty"` // JPEG
}

const (
	cardVersion = 1
	// MaxCard is the largest card in bytes.
	MaxCard = 512 << 10
	// MaxTitle is the longest title in characters.
	MaxTitle  = 200
	mostSide  = 1 << 14
	cardQuery = "?card="
)

// Encode returns the card as it is uploaded.
func (c Card) Encode() ([]byte, error) {
	c.Version, c.Title = cardVersion, CleanTitle(c.Title)
	raw, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("write card: %w", err)
	}
	if len(raw) > MaxCard {
		return nil, fmt.Errorf("%w: card of %d bytes", ErrTooLarge, len(raw))
	}
	return raw, nil
}

// ParseCard reads a card that a stranger may have written.
func ParseCard(raw []byte) (Card, error) {
	var c Card
	if len(raw) > MaxCard {
		return Card{}, damaged("card of %d bytes", len(raw))
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return Card{}, damaged("card: %v", err)
	}
	if c.Version > cardVersion {
		return Card{}, fmt.Errorf("%w: card of version %d", ErrNewer, c.Version)
	}
	side := func(n int) bool { return n >= 0 && n <= mostSide }
	if c.Version < 1 || c.Bytes < 0 || !(c.Seconds >= 0) || math.IsInf(c.Seconds, 0) || !side(c.Width) || !side(c.Height) {
		return Card{}, damaged("card")
	}
	c.Title = CleanTitle(c.Title)
	return c, nil
}

// CleanTitle makes one line of at most MaxTitle characters, without those that
// are not seen or turn the direction of text.
func CleanTitle(title string) string {
	title = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, !unicode.IsPrint(r):
			return -1
		}
		return r
	}, title)
	title = strings.Join(strings.Fields(title), " ")
	if runes := []rune(title); len(runes) > MaxTitle {
		title = strings.TrimSpace(string(runes[:MaxTitle]))
	}
	return title
}

// StreamLink is a link to a public stream and its card. It holds no secret.
type StreamLink struct {
	Stream string // share link of the stream, without scheme
	Card   string // share link of the card, without scheme
}

// String returns the link for this program; others read sds:// and Stream.
func (l StreamLink) String() string { return Scheme + l.Stream + cardQuery + l.Card }

// IsStreamLink reports whether text looks like a link to a stream with a card.
func IsStreamLink(text string) bool { return IsLink(text) && strings.Contains(text, cardQuery) }

// ParseStreamLink reads stos://STREAM?card=CARD; spaces around it are mended.
// Every error is [ErrLink].
func ParseStreamLink(text string) (StreamLink, error) {
	rest := strings.TrimSpace(text)
	if !IsStreamLink(rest) {
		return StreamLink{}, fault.Wrong(ErrLink, "That is not a link to a published video.")
	}
	stream, card, _ := strings.Cut(rest[len(Scheme):], cardQuery)
	if checkShare(stream) != nil || checkShare(card) != nil {
		return StreamLink{}, fault.Wrong(ErrLink, "This link to a published video is damaged. Copy the whole link again.")
	}
	return StreamLink{stream, card}, nil
}

// NewStreamLink makes a link of two share links, with or without sds://.
func NewStreamLink(stream, card string) (StreamLink, error) {
	var l StreamLink
	var err error
	if l.Stream, err = bareShare(stream); err != nil {
		return StreamLink{}, err
	}
	l.Card, err = bareShare(card)
	return l, err
}
