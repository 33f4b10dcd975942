package desktop

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Program is what the desktop starts.
type Program struct {
	ID   string   // "io.github.stratosdrive"
	Name string   // as people know it
	Path string   // of the program, absolute
	Args []string // it is always started with, such as a profile
	Icon []byte   // PNG of 512 x 512 pixels; none is shown where it is empty
}

// Places are the folders of the user that desktops look into.
type Places struct {
	Home   string // the user's own
	Config string // $XDG_CONFIG_HOME, or what stands for it
	Data   string // $XDG_DATA_HOME, or what stands for it

	// Shared are the folders that all users' desktops look into, $XDG_DATA_DIRS.
	Shared []string
}

// Desktop is the desktop of one user.
type Desktop struct {
	Program Program
	Places  Places
}

// hidden is the word that starts the program without showing its window.
const hidden = "--hidden"

// Scheme is how links begin that the program opens: stos://...
const Scheme = "stos"

// id is the name under which the desktop keeps what it is told. A program that
// is started with words of its own, such as another profile, has one of its own.
func (p Program) id() string {
	if len(p.Args) == 0 {
		return p.ID
	}
	h := sha256.New()
	for _, arg := range p.Args {
		h.Write([]byte(arg))
		h.Write([]byte{0})
	}
	return p.ID + "-" + hex.EncodeToString(h.Sum(nil)[:4])
}

// command is how the program is started with more words.
func (p Program) command(more ...string) []string {
	return append(append([]string{p.Path}, p.Args...), more...)
}

// writeFile makes a file and its folder, whole or not at all. A file that holds
// this already is left alone.
func writeFile(path, content string) error {
	if old, err := os.ReadFile(path); err == nil && string(old) == content {
		return nil
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(content)
	if err = errors.Join(err, tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// removeFile takes a file away; one that is not there is no error.
func removeFile(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
