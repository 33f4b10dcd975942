package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestLendingEndsAfterTheLastReader(t *testing.T) {
	film := filepath.Join(t.TempDir(), "Film.mp4")
	if err := os.WriteFile(film, []byte("a film"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := openTest(t, t.TempDir())
	address := ""
	err := a.Lend(t.Context(), film, time.Millisecond, func(m *Media) error {
		address = m.URL
		if text, _ := fetched(t, address); text != "a film" || m.Title != "Film" {
			t.Errorf("%s: %q", m.Title, text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, code := fetched(t, address); code != 404 {
		t.Errorf("afterwards: %d", code)
	}
}

func TestLendingWaitsForAReader(t *testing.T) {
	film := filepath.Join(t.TempDir(), "Film.mp4")
	if err := os.WriteFile(film, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*looked)
	defer cancel()
	if err := openTest(t, t.TempDir()).Lend(ctx, film, 0, func(*Media) error { return nil }); err != nil || ctx.Err() == nil {
		t.Errorf("ended before anybody came: %v", err)
	}
}
