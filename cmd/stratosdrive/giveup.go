package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/language"
)

// noWindow is said where the toolkit can make no window.
var noWindow = fault.Text("The window cannot be opened: this computer shows the program no screen with OpenGL. Your files and your wallet are as they were. Install the driver of its graphics card, or use the program stos, which needs no window.")

// failures are what the toolkit logs where it can make no window. It then ends
// the program itself, so there is no error that anybody could return.
var failures = [][]byte{[]byte("window creation error"), []byte("failed to initialise GLFW")}

// complain says what went wrong to who started the program from a terminal.
func complain(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "stratosdrive:", fault.Sentence(err))
	}
}

// giveUp says why the program ends, also to who started it from a menu: where
// nobody reads what is printed, as on Windows, the system shows it.
func giveUp(err error) {
	if err == nil {
		return
	}
	complain(err)
	if !heard(os.Stderr) {
		_ = show(language.Retell(fault.Sentence(err))) // there is no other way left to say it
	}
}

// heard tells whether a file goes anywhere.
func heard(f *os.File) bool {
	_, err := f.Stat()
	return err == nil
}

// toolkitLog passes on what the toolkit logs, and hears when it gives up.
type toolkitLog struct {
	to    io.Writer
	about func(error)
}

// Write passes a line on, and calls about where it says that there is no window.
// It fails where passing on fails.
func (l toolkitLog) Write(line []byte) (int, error) {
	n, err := l.to.Write(line)
	for _, f := range failures {
		if bytes.Contains(line, f) {
			l.about(fault.Say(nil, noWindow))
		}
	}
	return n, err
}

// listenToToolkit lets people know when the toolkit can make no window.
func listenToToolkit() { log.SetOutput(toolkitLog{os.Stderr, giveUp}) }
