package received

import (
	"context"
	"path"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	LookAtLink(ctx context.Context, link string) (app.LinkInfo, error)
	// SaveLink takes what is behind a link into a folder of the drive, Get into
	// one of this computer, LinkFile where another program can open it.
	SaveLink(ctx context.Context, link, into string, progress func(done, total int64)) (string, error)
	Get(ctx context.Context, what string, o app.GetOptions) (app.FileInfo, error)
	LinkFile(ctx context.Context, link string, progress func(done, total int64)) (string, error)
	// OfferOzone says what the ozone for a link costs; on the practice network
	// FreeOzone gets it for nothing.
	OfferOzone(ctx context.Context, noz string) (app.OzoneQuote, error)
	BuyOzone(ctx context.Context, q app.OzoneQuote, password []byte) (app.TxResult, error)
	FreeOzone(ctx context.Context) error
}

// fact is one line about what is behind a link.
type fact struct{ label, value string }

// thing is what the buttons work with: all that a link leads to, or what is
// selected in a folder.
type thing struct {
	link, name, icon string
	about            string // size and kind
	folder           bool
	play, open       bool
	facts            []fact
	short            bool // of ozone, as far as is known
	noz              string
}

// whole is all that a link leads to.
func whole(i app.LinkInfo) thing {
	t := thing{link: i.Link, name: i.Name, noz: i.Noz, short: i.Short(), folder: i.Kind == app.LinkToFolder, play: i.Video}
	switch i.Kind {
	case app.LinkToFolder:
		t.icon, t.about = "folder", lang.L("{{.Files}}, {{.Size}}", map[string]any{"Files": say.Files(i.Files), "Size": say.Size(i.Size)})
	case app.LinkToVideo:
		t.icon, t.about = "film", lang.L("A public video, {{.Size}}", map[string]any{"Size": say.Size(i.Size)})
	case app.LinkToPublic:
		t.icon, t.name, t.about = "globe", lang.L("Something public"), lang.L("The network tells what it is only to who fetches it.")
	default:
		t.icon, t.about, t.open = iconOf(i.Name, i.Video), say.Size(i.Size), !i.Video
	}
	t.facts = factsOf(i)
	return t
}

// factsOf says who made a link, what it costs and what there is to pay with.
func factsOf(i app.LinkInfo) (list []fact) {
	if i.From != "" {
		list = append(list, fact{lang.L("Shared by"), say.Brief(i.From)})
	}
	switch {
	case i.Kind == app.LinkToPublic:
	case i.Noz == "0":
		list = append(list, fact{lang.L("Getting it costs"), lang.L("Nothing, it is here")})
	case i.Video:
		list = append(list, fact{lang.L("Watching all of it costs"), lang.L("up to {{.Ozone}}", map[string]any{"Ozone": say.OzoneNamed(i.Noz)})})
	default:
		list = append(list, fact{lang.L("Getting it costs"), lang.L("up to {{.Ozone}}", map[string]any{"Ozone": say.OzoneNamed(i.Noz)})})
	}
	if i.Have != "" {
		list = append(list, fact{lang.L("You have"), say.OzoneNamed(i.Have)})
	}
	return list
}

// part is something in a folder behind a link.
func part(e app.LinkEntry, now time.Time) thing {
	t := thing{link: e.Link, name: e.Name, icon: iconOf(e.Name, e.Video), about: say.Size(e.Size), folder: e.Folder, play: e.Video}
	if e.Folder {
		t.icon, t.about = "folder", lang.L("{{.Files}}, {{.Size}}", map[string]any{"Files": say.Files(e.Files), "Size": say.Size(e.Size)})
	}
	t.open = !e.Folder && !e.Video
	if when := say.When(e.Changed, now); when != "" {
		t.facts = []fact{{lang.L("Changed"), when}}
	}
	return t
}

// row is something in a folder as a line of the list.
func row(e app.LinkEntry, now time.Time) widgets.FileView {
	v := widgets.FileView{Icon: iconOf(e.Name, e.Video), Name: e.Name, Changed: say.When(e.Changed, now), Size: say.Size(e.Size)}
	if e.Folder {
		v.Icon, v.StatusText = "folder", say.Files(e.Files)
	}
	return v
}

// pictures are the endings of what is shown with the icon of a picture.
var pictures = []string{".jpg", ".jpeg", ".png", ".gif", ".webp"}

func iconOf(name string, video bool) string {
	if video {
		return "film"
	}
	for _, ending := range pictures {
		if strings.EqualFold(path.Ext(name), ending) {
			return "image"
		}
	}
	return "file"
}

// trouble is what the page says when a link does not open: a sentence, and the
// button that solves it.
type trouble struct {
	text, button string
	ozone        bool // the button gets ozone; else it tries again
}

func troubleOf(err error, practice bool) trouble {
	t := trouble{text: say.Trouble(err), button: lang.L("Try again")}
	if app.NeedsOzone(err) {
		t.ozone, t.button = true, lang.L("Buy enough ozone")
		t.text = lang.L("Looking at what others share takes a little ozone, and you have none left for it.")
		if practice {
			t.button = lang.L("Get ozone for free")
		}
	}
	return t
}

// shortText says that the ozone does not last.
func shortText(t thing) string {
	return lang.L("Your ozone does not last for all of it: this takes up to {{.Ozone}}.", map[string]any{"Ozone": say.OzoneNamed(t.noz)})
}
