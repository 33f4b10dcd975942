package folder

import (
	"context"
	"sync"

	"github.com/stratosdrive/stratosdrive/sync/restore"
)

// Cached is a network whose files stay in memory for a while, up to that many
// bytes and the last one in any case.
func Cached(net restore.Network, bytes int) restore.Network {
	return &cache{Network: net, room: bytes, files: map[string][]byte{}}
}

type cache struct {
	restore.Network
	room int

	mu    sync.Mutex
	files map[string][]byte
	order []string
}

// Download implements [restore.Network].
func (c *cache) Download(ctx context.Context, id string, size int64) ([]byte, error) {
	c.mu.Lock()
	file, kept := c.files[id]
	c.mu.Unlock()
	if kept {
		return file, nil
	}
	file, err := c.Network.Download(ctx, id, size)
	if err == nil {
		c.keep(id, file)
	}
	return file, err
}

func (c *cache) keep(id string, file []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, kept := c.files[id]; kept {
		return
	}
	c.files[id], c.order = file, append(c.order, id)
	for c.room -= len(file); c.room < 0 && len(c.order) > 1; c.order = c.order[1:] {
		c.room += len(c.files[c.order[0]])
		delete(c.files, c.order[0])
	}
}
