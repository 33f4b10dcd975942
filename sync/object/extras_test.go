package object

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawSettings(t *rapid.T, label string) []Setting {
	var out []Setting
	for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "device/1"}), 0, 4, rapid.ID).Draw(t, label) {
		out = append(out, Setting{key, rapid.Int64Range(0, 3).Draw(t, "time"), []byte(rapid.StringN(0, 2, 4).Draw(t, "value"))})
	}
	return out
}

func sameSettings(a, b []Setting) bool {
	return bytes.Equal(EncodeSettings(slices.Clone(a)), EncodeSettings(slices.Clone(b)))
}

// All devices hold the same settings, in whatever order they hear of them.
func TestSettingsMergeInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawSettings(t, "a"), drawSettings(t, "b"), drawSettings(t, "c")
		all := MergeSettings(a, b, c)
		if !sameSettings(all, MergeSettings(c, MergeSettings(b, a))) || !sameSettings(all, MergeSettings(all, b)) {
			t.Fatal(a, b, c)
		}
		back, err := DecodeSettings(EncodeSettings(all))
		if err != nil || !sameSettings(back, all) {
			t.Fatal(err)
		}
	})
}

func TestCondemnedRoundTrip(t *testing.T) {
	h := Head{Name: "desk"}
	h.AddExtra(TagSettings, nil)
	if s, err := h.Sentence(); err != nil || s.Packs != nil || len(h.Extras) != 0 {
		t.Fatal(s, err)
	}
	want := []Condemned{{"v05b", 7, 3, true}, {"v05a", -5, 9, false}}
	heard := []Heard{{DeviceID{3}, 1}, {DeviceID{2}, 8}}
	h.AddExtra(TagCondemned, EncodeSentence(Sentence{want, heard}))
	got, err := h.Sentence()
	if err != nil || !slices.Equal(got.Packs, want) || got.Packs[0].File != "v05a" || !slices.Equal(got.Heard, heard) || heard[0].Counter != 8 {
		t.Fatal(got, err)
	}
	h.Extras[0].Value = []byte("X\x02later")
	if _, err := h.Sentence(); err == nil {
		t.Fatal("a list that cannot be read was overlooked")
	}
}

func FuzzExtras(f *testing.F) {
	f.Add(EncodeSettings([]Setting{{"retention", 5, []byte("x")}}))
	f.Add(EncodeSentence(Sentence{[]Condemned{{"v05", 5, 2, true}}, []Heard{{DeviceID{1}, 4}}}))
	f.Fuzz(func(t *testing.T, p []byte) {
		if all, err := DecodeSettings(p); err == nil && !bytes.Equal(EncodeSettings(all), p) {
			t.Fatalf("settings %x", p)
		}
		if all, err := DecodeSentence(p); err == nil && !bytes.Equal(EncodeSentence(all), p) {
			t.Fatalf("condemned %x", p)
		}
	})
}
