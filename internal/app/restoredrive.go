package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/sync/restore"
	"github.com/stratosdrive/stratosdrive/sync/restore/folder"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// DriveRestore is what restoring a whole drive did.
type DriveRestore = folder.Report

// RestoreDriveOptions says whose drive is restored.
type RestoreDriveOptions struct {
	Key        []byte // words or a private key; nil: the wallet in use, unlocked
	Passphrase []byte // of the words, mostly none
	Index      uint32 // account of the words, mostly 0
	Progress   func(done, total int64)
}

// restoreRoom is how many bytes of packs a restore keeps in memory.
const restoreRoom = 160 << 20

// RestoreDrive writes the newest state of a drive into dir, which is missing,
// empty, or was begun by an earlier call. It needs nothing of this profile but
// the network, and it reads the drive with a reader of its own. What could not
// be restored is told in the result, which is valid with an error too.
func (a *App) RestoreDrive(ctx context.Context, dir string, o RestoreDriveOptions) (DriveRestore, error) {
	wallet, err := a.walletKey(o)
	if err != nil {
		return DriveRestore{}, err
	}
	defer wallet.Wipe()
	d, end, err := a.newestDrive(ctx, wallet)
	if err != nil {
		return DriveRestore{}, explainRestore(err)
	}
	defer end()
	got, err := folder.Write(ctx, d, dir, func(r DriveRestore) {
		if o.Progress != nil {
			o.Progress(r.Bytes, r.AllBytes)
		}
	})
	if err == nil && len(got.Missing) > 0 {
		err = fault.Say(nil, "%d of %d files could not be restored, for the network has lost a part of them: %s. All others are in the folder; try again later, or look at another device.",
			len(got.Missing), got.AllFiles, someOf(got.Missing))
	}
	return got, explainRestore(err)
}

// newestDrive opens the drive of a wallet as the newest epoch has it. Those
// before it may be there too: what a thief still can write to says nothing.
func (a *App) newestDrive(ctx context.Context, wallet stratos.PrivateKey) (newest *restore.Drive, end func(), err error) {
	end = func() {}
	for number, last := keys.FirstEpoch, keys.FirstEpoch; number <= last+epochGap; number++ {
		d, close, err := a.driveOf(ctx, wallet, number)
		if err != nil {
			end()
			return nil, nil, err
		}
		if newest != nil && len(d.Tips) == 0 {
			close()
			continue
		}
		if len(d.Tips) > 0 {
			last = number
		}
		end()
		newest, end = d, close
	}
	return newest, end, nil
}

// driveOf opens the drive of one epoch, which may be empty.
func (a *App) driveOf(ctx context.Context, wallet stratos.PrivateKey, number int) (*restore.Drive, func(), error) {
	key, err := keys.StorageAccount(wallet, number)
	if err != nil {
		return nil, nil, err
	}
	defer key.Wipe()
	signing, err := copyKey(key)
	if err != nil {
		return nil, nil, err
	}
	c, err := a.connectAs(wire.NewSigner(signing))
	if err != nil {
		return nil, nil, err
	}
	secret := key.Bytes()
	defer clear(secret)
	d, err := restore.Open(ctx, folder.Cached(drivePages{c.Client}, restoreRoom), secret)
	end := func() { c.Close(); signing.Wipe() }
	if err != nil {
		end()
	}
	return d, end, err
}

// driveKey returns a copy of the key that owns the drive. The caller wipes it.
func (a *App) driveKey() (key stratos.PrivateKey, err error) {
	if key, err = a.storageKey(); err != nil {
		return key, err
	}
	return copyKey(key)
}

func copyKey(key stratos.PrivateKey) (stratos.PrivateKey, error) {
	raw := key.Bytes()
	defer clear(raw)
	return stratos.NewPrivateKey(raw)
}

