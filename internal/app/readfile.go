package app

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ViewKind is how the window shows a file by itself.
type ViewKind string

// The kinds of files that the window shows.
const (
	NotViewed ViewKind = "" // another program opens it
	Picture   ViewKind = "picture"
	Words     ViewKind = "text"
)

var (
	pictures = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff"}
	words    = []string{
		".txt", ".md", ".markdown", ".log", ".csv", ".tsv", ".json", ".yaml", ".yml", ".toml", ".ini", ".conf", ".xml", ".css",
		".go", ".c", ".h", ".cc", ".cpp", ".hpp", ".py", ".rs", ".java", ".kt", ".js", ".mjs", ".tsx", ".jsx", ".rb", ".pl", ".php",
		".sh", ".bash", ".sql", ".lua", ".swift", ".tex", ".bib", ".srt", ".vtt", ".diff", ".patch", ".stosignore",
	}
)

// ViewKindOf tells by its name how a file is shown.
func ViewKindOf(name string) ViewKind {
	ending := strings.ToLower(path.Ext(name))
	switch {
	case slices.Contains(pictures, ending):
		return Picture
	case slices.Contains(words, ending):
		return Words
	}
	return NotViewed
}

// ErrTooBig is wrapped where a file is larger than was asked for.
var ErrTooBig = errors.New("file is too large to be shown")

// ReadFile returns a file of the drive, from this disk or the network, with
// progress. One of more than limit bytes is [ErrTooBig], and nothing of it is
// fetched.
func (a *App) ReadFile(ctx context.Context, p string, limit int64, progress func(done, total int64)) ([]byte, error) {
	f, err := a.openDriveFile(ctx, p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if f.Size() > limit {
		return nil, fault.Say(ErrTooBig, "This file has %d MB, and only up to %d MB are shown here. Open it with another program.", f.Size()/1_000_000+1, limit/1_000_000)
	}
	body := make(memory, f.Size())
	if err := copyAt(ctx, body, f, f.Size(), progress); err != nil {
		return nil, err
	}
	return body, nil
}
