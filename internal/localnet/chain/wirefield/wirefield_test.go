package wirefield

import (
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

func number(raw []byte, field protowire.Number, value uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(raw, field, protowire.VarintType), value)
}

func content(raw []byte, field protowire.Number, value string) []byte {
	return protowire.AppendString(protowire.AppendTag(raw, field, protowire.BytesType), value)
}

func TestFields(t *testing.T) {
	raw := content(number(content(number(nil, 1, 7), 1, "a"), 4, 1), 1, "b")
	if all := All(raw, 1); len(all) != 2 || string(all[0]) != "a" || string(all[1]) != "b" || string(Bytes(raw, 1)) != "a" {
		t.Errorf("contents %q", all)
	}
	if Bytes(raw, 2) != nil {
		t.Error("a field that is not there")
	}
	if n, ok := First(raw, map[protowire.Number]string{4: "", 5: ""}); !ok || n != 4 {
		t.Errorf("found %d, %v", n, ok)
	}
	if n, ok := First(raw, nil); ok {
		t.Errorf("found %d of nothing", n)
	}
}

// Whatever bytes somebody sends, a field in front of them is found, and no more
// content than there are bytes.
func FuzzFields(f *testing.F) {
	f.Add(content(number(nil, 4, 1), 1, "\n\x05/a.b."))
	f.Add([]byte{0xff})
	f.Fuzz(func(t *testing.T, raw []byte) {
		names := map[protowire.Number]string{4: "later"}
		if n, ok := First(append(number(nil, 4, 1), raw...), names); !ok || n != 4 {
			t.Error("a field in front is not found")
		}
		total := 0
		for _, part := range All(raw, 1) {
			total += len(part)
		}
		if total > len(raw) {
			t.Errorf("%d bytes out of %d", total, len(raw))
		}
		if front := Bytes(append(content(nil, 1, "x"), raw...), 1); string(front) != "x" {
			t.Errorf("the content in front is %q", front)
		}
	})
}
