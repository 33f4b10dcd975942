package app

import (
	"slices"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Theme is the user's choice: "system", "light" or "dark".
func (a *App) Theme() string { return a.settings.get().Theme }

// SetTheme saves the choice.
func (a *App) SetTheme(name string) error {
	switch name {
	case "system", "light", "dark":
		return a.settings.change(func(s *settings) { s.Theme = name })
	}
	return fault.Wrong(nil, "There is no theme called %s.", name)
}

// Languages are those of the window, by their ISO 639-1 codes.
func Languages() []string { return []string{"en", "zh", "fr", "de", "es"} }

// Language is the chosen language of the window; empty is that of the system.
func (a *App) Language() string { return a.settings.get().Language }

// SetLanguage saves the choice: one of [Languages], or empty for the system's.
func (a *App) SetLanguage(code string) error {
	if code != "" && !slices.Contains(Languages(), code) {
		return fault.Wrong(nil, "There is no language called %s here.", code)
	}
	return a.settings.change(func(s *settings) { s.Language = code })
}

// TextSizes are the sizes that text and all around it may have, in percent.
func TextSizes() []int { return []int{90, 100, 110, 120, 130, 150} }

const usualTextSize = 100

// TextSize is the chosen size, one of [TextSizes].
func (a *App) TextSize() int {
	if size := a.settings.get().TextSize; slices.Contains(TextSizes(), size) {
		return size
	}
	return usualTextSize
}

// SetTextSize saves the choice.
func (a *App) SetTextSize(percent int) error {
	if !slices.Contains(TextSizes(), percent) {
		return fault.Wrong(nil, "Text cannot have %d percent of its size. Nothing was changed.", percent)
	}
	return a.settings.change(func(s *settings) { s.TextSize = percent })
}
