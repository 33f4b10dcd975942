package drive

import (
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// crumb is one part of the way to a folder.
type crumb struct{ name, path string }

// crumbs returns the way from the top of the drive to a folder.
func crumbs(folder string) []crumb {
	way := []crumb{{lang.L("Drive"), ""}}
	if folder == "" {
		return way
	}
	at := ""
	for _, name := range strings.Split(folder, "/") {
		at = path.Join(at, name)
		way = append(way, crumb{name, at})
	}
	return way
}

// parent returns the folder above; the top has itself.
func parent(folder string) string {
	if up := path.Dir(folder); up != "." {
		return up
	}
	return ""
}

// row puts an entry into words.
func row(e app.Entry, now time.Time) widgets.FileView {
	v := widgets.FileView{
		Icon: iconOf(e), Name: e.Name, Second: second(e),
		Changed: say.When(e.Changed, now), Size: sizeOf(e),
	}
	switch e.Status {
	case app.Synced:
		v.Mark, v.MarkTone = "check", widgets.Good
	case app.OnlyOnline:
		v.Mark = "cloud"
	case app.Conflict:
		v.Mark, v.MarkTone = "warning", widgets.Warn
	case app.Waiting:
		v.Mark = "clock"
	case app.Busy:
		v.Mark = "lock"
	case app.Ignored:
		v.Mark, v.Faint = "eye-off", true
	default:
		v.StatusText = moving(e)
	}
	return v
}

// moving says how far a transfer is, empty for an entry that rests.
func moving(e app.Entry) string {
	switch e.Status {
	case app.Uploading:
		return lang.L("Uploading {{.N}} %", map[string]any{"N": e.Percent})
	case app.Downloading:
		return lang.L("Downloading {{.N}} %", map[string]any{"N": e.Percent})
	}
	return ""
}

// second is the line under a name; marks get their word here.
func second(e app.Entry) string {
	switch {
	case e.Status == app.Conflict:
		return lang.L("Changed on two devices")
	case e.Status == app.Ignored:
		return lang.L("Not synced: a rule leaves it out")
	case e.Status == app.Busy:
		return lang.L("Waits: another program is writing it")
	case e.Shared:
		return lang.L("Shared")
	case e.Status == app.Waiting:
		return lang.L("Waiting to upload")
	case e.Status == app.OnlyOnline:
		return lang.L("Only online")
	case app.IsSound(e.Name):
		return lang.L("Music")
	case e.Video:
		return lang.L("Video")
	}
	return ""
}

func sizeOf(e app.Entry) string {
	if e.Folder && e.Status == app.Ignored {
		return "" // nobody counts what is in it
	}
	if e.Folder {
		return say.Items(e.Items)
	}
	return say.Size(e.Size)
}

// icons by file name extension.
var icons = map[string]string{
	".jpg": "image", ".jpeg": "image", ".png": "image", ".gif": "image", ".webp": "image", ".svg": "image",
	".heic": "image", ".tif": "image", ".tiff": "image", ".bmp": "image", ".raw": "image",
	".mp3": "music", ".flac": "music", ".ogg": "music", ".opus": "music", ".wav": "music", ".m4a": "music", ".aac": "music",
	".zip": "archive", ".gz": "archive", ".xz": "archive", ".zst": "archive", ".7z": "archive", ".rar": "archive", ".tar": "archive",
}

func iconOf(e app.Entry) string {
	icon, known := icons[strings.ToLower(path.Ext(e.Name))]
	switch {
	case e.Folder:
		return "folder"
	case known:
		return icon
	case e.Video:
		return "film"
	}
	return "file"
}

// fact is one line of the detail panel.
type fact struct{ label, value string }

// facts are what the detail panel says about an entry at once.
func facts(e app.Entry, now time.Time) []fact {
	list := []fact{
		{lang.L("On this computer"), yesNo(e.Status != app.OnlyOnline && e.Status != app.Downloading)},
		{lang.L("On the network"), onNetwork(e)},
	}
	reader := fact{lang.L("Private"), lang.L("Only you can read it")}
	if e.Shared {
		reader = fact{lang.L("Shared"), lang.L("You and who has the link")}
	}
	return append(list, reader, fact{lang.L("Changed"), say.When(e.Changed, now)})
}

// leastCost is the least that a file is said to have cost, in noz: less is
// nothing that anybody pays with, and has more figures than room.
const leastCost = 100_000

// moreFacts are what has to be looked up first.
func moreFacts(e app.Entry, f app.FileFacts, now time.Time) []fact {
	var list []fact
	if f.Versions > 0 {
		list = append(list,
			fact{lang.L("Copies"), say.Plural(f.Copies, "1 copy of it", "{{.N}} copies on {{.N}} nodes")},
			fact{lang.L("Versions"), versionWords(f, now)},
			fact{lang.L("Cost so far"), lang.L("at most {{.Ozone}}", map[string]any{"Ozone": say.OzoneNamed(strconv.FormatInt(max(f.Noz, leastCost), 10))})})
	}
	for _, l := range f.Links {
		list = append(list, fact{lang.L("Link"), say.Until(l.Expires, now)})
	}
	return list
}

func versionWords(f app.FileFacts, now time.Time) string {
	return lang.L("{{.Number}}, since {{.Day}}", map[string]any{"Number": say.Count(f.Versions), "Day": say.When(f.Since, now)})
}

func yesNo(yes bool) string {
	if yes {
		return lang.L("Yes")
	}
	return lang.L("No")
}

func onNetwork(e app.Entry) string {
	switch e.Status {
	case app.Waiting, app.Uploading, app.Busy:
		return lang.L("Not yet")
	case app.Ignored:
		return lang.L("No")
	case app.Conflict:
		return lang.L("Both versions")
	}
	return lang.L("Yes")
}

// mainAction is the word on the first button of the panel, and whether it
// plays.
func mainAction(e app.Entry) (word, icon string, plays bool) {
	switch {
	case e.Folder:
		return lang.L("Open"), "folder", false
	case e.Video:
		return lang.L("Play"), "play", true
	}
	return lang.L("Open"), iconOf(e), false
}

// folderProblem says what is wrong with the name of a new folder, or with a new
// name for an entry, empty for nothing.
func folderProblem(name string, there *app.Listing, renamed string) string {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return lang.L("Give the folder a name.")
	case strings.ContainsAny(name, `/\:*?"<>|`) || strings.ContainsFunc(name, unicode.IsControl) || strings.HasSuffix(name, "."):
		return lang.L("Some systems cannot use this name. Leave out / \\ : * ? \" < > | and a dot at the end.")
	case len(name) > 200:
		return lang.L("This name is too long.")
	case taken(there, name, renamed):
		return lang.L("There is already something with this name here.")
	}
	return ""
}

// touches tells whether a change in a folder may show in the list of another:
// in the list itself, or in the number of items of a folder in it.
func touches(changed, shown string) bool {
	return changed == shown || changed == "" || parent(changed) == shown
}
