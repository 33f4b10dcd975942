package update

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func file() File { return sample().Release.Files[0] }

// holds tells whether a folder holds the file under its name, and how much of
// it was begun.
func holds(t *testing.T, dir string) (whole bool, part int64) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, file().Name))
	if whole = err == nil; whole && !bytes.Equal(raw, content) {
		t.Error("the file has its name and is another one")
	}
	if info, err := os.Stat(filepath.Join(dir, file().SHA256+".part")); err == nil {
		part = info.Size()
	}
	return whole, part
}

func ranges(w http.ResponseWriter, r *http.Request) {
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func TestGet(t *testing.T) {
	var asked []string
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		ranges(w, r)
	})
	dir := filepath.Join(t.TempDir(), "updates")
	last := int64(0)
	tell := func(done, total int64) {
		if done <= last || total != file().Size {
			t.Errorf("%d after %d of %d", done, last, total)
		}
		last = done
	}
	for range 2 { // the second time it is there
		path, err := sourceAt(server.URL+"/v1/index.json").Get(t.Context(), file(), dir, tell)
		if err != nil || path != filepath.Join(dir, file().Name) {
			t.Fatal(path, err)
		}
	}
	if whole, part := holds(t, dir); !whole || part != 0 || last != file().Size {
		t.Errorf("whole %v, %d left, told of %d", whole, part, last)
	}
	if len(asked) != 1 || asked[0] != "/v1/"+file().Name {
		t.Errorf("asked for %q", asked)
	}
}

// What was fetched before is gone on with, by servers that can.
func TestGoingOn(t *testing.T) {
	half := len(content) / 2
	onward := fmt.Sprintf("bytes=%d-", half)
	for name, c := range map[string]struct {
		part    []byte
		handler http.HandlerFunc
		want    []string // the ranges that are asked for
	}{
		"half was there":       {content[:half], ranges, []string{onward}},
		"all was there":        {content, ranges, []string{}},
		"too much was there":   {append(bytes.Clone(content), 1), ranges, []string{""}},
		"another file":         {bytes.Repeat([]byte{7}, half), ranges, []string{onward, ""}},
		"as much of another":   {bytes.Repeat([]byte{7}, len(content)), ranges, []string{""}},
		"server sends all":     {content[:half], func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(content) }, []string{onward}},
		"server has less":      {content[:half], refusesRanges, []string{onward, ""}},
		"server lies about it": {content[:half], misplaced, []string{onward, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			dir, asked := t.TempDir(), []string{}
			if err := os.WriteFile(filepath.Join(dir, file().SHA256+".part"), c.part, 0o600); err != nil {
				t.Fatal(err)
			}
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.Header.Get("Range"))
				c.handler(w, r)
			})
			if _, err := sourceAt(server.URL+"/").Get(t.Context(), file(), dir, nil); err != nil {
				t.Fatal(err)
			}
			if whole, part := holds(t, dir); !whole || part != 0 {
				t.Errorf("whole %v, %d left", whole, part)
			}
			if !slices.Equal(asked, c.want) {
				t.Errorf("asked for %q", asked)
			}
		})
	}
}

func refusesRanges(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Range") != "" {
		w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
		return
	}
	_, _ = w.Write(content)
}

// misplaced answers a range with another one.
func misplaced(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Range") != "" {
		w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-%d/%d", len(content)-1, len(content)))
		w.WriteHeader(http.StatusPartialContent)
	}
	_, _ = w.Write(content)
}

// A file that ends too soon, is another one or never ends gets no name.
func TestWhatIsNotTheFile(t *testing.T) {
	other := bytes.Repeat([]byte{'x'}, len(content))
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		want    error
		keeps   bool // what came is gone on with later
	}{
		"another of that size": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(other) }, ErrDamaged, false},
		"an older release":     {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(append(other, content...)) }, ErrDamaged, false},
		"half": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(content)))
			_, _ = w.Write(content[:len(content)/2])
		}, io.ErrUnexpectedEOF, true},
		"a short page": {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, io.ErrUnexpectedEOF, true},
		"nothing":      {func(http.ResponseWriter, *http.Request) {}, io.ErrUnexpectedEOF, true},
		"not there":    {http.NotFound, nil, true},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			for _, err := w.Write(other); err == nil; _, err = w.Write(other) {
			}
		}, ErrDamaged, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, err := sourceAt(serve(t, c.handler).URL+"/").Get(t.Context(), file(), dir, nil)
			if err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%v", err)
			}
			whole, part := holds(t, dir)
			if whole || part > file().Size || part > 0 && !c.keeps {
				t.Errorf("whole %v, %d left", whole, part)
			}
		})
	}
}

