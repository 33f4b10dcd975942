package secret

import (
	"bytes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

func TestBuffer(t *testing.T) {
	before := Status()
	raw := []byte("correct horse")
	b := From(raw)
	if !bytes.Equal(raw, make([]byte, len(raw))) {
		t.Error("the source was not wiped")
	}
	if !b.Equal([]byte("correct horse")) || b.Equal([]byte("correct hors")) || string(b.Copy()) != "correct horse" {
		t.Error("content")
	}
	after := Status()
	if after.Locked+after.Unlocked != before.Locked+before.Unlocked+1 {
		t.Errorf("status %+v after %+v", after, before)
	}
	b.Destroy()
	b.Destroy()
	if b.Valid() || b.Copy() != nil || b.Equal(nil) || b.Use(func([]byte) { t.Error("used") }) {
		t.Error("alive after Destroy")
	}
	if Status() != before {
		t.Errorf("status %+v, want %+v", Status(), before)
	}
	var none *Buffer
	none.Destroy()
	if none.Valid() {
		t.Error("nil is valid")
	}
}

func TestBufferSizes(t *testing.T) {
	for _, size := range []int{0, 1, 32, 4095, 4096, 4097, 100_000} {
		b := New(size)
		b.Use(func(s []byte) {
			if len(s) != size || cap(s) != size {
				t.Errorf("%d bytes: len %d cap %d", size, len(s), cap(s))
			}
			for i := range s {
				s[i] = 1
			}
		})
		b.Destroy()
	}
}

func TestDestroyWaitsForUse(t *testing.T) {
	b := From(bytes.Repeat([]byte{7}, 4096))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for b.Use(func(s []byte) {
				for _, x := range s {
					if x != 7 {
						t.Error("wiped while in use")
					}
				}
			}) {
			}
		})
	}
	b.Destroy()
	group.Wait()
}

func TestDoRunsAndPassesPanics(t *testing.T) {
	ran := false
	Do(func() { ran = true })
	if !ran {
		t.Error("not run")
	}
	defer func() {
		if recover() != "oops" {
			t.Error("panic lost")
		}
	}()
	Do(func() { panic("oops") })
}

func TestStatusSentence(t *testing.T) {
	if (Protection{Locked: 3}).Sentence() != "" || (Protection{Unlocked: 1}).Sentence() == "" {
		t.Error("sentence")
	}
}

func TestMACAgainstLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		newHash := rapid.SampledFrom([]func() hash.Hash{sha256.New, sha512.New}).Draw(t, "hash")
		key := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "key")
		m := NewMAC(newHash, key)
		for range 2 {
			message := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "message")
			want := hmac.New(newHash, key)
			want.Write(message)
			m.Write(message)
			if !bytes.Equal(m.Sum(nil), want.Sum(nil)) {
				t.Fatal("differs from crypto/hmac")
			}
		}
		m.Wipe()
		if !bytes.Equal(m.state(), m.fresh) {
			t.Fatal("not wiped")
		}
	})
}

func TestPBKDF2AgainstLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "password")
		salt := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "salt")
		rounds, size := rapid.IntRange(1, 20).Draw(t, "rounds"), rapid.IntRange(1, 200).Draw(t, "size")
		want, err := pbkdf2.Key(sha512.New, string(password), salt, rounds, size)
		if err != nil {
			t.Fatal(err)
		}
		if got := PBKDF2(sha512.New, password, salt, rounds, size); !bytes.Equal(got, want) {
			t.Fatalf("got %x, want %x", got, want)
		}
	})
}

func BenchmarkSeed(b *testing.B) {
	for b.Loop() {
		PBKDF2(sha512.New, []byte("password"), []byte("salt"), 2048, 64)
	}
}

func BenchmarkSweep(b *testing.B) {
	for b.Loop() {
		Sweep()
	}
}
