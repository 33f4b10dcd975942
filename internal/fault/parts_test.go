package fault

import (
	"fmt"
	"io"
	"testing"
)

func TestPartsMakeTheSentence(t *testing.T) {
	for _, err := range []error{
		nil, io.EOF, Say(io.EOF, "Nothing was lost."), fmt.Errorf("read: %w", Wrong(nil, "There are %d of %s.", 2, "them")),
		&Error{Kind: Failed, Sentence: "100 % of it."},
	} {
		format, args := Parts(err)
		if got := fmt.Sprintf(format, args...); got != Sentence(err) {
			t.Errorf("%v: %q", err, got)
		}
	}
	if format, args := Parts(Unclear(nil, "About %d.", 5)); format != "About %d." || len(args) != 1 || args[0] != 5 {
		t.Error(format, args)
	}
}
