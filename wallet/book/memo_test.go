package book

import (
	"strings"
	"testing"
)

func TestMemoAdvice(t *testing.T) {
	exchange := &Entry{Name: "My broker", Exchange: true}
	withMemo := &Entry{Name: "Kraken", Memo: "12345678", Exchange: true}
	friend := &Entry{Name: "Anna"}
	for _, c := range []struct {
		entry *Entry
		memo  string
		want  MemoAdvice
	}{
		{nil, "", MemoFine},
		{nil, "rent for March", MemoFine},
		{friend, "", MemoFine},
		{friend, "thanks for all the fish", MemoFine},
		{exchange, "", MemoMissing},
		{exchange, "  ", MemoMissing},
		{&Entry{Name: "gate.io main"}, "", MemoMissing},
		{&Entry{Name: "Anna", Memo: "flat 5"}, "", MemoMissing},
		{exchange, "1045678", MemoFine},
		{exchange, "550e8400-e29b-41d4-a716-446655440000", MemoFine},
		{exchange, "a8Fh3kd92", MemoFine},
		{exchange, "memo: 1045678", MemoUnusual},
		{exchange, "12", MemoUnusual},
		{withMemo, "12345678", MemoFine},
		{withMemo, "12345679", MemoDiffers},
		{withMemo, "", MemoMissing},
		{nil, strings.Repeat("ab", 32), MemoSecret},
		{friend, "0x" + strings.Repeat("Ab", 32), MemoSecret},
		{friend, "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about", MemoSecret},
		{friend, "legal winner thank year wave sausage", MemoSecret},
		{friend, "legal winner thank year", MemoFine},
	} {
		got := AdviseMemo(c.entry, c.memo)
		if got != c.want || got.Sentence().Empty() != (got == MemoFine) {
			t.Errorf("%+v %q: %v", c.entry, c.memo, got)
		}
	}
}
