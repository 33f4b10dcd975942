package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// put stores a file without the trouble of sending it.
func (f *fakeNet) put(owner, name string, data []byte) string {
	id, size, _ := wire.HashFile(bytes.NewReader(data), wire.Ordinary)
	f.files[owner+id] = &fakeFile{owner: owner, data: data, info: wire.FileInfo{FileHash: id, FileName: name, FileSize: size, CreateTime: 1700000000}}
	return id
}

func TestListsOfAnyLength(t *testing.T) {
	for _, pageSize := range []int{20, 100} {
		for _, count := range []int{0, 1, 20, 21, 45, 250} {
			n := newNode(t, newNet())
			n.pageSize = pageSize
			c := newClient(t, n)
			for i := range count {
				id := n.net.put(c.Address(), fmt.Sprint(i), content(uint64(i), i+1))
				if _, err := c.Share(t.Context(), id, ShareOptions{}); err != nil {
					t.Fatal(err)
				}
			}
			files, err := c.List(t.Context())
			shares, serr := c.Shares(t.Context())
			if err != nil || serr != nil || len(files) != count || len(shares) != count {
				t.Errorf("%d a page: %d of %d files, %d shares, %v, %v", pageSize, len(files), count, len(shares), err, serr)
			}
			if count == 1 && (files[0].Name != "0" || files[0].Size != 1 || files[0].Created.Unix() != 1700000000) {
				t.Errorf("got %+v", files[0])
			}
		}
	}
}

func TestListThatWithholds(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	for i := range 30 {
		n.net.put(c.Address(), "x", content(uint64(i), 10))
	}
	hide := mishap{after: func(v any) any {
		r := v.(wire.ListResult)
		r.Files = r.Files[:len(r.Files)/2]
		return r
	}}
	n.on(wire.MethodList, hide)
	if files, err := c.List(t.Context()); err != nil || len(files) != 30 {
		t.Errorf("after one incomplete answer: %d files, %v", len(files), err)
	}
	n.on(wire.MethodList, times(50, hide)...)
	files, err := c.List(t.Context())
	wantError(t, err, ErrIncomplete)
	if len(files) == 0 {
		t.Error("what was shown is lost")
	}
}

func TestShareGetStop(t *testing.T) {
	net := newNet()
	n := newNode(t, net)
	one, two := clientOf(t, "one", n), clientOf(t, "two", n)
	data := content(1, someSize)
	u, err := one.Upload(t.Context(), "report.pdf", bytes.NewReader(data), someSize, UploadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	net.files[one.Address()+u.ID].info.FileName = `..\..//etc/re"port.pdf`
	s, err := one.Share(t.Context(), u.ID, ShareOptions{Duration: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	list, err := one.Shares(t.Context())
	if err != nil || len(list) != 1 || list[0].Link != s.Link || list[0].FileID != u.ID || list[0].Expires.Sub(list[0].Created) != time.Hour {
		t.Fatalf("got %+v, %v", list, err)
	}
	for _, link := range []string{s.Link, bare(s.Link), "  " + s.Link + "\n"} {
		var dst readable
		var told SharedFile
		f, err := two.DownloadShared(t.Context(), link, func(f SharedFile) (io.WriterAt, error) {
			told = f
			return &dst, nil
		}, nil)
		if err != nil || f != told || f != (SharedFile{Name: "re_port.pdf", Size: someSize, ID: u.ID}) || !bytes.Equal(dst.p, data) {
			t.Fatalf("got %+v, %v", f, err)
		}
	}
	if err := one.StopShare(t.Context(), s.ID); err != nil {
		t.Fatal(err)
	}
	wantError(t, one.StopShare(t.Context(), s.ID), ErrNotFound)
	_, err = two.FetchShared(t.Context(), s.Link, func(SharedFile) error { return nil }, func(int64, []byte) error { return nil })
	wantError(t, err, ErrExpired)
}

func TestSharedDownloadSurvives(t *testing.T) {
	for name, set := range map[string]func(n *fakeNode, a string){
		"plain":          func(*fakeNode, string) {},
		"lost request":   func(n *fakeNode, _ string) { n.on(wire.MethodGetShared, mishap{ignore: true}) },
		"lost piece":     func(n *fakeNode, _ string) { n.on(wire.MethodDownloadData, mishap{}, mishap{lose: true}) },
		"another device": func(n *fakeNode, a string) { n.on(wire.MethodGetShared, mishap{before: func() { n.net.bump(a) }}) },
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t, newNet())
			n.reverse = true
			c, data := newClient(t, n), content(1, someSize)
			s, _ := c.Share(t.Context(), n.net.put(c.Address(), "x", data), ShareOptions{})
			set(n, c.Address())
			var dst file
			begun := 0
			_, err := c.FetchShared(t.Context(), s.Link, func(SharedFile) error { begun++; return nil }, func(at int64, p []byte) error {
				_, err := dst.WriteAt(p, at)
				return err
			})
			if err != nil || begun != 1 || !bytes.Equal(dst.p, data) {
				t.Errorf("%v, begun %d times, same content %v", err, begun, bytes.Equal(dst.p, data))
			}
		})
	}
}

