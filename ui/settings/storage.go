package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Storage is what the dialog about space needs of package app.
type Storage interface {
	Space(ctx context.Context) (app.DriveSpace, error)
	CleanUp(ctx context.Context, repack bool) (app.CleanUp, error)
	Cache() (app.Cache, error)
	SetCacheLimit(bytes int64) error
	EmptyCache() (app.Cache, error)
}

const storageWidth float32 = 460

func (p *Page) storage() fyne.CanvasObject {
	return section(lang.L("Storage"), lang.L("What the space on the network and on this computer is used for."),
		widgets.NewButton(widgets.Secondary, lang.L("Show"), "chart", func() { p.showStorage() }))
}

// storageSheet is the dialog about space.
type storageSheet struct {
	p       *Page
	dialog  *widgets.Dialog
	network *fyne.Container // what the drive takes
	here    *fyne.Container // what this computer keeps
	free    *widgets.Button
	say     *fyne.Container
}

func (p *Page) showStorage() *storageSheet {
	s := &storageSheet{p: p, dialog: widgets.NewDialog(p.host.Canvas()), network: widgets.Column(10), here: widgets.Column(10), say: container.NewStack()}
	s.say.Hide()
	s.free = widgets.NewButton(widgets.Secondary, lang.L("Clean up"), "trash", s.cleanUp)
	s.network.Add(widgets.NewText(lang.L("Looking"), widgets.Second))
	s.dialog.Present(widgets.Sheet{
		Title: lang.L("Storage"),
		Body: widgets.Sized(storageWidth, 0, widgets.Column(14,
			widgets.NewText(lang.L("On the network"), widgets.Heading), s.network,
			widgets.Line(), widgets.NewText(lang.L("On this computer"), widgets.Heading), s.here, s.say)),
		Buttons: []*widgets.Button{s.free, widgets.NewButton(widgets.Primary, lang.L("Done"), "", s.dialog.Close)},
	})
	s.free.Disable()
	s.showCache()
	s.load()
	return s
}

func (s *storageSheet) load() {
	page.Run(s.p.tasks, s.p.backend.Space, func(u app.DriveSpace, err error) {
		if err != nil {
			s.network.Objects = []fyne.CanvasObject{widgets.NewTrouble(err, s.load)}
			s.dialog.Refresh()
			return
		}
		s.showSpace(u)
	})
}

// spaceLine is one use of space.
type spaceLine struct {
	label string
	bytes int64
	tone  widgets.Tone
}

// spaceLines put the uses of space in order, the largest concern first.
func spaceLines(u app.DriveSpace) []spaceLine {
	return []spaceLine{
		{lang.L("Files that are in the drive now"), u.Current, widgets.Active},
		{lang.L("Old versions and deleted files"), u.Old, widgets.Neutral},
		{lang.L("Not needed any more"), u.Unused, widgets.Warn},
		{lang.L("Folders and indexes"), u.Metadata, widgets.Neutral},
	}
}

func (s *storageSheet) showSpace(u app.DriveSpace) {
	s.network.Objects = []fyne.CanvasObject{widgets.NewParagraph(lang.L("{{.Size}} in all. The network keeps several copies of it.",
		map[string]any{"Size": say.Size(u.Total)}), widgets.Second, storageWidth)}
	for _, l := range spaceLines(u) {
		part := 0.0
		if u.Total > 0 {
			part = float64(l.bytes) / float64(u.Total)
		}
		s.network.Add(widgets.NewMeter(l.label, say.Size(l.bytes), part, l.tone))
	}
	if u.Condemned > 0 {
		s.network.Add(widgets.NewParagraph(lang.L("{{.Size}} of that is deleted as soon as every device knows.", map[string]any{"Size": say.Size(u.Condemned)}), widgets.Small, storageWidth))
	}
	s.free.SetEnabled(u.Unused > 0)
	s.dialog.Refresh()
}

// cleanUp deletes what nothing needs any more, also when the page is left
// meanwhile.
func (s *storageSheet) cleanUp() {
	s.free.Disable()
	page.Run(s.p.host.Tasks, func(ctx context.Context) (app.CleanUp, error) {
		return s.p.backend.CleanUp(ctx, false)
	}, func(c app.CleanUp, err error) {
		if err != nil {
			s.free.Enable()
			s.unclean(err)
			return
		}
		s.showSpace(c.Space)
		s.p.host.Say(cleanUpWords(c))
	})
}

// unclean says why nothing was cleaned up, where a person looks.
func (s *storageSheet) unclean(err error) {
	if s.dialog.Open() {
		s.trouble(err)
		return
	}
	s.p.host.Fail(err)
}

// cleanUpWords say what cleaning up did.
func cleanUpWords(c app.CleanUp) string {
	switch {
	case !c.Done:
		return lang.L("Nothing was deleted yet: some of your devices have not been seen for a long time. Say in Devices whether they come back.")
	case c.Waiting > 0:
		return lang.L("{{.Size}} is marked. It is deleted after 30 days, when every device knows.", map[string]any{"Size": say.Size(c.Waiting)})
	}
	return lang.L("There is nothing to clean up.")
}

// cacheLimits are what fetched content may take, in bytes; the second is usual.
var cacheLimits = []int64{1 << 30, 4 << 30, 10 << 30, 20 << 30, 50 << 30}

// showCache shows what fetched content takes here, and lets a person limit it.
func (s *storageSheet) showCache() {
	c, err := s.p.backend.Cache()
	if err != nil {
		s.trouble(err)
		return
	}
	limits := cacheLimits
	if !slices.Contains(limits, c.Limit) {
		limits = slices.Sorted(slices.Values(append(slices.Clone(limits), c.Limit)))
	}
	words := make([]string, len(limits))
	for i, bytes := range limits {
		words[i] = say.Size(bytes)
	}
	choice := widgets.NewSelect(words, slices.Index(limits, c.Limit), func(i int) {
		s.trouble(s.p.backend.SetCacheLimit(limits[i]))
		s.showCache()
	})
	empty := widgets.NewButton(widgets.Secondary, lang.L("Empty it"), "", func() {
		_, err := s.p.backend.EmptyCache()
		s.trouble(err)
		s.showCache()
	})
	empty.SetEnabled(c.Used > 0)
	s.here.Objects = []fyne.CanvasObject{
		widgets.NewParagraph(lang.L("What you watched or opened online is kept here, so that it opens at once. It can be fetched again."), widgets.Second, storageWidth),
		widgets.NewMeter(lang.L("Kept"), lang.L("{{.Used}} of {{.Limit}}", map[string]any{"Used": say.Size(c.Used), "Limit": say.Size(c.Limit)}), float64(c.Used)/float64(max(c.Limit, 1)), widgets.Active),
		widgets.Row(8, widgets.NewText(lang.L("At most"), widgets.Body), choice, widgets.Spring(), empty),
	}
	s.dialog.Refresh()
}

func (s *storageSheet) trouble(err error) {
	showTrouble(s.say, err, storageWidth)
	s.dialog.Refresh()
}
