package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestSentenceSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("upload pack 7: %w", Say(io.ErrUnexpectedEOF, "The network did not answer. Your file is safe; try again."))
	if got := Sentence(err); got != "The network did not answer. Your file is safe; try again." {
		t.Fatalf("sentence %q", got)
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal("cause lost")
	}
}

func TestExitCodes(t *testing.T) {
	for want, err := range map[int]error{
		0: nil,
		1: io.EOF,
		2: fmt.Errorf("parse: %w", Wrong(nil, "no")),
		3: Unclear(io.EOF, "maybe"),
	} {
		if got := ExitCode(err); got != want {
			t.Errorf("%v: exit %d, want %d", err, got, want)
		}
	}
}
