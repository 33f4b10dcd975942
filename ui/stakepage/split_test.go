package stakepage

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPartsThatAreTyped(t *testing.T) {
	for text, want := range map[string]int{"": 0, " ": 0, "60": 6000, "12.5": 1250, "12,5 %": 1250, "0.01": 1, "100": 10000, "007": 700, "3.": 300} {
		if n, valid := readPart(text); n != want || !valid {
			t.Errorf("%q is %d, %v", text, n, valid)
		}
	}
	for _, text := range []string{"101", "100.01", "1.234", "-1", "1e1", ".5", "half", "1.2.3", "٣", "1000"} {
		if n, valid := readPart(text); valid {
			t.Errorf("%q is taken for %d", text, n)
		}
	}
}

func FuzzParts(f *testing.F) {
	for _, s := range []string{"60", "12.5", "", "%", "1,0", "9999", "٣٤"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, valid := readPart(text); valid && (n < 0 || n > whole) {
			t.Fatalf("%q is %d", text, n)
		}
	})
}

func TestSplitVotes(t *testing.T) {
	for _, c := range []struct{ yes, no, veto, abstain, vote, problem string }{
		{"", "", "", "", "", ""},
		{"100", "", "", "", "yes", ""},
		{"", "", "100", "0", "veto", ""},
		{"60", "40", "", "", "yes=60.00,no=40.00", ""},
		{"33.33", "33.33", "33,34", "", "yes=33.33,no=33.33,veto=33.34", ""},
		{"25", "25", "25", "25", "yes=25.00,no=25.00,veto=25.00,abstain=25.00", ""},
		{"60", "30", "", "", "", "10 % are left to give."},
		{"60", "52.5", "", "", "", "That is 12.5 % too much."},
		{"60", "the rest", "", "", "", "Write percents such as 60 or 12.5."},
	} {
		vote, problem := splitVote([]string{c.yes, c.no, c.veto, c.abstain})
		if vote != c.vote || problem != c.problem {
			t.Errorf("%+v: %q, %q", c, vote, problem)
		}
	}
}

// A vote is made of exactly all of it, or of nothing.
func TestSplitVotesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts, sum := make([]string, 4), 0
		for i := range texts {
			n := rapid.IntRange(0, 4000).Draw(t, "part")
			texts[i], sum = fmt.Sprintf("%d.%02d", n/100, n%100), sum+n
		}
		vote, problem := splitVote(texts)
		if (vote != "") != (sum == whole) || vote != "" && problem != "" {
			t.Fatalf("%q add up to %d: %q, %q", texts, sum, vote, problem)
		}
	})
}

func TestSplitPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _ := opened(t, fake.Full(), 1064, 700)
		p.split(p.state.questions[0])
		shots.Match(t, "split-"+mode, p.host.Window)
		f := find[*widgets.Field](dialogOf(t, p).Sheet().Body)
		f[0].SetText("60")
		f[1].SetText("30")
		shots.Match(t, "split-left-"+mode, p.host.Window)
	})
}

func TestAVoteIsSplit(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 700)
	p.open(votes)
	p.table.Select(0)
	for _, l := range find[*widgets.Link](p.panel) {
		if l.Text() == "Split my vote" {
			test.Tap(l)
		}
	}
	d := dialogOf(t, p)
	f, onward := find[*widgets.Field](d.Sheet().Body), d.Sheet().Buttons[1]
	for i, text := range []string{"60", "30", "", "10"} {
		if !onward.Disabled() {
			t.Errorf("it goes on with %d parts", i)
		}
		f[i].SetText(text)
	}
	d.Submit("")
	if !backend.Asked("preview vote 14 yes=60.00,no=30.00,abstain=10.00") || !strings.HasPrefix(d.Sheet().Buttons[1].Text(), "Vote yes=60.00") {
		t.Errorf("%q, %q", backend.Calls, d.Sheet().Buttons[1].Text())
	}
}