func TestSharedDownloadGivesUp(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	s, _ := c.Share(t.Context(), n.net.put(c.Address(), "x", content(1, 100)), ShareOptions{})
	get := func(link string) error {
		_, err := c.DownloadShared(t.Context(), link, func(SharedFile) (io.WriterAt, error) { return new(file), nil }, nil)
		return err
	}
	for _, link := range []string{"", "abc", "sds://nonsense", "https://example.org/x"} {
		wantError(t, get(link), ErrWrongLink)
	}
	n.on(wire.MethodGetShared, times(2, mishap{after: edit(flip)})...)
	wantError(t, get(s.Link), ErrWrongContent)
	n.on(wire.MethodGetShared, mishap{after: edit(flip)})
	if err := get(s.Link); err != nil {
		t.Errorf("wrong once, right when asked again: %v", err)
	}
	late := func() { _ = c.clock.Sleep(t.Context(), 30*time.Second) }
	n.on(wire.MethodGetShared, mishap{before: late, lose: true}) // what a link to a video does
	wantError(t, get(s.Link), ErrVideo)
	noDisk := errors.New("no disk")
	if _, err := c.DownloadShared(t.Context(), s.Link, func(SharedFile) (io.WriterAt, error) { return nil, noDisk }, nil); !errors.Is(err, noDisk) {
		t.Errorf("got %v", err)
	}
	n.on(wire.MethodGetShared, times(9, mishap{after: edit(func(r *wire.Result) { r.FileSize = -1 })})...)
	wantError(t, get(s.Link), errRestart)
}

