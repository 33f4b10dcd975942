package language

import (
	"fmt"
	"strings"
	"testing"
)

func TestRetell(t *testing.T) {
	speak(t, "de")
	same := now().words["The disk is full. Nothing was lost; make room and sync again."]
	if got := Retell("The disk is full. Nothing was lost; make room and sync again."); got != same || got == "" {
		t.Errorf("a sentence without values: %q", got)
	}
	format := "%d of %d files were deleted in the folder on this computer. Nothing was deleted on the network; confirm to go on."
	if got, want := Retell(fmt.Sprintf(format, 7, 12)), Explain(format, 7, 12); got != want || got == fmt.Sprintf(format, 7, 12) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, unknown := range []string{"", "x", "Nobody has ever said that before, not even once.", "12 %"} {
		if got := Retell(unknown); got != unknown {
			t.Errorf("%q is retold as %q", unknown, got)
		}
	}
}

// Each sentence with values is known again in every language, whatever the
// values are.
func TestRetellKnowsAll(t *testing.T) {
	for _, n := range Names()[1:] {
		speak(t, n.Code)
		for format := range now().words {
			verbs := place.FindAllString(format, -1)
			own := len(strings.Join(place.Split(format, -1), ""))
			if len(verbs) == 0 || own < leastKnown || strings.Contains(format, "%%") {
				continue
			}
			var plain []any
			for i := range verbs {
				plain = append(plain, fmt.Sprintf("V%dV", i))
			}
			english := fmt.Sprintf(place.ReplaceAllString(format, "%s"), plain...)
			want := fmt.Sprintf(place.ReplaceAllString(now().words[format], "%${1}s"), plain...)
			if got := Retell(english); got != want {
				t.Errorf("%s: %q is retold as %q, want %q", n.Code, english, got, want)
			}
		}
	}
}
