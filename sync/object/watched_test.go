package object

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawWatched(t *rapid.T, label string) []Setting {
	if rapid.Bool().Draw(t, label+" none") {
		return nil
	}
	if rapid.IntRange(0, 9).Draw(t, label+" later version") == 0 {
		return []Setting{{SettingWatched, rapid.Int64Range(0, 3).Draw(t, "time"), []byte{'W', 2, rapid.Byte().Draw(t, "later")}}}
	}
	first := rapid.IntRange(0, 40).Draw(t, label+" first")
	n := rapid.IntRange(0, mostWatched).Draw(t, label+" number")
	all := make([]Watched, n)
	for i := range all {
		k := first + i
		all[i] = Watched{WatchKey{byte(k)}, rapid.Int64Range(0, 50).Draw(t, "time"), rapid.Int64Range(0, 2).Draw(t, "at"), 5}
	}
	return []Setting{{SettingWatched, rapid.Int64Range(0, 3).Draw(t, "time"), EncodeWatched(all)}}
}

// What was watched is the same on all devices, in whatever order they hear of
// it, also where the list is full.
func TestWatchedJoinInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawWatched(t, "a"), drawWatched(t, "b"), drawWatched(t, "c")
		all := MergeSettings(a, b, c)
		if !sameSettings(all, MergeSettings(c, MergeSettings(b, a))) || !sameSettings(all, MergeSettings(MergeSettings(a, c), b, all)) {
			t.Fatal(a, b, c)
		}
	})
}

func TestWatchedOfTwoDevicesKeepsBoth(t *testing.T) {
	film, talk := WatchKeyOf("film"), WatchKeyOf("talk")
	desk := Setting{SettingWatched, 1, EncodeWatched([]Watched{{film, 10, 300, 900}, {talk, 50, 7, 900}})}
	phone := Setting{SettingWatched, 9, EncodeWatched([]Watched{{film, 20, 100, 900}, {talk, 40, 8, 900}})}
	got, err := DecodeWatched(MergeSettings([]Setting{desk}, []Setting{phone})[0].Value)
	want := newestWatched([]Watched{{film, 20, 100, 900}, {talk, 50, 7, 900}})
	slices.SortFunc(want, func(a, b Watched) int { return bytes.Compare(a.Key[:], b.Key[:]) })
	if err != nil || !slices.Equal(got, want) {
		t.Fatal(got, err)
	}
}

func TestWatchedIsBounded(t *testing.T) {
	all := make([]Watched, 3*mostWatched)
	for i := range all {
		all[i] = Watched{WatchKey{byte(i), byte(i >> 8)}, int64(i), 1, 2}
	}
	kept := newestWatched(all)
	if len(kept) != mostWatched || kept[0].Time != 299 || kept[len(kept)-1].Time != 200 {
		t.Fatal(kept)
	}
	if n := len(EncodeWatched(kept)); n > 2400 {
		t.Errorf("a full list takes %d bytes of every head", n)
	}
	if _, err := DecodeWatched(EncodeWatched(all)); err == nil {
		t.Error("a list without end was read")
	}
}

func FuzzWatched(f *testing.F) {
	f.Add(EncodeWatched([]Watched{{WatchKeyOf("a"), 1_700_000_000_000, 61_000, 5_400_000}, {WatchKeyOf("b"), -1, 0, 0}}))
	f.Fuzz(func(t *testing.T, p []byte) {
		if all, err := DecodeWatched(p); err == nil && !bytes.Equal(EncodeWatched(all), p) {
			t.Fatalf("%x", p)
		}
	})
}
