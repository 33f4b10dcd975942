package ask

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// question is a form with a line and an area, both of which are wanted.
type question struct {
	*Form
	told       *stage.Told
	host       *page.Host
	line, area *widgets.Field
	work       func() error // what it does; nil is nothing
	asked      int          // how often it was done
	done       int          // how often that went well
}

func asked(t *testing.T) *question {
	t.Helper()
	host, told := stage.Host(t, 560, 420)
	q := &question{told: told, host: host, line: widgets.NewField("A name", ""), area: widgets.NewAreaField("A text", 2)}
	q.Form = Show(host, widgets.Sheet{
		Title: "Ask", Text: "Both are wanted.", Body: widgets.Column(12, q.line, q.area), Focus: q.line,
	}, "Send it", "Sending", func() bool { return q.line.Text != "" && q.area.Text != "" }, func(context.Context) error {
		q.asked++
		if q.work != nil {
			return q.work()
		}
		return nil
	}, func(f *Form) {
		q.done++
		f.Dialog.Close()
	})
	q.Follow(q.line, q.area)
	return q
}

// filled is a form in which nothing is missing.
func filled(t *testing.T, work func(q *question) error) *question {
	t.Helper()
	q := asked(t)
	q.work = func() error { return work(q) }
	q.line.SetText("Ana")
	q.area.SetText("Hello")
	return q
}

func (q *question) button() *widgets.Button { return q.Dialog.Sheet().Buttons[1] }

// says is what stands below the fields, empty for nothing.
func (q *question) says() string {
	for _, o := range test.LaidOutObjects(q.notice) {
		if p, ok := o.(*widgets.Paragraph); ok && q.notice.Visible() {
			return p.Text()
		}
	}
	return ""
}

var errRefused = fault.Wrong(nil, "This name is taken. Choose another one.")

func TestTheButtonWaitsUntilNothingIsMissing(t *testing.T) {
	q := asked(t)
	if q.host.Canvas().Focused() != fyne.Focusable(q.line) {
		t.Error("typing does not begin in the first field")
	}
	for _, c := range []struct {
		line, area string
		ready      bool
	}{{"", "", false}, {"Ana", "", false}, {"", "Hello", false}, {"Ana", "Hello", true}, {"Ana", "", false}} {
		q.line.SetText(c.line)
		q.area.SetText(c.area)
		if q.button().Disabled() == c.ready {
			t.Errorf("%+v: off %v", c, q.button().Disabled())
		}
		if !c.ready {
			q.line.OnSubmitted("")
			test.Tap(q.button())
		}
	}
	if q.asked != 0 {
		t.Errorf("done %d times while something was missing", q.asked)
	}
}

// Each way to press the button does it once, and closes the form.
func TestWaysToSend(t *testing.T) {
	for how, press := range map[string]func(q *question){
		"Enter in the line": func(q *question) { q.line.OnSubmitted("") },
		"a tap":             func(q *question) { test.Tap(q.button()) },
		"Space":             func(q *question) { q.button().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) },
		"Enter outside":     func(q *question) { q.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn}) },
	} {
		q := filled(t, func(*question) error { return nil })
		if press(q); q.asked != 1 || q.done != 1 || q.Dialog.Open() {
			t.Errorf("%s: done %d times, open %v", how, q.asked, q.Dialog.Open())
		}
	}
	q := filled(t, func(*question) error { return nil })
	if q.area.OnSubmitted != nil {
		t.Error("Enter in several lines is a new line")
	}
	if q.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}); q.Dialog.Open() || q.asked != 0 {
		t.Error("Escape does something, or leaves it open")
	}
}

// While it works, what it works with stays as it is, whoever types; afterwards
// it can be mended.
func TestWhatItWorksWithStays(t *testing.T) {
	q := filled(t, func(q *question) error {
		test.Type(q.line, "!")
		test.Type(q.area, "!")
		if q.line.Text != "Ana" || q.area.Text != "Hello" {
			t.Errorf("%q %q", q.line.Text, q.area.Text)
		}
		return errRefused
	})
	test.Tap(q.button())
	test.Type(q.line, "!")
	if q.asked != 1 || !strings.Contains(q.line.Text, "!") {
		t.Errorf("done %d times, %q", q.asked, q.line.Text)
	}
}

// While it works, nothing that a person does makes it work twice.
func TestItIsDoneOnce(t *testing.T) {
	q := filled(t, func(q *question) error {
		if q.button().Text() != "Sending" || !q.button().Disabled() {
			t.Errorf("%q, off %v", q.button().Text(), q.button().Disabled())
		}
		if got, want := q.button().Size().Width, q.button().MinSize().Width; got < want {
			t.Errorf("the button is %v wide, and its word wants %v", got, want)
		}
		test.Tap(q.button())
		q.line.SetText("Ana Maria")
		q.line.OnSubmitted("")
		q.Check("")
		test.Tap(q.button())
		return nil
	})
	if test.Tap(q.button()); q.asked != 1 || q.done != 1 {
		t.Errorf("done %d times", q.asked)
	}
}

func TestWhatGoesWrongIsSaidInTheForm(t *testing.T) {
	q := filled(t, func(*question) error { return errRefused })
	test.Tap(q.button())
	if q.says() != fault.Sentence(errRefused) || q.button().Disabled() || q.button().Text() != "Send it" || q.line.Text != "Ana" {
		t.Fatalf("%q, off %v, %q, %q", q.says(), q.button().Disabled(), q.button().Text(), q.line.Text)
	}
	q.work = func() error {
		if q.says() != "" {
			t.Error("what went wrong before still stands there")
		}
		return fault.Say(errors.New("dial tcp: refused"), "The network does not answer.")
	}
	test.Tap(q.button())
	if said := q.says(); said != "The network does not answer." {
		t.Errorf("%q", said)
	}
	q.line.SetText("")
	if !q.button().Disabled() {
		t.Error("it can be tried again with nothing")
	}
	q.line.SetText("Bob")
	q.work = nil
	if test.Tap(q.button()); q.asked != 3 || q.done != 1 || len(q.told.Said) != 0 {
		t.Errorf("done %d times, said %q", q.asked, q.told.Said)
	}
}

// Who closes the form while it works is told below what went wrong, and done is
// called where it went well.
func TestFormsThatAreClosedMeanwhile(t *testing.T) {
	for _, c := range []struct {
		err  error
		done int
		said []string
	}{{nil, 1, nil}, {errRefused, 0, []string{fault.Sentence(errRefused)}}} {
		q := filled(t, func(q *question) error { test.Tap(q.Dialog.Sheet().Buttons[0]); return c.err })
		test.Tap(q.button())
		if q.done != c.done || !slices.Equal(q.told.Said, c.said) || q.host.Canvas().Overlays().Top() != nil {
			t.Errorf("%v: done %d, said %q", c.err, q.done, q.told.Said)
		}
	}
}

func TestFieldsGoOnWithWhatTheyDid(t *testing.T) {
	q := asked(t)
	var typed []string
	q.line.OnChanged = func(text string) { typed = append(typed, text) }
	q.Follow(q.line)
	q.line.SetText("a")
	q.area.SetText("b")
	if !slices.Equal(typed, []string{"a"}) || q.button().Disabled() {
		t.Errorf("%q, off %v", typed, q.button().Disabled())
	}
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		q := filled(t, func(q *question) error {
			shots.Match(t, "busy-"+mode, q.host.Window)
			return errRefused
		})
		test.Tap(q.button())
		shots.Match(t, "failed-"+mode, q.host.Window)
	})
}
