package stage

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// shown is a page that shows one thing where it is put.
type shown struct{ o fyne.CanvasObject }

func (s shown) Object() fyne.CanvasObject { return s.o }

// What is cut off is seen, and only that.
func TestWhatIsCutOffIsSeen(t *testing.T) {
	long := strings.Repeat("word ", 30)
	for name, c := range map[string]struct {
		o     fyne.CanvasObject
		width float32
		wrong bool
	}{
		"a line with room":             {widgets.NewText("word", widgets.Body), 200, false},
		"a line without":               {widgets.NewText(long, widgets.Body), 200, true},
		"a line that may be cut":       {widgets.NewCutText(long, widgets.Body), 200, false},
		"a button without room":        {widgets.NewButton(widgets.Primary, long, "", nil), 200, true},
		"a choice without room":        {widgets.NewSegments([]string{long, "b"}, 0, nil), 200, true},
		"a link with room":             {widgets.NewLink("word", nil), 60, false},
		"a paragraph in several lines": {widgets.NewParagraph(long, widgets.Body, 180), 200, false},
		"what is no word":              {widgets.NewProgress(), 1, false},
	} {
		host, _ := Host(t, 300, 200)
		Put(host, shown{container.NewWithoutLayout(c.o)})
		c.o.Resize(fyne.NewSize(c.width, max(40, c.o.MinSize().Height)))
		if wrong := Cut(host.Canvas(), c.o); (len(wrong) > 0) != c.wrong {
			t.Errorf("%s: %q", name, wrong)
		}
	}
	host, _ := Host(t, 300, 200)
	o := widgets.NewText("word", widgets.Body)
	Put(host, shown{container.NewWithoutLayout(o)})
	o.Resize(o.MinSize())
	for x, wrong := range map[float32]int{0: 0, 100: 0, 290: 1, -5: 1} {
		o.Move(fyne.NewPos(x, 0))
		if got := Cut(host.Canvas(), o); len(got) != wrong {
			t.Errorf("at %v: %q", x, got)
		}
	}
	if o.Hide(); len(Cut(host.Canvas(), o)) > 0 {
		t.Error("what is hidden is cut off")
	}
}

// What a page tells its host is kept, in order.
func TestWhatAPageTells(t *testing.T) {
	host, told := Host(t, 300, 200)
	host.Go(page.Route{Page: page.Drive, Arg: "a"})
	host.Say("one")
	host.Offer("two", "Undo", func() { told.Backs += 10 })
	host.Back()
	host.Copy("link")
	if host.Open("/a") != nil || host.Video("http://b") != nil {
		t.Error("opening fails")
	}
	told.Offers[0]()
	if len(told.Routes) != 1 || strings.Join(told.Said, ",") != "one,two" || told.Backs != 11 || strings.Join(told.Copied, ",") != "link" || strings.Join(told.Opened, ",") != "/a,http://b" {
		t.Errorf("%+v", told)
	}
	if !host.Now().Equal(fake.Now) {
		t.Error("the clock goes")
	}
}
