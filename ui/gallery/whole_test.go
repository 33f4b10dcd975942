package gallery

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// parsed are the files of a package without its tests.
func parsed(t *testing.T, dir string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// layouts are what is made of widgets and has no look of its own, and what is
// no widget.
var layouts = []string{"NewBarred", "NewBox", "NewHead", "NewCourse", "NewPicks", "NewIconAt", "NewThumb", "NewCheckTree"}

// TestEveryWidgetIsShown: whoever makes a widget puts it into the gallery.
func TestEveryWidgetIsShown(t *testing.T) {
	var made, shown []string
	for _, f := range parsed(t, "../widgets") {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "New") {
				made = append(made, fn.Name.Name)
			}
		}
	}
	for _, f := range parsed(t, ".") {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && strings.HasPrefix(s.Sel.Name, "New") {
				shown = append(shown, s.Sel.Name)
			}
			return true
		})
	}
	if len(made) < 40 {
		t.Errorf("only %d widgets were found", len(made))
	}
	for _, name := range made {
		if !slices.Contains(shown, name) && !slices.Contains(layouts, name) {
			t.Errorf("%s is in no gallery", name)
		}
	}
}

// whole is the gallery in a window, in the light look.
func whole(t *testing.T, width, height float32) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	w := shots.Window(t, container.NewStack(), width, height)
	w.SetContent(New(w, func(m theme.Mode) { app.Settings().SetTheme(theme.New(m)) }))
	w.Resize(fyne.NewSize(width, height))
	return w
}

// inOrder are the objects that Tab leads to, until it comes round.
func inOrder(t *testing.T, w fyne.Window) []fyne.Focusable {
	t.Helper()
	var list []fyne.Focusable
	for range 500 {
		w.Canvas().FocusNext()
		o := w.Canvas().Focused()
		if len(list) > 0 && o == list[0] {
			return list
		}
		list = append(list, o)
	}
	t.Fatal("Tab never comes round")
	return nil
}

// TestTabGoesThroughAllOfIt, once each, and passes what is off; and back again.
func TestTabGoesThroughAllOfIt(t *testing.T) {
	w := whole(t, 1280, 800)
	list := inOrder(t, w)
	kinds := map[string]int{}
	for i, o := range list {
		if slices.Index(list, o) != i {
			t.Errorf("Tab leads to %T twice", o)
		}
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			t.Errorf("Tab leads to %T, which is off", o)
		}
		switch o.(type) {
		case *widgets.Button:
			kinds["button"]++
		case *widgets.Field:
			kinds["field"]++
		case *widgets.ChoiceCard:
			kinds["card"]++
		case *widgets.Switch:
			kinds["switch"]++
		case *widgets.NavItem:
			kinds["page"]++
		default:
			kinds["other"]++
		}
	}
	for kind, least := range map[string]int{"button": 20, "field": 4, "card": 2, "switch": 3, "page": 5, "other": 10} {
		if kinds[kind] < least {
			t.Errorf("Tab leads to %d of kind %s, want %d at least: %v", kinds[kind], kind, least, kinds)
		}
	}
	w.Canvas().Focus(list[0])
	for i := range list {
		w.Canvas().FocusPrevious()
		if want := list[len(list)-1-i]; w.Canvas().Focused() != want {
			t.Fatalf("going back, step %d leads to %T, not %T", i, w.Canvas().Focused(), want)
		}
	}
}

// TestEverythingCanBePressed: by keys and by pointer nothing fails, and what
// lies over the page then goes with Escape.
func TestEverythingCanBePressed(t *testing.T) {
	w := whole(t, 1280, 800)
	over := 0
	leave := func(what any) {
		if w.Canvas().Overlays().Top() == nil {
			return
		}
		over++
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		} else if keys := w.Canvas().OnTypedKey(); keys != nil {
			keys(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
		if w.Canvas().Overlays().Top() != nil {
			t.Fatalf("%T: what lies over the page does not go with Escape", what)
		}
	}
	for _, o := range inOrder(t, w) {
		for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyDown, fyne.KeyLeft, fyne.KeyEscape} {
			w.Canvas().Focus(o)
			o.TypedKey(&fyne.KeyEvent{Name: k})
			leave(o)
		}
		if tap, ok := o.(fyne.Tappable); ok {
			tap.Tapped(&fyne.PointEvent{Position: fyne.NewPos(4, 4)})
			leave(o)
		}
	}
	if over < 8 {
		t.Errorf("only %d times something lay over the page", over)
	}
}

// TestTheLookIsThatOfAllOfIt: after choosing the other look the page is the same
// as one that was made in it.
func TestTheLookIsThatOfAllOfIt(t *testing.T) {
	choose := func(w fyne.Window, steps ...fyne.KeyName) {
		for _, o := range inOrder(t, w) {
			if look, ok := o.(*widgets.Segments); ok && look.Chosen() == 0 && strings.Contains(look.AccessibilityLabel(), "Dark") {
				for _, k := range steps {
					look.TypedKey(&fyne.KeyEvent{Name: k})
				}
			}
		}
		w.Canvas().Unfocus()
	}
	ground := func(w fyne.Window) (r uint32) { r, _, _, _ = w.Canvas().Capture().At(2, 700).RGBA(); return r }
	w := whole(t, 1280, 800)
	before := ground(w)
	if choose(w, fyne.KeyRight); ground(w) >= before/2 {
		t.Errorf("the ground is %x, and was %x", ground(w), before)
	}
	w = whole(t, 1280, 800)
	if choose(w, fyne.KeyRight, fyne.KeyLeft); ground(w) != before {
		t.Errorf("back in the light the ground is %x, and was %x", ground(w), before)
	}
}

// TestTheGalleryIsAWindow of its own.
func TestTheGalleryIsAWindow(t *testing.T) {
	app := test.NewTempApp(t)
	Run(app)
	windows := app.Driver().AllWindows()
	w := windows[slices.IndexFunc(windows, func(w fyne.Window) bool { return w.Title() == "Gallery" })]
	if w.Canvas().Size() != fyne.NewSize(1280, 800) || w.Padded() {
		t.Errorf("it is %v large", w.Canvas().Size())
	}
	for _, o := range inOrder(t, w) {
		if look, ok := o.(*widgets.Segments); ok {
			look.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			return
		}
	}
	t.Error("the look cannot be chosen")
}
