package app

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// choiceName is the file that says which folders lie on this disk.
const choiceName = "folders.json"

// choiceVersion is its format version (docs/profile.md).
const choiceVersion = 1

type choiceFile struct {
	Version int          `json:"version"`
	Marks   []choiceMark `json:"marks"`
}

type choiceMark struct {
	Node  string `json:"node"` // id in the drive, in hex
	Keep  bool   `json:"keep"`
	Order int64  `json:"order"`
}

// FolderChoice is a file or folder that was kept on this disk or left out.
type FolderChoice struct {
	Path   string `json:"path"` // "" is the whole drive
	Keep   bool   `json:"keep"`
	Folder bool   `json:"folder"`
	Files  int    `json:"files"`      // in it
	Bytes  int64  `json:"bytes"`      // of them
	Here   int    `json:"files_here"` // that lie on this disk
}

// readChoice reads which folders lie on the disk; all, if nobody chose.
func readChoice(home string) (engine.Choice, error) {
	var f choiceFile
	err := readJSON(filepath.Join(home, choiceName), choiceVersion, &f)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, errNewerFile):
		return nil, fault.Say(err, "Which folders lie on this disk was chosen in a newer version of Stratos Drive. Nothing was changed; please update.")
	case err != nil:
		return nil, choiceDamaged(home, err)
	}
	c := make(engine.Choice, len(f.Marks))
	for i, m := range f.Marks {
		id, err := tree.ParseID(m.Node)
		if err != nil {
			return nil, choiceDamaged(home, err)
		}
		c[i] = engine.Mark{Node: id, Keep: m.Keep, Order: m.Order}
	}
	return c, nil
}

func choiceDamaged(home string, err error) error {
	return fault.Say(err, "The list of folders that lie on this disk cannot be read, so nothing was synced. Your files are safe; move %s away to keep all of them here.", filepath.Join(home, choiceName))
}

func writeChoice(home string, c engine.Choice) error {
	f := choiceFile{Version: choiceVersion, Marks: make([]choiceMark, len(c))}
	for i, m := range c {
		f.Marks[i] = choiceMark{m.Node.String(), m.Keep, m.Order}
	}
	if err := writeJSON(filepath.Join(home, choiceName), f); err != nil {
		return fault.Say(err, "Your choice could not be saved. Nothing was changed; check that the disk is not full.")
	}
	return nil
}

// KeepHere keeps a file or folder of the drive on this disk; "" is the whole
// drive. It is fetched with the next sync.
func (a *App) KeepHere(ctx context.Context, p string) error { return a.chooseAnywhere(ctx, p, true) }

// FreeUp takes a file or folder of the drive off this disk, once the network
// has all of it. It stays in the drive, for all devices, and can be opened.
func (a *App) FreeUp(ctx context.Context, p string) error { return a.chooseAnywhere(ctx, p, false) }

func (a *App) chooseAnywhere(ctx context.Context, p string, keep bool) error {
	if a.currentDrive() == nil {
		what := "choose?" + url.Values{"path": {p}, "keep": {strconv.FormatBool(keep)}}.Encode()
		body, err := a.askRunning(ctx, what)
		if err != nil {
			return err
		}
		if body != nil {
			return body.Close()
		}
	}
	return a.withDrive(ctx, func(d *drive) error {
		if a.currentDrive() == nil { // nothing keeps what is known of the network new
			if err := d.engine.Refresh(ctx); err != nil {
				return err
			}
		}
		return a.choose(ctx, d, p, keep)
	})
}

// choose notes a choice and has it carried out.
func (a *App) choose(ctx context.Context, d *drive, p string, keep bool) error {
	a.choiceMu.Lock()
	defer a.choiceMu.Unlock()
	old, err := readChoice(d.choices)
	if err != nil {
		return fault.Say(err, "It cannot be read which folders belong on this computer. Move the file %s away and choose them again.", filepath.Join(d.choices, choiceName))
	}
	next, err := d.engine.Choose(ctx, old, p, keep)
	if err != nil {
		return err
	}
	if err := writeChoice(d.choices, next); err != nil {
		return err
	}
	d.engine.SyncNow()
	a.hub.send(Event{Kind: DriveChanged, Path: folderOf(p)})
	return nil
}

// FolderChoices tells what was kept on this disk and what was left out. None
// means that all of the drive lies on it.
func (a *App) FolderChoices(ctx context.Context) ([]FolderChoice, error) {
	if a.currentDrive() == nil {
		var list []FolderChoice
		if err := a.tellRunning(ctx, "chosen", &list); err != nil || list != nil {
			return list, err
		}
	}
	var list []FolderChoice
	err := a.withDrive(ctx, func(d *drive) (err error) {
		list, err = a.chosen(ctx, d)
		return err
	})
	return list, err
}

func (a *App) chosen(ctx context.Context, d *drive) ([]FolderChoice, error) {
	c, err := readChoice(d.choices)
	if err != nil {
		return nil, err
	}
	found, err := d.engine.Chosen(ctx, c)
	list := make([]FolderChoice, len(found))
	for i, x := range found {
		list[i] = FolderChoice(x)
	}
	return list, err
}
