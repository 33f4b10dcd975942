package channel

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Version is the only version of channel and grant files so far.
const Version = 1

// Limits of a channel file.
const (
	MaxFile  = 4 << 20 // bytes
	maxItems = 10_000
	maxTitle = 200 // characters
	maxText  = 10_000
)

// Reasons why a channel file is not used.
var (
	ErrHash    = errors.New("the channel file is not the one that its creator published")
	ErrVersion = errors.New("the channel was made with a newer version of this program")
	ErrFile    = errors.New("the channel file is damaged")
)

// Kinds of an [Item].
const (
	Video = "video"
	Music = "music"
	Plain = "file"
)

// File is a channel: what its creator tells of himself and what he published,
// the newest first.
type File struct {
	Version int       `json:"version"`
	Owner   string    `json:"owner"` // st1..., the wallet of its record
	Title   string    `json:"title"`
	Text    string    `json:"text,omitempty"`
	Poster  string    `json:"poster,omitempty"` // sds://..., a picture
	Changed time.Time `json:"changed"`
	Items   []Item    `json:"items"`
	Periods []Period  `json:"periods,omitempty"`
}

// Item is one published video, piece of music or file. It has a Link when it is
// for everybody, or a sealed one for each period whose followers may open it.
type Item struct {
	ID      string    `json:"id"` // 16 hexadecimal digits
	Kind    string    `json:"kind"`
	Title   string    `json:"title"`
	Text    string    `json:"text,omitempty"`
	Poster  string    `json:"poster,omitempty"` // sds://...
	At      time.Time `json:"at"`
	Bytes   int64     `json:"bytes,omitempty"`
	Seconds int       `json:"seconds,omitempty"`
	Link    string    `json:"link,omitempty"` // sds://..., or that of a stream with its card
	Sealed  []Sealed  `json:"sealed,omitempty"`
}

// Sealed is a link under the key of a period, see [Key.Seal].
type Sealed struct {
	Period string `json:"period"`
	Link   []byte `json:"link"`
}

// Period is a time that followers can pay for.
type Period struct {
	ID    string         `json:"id"` // 16 hexadecimal digits
	From  time.Time      `json:"from"`
	To    time.Time      `json:"to"`
	Price stratos.Amount `json:"price"` // wei, as decimal text
	// Epoch tells the creator which of his keys that of the period comes from, see
	// [PeriodKey]. It tells others nothing.
	Epoch int `json:"epoch,omitempty"`
	// Grants is where the keys for those who paid lie, sds://...; empty until
	// the first of them was made.
	Grants string `json:"grants,omitempty"`
}

// NewID makes an id for an item or a period.
func NewID() string {
	raw := make([]byte, 8)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// Encode checks and writes a channel file. The error is [ErrFile] with the
// reason.
func (f File) Encode() ([]byte, error) {
	f.Version = Version
	if err := f.check(); err != nil {
		return nil, err
	}
	raw, err := json.Marshal(f)
	if err == nil && len(raw) > MaxFile {
		err = fmt.Errorf("%w: it is too large", ErrFile)
	}
	return raw, err
}

// Decode reads the channel file that a record of owner leads to. The error is
// [ErrHash], [ErrVersion] or [ErrFile].
func Decode(raw []byte, r Record, owner stratos.Address) (File, error) {
	if sha256.Sum256(raw) != r.Hash {
		return File{}, ErrHash
	}
	var f File
	if err := decode(raw, MaxFile, &f.Version, &f); err != nil {
		return File{}, err
	}
	if f.Owner != owner.String() {
		return File{}, fmt.Errorf("%w: it is of another wallet", ErrFile)
	}
	return f, f.check()
}

// decode reads JSON, whose version is looked at first.
func decode(raw []byte, limit int, version *int, into any) error {
	if len(raw) > limit {
		return fmt.Errorf("%w: it is too large", ErrFile)
	}
	var head struct{ Version int }
	if err := json.Unmarshal(raw, &head); err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	if *version = head.Version; head.Version > Version {
		return ErrVersion
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	return nil
}

func (f File) check() error {
	if f.Version != Version {
		return fmt.Errorf("%w: version %d", ErrFile, f.Version)
	}
	if !title(f.Title) || !words(f.Text) || !optional(f.Poster) || len(f.Items) > maxItems || len(f.Periods) > maxItems {
		return fmt.Errorf("%w: what it says of itself", ErrFile)
	}
	periods := map[string]bool{}
	for _, p := range f.Periods {
		if periods[p.ID] || !isID(p.ID) || !p.From.Before(p.To) || !optional(p.Grants) {
			return fmt.Errorf("%w: period %q", ErrFile, p.ID)
		}
		periods[p.ID] = true
	}
	items := map[string]bool{}
	for _, i := range f.Items {
		if items[i.ID] || !i.fine(periods) {
			return fmt.Errorf("%w: item %q", ErrFile, i.ID)
		}
		items[i.ID] = true
	}
	return nil
}

func (i Item) fine(periods map[string]bool) bool {
	switch {
	case !isID(i.ID), !title(i.Title), !words(i.Text), !optional(i.Poster), i.Bytes < 0, i.Seconds < 0:
		return false
	case !slices.Contains([]string{Video, Music, Plain}, i.Kind), (i.Link == "") == (len(i.Sealed) == 0), i.Link != "" && !isOpen(i.Link):
		return false
	}
	for _, s := range i.Sealed {
		if !periods[s.Period] || len(s.Link) > maxSealed {
			return false
		}
	}
	return true
}

func title(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= maxTitle && utf8.ValidString(text)
}

func words(text string) bool {
	return utf8.RuneCountInString(text) <= maxText && utf8.ValidString(text)
}
func optional(link string) bool { return link == "" || isPublic(link) }
