package app

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/fetch"
)

// How much disk fetched content takes unless the user says otherwise, and at
// least: a film that is played needs some room.
const (
	usualCache = 4 << 30
	leastCache = 256 << 20
)

func (s settings) cacheLimit() int64 {
	if s.Cache == 0 {
		return usualCache
	}
	return s.Cache
}

// Cache is how much of the disk fetched content takes, and may take.
type Cache struct {
	Used  int64 `json:"used"`  // bytes, of all wallets
	Limit int64 `json:"limit"` // bytes
}

// Cache returns what fetched content takes. All of it can be fetched again.
func (a *App) Cache() (Cache, error) {
	c := Cache{Limit: a.settings.get().cacheLimit()}
	for _, pattern := range []string{"kept", "channels", "st1*"} {
		dirs, _ := filepath.Glob(a.cacheDir(pattern)) // the patterns are right
		for _, dir := range dirs {
			n, err := sizeOf(dir)
			if err != nil {
				return Cache{}, explainDisk(err)
			}
			c.Used += n
		}
	}
	return c, nil
}

// sizeOf adds up the files below a folder. Files may go meanwhile.
func sizeOf(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var info fs.FileInfo
			if info, err = e.Info(); err == nil {
				total += info.Size()
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
	return total, err
}

// SetCacheLimit sets how many bytes fetched content may take; 0 is what is
// usual. What was used longest ago goes at once if that is too little for all.
func (a *App) SetCacheLimit(bytes int64) error {
	if bytes < 0 || bytes > 0 && bytes < leastCache {
		return fault.Wrong(nil, "The cache needs at least %d MB, or a video could not be played.", leastCache>>20)
	}
	if err := a.settings.change(func(s *settings) { s.Cache = bytes }); err != nil {
		return err
	}
	a.room.SetLimit(a.settings.get().cacheLimit())
	return nil
}

// keeper keeps what was watched, and the parts of private links: sealed under a
// key that follows from that of the storage account.
func (a *App) keeper() (*fetch.Store, error) {
	key, account := a.cacheKey()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.store != nil && a.storeOf == account {
		return a.store, nil
	}
	store, err := fetch.Open(fetch.Options{Dir: a.cacheDir("kept"), Room: a.room, Key: key})
	if err != nil {
		return nil, explainDisk(err)
	}
	a.store, a.storeOf = store, account
	a.closers = append(a.closers, func() error { store.Close(); return nil })
	return store, nil
}

// cacheKey returns the key of the cache and the account that it belongs to.
// Without an account it is one for this run.
func (a *App) cacheKey() (key []byte, account string) {
	storage, err := a.storageKey()
	if err == nil {
		secret := storage.Bytes()
		defer clear(secret)
		if key, err = hkdf.Key(sha256.New, secret, nil, "cache/1", 32); err == nil {
			return key, storage.Address().String()
		}
	}
	key = make([]byte, 32)
	_, _ = rand.Read(key) // never fails, see crypto/rand
	return key, "none"
}
