package app

import (
	"context"
	"time"
)

// NodesTopic is what notifications about nodes are about.
const NodesTopic = "nodes"

// tellTime is how long the desktop may take to show a notification.
const tellTime = 10 * time.Second

// NotifyOfNodes tells the desktop about nodes, for programs without a window. It
// waits for nobody.
func (a *App) NotifyOfNodes(ctx context.Context, list []NodeAlert) {
	if len(list) == 0 || !a.Notifies() {
		return
	}
	n := NodeNotice(list)
	go func() {
		ctx, cancel := context.WithTimeout(ctx, tellTime)
		defer cancel()
		_, _ = a.Notify(ctx, n) // where there is no desktop, the terminal tells
	}()
}

// guardNodesFor watches nodes for a program without a window, which tells the
// desktop and its terminal.
func (a *App) guardNodesFor(say func(string)) (stop func()) {
	return a.GuardNodes(NodeGuard{Told: func(list []NodeAlert) {
		a.NotifyOfNodes(context.Background(), list)
		for _, n := range list {
			if say != nil {
				say(NodeSentence(n))
			}
		}
	}})
}

// NodeNotice puts what happened at the same time into one notification, in
// English.
func NodeNotice(list []NodeAlert) Notice {
	n := Notice{Topic: NodesTopic}
	for i, alert := range list {
		if i > 0 {
			n.Text += "\n"
		}
		n.Text += NodeSentence(alert)
		if !alert.Back() {
			n.Title = "A node is off"
		}
	}
	switch {
	case len(list) > 1 && n.Title != "":
		n.Title = "Several nodes need a look"
	case n.Title == "":
		n.Title = "Your node is back"
	}
	return n
}

// NodeSentence says what happened to a node, in English.
func NodeSentence(n NodeAlert) string {
	switch {
	case n.Back() && n.Restarted:
		return n.Name + " is back: it was started again."
	case n.Back():
		return n.Name + " is back."
	case n.State == "offline":
		return n.Name + " runs, but the network does not count it as online."
	case n.State == "refusing":
		return n.Name + " has another token. Enter the one that it shows now."
	}
	return n.Name + " does not answer any more."
}

// tell passes news on; it does not wait for anybody.
func (k *nodeKeeper) tell(list []NodeAlert, told func([]NodeAlert)) {
	k.mu.Lock()
	k.news = append(k.news, list...)
	k.news = k.news[max(0, len(k.news)-mostNews):]
	k.mu.Unlock()
	k.a.hub.send(Event{Kind: NodesTold})
	if told != nil {
		told(list)
	}
	k.saveSoon()
}

// saveSoon lets the log be saved without waiting for that.
func (k *nodeKeeper) saveSoon() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// mostNews is how many alerts wait for a window.
const mostNews = 100

// TakeNodeNews returns what the owner of nodes was not told yet, and takes it as
// told.
func (a *App) TakeNodeNews() []NodeAlert {
	k := a.keeperOfNodes()
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	list := k.news
	k.news = nil
	return list
}

func (a *App) keeperOfNodes() *nodeKeeper {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.nodeKeeper
}