// walletKey returns the key of the wallet whose drive is restored. The caller
// wipes it.
func (a *App) walletKey(o RestoreDriveOptions) (key stratos.PrivateKey, err error) {
	if o.Key == nil {
		return a.firstKey()
	}
	found, err := keys.Import(o.Key, nil)
	if err != nil {
		return key, err
	}
	defer found.Wipe()
	if found.Kind != keys.KindWords && found.Kind != keys.KindRawKey {
		return key, fault.Wrong(nil, "Type the words of the wallet, or its private key. Nothing was restored.")
	}
	found.Index = o.Index
	if len(o.Passphrase) > 0 {
		if err := found.SetPassphrase(o.Passphrase); err != nil {
			return key, err
		}
	}
	return found.Key()
}

// firstKey returns the key of the first account of the wallet in use, unlocked.
func (a *App) firstKey() (key stratos.PrivateKey, err error) {
	session, err := a.session()
	if err != nil {
		return key, err
	}
	first, err := session.Key(0)
	if err != nil {
		return key, err
	}
	defer first.Wipe()
	err = first.Use(func(wallet stratos.PrivateKey) (err error) {
		key, err = copyKey(wallet)
		return err
	})
	return key, err
}

// someOf names a few of many.
func someOf(names []string) string {
	const few = 5
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

func explainRestore(err error) error {
	switch {
	case errors.Is(err, folder.ErrNoDrive):
		return fault.Say(err, "There is no drive of this wallet on this network. Check the words and the network.")
	case errors.Is(err, folder.ErrNotEmpty):
		return fault.Wrong(err, "There is something else in this folder. Choose an empty one, or the one of a restore that was cut off; nothing was written.")
	case errors.Is(err, restore.ErrNewer):
		return fault.Say(err, "This drive was written by a newer version of this program. Update it here; nothing is lost.")
	case fault.ExitCode(err) == int(fault.Unknown):
		return fault.Say(err, "The network broke off. What was restored is safe; try again to go on.")
	case errors.Is(err, restore.ErrLost):
		return fault.Say(err, "The state that was being restored is not on the network any more. Restore into another folder.")
	}
	return explainDisk(err)
}

// drivePages is the storage network as the reader of drives needs it.
type drivePages struct{ c *client.Client }

// Shares implements [restore.Network].
func (p drivePages) Shares(ctx context.Context) ([]restore.File, error) {
	list, err := p.c.Shares(ctx)
	files := make([]restore.File, len(list))
	for i, s := range list {
		files[i] = restore.File{ID: s.FileID, Name: s.Name, Size: s.Size}
	}
	return files, err
}

// List implements [restore.Network].
func (p drivePages) List(ctx context.Context) ([]restore.File, error) {
	list, err := p.c.List(ctx)
	files := make([]restore.File, len(list))
	for i, f := range list {
		files[i] = restore.File{ID: f.ID, Name: f.Name, Size: f.Size, Created: f.Created}
	}
	return files, err
}

// Download implements [restore.Network].
func (p drivePages) Download(ctx context.Context, id string, size int64) ([]byte, error) {
	file := make(memory, size)
	err := p.c.Download(ctx, id, "", size, file, nil)
	for _, lost := range []error{client.ErrNotFound, client.ErrWrongContent, client.ErrRefused, client.ErrNotYours} {
		if errors.Is(err, lost) {
			return nil, fmt.Errorf("%w: %w", restore.ErrLost, err)
		}
	}
	return file, err
}

// memory is room for a file of known size.
type memory []byte

// WriteAt implements [io.WriterAt].
func (m memory) WriteAt(p []byte, off int64) (int, error) {
	if off < 0 || off+int64(len(p)) > int64(len(m)) {
		return 0, fmt.Errorf("%d bytes at %d of %d", len(p), off, len(m))
	}
	return copy(m[off:], p), nil
}

// ReadAt implements [io.ReaderAt], so that what came is checked here.
func (m memory) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off+int64(len(p)) > int64(len(m)) {
		return 0, fmt.Errorf("%d bytes at %d of %d", len(p), off, len(m))
	}
	return copy(p, m[off:]), nil
}
