package drive

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// litTime is how long a folder shows that it took what was dropped.
const litTime = 2 * time.Second

// Drop adds files from the system to the folder.
func (p *Page) Drop(paths []string) { p.addTo(paths, p.folder) }

// DropAt adds files from the system to the folder that lies at a place of the
// window: one of the list, one of the way to it, or else the one that is shown.
func (p *Page) DropAt(paths []string, at fyne.Position) {
	into, item := p.folderAt(at)
	if item >= 0 {
		p.list.Light(item)
		p.tasks.After(litTime, func() { p.list.Light(-1) })
	}
	p.addTo(paths, into)
}

// folderAt is the folder at a place of the window, and its item in the list, -1
// where it is none of that.
func (p *Page) folderAt(at fyne.Position) (folder string, item int) {
	for i, link := range p.way.parts {
		if within(link, at) {
			return p.way.way[i].path, -1
		}
	}
	if i := p.itemAt(at); i >= 0 && p.shown.at(i).Folder && inDrive(p.shown.at(i)) {
		return p.shown.at(i).Path, i
	}
	return p.folder, -1
}

// itemAt is the item of the list at a place of the window, -1 for none.
func (p *Page) itemAt(at fyne.Position) int {
	if p.shown.len() == 0 || !within(p.list, at) {
		return -1
	}
	return p.list.ItemAt(at)
}

// add copies files into the folder that is shown.
func (p *Page) add(paths []string) { p.addTo(paths, p.folder) }

// addTo copies files into a folder.
func (p *Page) addTo(paths []string, into string) {
	if len(paths) == 0 {
		return
	}
	p.host.Say(lang.L("Adding to {{.Name}}", map[string]any{"Name": nameOf(into)}))
	p.do(func(ctx context.Context) error { return p.backend.AddFiles(ctx, paths, into) })
}
