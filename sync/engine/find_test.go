package engine_test

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	_, a, _ := pair(t)
	for _, name := range []string{"Contract.pdf", "work/Portugal/Contract draft.pdf", "work/draft of a contract.txt", "films/Lisbon.mp4"} {
		a.text(name, name)
	}
	a.sync()
	for words, want := range map[string]string{
		"contract":     "Contract.pdf, work/Portugal/Contract draft.pdf, work/draft of a contract.txt",
		"DRAFT contr":  "work/draft of a contract.txt, work/Portugal/Contract draft.pdf",
		"portugal":     "work/Portugal",
		"lisbon porto": "",
		"  ":           "",
	} {
		items, err := a.e.Find(t.Context(), words, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range items {
			got = append(got, i.Path)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q finds %q", words, got)
		}
	}
	if items, err := a.e.Find(t.Context(), "contract", 1); err != nil || len(items) != 1 {
		t.Errorf("%v, %v", items, err)
	}
}
