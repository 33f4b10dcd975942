package update

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// What an index is refused for. Every error of [Read] wraps one of them.
var (
	ErrUnsigned  = errors.New("not signed by enough of the keys of this program")
	ErrMalformed = errors.New("not a release index as it is described")
)

// Index says which release is the newest one. It is believed as a whole: the
// files of two releases cannot be mixed.
type Index struct {
	Version  int       `json:"version"`  // of the format: 1
	Product  string    `json:"product"`  // "stratosdrive"
	Sequence int64     `json:"sequence"` // grows with every index that is signed
	Time     time.Time `json:"time"`     // of signing
	Expires  time.Time `json:"expires"`  // not believed from then on
	Release  Release   `json:"release"`
}

// Release is one version of the program.
type Release struct {
	Version string    `json:"version"` // semantic, such as "v1.2.0"
	Date    time.Time `json:"date"`
	Notes   string    `json:"notes"` // what is new, plain text
	Files   []File    `json:"files"`
}

// File is a package of a release, for one kind of computer and of installation.
type File struct {
	OS     string `json:"os"`   // as Go names it
	Arch   string `json:"arch"` // as Go names it
	Kind   Kind   `json:"kind"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hex
	URL    string `json:"url"`    // absolute, or relative to the address of the index
}

// Kind is how a package is brought in.
type Kind string

// The kinds of packages.
const (
	Deb       Kind = "deb"       // by the system's installer
	Portable  Kind = "tar"       // a folder of programs, swapped
	AppImage  Kind = "appimage"  // one file, swapped
	Installer Kind = "installer" // a program that installs, on Windows
	DiskImage Kind = "dmg"       // opened, on macOS
)

const (
	indexVersion = 1
	product      = "stratosdrive"

	mostIndex = 256 << 10 // bytes of an index with its signatures
	mostNotes = 16 << 10  // bytes
	mostFiles = 64
	mostFile  = 2 << 30 // bytes of one package

	mostLife = 366 * 24 * time.Hour // of an index
)

// envelope is an index as it travels: the bytes that were signed, and the
// signatures.
type envelope struct {
	Index      []byte      `json:"index"`
	Signatures []signature `json:"signatures"`
}

type signature struct {
	Key       string `json:"key"` // see KeyID
	Signature []byte `json:"signature"`
}

// Read returns the index that raw holds, if enough of the keys signed it and it
// is as it should be. Whether it is of today is for [Memory.Admit] to say.
func Read(raw []byte, keys Keys) (Index, error) {
	index, e, err := open(raw)
	if err != nil {
		return Index{}, err
	}
	if !keys.enough(e.Index, e.Signatures) {
		return Index{}, ErrUnsigned
	}
	if err := decode(index, e.Index); err != nil {
		return Index{}, err
	}
	return *index, index.check()
}

// open takes an index out of what it travels in, without looking into it.
func open(raw []byte) (*Index, envelope, error) {
	var e envelope
	if len(raw) > mostIndex {
		return nil, e, fmt.Errorf("%w: over %d bytes", ErrMalformed, mostIndex)
	}
	if err := decode(&e, raw); err != nil {
		return nil, e, err
	}
	if len(e.Signatures) > mostKeys {
		return nil, e, fmt.Errorf("%w: %d signatures", ErrMalformed, len(e.Signatures))
	}
	return &Index{}, e, nil
}

// decode reads one JSON value with nothing after it.
func decode(into any, raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows it", ErrMalformed)
	}
	return nil
}

// Sign returns the index as it travels, signed by each of the keys.
func Sign(index Index, keys ...ed25519.PrivateKey) ([]byte, error) {
	if err := index.check(); err != nil {
		return nil, err
	}
	raw, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode release index: %w", err)
	}
	e := envelope{Index: raw}
	for _, key := range keys {
		e.Signatures = append(e.Signatures, sign(raw, key))
	}
	return json.MarshalIndent(e, "", "  ")
}

// Cosign adds the signature of another key to an index that is signed already.
func Cosign(raw []byte, key ed25519.PrivateKey) ([]byte, error) {
	index, e, err := open(raw)
	if err != nil {
		return nil, err
	}
	if err := decode(index, e.Index); err != nil {
		return nil, err
	}
	if err := index.check(); err != nil {
		return nil, err
	}
	e.Signatures = append(e.Signatures, sign(e.Index, key))
	return json.MarshalIndent(e, "", "  ")
}

func sign(index []byte, key ed25519.PrivateKey) signature {
	return signature{Key: KeyID(key.Public().(ed25519.PublicKey)), Signature: ed25519.Sign(key, signed(index))}
}

// check tells what is wrong with an index, whoever signed it.
func (i Index) check() error {
	switch {
	case i.Version != indexVersion || i.Product != product:
		return fmt.Errorf("%w: version %d of %q", ErrMalformed, i.Version, i.Product)
	case i.Sequence < 1 || i.Time.IsZero() || !i.Expires.After(i.Time) || i.Expires.Sub(i.Time) > mostLife:
		return fmt.Errorf("%w: sequence %d, %s to %s", ErrMalformed, i.Sequence, i.Time, i.Expires)
	case !released(i.Release.Version):
		return fmt.Errorf("%w: %q is no version", ErrMalformed, i.Release.Version)
	case len(i.Release.Notes) > mostNotes || len(i.Release.Files) == 0 || len(i.Release.Files) > mostFiles:
		return fmt.Errorf("%w: %d bytes of notes, %d files", ErrMalformed, len(i.Release.Notes), len(i.Release.Files))
	}
	return checkFiles(i.Release.Files)
}

func checkFiles(files []File) error {
	names, uses := map[string]bool{}, map[File]bool{}
	for _, f := range files {
		if err := f.check(); err != nil {
			return err
		}
		use := File{OS: f.OS, Arch: f.Arch, Kind: f.Kind}
		fold := strings.ToLower(f.Name)
		if names[fold] || uses[use] {
			return fmt.Errorf("%w: two files %s", ErrMalformed, f.Name)
		}
		names[fold], uses[use] = true, true
	}
	return nil
}

// plainName is a name that means the same on every system and no folder.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+~-]{0,126}[A-Za-z0-9]$`)

func (f File) check() error {
	sum, err := hex.DecodeString(f.SHA256)
	switch {
	case !plainName.MatchString(f.Name) || !filepath.IsLocal(f.Name) || device(f.Name):
		return fmt.Errorf("%w: the name %q", ErrMalformed, f.Name)
	case err != nil || len(sum) != 32 || f.SHA256 != strings.ToLower(f.SHA256):
		return fmt.Errorf("%w: the hash of %s", ErrMalformed, f.Name)
	case f.Size < 1 || f.Size > mostFile:
		return fmt.Errorf("%w: %d bytes of %s", ErrMalformed, f.Size, f.Name)
	case f.OS == "" || f.Arch == "" || f.Kind == "":
		return fmt.Errorf("%w: nobody can tell who %s is for", ErrMalformed, f.Name)
	}
	if _, err := url.Parse(f.URL); err != nil || f.URL == "" {
		return fmt.Errorf("%w: the address of %s", ErrMalformed, f.Name)
	}
	return nil
}

// deviceNames are what Windows takes for devices, whatever follows the dot.
var deviceNames = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

func device(name string) bool { return deviceNames.MatchString(name) }

// For returns the package for a kind of computer and of installation.
func (r Release) For(os, arch string, kind Kind) (File, bool) {
	for _, f := range r.Files {
		if f.OS == os && f.Arch == arch && f.Kind == kind {
			return f, true
		}
	}
	return File{}, false
}