func TestDeleteAndShareWithLostAnswers(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	id := n.net.put(c.Address(), "x", content(1, 100))
	n.on(wire.MethodShare, mishap{lose: true})
	s, err := c.Share(t.Context(), id, ShareOptions{})
	if err != nil || len(n.net.shares) != 1 || s.ID != n.net.shares[0].id {
		t.Errorf("got %+v, %v, %d shares", s, err, len(n.net.shares))
	}
	n.on(wire.MethodStopShare, mishap{lose: true})
	if err := c.StopShare(t.Context(), s.ID); err != nil {
		t.Error(err)
	}
	n.on(wire.MethodDelete, mishap{lose: true})
	if err := c.Delete(t.Context(), id); err != nil {
		t.Error(err)
	}
	wantError(t, c.Delete(t.Context(), id), ErrNotFound)
	_, err = c.Share(t.Context(), id, ShareOptions{})
	wantError(t, err, ErrNotFound)
	if err := c.ClearExpired(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestPrivateShareNeedsAPassword(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	id := n.net.put(c.Address(), "x", content(1, 100))
	_, err := c.Share(t.Context(), id, ShareOptions{Private: true})
	wantError(t, err, ErrRefused)
	if len(n.net.shares) != 0 {
		t.Error("a link that nobody can open was left")
	}
	n.on(wire.MethodShare, mishap{after: func(v any) any { // a network that tells it
		r := v.(wire.ShareResult)
		r.ShareLink = "sds://" + r.ShareLink + "/m216"
		return r
	}})
	s, err := c.Share(t.Context(), id, ShareOptions{Private: true})
	if err != nil {
		t.Fatal(err)
	}
	var dst readable
	if _, err := c.DownloadShared(t.Context(), s.Link, func(SharedFile) (io.WriterAt, error) { return &dst, nil }, nil); err != nil {
		t.Error(err)
	}
	if len(dst.p) != 100 {
		t.Errorf("%d bytes", len(dst.p))
	}
}

func TestVideo(t *testing.T) {
	n := newNode(t, newNet())
	c, data := newClient(t, n), content(1, 1000)
	u, err := c.Upload(t.Context(), "clip.mp4", bytes.NewReader(data), 1000, UploadOptions{Kind: wire.Video})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := c.Share(t.Context(), u.ID, ShareOptions{})
	own, err := c.OpenVideo(t.Context(), "", u.ID)
	if err != nil {
		t.Fatal(err)
	}
	n.on(wire.RESTPrepareShared, mishap{before: func() { n.net.bump(c.Address()) }})
	shared, err := c.OpenSharedVideo(t.Context(), bare(s.Link))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []*Video{own, shared} {
		n.on(wire.RESTSegment, mishap{}, mishap{status: 503}, mishap{ignore: true})
		readSegment(t, v, v.Playlist, wire.TypePlaylist, "#EXTM3U\n0.ts\n")
		readSegment(t, v, "0.ts", wire.TypeSegment, "segment of "+u.ID)
		clear(n.videos) // the gateway was restarted
		readSegment(t, v, "0.ts", wire.TypeSegment, "segment of "+u.ID)
		for _, name := range []string{"nosuch.ts", "../x", "", ".."} {
			_, _, _, err := v.Segment(t.Context(), name)
			wantError(t, err, ErrNotFound)
		}
	}
	if _, err := c.OpenVideo(t.Context(), "", wire.NewFileHasher().Sum(wire.Video)); err == nil {
		t.Error("an unknown video was opened")
	}
	_, err = c.OpenVideo(t.Context(), "", wire.NewFileHasher().Sum(wire.Ordinary))
	wantError(t, err, ErrNotFound)
	_, err = c.OpenSharedVideo(t.Context(), "abc")
	wantError(t, err, ErrWrongLink)
}

func readSegment(t *testing.T, v *Video, name, wantType, want string) {
	t.Helper()
	body, size, contentType, err := v.Segment(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	got, err := io.ReadAll(body)
	if err != nil || string(got) != want || size != int64(len(want)) || contentType != wantType {
		t.Errorf("%s: %q, %d, %s, %v", name, got, size, contentType, err)
	}
}

func TestOzone(t *testing.T) {
	n := newNode(t, newNet())
	c := newClient(t, n)
	n.net.account(c.Address()).noz = 257695561060
	n.on(wire.MethodGetOzone, mishap{ignore: true})
	o, err := c.Ozone(t.Context())
	if err != nil || o.Noz.String() != "257695561060" || o.Sequence != "SN:0000000000000000001" {
		t.Errorf("got %+v, %v", o, err)
	}
	n.on(wire.MethodGetOzone, mishap{result: wire.OzoneResult{Return: "-10"}})
	_, err = c.Ozone(t.Context())
	wantError(t, err, ErrRefused)
}

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"a.txt": "a.txt", "../../etc/passwd": "passwd", `C:\x\y.doc`: "y.doc", "": "file", "..": "file", "a/": "file",
		"nul.txt": "_nul.txt", "COM1": "_COM1", "a\x00b\n": "ab", "x. . ": "x", "\u202egpj.exe": "gpj.exe", "ä?*.txt": "ä__.txt", " lead": "lead",
	} {
		if got := SafeName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	long := SafeName(string(bytes.Repeat([]byte("ä"), 500)) + ".jpeg")
	if len(long) > maxName || !slices.Contains([]string{".jpeg"}, long[len(long)-5:]) {
		t.Errorf("got %d bytes, %q", len(long), long)
	}
}
