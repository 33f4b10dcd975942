package picker

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesAreWrittenWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.csv")
	whole := func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }
	if err := Write(path, whole); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	info, _ := os.Stat(path)
	if string(data) != "whole" || err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v, %v", data, err, info.Mode())
	}
	half := func(w io.Writer) error { _, _ = io.WriteString(w, "ha"); return errors.New("gone") }
	if Write(path, half) == nil {
		t.Error("no error")
	}
	if data, _ = os.ReadFile(path); string(data) != "whole" {
		t.Error("half a file took the place of a whole one")
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	for _, bad := range []string{"/nonexistent/x.csv", filepath.Dir(path)} {
		if err = Write(bad, whole); err == nil || !strings.Contains(err.Error(), "Choose another folder") {
			t.Error(err)
		}
	}
}
