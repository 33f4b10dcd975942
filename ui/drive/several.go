package drive

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// manyItems is how many items are enough to show how far their work is.
const manyItems = 5

// itemWords names what is picked: by its name, or by its number.
func itemWords(picked []app.Entry) string {
	if len(picked) == 1 {
		return picked[0].Name
	}
	return say.Items(len(picked))
}

// work is something that is done to several entries, one after the other.
type work struct {
	title string // "Deleting 12 items"
	count int
	do    func(ctx context.Context, progress func(done, total int)) (app.Change, error)
	done  func(app.Change) string // what is said afterwards
}

// run does the work. Where it is much, a dialog says how far it is and lets it
// be stopped. What was done can be taken back, also where it did not come to
// its end. Whoever goes on to another page meanwhile ends nothing.
func (p *Page) run(w work) {
	tasks, stop := p.host.Tasks.Scope()
	progress, shut := func(int, int) {}, stop
	if w.count >= manyItems {
		d := p.showProgress(w, stop)
		progress = func(done, total int) { tasks.Back(func() { d.bar.Set(float64(done) / float64(max(1, total))) }) }
		shut = func() { d.dialog.OnClosed = nil; d.dialog.Close(); stop() }
	}
	page.Run(p.host.Tasks, func(context.Context) (app.Change, error) { return w.do(tasks.Context(), progress) },
		func(c app.Change, err error) {
			stopped := tasks.Context().Err() != nil
			shut()
			p.tell(w, c, err, stopped)
			p.reload()
		})
}

// tell says how some work ended, and offers to take back what was done of it.
func (p *Page) tell(w work, c app.Change, err error, stopped bool) {
	words := w.done(c)
	if err != nil && !stopped {
		words = say.Trouble(err)
	}
	switch {
	case c.Count() > 0:
		p.host.Offer(words, lang.L("Undo"), func() { p.takeBack(c) })
	case !stopped:
		p.host.Fail(err)
	}
}

// progressDialog says how far some work is.
type progressDialog struct {
	dialog *widgets.Dialog
	bar    *widgets.Progress
}

func (p *Page) showProgress(w work, stop func()) progressDialog {
	d := progressDialog{widgets.NewDialog(p.host.Canvas()), widgets.NewProgress()}
	d.dialog.OnClosed = stop
	d.dialog.Present(widgets.Sheet{
		Title: w.title, Body: widgets.Sized(widgets.DialogInner, 8, d.bar),
		Buttons: []*widgets.Button{widgets.NewButton(widgets.Secondary, lang.L("Stop"), "", d.dialog.Close)},
	})
	return d
}

// takeBack undoes a change. It does not end with the page: a person who asked
// for it may already look at another folder.
func (p *Page) takeBack(c app.Change) {
	page.Do(p.host.Tasks, func(ctx context.Context) error { return p.backend.TakeBack(ctx, c, nil) }, func(err error) {
		if err == nil {
			p.host.Say(lang.L("It is as it was before"))
		}
		p.host.Fail(err)
		p.reload()
	})
}

// remove deletes what is picked. It can be taken back, so nobody is asked.
func (p *Page) remove(picked []app.Entry) {
	p.run(work{
		title: say.Plural(len(picked), "Deleting 1 item", "Deleting {{.N}} items"), count: len(picked),
		do: func(ctx context.Context, progress func(done, total int)) (app.Change, error) {
			return p.backend.RemoveAll(ctx, pathsOf(picked), progress)
		},
		done: func(c app.Change) string {
			if len(picked) == 1 {
				return lang.L("Deleted {{.Name}}", map[string]any{"Name": picked[0].Name})
			}
			return say.Plural(len(c.Removed), "1 item deleted", "{{.N}} items deleted")
		},
	})
}

// move moves what is picked into a folder.
func (p *Page) move(picked []app.Entry, into string) {
	if !mayDrop(picked, into) {
		return
	}
	p.run(work{
		title: say.Plural(len(picked), "Moving 1 item", "Moving {{.N}} items"), count: len(picked),
		do: func(ctx context.Context, progress func(done, total int)) (app.Change, error) {
			return p.backend.MoveAll(ctx, pathsOf(picked), into, progress)
		},
		done: func(c app.Change) string { return moved(picked, len(c.Moved), into) },
	})
}

// moved says what was moved.
func moved(picked []app.Entry, count int, into string) string {
	if len(picked) == 1 {
		return lang.L("{{.Name}} moved to {{.Folder}}", map[string]any{"Name": picked[0].Name, "Folder": nameOf(into)})
	}
	return lang.L("{{.Items}} moved to {{.Folder}}", map[string]any{"Items": say.Items(count), "Folder": nameOf(into)})
}

// keep keeps what is picked on this computer, or frees the room that it takes.
func (p *Page) keep(picked []app.Entry, here bool) {
	one := p.backend.FreeUp
	if here {
		one = p.backend.KeepHere
	}
	page.Do(p.host.Tasks, func(ctx context.Context) error {
		for _, e := range picked {
			if err := one(ctx, e.Path); err != nil {
				return err
			}
		}
		return nil
	}, func(err error) {
		if err == nil {
			p.host.Say(kept(picked, here))
		}
		p.host.Fail(err)
		p.reload()
	})
}

// kept says what is kept on this computer, or leaves it.
func kept(picked []app.Entry, here bool) string {
	name := map[string]any{"Name": picked[0].Name, "N": say.Count(len(picked))}
	switch several := len(picked) > 1; {
	case several && here:
		return lang.L("{{.N}} items are fetched to this computer", name)
	case several:
		return lang.L("{{.N}} items stay online and leave this computer", name)
	case here:
		return lang.L("{{.Name}} is fetched to this computer", name)
	}
	return lang.L("{{.Name}} stays online and leaves this computer", name)
}

// do changes something and shows the list as it is then. It comes to its end
// also when the page is left: half of what was dropped is not what was asked.
func (p *Page) do(work func(context.Context) error) {
	page.Do(p.host.Tasks, work, func(err error) {
		p.host.Fail(err)
		p.reload()
	})
}
