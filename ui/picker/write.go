package picker

import (
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Write makes a file that only its owner can read, whole or not at all: half a
// file would look like the whole one.
func Write(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return errNotWritten(path, err)
	}
	defer os.Remove(file.Name()) // fails when all went well
	if err := write(file); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return errNotWritten(path, err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return errNotWritten(path, err)
	}
	return nil
}

func errNotWritten(path string, cause error) error {
	return fault.Say(cause, "%s", lang.L("{{.Name}} cannot be written there. Choose another folder.", map[string]any{"Name": filepath.Base(path)}))
}
