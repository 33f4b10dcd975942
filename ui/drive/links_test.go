package drive

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// While a link is made, it stays the one that was asked for.
func TestALinkThatIsBeingMade(t *testing.T) {
	p, backend, _ := openedDuring(t)
	p.share(p.shown.at(harbour))
	d := dialogOf(t, p)
	create := d.Sheet().Buttons[1]
	making := false
	backend.meanwhile = func(_ context.Context, call string) {
		if call != "share" {
			return
		}
		making = true
		segmentsOf(d.Sheet().Body, 0).Choose(1)
		test.Tap(create)
		if !create.Disabled() || create.Text() != "Making the link" {
			t.Errorf("the button says %q", create.Text())
		}
	}
	test.Tap(create)
	if !making || !backend.Asked("share "+in+"Lisbon harbour.mp4 public false 168h0m0s") || d.Sheet().Title != "Link to Lisbon harbour.mp4" {
		t.Errorf("%q: %q", d.Sheet().Title, backend.Calls)
	}
	shares := slices.DeleteFunc(slices.Clone(backend.Calls), func(c string) bool { return !strings.HasPrefix(c, "share ") })
	if len(shares) != 1 {
		t.Errorf("shared %q", shares)
	}
}

// What sharing costs is said before it is done: also that it cannot be paid, or
// is not known.
func TestSharingSaysWhatItTakes(t *testing.T) {
	for want, c := range map[string]struct {
		cost app.ShareCost
		err  error
	}{
		"0.0055 ozone of yours":       {},
		"buy more in the wallet":      {cost: app.ShareCost{Files: 1, Bytes: 9, Noz: "9000000000", Have: "5"}},
		"What is not saved yet":       {cost: app.ShareCost{Files: 2, Bytes: 9, Noz: "9", Have: "90", Parts: true}},
		"The network does not answer": {err: fake.ErrOffline},
	} {
		p, backend, _ := opened(t)
		backend.Cost, backend.Err = c.cost, c.err
		p.share(p.shown.at(7))
		d := dialogOf(t, p)
		if !says(d, want) || d.Sheet().Buttons[1].Disabled() {
			t.Errorf("nobody says %q", want)
		}
	}
}

// What is copied is the link that the other needs.
func TestWhatIsCopied(t *testing.T) {
	for name, c := range map[string]struct {
		link  app.Link
		press string
		want  string
		text  string
	}{
		"a file":                {app.Link{Name: "a", Link: "stos://a#key", Expires: fake.Now.Add(49 * time.Hour)}, "Copy link", "stos://a#key", "You can stop it earlier on the page Shared."},
		"without an end":        {app.Link{Name: "a", Link: "sds://a"}, "Copy link", "sds://a", "It has no end."},
		"a video":               {app.Link{Name: "a", Link: "sds://a", AppLink: "stos://a?card=b", Seconds: 61}, "Copy link", "stos://a?card=b", "1:01"},
		"a video for old tools": {app.Link{Name: "a", Link: "sds://a", AppLink: "stos://a?card=b"}, "Copy", "sds://a", "For other Stratos tools"},
	} {
		p, _, told := opened(t)
		d := widgets.NewDialog(p.host.Canvas())
		ShowLink(p.host, d, c.link)
		if !says(d, c.text) {
			t.Errorf("%s: nobody says %q", name, c.text)
		}
		tap(t, d, c.press)
		if !slices.Equal(told.Copied, []string{c.want}) || !d.Open() {
			t.Errorf("%s: copied %q", name, told.Copied)
		}
		if c.press == "Copy link" {
			tap(t, d, "Copied") // the button says that it was done, and does it again
		}
		tap(t, d, "Done")
		if d.Open() || len(told.Said) > 0 {
			t.Errorf("%s: it stays open", name)
		}
	}
}