// A download that is stopped, or whose server stops, goes on where it was.
func TestGetIsStoppedAndGoesOn(t *testing.T) {
	for name, stall := range map[string]bool{"by its user": false, "by its server": true} {
		t.Run(name, func(t *testing.T) {
			dir, half := t.TempDir(), len(content)/2
			ctx, cancel := context.WithCancel(t.Context())
			slow := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", fmt.Sprint(len(content)))
				_, _ = w.Write(content[:half])
				_ = http.NewResponseController(w).Flush()
				<-r.Context().Done()
			})
			s, want := sourceAt(slow.URL+"/"), context.Canceled
			if stall {
				s.Patience, want = 200*time.Millisecond, ErrStalled
			}
			_, err := s.Get(ctx, file(), dir, func(done, _ int64) {
				if int(done) == half && !stall {
					cancel()
				}
			})
			whole, part := holds(t, dir)
			if !errors.Is(err, want) || whole || int(part) > half || !stall && int(part) != half {
				t.Fatalf("%v; whole %v, %d left", err, whole, part)
			}
			if _, err := sourceAt(serve(t, ranges).URL+"/").Get(t.Context(), file(), dir, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// Two programs that fetch the same file do not write into one another's part: one
// fetches, the other finds what came.
func TestTwoFetchAtOnce(t *testing.T) {
	dir, begun, let := filepath.Join(t.TempDir(), "updates"), make(chan struct{}), make(chan struct{})
	var asked atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 {
			close(begun)
		}
		<-let
		ranges(w, r)
	})
	ended := make(chan error, 2)
	get := func(ctx context.Context) {
		_, err := sourceAt(server.URL+"/").Get(ctx, file(), dir, nil)
		ended <- err
	}
	go get(t.Context())
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 2*nextTry)
	defer cancel()
	get(ctx)
	if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
		t.Error("it did not wait:", err)
	}
	go get(t.Context())
	close(let)
	if err := errors.Join(<-ended, <-ended); err != nil {
		t.Error(err)
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("it was fetched %d times", n)
	}
}

// A file that a signed index names outside is not fetched from there.
func TestFilesElsewhere(t *testing.T) {
	for address, want := range map[string]bool{
		"stratos.tar.gz": true, "../v2/stratos.tar.gz": true, "https://mirror.example/stratos.tar.gz": true,
		"http://mirror.example/stratos.tar.gz": false, "//mirror.example/x": true, "http://127.0.0.1/x": false, "file:///etc/passwd": false, "javascript:1": false,
	} {
		f := file()
		f.URL = address
		at, err := sourceAt("https://releases.example/v1/index.json").at(f)
		if (err == nil) != want || want && !strings.HasPrefix(at, "https://") {
			t.Errorf("%s: %s, %v", address, at, err)
		}
	}
}

// A folder that cannot be written is said, and a name that leads out of it is
// never followed.
func TestGetWhereItCannotBe(t *testing.T) {
	server := serve(t, ranges)
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sourceAt(server.URL+"/").Get(t.Context(), file(), filepath.Join(blocked, "updates"), nil); err == nil {
		t.Error("a file was taken for a folder")
	}
	f := file()
	f.Name = "../out"
	dir := filepath.Join(t.TempDir(), "updates")
	if _, err := sourceAt(server.URL+"/").Get(t.Context(), f, dir, nil); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it made a folder for nothing")
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	keep := sample().Release
	alike := fileOf("alike.tar.gz", []byte("what it was"))
	alike.Arch = "arm64"
	keep.Files = append(keep.Files, alike)
	for name, text := range map[string][]byte{
		keep.Files[0].Name: content, keep.Files[0].SHA256 + ".part": nil, "stratosdrive-1.1.0.tar.gz": nil, strings.Repeat("0", 64) + ".part": nil, alike.Name: []byte("of another"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Sweep(dir, keep); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("%v are left", left)
	}
	if err := Sweep(filepath.Join(dir, "none"), keep); err != nil {
		t.Error(err)
	}
}
