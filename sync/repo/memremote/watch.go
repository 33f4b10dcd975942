package memremote

import (
	"context"
	"maps"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// Calls returns how many calls were made.
func (n *Net) Calls() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.calls
}

// Sent returns how many bytes were uploaded, repeated ones included.
func (n *Net) Sent() int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.sent
}

// Uploads returns how often each file was uploaded.
func (n *Net) Uploads() map[string]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.uploads)
}

// Files returns the content of all files by id. It must not be changed.
func (n *Net) Files() map[string][]byte {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := map[string][]byte{}
	for id, f := range n.files {
		out[id] = f.body
	}
	return out
}

// Hide makes the lists of shares leave a file out, or show it again.
func (n *Net) Hide(fileID string, hide bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.hidden[fileID] = hide
}

// Spoil changes the stored bytes of a file.
func (n *Net) Spoil(fileID string, change func([]byte)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	body := append([]byte(nil), n.files[fileID].body...)
	change(body)
	n.files[fileID].body = body
}

// Cut shortens a stored file to n bytes.
func (n *Net) Cut(fileID string, bytes int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.files[fileID].body = n.files[fileID].body[:bytes]
}

// DropShares ends all shares, as if they had expired.
func (n *Net) DropShares() {
	n.mu.Lock()
	defer n.mu.Unlock()
	clear(n.shares)
}

// ShareLink makes a file readable by who knows the link.
func (n *Net) ShareLink(ctx context.Context, id string, ttl time.Duration) (string, error) {
	sid, err := n.Share(ctx, id, ttl)
	return "sds://" + sid, err
}

// FetchShared hands over the pieces of a shared file and returns its size.
func (n *Net) FetchShared(ctx context.Context, link string, piece func(int64, []byte) error) (int64, error) {
	n.mu.Lock()
	s, ok := n.shares[link[min(len("sds://"), len(link)):]]
	n.mu.Unlock()
	if !ok {
		return 0, repo.ErrNotFound
	}
	body, err := n.body(s.file)
	if err != nil {
		return 0, err
	}
	return int64(len(body)), n.Fetch(ctx, s.file, piece)
}
