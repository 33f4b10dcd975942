package fake

import "cmp"

// Language is the chosen language, English by default.
func (b *Backend) Language() string { return cmp.Or(b.Tongue, "en") }

// SetLanguage keeps the choice; that of the system is English.
func (b *Backend) SetLanguage(code string) error { b.Tongue = code; return b.Err }

// TextSize is the chosen size.
func (b *Backend) TextSize() int { return cmp.Or(b.Zoom, 100) }

// SetTextSize keeps the choice.
func (b *Backend) SetTextSize(percent int) error { b.Zoom = percent; return b.Err }
