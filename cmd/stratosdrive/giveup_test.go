package main

import (
	"bytes"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// The toolkit ends the program where it can make no window, and only logs why.
func TestNoWindowIsTold(t *testing.T) {
	var out bytes.Buffer
	var told []string
	log.SetOutput(toolkitLog{&out, func(err error) { told = append(told, fault.Sentence(err)) }})
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	fyne.LogError("something else", io.EOF)
	if len(told) != 0 {
		t.Errorf("said of something else: %q", told)
	}
	fyne.LogError("window creation error", io.ErrClosedPipe)
	if len(told) != 1 || !strings.HasPrefix(told[0], "The window cannot be opened") {
		t.Errorf("said %q", told)
	}
	if !strings.Contains(out.String(), io.ErrClosedPipe.Error()) {
		t.Errorf("the cause was not passed on: %s", &out)
	}
}

// The words by which a failure is known are those of the toolkit that is used.
func TestWordsOfTheToolkit(t *testing.T) {
	found, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := strings.TrimSpace(string(found))
	var source []byte
	for _, name := range []string{"window_desktop.go", "loop_desktop.go"} {
		raw, err := os.ReadFile(filepath.Join(dir, "internal/driver/glfw", name))
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, raw...)
	}
	for _, f := range failures {
		if !bytes.Contains(source, []byte(`"`+string(f)+`", err)`)) {
			t.Errorf("the toolkit does not log %q", f)
		}
	}
}

func TestHeard(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	if !heard(f) {
		t.Error("a file is not heard")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if heard(f) || heard(nil) {
		t.Error("what is closed, or nothing, is heard")
	}
}
