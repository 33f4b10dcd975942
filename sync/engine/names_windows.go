package engine

import "strings"

// reserved are names that Windows keeps for devices, with any extension.
var reserved = map[string]bool{
	"CON": true, "PRN": true, "AUX": true, "NUL": true,
	"COM1": true, "COM2": true, "COM3": true, "COM4": true, "COM5": true, "COM6": true, "COM7": true, "COM8": true, "COM9": true,
	"LPT1": true, "LPT2": true, "LPT3": true, "LPT4": true, "LPT5": true, "LPT6": true, "LPT7": true, "LPT8": true, "LPT9": true,
}

// nameAllowed reports whether the system takes a name.
func nameAllowed(name string) bool {
	if strings.ContainsAny(name, `<>:"/\|?*`) || strings.TrimRight(name, " .") != name {
		return false
	}
	for _, r := range name {
		if r < ' ' {
			return false
		}
	}
	base, _, _ := strings.Cut(name, ".")
	return !reserved[strings.ToUpper(base)]
}
