package order

import (
	"slices"
	"strings"
	"testing"
)

// TestListsAsPeopleExpectThem: what a camera, a player and a scanner name.
func TestListsAsPeopleExpectThem(t *testing.T) {
	for name, want := range map[string][]string{
		"a camera":    {"IMG_0009.jpg", "IMG_9.jpg", "IMG_10.jpg", "img_11.jpg", "IMG_0100.jpg"},
		"episodes":    {"S1E2", "S1E10", "S2E1", "S10E1"},
		"versions":    {"1.2", "1.10", "1.10.1", "2"},
		"letters":     {"a", "B", "c", "D"},
		"no number":   {"", "1", "a", "a1"},
		"very long":   {"x" + strings.Repeat("9", 30), "x1" + strings.Repeat("0", 30)},
		"zeros":       {"0", "00", "01", "2"},
		"same but up": {"ABC", "Abc", "abc"},
		"Chinese":     {"文件2", "文件10"},
	} {
		for _, by := range map[string]func(a, b string) int{"names": Names, "keys": func(a, b string) int {
			if c := strings.Compare(Key(a), Key(b)); c != 0 {
				return c
			}
			return strings.Compare(a, b)
		}} {
			got := slices.Clone(want)
			slices.Reverse(got)
			if slices.SortFunc(got, by); !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}
