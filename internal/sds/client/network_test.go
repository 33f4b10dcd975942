package client_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

func newClient(t testing.TB, n network.Network, key stratos.PrivateKey) *client.Client {
	t.Helper()
	c, err := client.New(client.Options{Gateways: n.Gateways, Signer: wire.NewSigner(key), LockDir: t.TempDir(), TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// waitOzone waits until the storage network has seen the prepay.
func waitOzone(t testing.TB, c *client.Client) *big.Int {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		o, err := c.Ozone(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if o.Noz.Sign() > 0 {
			return o.Noz
		}
	}
	t.Fatal("the ozone never came")
	return nil
}

func random(n int) []byte {
	p := make([]byte, n)
	rand.Read(p)
	return p
}

// manySlices is the size of a file of two slices.
func manySlices() int {
	if client.UnderRace {
		return 5 << 20 // of one; hashing is slow then
	}
	return wire.SliceSize + 5<<20
}

// TestRealNetwork walks through everything on a real local network.
func TestRealNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	n := testnet.Start(t)
	one, two := testnet.NewKey(t), testnet.NewKey(t)
	a, b := newClient(t, n, one), newClient(t, n, two)
	data := random(manySlices())
	_, err := a.Upload(t.Context(), "x", bytes.NewReader(data), 1000, client.UploadOptions{})
	if !errors.Is(err, client.ErrNoOzone) {
		t.Errorf("without ozone: %v", err)
	}
	testnet.BuyOzone(t, n, "100stos", one.Address(), two.Address())
	waitOzone(t, a)
	waitOzone(t, b)

	u, err := a.Upload(t.Context(), "big file.bin", bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
	if err != nil || u.Replicas < 1 {
		t.Fatalf("got %+v, %v", u, err)
	}
	if again, err := a.Upload(t.Context(), "big file.bin", bytes.NewReader(data), int64(len(data)), client.UploadOptions{}); err != nil || again.ID != u.ID {
		t.Errorf("again: %+v, %v", again, err)
	}
	files, err := a.List(t.Context())
	if err != nil || len(files) != 1 || files[0].ID != u.ID || files[0].Name != "big file.bin" || files[0].Size != u.Size {
		t.Fatalf("got %+v, %v", files, err)
	}
	download(t, a, u, data)

	s, err := a.Share(t.Context(), u.ID, client.ShareOptions{Duration: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	shared(t, b, s, u, data)
	if shares, err := a.Shares(t.Context()); err != nil || len(shares) != 1 || shares[0].Link != s.Link || shares[0].FileID != u.ID {
		t.Errorf("got %+v, %v", shares, err)
	}
	if err := a.StopShare(t.Context(), s.ID); err != nil {
		t.Error(err)
	}
	if _, err := b.DownloadShared(t.Context(), s.Link, noPlace, nil); !errors.Is(err, client.ErrExpired) {
		t.Errorf("a stopped share: %v", err)
	}
	if err := a.Delete(t.Context(), u.ID); err != nil {
		t.Error(err)
	}
	if err := a.Download(t.Context(), u.ID, "", u.Size, newFile(t), nil); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("a deleted file: %v", err)
	}
	if _, err := a.Status(t.Context(), u.ID); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("state of a deleted file: %v", err)
	}
}

func noPlace(client.SharedFile) (io.WriterAt, error) { return nil, errors.New("begun") }

func newFile(t testing.TB) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func download(t *testing.T, c *client.Client, u client.Uploaded, want []byte) {
	t.Helper()
	f := newFile(t)
	if err := c.Download(t.Context(), u.ID, "", u.Size, f, nil); err != nil {
		t.Fatal(err)
	}
	same(t, f, want)
}

func same(t *testing.T, f *os.File, want []byte) {
	t.Helper()
	got, err := os.ReadFile(f.Name())
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes came back, %v", len(got), err)
	}
}

func shared(t *testing.T, c *client.Client, s client.Share, u client.Uploaded, want []byte) {
	t.Helper()
	f := newFile(t)
	got, err := c.DownloadShared(t.Context(), s.Link, func(client.SharedFile) (io.WriterAt, error) { return f, nil }, nil)
	if err != nil || got != (client.SharedFile{Name: "big file.bin", Size: u.Size, ID: u.ID}) {
		t.Fatalf("got %+v, %v", got, err)
	}
	same(t, f, want)
}

// TestVideoOnRealNetwork uploads a real video and reads it back as a player
// does.
func TestVideoOnRealNetwork(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a network")
	}
	path := filepath.Join(t.TempDir(), "clip.mp4")
	if err := testvideo.Make(t.Context(), path, testvideo.Options{}); err != nil {
		t.Fatal(err)
	}
	clip, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := testnet.Start(t)
	one, two := testnet.NewKey(t), testnet.NewKey(t)
	testnet.BuyOzone(t, n, "100stos", one.Address(), two.Address())
	a, b := newClient(t, n, one), newClient(t, n, two)
	waitOzone(t, a)
	waitOzone(t, b)
	u, err := a.Upload(t.Context(), "clip.mp4", bytes.NewReader(clip), int64(len(clip)), client.UploadOptions{Kind: wire.Video})
	if err != nil || !wire.IsVideo(u.ID) {
		t.Fatalf("got %+v, %v", u, err)
	}
	s, err := a.Share(t.Context(), u.ID, client.ShareOptions{})
	if err != nil {
		t.Fatal(err)
	}
	own, err := a.OpenVideo(client.Urgent(t.Context()), "", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.OpenSharedVideo(t.Context(), s.Link)
	if err != nil {
		t.Fatal(err)
	}
	if one, two := watch(t, own), watch(t, other); one == 0 || one != two {
		t.Errorf("the owner saw %d bytes, the other %d", one, two)
	}
	if _, err := b.DownloadShared(t.Context(), s.Link, noPlace, nil); !errors.Is(err, client.ErrVideo) {
		t.Errorf("a video as a file: %v", err)
	}
}

// watch reads every segment that the playlist names.
func watch(t *testing.T, v *client.Video) (total int) {
	t.Helper()
	for line := range strings.Lines(segment(t, v, v.Playlist)) {
		if name := strings.TrimSpace(line); name != "" && !strings.HasPrefix(name, "#") {
			data := segment(t, v, name)
			if data[0] != 0x47 { // the first byte of an MPEG transport stream
				t.Errorf("%s is no segment", name)
			}
			total += len(data)
		}
	}
	return total
}

func segment(t *testing.T, v *client.Video, name string) string {
	t.Helper()
	body, size, _, err := v.Segment(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil || int64(len(data)) != size {
		t.Fatalf("%s: %d of %d bytes, %v", name, len(data), size, err)
	}
	return string(data)
}
