package widgets

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// sided is a sidebar with n pages above the status and m below it.
func sided(n, m int, view StatusView) *Sidebar {
	item := func(i int) *NavItem { return NewNavItem("folder", fmt.Sprint("Page ", i), nil) }
	var top, bottom []*NavItem
	for i := range n {
		top = append(top, item(i))
	}
	for i := range m {
		bottom = append(bottom, item(100+i))
	}
	return NewSidebar(top, NewStatus(view), bottom)
}

var statusViews = []StatusView{
	{Tone: Good, Headline: "Up to date", Fraction: -1},
	{Tone: Active, Headline: "Syncing 3 of 120", Detail: "about 4 min left, 6.1 MB/s", Fraction: 0.5},
	{Tone: Warn, Headline: longName, Detail: longName, Note: "Practice network: files exist only on this computer", Fraction: 1},
	{Tone: Bad, Headline: "Offline", Detail: strings.Repeat("longwordwithoutspaces", 6), Fraction: -1},
}

// However low or narrow the window, whatever the status says and however many
// pages there are, nothing in the sidebar lies over anything else.
func TestNothingInTheSidebarMeets(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		view := rapid.SampledFrom(statusViews).Draw(t, "status")
		s := sided(rapid.IntRange(0, 9).Draw(t, "pages"), rapid.IntRange(0, 3).Draw(t, "below"), view)
		width := rapid.SampledFrom([]float32{theme.SidebarWidth, theme.SidebarFolded}).Draw(t, "width")
		size := fyne.NewSize(width, s.MinSize().Height+float32(rapid.IntRange(0, 500).Draw(t, "more height")))
		s.Resize(size)
		objects := []fyne.CanvasObject{s.status}
		for _, item := range append(append([]*NavItem{}, s.items...), s.bottom...) {
			objects = append(objects, item)
			if item.Size().Height < 30 {
				t.Fatalf("%s is %v high", item.text, item.Size().Height)
			}
		}
		apartIn(t, "sidebar", size, objects...)
	})
}

// Whatever the status says, its lines lie in its card, below each other, and the
// headline is always there.
func TestTheStatusSaysWhatFits(t *testing.T) {
	dressed(t)
	rapid.Check(t, func(t *rapid.T) {
		s := NewStatus(rapid.SampledFrom(statusViews).Draw(t, "status"))
		width := float32(rapid.IntRange(120, 260).Draw(t, "width"))
		size := fyne.NewSize(width, float32(rapid.IntRange(int(leastStatus), 220).Draw(t, "height")))
		s.Resize(size)
		parts := s.draw(size)
		var seen []fyne.CanvasObject
		for _, o := range parts[1:] {
			if text, ok := o.(*canvas.Text); ok { // letters stand on their line, the space under it is free
				seen = append(seen, Gap(0, 0))
				place(seen[len(seen)-1], text.Position().X, text.Position().Y+2, min(text.MinSize().Width, text.Size().Width), 14)
				continue
			}
			seen = append(seen, o)
		}
		apartIn(t, "status", size, seen...)
		if headline := parts[2].(*canvas.Text); !strings.HasPrefix(s.view.Headline, strings.TrimSuffix(headline.Text, "…")) {
			t.Fatalf("the headline is %q", headline.Text)
		}
		if enough := size.Height >= s.heightAt(width); enough && len(parts)-3 < len(s.lines(width)) {
			t.Fatalf("in %v it says %d of %d lines", size, len(parts)-3, len(s.lines(width)))
		}
	})
}

// TestFoldedSidebars show icons only, each in the middle of its place, and words
// again where there is room.
func TestFoldedSidebars(t *testing.T) {
	dressed(t)
	s := sided(6, 2, statusViews[1])
	shots.Window(t, s, 300, 700)
	for _, c := range []struct {
		width float32
		words bool
	}{{theme.SidebarWidth, true}, {theme.SidebarFolded, false}, {theme.SidebarWidth, true}} {
		s.Resize(fyne.NewSize(c.width, 700))
		words := 0
		for _, text := range allOf[*Text](s) {
			if text.text != "" {
				words++
			}
		}
		if (words > 0) != c.words || c.words && words != 9 {
			t.Errorf("at %v %d words are seen", c.width, words)
		}
		for _, item := range s.items {
			icon := partsOf(item)[1]
			if middle := item.Position().X + icon.Position().X + icon.Size().Width/2; !c.words && (middle < c.width/2-2 || middle > c.width/2+2) {
				t.Errorf("at %v an icon is at %v", c.width, middle)
			}
		}
	}
}

// TestPagesOfTheSidebar: one is marked, names change, and each leads somewhere.
func TestPagesOfTheSidebar(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		went := 0
		n := NewNavItem("wallet", "Wallet", func() { went++ })
		w := shots.Window(t, Sized(200, 36, n), 200, 36)
		plain := w.Canvas().Capture()
		n.SetActive(true)
		active := w.Canvas().Capture()
		if !n.Active() || differing(plain, active) < 1000 {
			t.Errorf("%s: nothing marks the page", mode)
		}
		n.SetText("Savings")
		if n.Text() != "Savings" || n.AccessibilityLabel() != "Savings" || differing(active, w.Canvas().Capture()) < 20 {
			t.Errorf("%s: it is called %q", mode, n.Text())
		}
		n.SetActive(false)
		n.SetText("Wallet")
		if differing(plain, w.Canvas().Capture()) != 0 {
			t.Errorf("%s: it does not look as before", mode)
		}
		if test.Tap(n); went != 1 {
			t.Errorf("%s: it led there %d times", mode, went)
		}
	})
}

// TestLowSidebarPictures shows a sidebar in a low window: in letters of one and
// a half the usual size that is a laptop.
func TestLowSidebarPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		row := Row(16)
		for _, height := range []float32{454, 500, 600} {
			s := sided(8, 2, statusViews[2])
			s.items[1].SetActive(true)
			row.Add(Edges(Sized(theme.SidebarWidth, height, s), nil, nil, nil, nil))
		}
		shots.Match(t, "sidebars-low-"+mode, shots.Window(t, NewBox(theme.Background, theme.Clear, 0, Even(8), row), 700, 620))
	})
}

// A page with a mark says it in a word, or with a dot where words have no room.
func TestMarkedPage(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		marked, active := NewNavItem("gear", "Settings", nil), NewNavItem("gear", longName, nil)
		for _, n := range []*NavItem{marked, active} {
			n.SetMark("Update")
		}
		active.SetActive(true)
		side := NewSidebar([]*NavItem{marked, active}, NewStatus(statusViews[0]), nil)
		folded := NewNavItem("gear", "Settings", nil)
		folded.SetMark("Update")
		narrow := NewSidebar([]*NavItem{folded}, NewStatus(statusViews[0]), nil)
		w := shots.Window(t, Row(8, Sized(theme.SidebarWidth, 240, side), Sized(theme.SidebarFolded, 240, narrow)), 300, 240)
		shots.Match(t, "marked-"+mode, w)
		if marked.Mark() != "Update" {
			t.Error("it is not marked")
		}
		marked.SetMark("")
		if marked.Mark() != "" {
			t.Error("the mark stays")
		}
	})
}
