package shell

import "testing"

func TestOnlyLinksAreOpened(t *testing.T) {
	for word, want := range map[string]bool{
		"stos://abc#key": true, "sds://abc": true, "": false, "http://example.org": false, "/etc/passwd": false, " stos://x": false,
	} {
		if isLink(word) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
}
