package publish

import (
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxName  = 240 // bytes
	maxMime  = 120 // bytes
	anyBytes = "application/octet-stream"
)

// cleanName reduces a name or path to a base name that every system can use
// for a file. It is never empty, and cleaning it again changes nothing.
func cleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || hidden(r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, " "), " .")
	if name == "" {
		return "file"
	}
	if device(name) {
		name = "_" + name
	}
	return strings.TrimRight(shorten(name), " .")
}

// hidden tells characters that are not seen but change what is: controls, and
// those that turn the direction of writing.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff'
}

// shorten cuts a name that is too long; a usual extension stays.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	stem := name[:maxName-len(ext)]
	for len(stem) > 0 && !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + ext
}

// device tells whether Windows keeps a name for a device.
func device(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '1' && stem[3] <= '9'
}

// mimes are the types of common files; the tables of systems differ.
var mimes = map[string]string{
	".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska",
	".webm": "video/webm", ".avi": "video/x-msvideo", ".mpg": "video/mpeg", ".mpeg": "video/mpeg", ".ts": "video/mp2t",
	".ogv": "video/ogg", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".flac": "audio/flac", ".ogg": "audio/ogg",
	".opus": "audio/ogg", ".wav": "audio/wav", ".aac": "audio/aac", ".pdf": "application/pdf", ".zip": "application/zip",
	".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".csv": "text/csv", ".json": "application/json",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
}

// mimeOf guesses a media type by the name, then by the first bytes.
func mimeOf(name string, start []byte) string {
	if m := mimes[strings.ToLower(path.Ext(name))]; m != "" {
		return m
	}
	return bareMime(http.DetectContentType(start))
}

// bareMime returns a media type without parameters, and the type of any bytes
// for text that is none.
func bareMime(text string) string {
	m, _, err := mime.ParseMediaType(text)
	if err != nil || len(m) > maxMime || !strings.Contains(m, "/") {
		return anyBytes
	}
	return m
}
