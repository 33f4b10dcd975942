package page

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func TestResultComesBack(t *testing.T) {
	var got int
	Run(InlineTasks(t.Context()), func(context.Context) (int, error) { return 7, nil }, func(n int, err error) {
		if err != nil {
			t.Error(err)
		}
		got = n
	})
	if got != 7 {
		t.Error("no result")
	}
	Run[int](InlineTasks(t.Context()), func(context.Context) (int, error) { return 0, nil }, nil)
}

func TestNothingComesBackAfterLeaving(t *testing.T) {
	scoped, cancel := InlineTasks(t.Context()).Scope()
	Do(scoped, func(ctx context.Context) error {
		cancel() // the page is left while its work runs
		return ctx.Err()
	}, func(error) { t.Error("a page that was left got a result") })
	if scoped.Context().Err() == nil {
		t.Error("the work was not cancelled")
	}
}

func TestWorkRunsElsewhere(t *testing.T) {
	tasks := NewTasks(t.Context(), func(f func()) { f() })
	done := make(chan error, 1)
	Do(tasks, func(context.Context) error { return errors.New("broken") }, func(err error) { done <- err })
	if err := <-done; err == nil || err.Error() != "broken" {
		t.Error(err)
	}
}

func TestFailSaysTheSentence(t *testing.T) {
	var said []string
	h := Host{Say: func(s string) { said = append(said, s) }}
	h.Fail(nil)
	h.Fail(fault.Say(errors.New("EOF"), "The network does not answer."))
	if len(said) != 1 || said[0] != "The network does not answer." {
		t.Errorf("said %q", said)
	}
}

func TestClocks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tasks := NewTasks(ctx, func(f func()) { f() })
	ticks, once := make(chan struct{}), make(chan struct{})
	tasks.Every(time.Millisecond, func() { ticks <- struct{}{} })
	tasks.After(time.Millisecond, func() { close(once) })
	<-ticks
	<-ticks
	<-once
	cancel()
	tasks.Back(func() { t.Error("the tasks have ended") })
}

func TestClocksStandStillInTests(t *testing.T) {
	scoped, cancel := InlineTasks(t.Context()).Scope()
	defer cancel()
	scoped.Every(0, func() { t.Error("a tick") })
	scoped.After(0, func() { t.Error("an alarm") })
}
