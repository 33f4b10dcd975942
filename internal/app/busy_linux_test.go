package app

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFilesThatAreBeingWritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.docx")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if !heldOpen(name) {
		t.Skip("this file system does not say who has a file open")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if heldOpen(name) || heldOpen(name+".missing") {
		t.Error("nobody has it open")
	}
}
