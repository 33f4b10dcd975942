package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// FileInfo is a file on the network.
type FileInfo struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Size     int64     `json:"size"`
	Replicas int       `json:"replicas,omitempty"`
	Created  time.Time `json:"created,omitzero"`
	Path     string    `json:"path,omitempty"` // where a download was saved
	Noz      int64     `json:"noz,omitempty"`  // nano-ozone that it cost
	// Measured tells that Noz was seen on the account; else it is an estimate,
	// since another device used the account meanwhile.
	Measured bool `json:"noz_measured,omitempty"`
}

// PutOptions says how a file is uploaded.
type PutOptions struct {
	Account  Account // empty: publishing account
	Video    bool    // as a stream of the network
	Progress func(done, total int64)
}

// CheckFile tells whether path is a file that can be uploaded.
func CheckFile(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return fault.Wrong(err, "The file %s was not found. Nothing was uploaded.", path)
	case !info.Mode().IsRegular():
		return fault.Wrong(nil, "%s is not a file. Nothing was uploaded.", path)
	case info.Size() == 0:
		return fault.Wrong(nil, "%s is empty, and the network keeps no empty files. Nothing was uploaded.", path)
	}
	return nil
}

// IsLocalFile tells whether what is a file on this computer.
func IsLocalFile(what string) bool {
	info, err := os.Stat(what)
	return err == nil && info.Mode().IsRegular()
}

// Put uploads a file as it is and waits until the network holds it.
func (a *App) Put(ctx context.Context, path string, o PutOptions) (FileInfo, error) {
	if err := CheckFile(path); err != nil {
		return FileInfo{}, err
	}
	c, err := a.client(orPublish(o.Account))
	if err != nil {
		return FileInfo{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return FileInfo{}, fault.Say(err, "The file %s cannot be read. Nothing was uploaded.", path)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return FileInfo{}, fault.Say(err, "The file %s cannot be read. Nothing was uploaded.", path)
	}
	kind := wire.Ordinary
	if o.Video {
		kind = wire.Video
	}
	name := filepath.Base(path)
	up, err := c.Upload(ctx, name, f, info.Size(), client.UploadOptions{Kind: kind, Progress: o.Progress})
	if err != nil {
		return FileInfo{}, err
	}
	return FileInfo{
		ID: up.ID, Name: name, Size: info.Size(), Replicas: up.Replicas, Created: time.Now().UTC().Truncate(time.Second),
		Noz: up.Cost.Noz, Measured: up.Cost.Measured,
	}, nil
}

func orPublish(account Account) Account {
	if account == "" {
		return PublishAccount
	}
	return account
}

// Files lists what an account keeps on the network.
func (a *App) Files(ctx context.Context, account Account) ([]FileInfo, error) {
	c, err := a.client(account)
	if err != nil {
		return nil, err
	}
	list, err := c.List(ctx)
	if err != nil {
		return nil, err
	}
	files := make([]FileInfo, len(list))
	for i, f := range list {
		files[i] = FileInfo{ID: f.ID, Name: f.Name, Size: f.Size, Created: f.Created}
	}
	return files, nil
}

// RemoveFile deletes a file from the network.
func (a *App) RemoveFile(ctx context.Context, id string, account Account) error {
	if err := refuseAddress(id); err != nil {
		return err
	}
	if !wire.ValidFileHash(id) {
		return fault.Wrong(nil, "%s is not the id of a file. Nothing was deleted.", id)
	}
	c, err := a.client(orPublish(account))
	if err != nil {
		return err
	}
	return c.Delete(ctx, id)
}

// GetOptions says where a download goes.
type GetOptions struct {
	To       string  // file or folder; empty: the file's own name in the working folder
	Account  Account // whose file an id means; empty: publishing account
	Progress func(done, total int64)
}

// Get downloads a file by id, share link or path in the drive. Nothing appears
// at its place before every byte is there and proven.
func (a *App) Get(ctx context.Context, what string, o GetOptions) (FileInfo, error) {
	ctx, spent := costs(ctx)
	f, err := a.get(ctx, what, o)
	return spent.bill(f), err
}

func (a *App) get(ctx context.Context, what string, o GetOptions) (FileInfo, error) {
	switch {
	case isLink(what):
		return a.getLink(ctx, what, o)
	case wire.ValidFileHash(what):
		return a.getFile(ctx, what, o)
	}
	if err := refuseAddress(what); err != nil {
		return FileInfo{}, err
	}
	return a.getDrivePath(ctx, what, o)
}

// refuseAddress refuses links where none belongs, and links of other kinds. It
// does not repeat them: they may hold a key.
func refuseAddress(what string) error {
	if strings.Contains(what, "://") {
		return fault.Wrong(nil, "This link cannot be used here; those of Stratos Drive begin with stos:// or sds:// and are for getting and playing.")
	}
	return nil
}

// spent adds up what the calls under a context cost.
type spent struct {
	mu  sync.Mutex
	sum client.Cost
}

// costs returns a context whose billed downloads are added up in the result.
func costs(ctx context.Context) (context.Context, *spent) {
	s := &spent{sum: client.Cost{Measured: true}}
	return client.WithCosts(ctx, func(c client.Cost) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sum.Noz += c.Noz
		s.sum.Measured = s.sum.Measured && c.Measured
	}), s
}

// bill writes the sum into f.
func (s *spent) bill(f FileInfo) FileInfo {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Noz, f.Measured = s.sum.Noz, s.sum.Measured && s.sum.Noz > 0
	return f
}

// isLink tells share links from ids and paths.
func isLink(text string) bool {
	if strings.HasPrefix(text, "sds://") || publish.IsLink(text) {
		return true
	}
	link, err := wire.ParseShareLink("sds://" + text)
	return err == nil && link.ShareID != "" && !wire.ValidFileHash(text)
}

func (a *App) getFile(ctx context.Context, id string, o GetOptions) (FileInfo, error) {
	c, err := a.client(orPublish(o.Account))
	if err != nil {
		return FileInfo{}, err
	}
	list, err := c.List(ctx)
	if err != nil {
		return FileInfo{}, err
	}
	for _, f := range list {
		if f.ID != id {
			continue
		}
		path, err := a.receive(f.Name, o.To, func(w io.WriterAt) error {
			return c.Download(ctx, id, "", f.Size, w, o.Progress)
		})
		return FileInfo{ID: id, Name: f.Name, Size: f.Size, Path: path}, err
	}
	return FileInfo{}, fault.Say(client.ErrNotFound, "This account has no file with this id. Nothing was downloaded.")
}

// receive lets fill write a file that appears at its place only when complete.
func (a *App) receive(name, to string, fill func(io.WriterAt) error) (string, error) {
	path := targetPath(name, to)
	part, err := os.CreateTemp(filepath.Dir(path), ".stos-*.tmp")
	if err != nil {
		return "", fault.Wrong(err, "%s cannot be written. Nothing was downloaded.", path)
	}
	defer os.Remove(part.Name())
	err = fill(part)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return "", explainDisk(err)
	}
	return path, place(part.Name(), path)
}

// targetPath puts a name from outside below a folder, and nowhere else.
func targetPath(name, to string) string {
	base := filepath.Base(filepath.Clean("/" + filepath.ToSlash(name)))
	if base == "/" || base == "." || base == string(filepath.Separator) {
		base = "download"
	}
	if to == "" {
		return base
	}
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		return filepath.Join(to, base)
	}
	return to
}
