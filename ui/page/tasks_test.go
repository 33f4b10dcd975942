package page

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"
)

// Tasks end with those they belong to, and never end those.
func TestScopesEndFromTheTop(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	window := InlineTasks(ctx)
	page, leave := window.Scope()
	dialog, shut := page.Scope()
	other, _ := window.Scope()
	ended := func() (list []string) {
		for name, each := range map[string]*Tasks{"window": window, "page": page, "dialog": dialog, "other": other} {
			came := false
			each.Back(func() { came = true })
			if came != (each.Context().Err() == nil) {
				t.Errorf("%s: something came back %v", name, came)
			}
			if !came {
				list = append(list, name)
			}
		}
		slices.Sort(list)
		return list
	}
	for _, step := range []struct {
		do   func()
		want []string
	}{
		{func() {}, nil},
		{shut, []string{"dialog"}},
		{shut, []string{"dialog"}},
		{leave, []string{"dialog", "page"}},
		{end, []string{"dialog", "other", "page", "window"}},
	} {
		if step.do(); !slices.Equal(ended(), step.want) {
			t.Errorf("%q have ended, not %q", ended(), step.want)
		}
	}
	begun := false
	Do(page, func(ctx context.Context) error { begun = ctx.Err() != nil; return ctx.Err() }, func(error) { t.Error("it came back") })
	if !begun {
		t.Error("work of tasks that have ended does not see that")
	}
}

// Work gets the tasks' context, its result and its error come back together,
// and what is not wanted back may be left out.
func TestWhatComesBack(t *testing.T) {
	broken := errors.New("broken")
	tasks := InlineTasks(t.Context())
	for _, c := range []struct {
		n   int
		err error
	}{{7, nil}, {0, broken}, {3, broken}} {
		called := 0
		Run(tasks, func(ctx context.Context) (int, error) {
			if ctx != tasks.Context() {
				t.Error("the work has another context")
			}
			return c.n, c.err
		}, func(n int, err error) {
			if called++; n != c.n || !errors.Is(err, c.err) {
				t.Errorf("%d, %v came back", n, err)
			}
		})
		Do(tasks, func(context.Context) error { return c.err }, func(err error) {
			if called++; !errors.Is(err, c.err) {
				t.Errorf("%v came back", err)
			}
		})
		Do(tasks, func(context.Context) error { called++; return c.err }, nil)
		if called != 3 {
			t.Errorf("called %d times", called)
		}
	}
}

// queue is a UI goroutine that runs what it is given when a test says so.
type queue chan func()

func (q queue) run() { (<-q)() }

// What was on its way back when the tasks ended does not arrive: it was queued
// while a page was shown, and runs when another one is.
func TestWhatIsOnItsWayDoesNotArrive(t *testing.T) {
	q := make(queue, 8)
	all := NewTasks(t.Context(), func(f func()) { q <- f })
	page, leave := all.Scope()
	arrived := 0
	Do(page, func(context.Context) error { return nil }, func(error) { arrived++ })
	q.run()
	Do(page, func(context.Context) error { return nil }, func(error) { arrived++ })
	late := <-q
	leave()
	if late(); arrived != 1 {
		t.Errorf("%d results arrived", arrived)
	}
	page.After(0, func() { arrived++ })
	if q.run(); arrived != 1 {
		t.Error("an alarm of a page that was left rings")
	}
}

// A clock that ticks stops with its tasks, though not all of them.
func TestClocksStopWithTheirPage(t *testing.T) {
	q := make(queue)
	all := NewTasks(t.Context(), func(f func()) { q <- f })
	page, leave := all.Scope()
	ticks := 0
	page.Every(time.Millisecond, func() { ticks++ })
	q.run()
	q.run()
	leave()
	all.After(0, func() {})
	if q.run(); ticks != 2 || all.Context().Err() != nil {
		t.Errorf("%d ticks", ticks)
	}
}

// Choosing begins in the home of a person, and at the top where there is none.
func TestWhereChoosingBegins(t *testing.T) {
	h := Host{}
	for _, home := range []string{"/home/ana", ""} {
		for _, name := range []string{"HOME", "USERPROFILE", "home"} {
			t.Setenv(name, home)
		}
		if want := max(home, string(filepath.Separator)); h.Home() != want {
			t.Errorf("in %q choosing begins in %q", home, h.Home())
		}
	}
	test.NewTempApp(t)
	h.Window = test.NewTempWindow(t, container.NewStack())
	if h.Canvas() != h.Window.Canvas() {
		t.Error("another canvas")
	}
}

// However pages and dialogs come and go, work goes on and its result comes back
// exactly where nothing above has ended.
func TestAnyTreeOfTasks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type node struct {
			tasks *Tasks
			end   func()
			above int
			ended bool
		}
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		tree := []*node{{tasks: InlineTasks(ctx), end: stop, above: -1}}
		lives := func(i int) bool {
			for ; i >= 0; i = tree[i].above {
				if tree[i].ended {
					return false
				}
			}
			return true
		}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			at := rapid.IntRange(0, len(tree)-1).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				tree[at].end()
				tree[at].ended = true
			default:
				n := &node{above: at}
				n.tasks, n.end = tree[at].tasks.Scope()
				tree = append(tree, n)
			}
		}
		for i, n := range tree {
			came, cancelled := false, false
			Do(n.tasks, func(ctx context.Context) error { cancelled = ctx.Err() != nil; return nil }, func(error) { came = true })
			if came != lives(i) || cancelled == lives(i) {
				t.Fatalf("%d lives %v: came back %v, was cancelled %v", i, lives(i), came, cancelled)
			}
		}
	})
}
