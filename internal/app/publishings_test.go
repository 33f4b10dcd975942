package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

// publishingOf begins to publish a video that is called name.
func publishingOf(a *App, name string, o *StreamOptions) (context.Context, func()) {
	return a.beginPublishing(context.Background(), &streamSource{name: name, path: "Films/" + name, key: "key of " + name}, o)
}

func TestPublishingIsSeen(t *testing.T) {
	a := &App{}
	var told []int64
	o := StreamOptions{Progress: func(_ string, done, _ int64) { told = append(told, done) }}
	_, end := publishingOf(a, "sea.mkv", &o)
	for _, done := range []int64{1, 2, 500} {
		o.Progress(StageConvert, done, 1000)
	}
	want := []Transfer{{Path: "Films/sea.mkv", Up: true, Done: 500, Size: 1000, Stage: StageConvert}}
	if got := a.publishings.transfers(); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if !slices.Equal(told, []int64{1, 2, 500}) {
		t.Errorf("the dialog was told %v", told)
	}
	if end(); len(a.publishings.transfers()) != 0 {
		t.Error("it is still listed")
	}
}

// Events are for what people would see.
func TestPublishingTellsOfEachPercent(t *testing.T) {
	var l publishings
	p := &publishing{}
	l.add(p)
	for _, c := range []struct {
		stage       string
		done, total int64
		seen        bool
	}{
		{StageConvert, 0, 1000, true},
		{StageConvert, 9, 1000, false},
		{StageConvert, 10, 1000, true},
		{StageConvert, 19, 1000, false},
		{StageUpload, 19, 1000, true},
		{StageUpload, 0, 0, true},
		{StageUpload, 0, 0, false},
	} {
		if seen := l.advance(p, c.stage, c.done, c.total); seen != c.seen {
			t.Errorf("%+v: seen %v", c, seen)
		}
	}
}

func TestPublishingIsStoppedByItsKey(t *testing.T) {
	a := &App{}
	if ok, err := a.publishings.stop(t.Context(), "key of sea.mkv"); ok || err != nil {
		t.Fatalf("stopped nothing: %v, %v", ok, err)
	}
	var o StreamOptions
	ctx, end := publishingOf(a, "sea.mkv", &o)
	other, endOther := publishingOf(a, "hill.mkv", &StreamOptions{})
	defer endOther()
	var takenBack sync.WaitGroup
	takenBack.Go(func() {
		<-ctx.Done()
		o.Progress(StageUpload, 1, 2) // also late news do no harm
		end()
	})
	if ok, err := a.publishings.stop(t.Context(), "key of sea.mkv"); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	takenBack.Wait()
	if other.Err() != nil || len(a.publishings.transfers()) != 1 {
		t.Error("another one was stopped too")
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if ok, err := a.publishings.stop(gone, "key of hill.mkv"); !ok || !errors.Is(err, context.Canceled) {
		t.Errorf("waits for ever: %v, %v", ok, err)
	}
}
