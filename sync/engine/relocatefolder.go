package engine

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/stratosdrive/stratosdrive/sync/state"
)

// FolderMoved notes in the state of a drive that its folder, with its marker,
// lies elsewhere now, so that all that is known of it holds on. A state that
// knows of another folder, or none, is left as it is. No engine may have the
// state open.
func FolderMoved(ctx context.Context, stateFile, from, to string) error {
	if _, err := os.Stat(stateFile); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	st, err := openState(ctx, stateFile)
	if state.IsUseless(err) {
		return nil // it is made anew, from what lies in the folder
	}
	if err != nil {
		return err
	}
	known, err := st.Get(ctx, keyFolder)
	path, id, _ := strings.Cut(string(known), "\n")
	switch {
	case errors.Is(err, state.ErrNotFound) || err == nil && path != from:
		err = nil
	case err == nil:
		err = st.Set(ctx, keyFolder, []byte(to+"\n"+id))
	}
	return errors.Join(err, st.Close())
}
