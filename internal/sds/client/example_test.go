package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// connect makes the client of an account.
func connect(key stratos.PrivateKey, n network.Network) (*client.Client, error) {
	return client.New(client.Options{
		Gateways: n.Gateways, Signer: wire.NewSigner(key),
		LockDir: "/var/lib/example/locks", // the same for all programs of this account
	})
}

func ExampleClient_Upload() {
	store := func(ctx context.Context, c *client.Client, path string) (id string, err error) {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return "", err
		}
		u, err := c.Upload(ctx, info.Name(), f, info.Size(), client.UploadOptions{
			Progress: func(done, total int64) { fmt.Printf("\r%d of %d bytes", done, total) },
		})
		if errors.Is(err, client.ErrNoOzone) {
			return "", fmt.Errorf("buy ozone first: %w", err)
		}
		return u.ID, err // stored, with u.Replicas copies, when err is nil
	}
	_, _ = store, connect
}

func ExampleClient_Download() {
	// The size comes from Client.List; what is written has the id, or err is not nil.
	get := func(ctx context.Context, c *client.Client, f client.File, path string) error {
		dst, err := os.Create(path)
		if err != nil {
			return err
		}
		if err = c.Download(ctx, f.ID, "", f.Size, dst, nil); err != nil {
			dst.Close()
			os.Remove(path)
			return err
		}
		return dst.Close()
	}
	_ = get
}

func ExampleClient_OpenReader() {
	// Reading may begin at once and anywhere; all of the file arrives meanwhile.
	play := func(ctx context.Context, c *client.Client, f client.File, w io.Writer) error {
		r, err := c.OpenReader(client.Urgent(ctx), f.ID, "", f.Size)
		if err != nil {
			return err
		}
		defer r.Close()
		_, err = io.Copy(w, io.NewSectionReader(r, 0, f.Size))
		return err
	}
	_ = play
}

func ExampleClient_Share() {
	link := func(ctx context.Context, c *client.Client, id string) (string, error) {
		s, err := c.Share(ctx, id, client.ShareOptions{Duration: 24 * time.Hour})
		return s.Link, err // sds://...
	}
	_ = link
}
