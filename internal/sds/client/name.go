package client

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest file name in bytes that every system takes.
const maxName = 240

// SafeName reduces a name that came from outside to a base name that can be
// used as a file's name on every system. It is never empty.
func SafeName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(cut(name, maxName), " "), " .")
	if name == "" {
		return "file"
	}
	if reserved(name) {
		return "_" + name
	}
	return name
}

// cut shortens name to at most limit bytes of whole characters; an extension
// stays.
func cut(name string, limit int) string {
	if len(name) <= limit {
		return name
	}
	ext := ""
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 16 {
		name, ext = name[:dot], name[dot:]
	}
	name = name[:limit-len(ext)]
	for len(name) > 0 && !utf8.ValidString(name) {
		name = name[:len(name)-1]
	}
	return name + ext
}

// reserved tells whether Windows keeps name for a device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch strings.TrimRight(stem, " ") {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '1' && stem[3] <= '9'
}
