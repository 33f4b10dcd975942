package names

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Disk says which names a disk takes. Find out by trying with [Probe]: the
// same system may have disks of several kinds.
type Disk struct {
	FoldsCase bool // Name and name are one file
	FoldsForm bool // é as one character and as e with an accent are one file
	Windows   bool // refuses what Windows refuses
	Bytes     bool // takes bytes that are no UTF-8
	MaxBytes  int  // longest name in bytes; 0 means that only units count
	MaxUnits  int  // longest name in UTF-16 units; 0 means that only bytes count
	MaxPath   int  // longest path in bytes, from the root of the system; 0 means any
	NoModes   bool // keeps no permission bits
	NoLinks   bool // has no symbolic links
}

// Unix is a usual disk of Linux.
func Unix() Disk { return Disk{Bytes: true, MaxBytes: 255} }

// NTFS is a usual disk of Windows.
func NTFS() Disk {
	return Disk{FoldsCase: true, Windows: true, MaxUnits: 255, NoModes: true}
}

// APFS is a usual disk of macOS.
func APFS() Disk { return Disk{FoldsCase: true, FoldsForm: true, MaxUnits: 255} }

// Takes reports whether a file can have the name. Names with slashes are
// nobody's.
func (d Disk) Takes(name string) bool {
	switch {
	case !d.fits(name), !d.Bytes && !utf8.ValidString(name):
		return false
	case d.Windows:
		return windowsTakes(name)
	}
	return true
}

func (d Disk) fits(name string) bool {
	if d.MaxBytes > 0 && len(name) > d.MaxBytes {
		return false
	}
	return d.MaxUnits <= 0 || len(name) <= d.MaxUnits || len(utf16.Encode([]rune(name))) <= d.MaxUnits
}

// reserved are names that Windows keeps for devices, with any extension.
var reserved = map[string]bool{
	"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true,
	"COM1": true, "COM2": true, "COM3": true, "COM4": true, "COM5": true, "COM6": true, "COM7": true, "COM8": true, "COM9": true,
	"LPT1": true, "LPT2": true, "LPT3": true, "LPT4": true, "LPT5": true, "LPT6": true, "LPT7": true, "LPT8": true, "LPT9": true,
	"COM¹": true, "COM²": true, "COM³": true, "LPT¹": true, "LPT²": true, "LPT³": true,
}

// forbidden are the characters that Windows takes in no name.
const forbidden = `<>:"/\|?*`

func windowsTakes(name string) bool {
	if strings.ContainsAny(name, forbidden) || strings.TrimRight(name, " .") != name {
		return false
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
		return false
	}
	base, _, _ := strings.Cut(name, ".")
	return !reserved[strings.ToUpper(strings.TrimRight(base, " "))]
}

// Key returns the same text for all names that the disk takes for one. It may
// do so for a few that the disk holds apart, which costs a name and no file.
func (d Disk) Key(name string) string {
	if d.FoldsForm {
		name = norm.NFC.String(name)
	}
	if d.FoldsCase {
		name = cases.Fold().String(name)
	}
	if d.FoldsForm && d.FoldsCase {
		name = norm.NFC.String(name)
	}
	return name
}

// SameForm reports whether two names are one file's without anybody having
// renamed it: some disks return accents in another form than they were given.
func (d Disk) SameForm(a, b string) bool {
	return a == b || d.FoldsForm && norm.NFC.String(a) == norm.NFC.String(b)
}

// Bytes that are no UTF-8 are written as characters of this range in names of
// the drive, so that all systems can have them and Linux gets its own back.
const (
	escapeBase  = 0xEF00
	escapeFirst = escapeBase + 0x80
	escapeLast  = escapeBase + 0xFF
)

// FromDisk returns the name in the drive for a new file that the disk has
// under this one.
func (d Disk) FromDisk(name string) string {
	if d.Bytes {
		name = escape(name)
	}
	if d.FoldsForm {
		name = norm.NFC.String(name)
	}
	return name
}

func escape(name string) string {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, isEscape) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if (r == utf8.RuneError && size == 1) || isEscape(r) {
			for _, c := range []byte(name[:size]) {
				b.WriteRune(escapeBase + rune(c))
			}
		} else {
			b.WriteString(name[:size])
		}
		name = name[size:]
	}
	return b.String()
}

func isEscape(r rune) bool { return r >= escapeFirst && r <= escapeLast }

// Own returns the name that a file of the drive has on the disk if nothing is
// in its way. It is not always one that the disk takes.
func (d Disk) Own(name string) string {
	if !d.Bytes || !strings.ContainsFunc(name, isEscape) {
		return name
	}
	raw := make([]byte, 0, len(name))
	for _, r := range name {
		if isEscape(r) {
			raw = append(raw, byte(r-escapeBase))
		} else {
			raw = utf8.AppendRune(raw, r)
		}
	}
	if escape(string(raw)) != name || strings.ContainsAny(string(raw), "/\x00") {
		return name
	}
	return string(raw)
}
