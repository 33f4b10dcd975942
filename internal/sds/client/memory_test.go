package client_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// sessionMemory is what one upload may hold.
const sessionMemory = 16 << 20

// zeros is a file without bytes of its own.
type zeros struct{}

func (zeros) ReadAt(p []byte, _ int64) (int, error) { clear(p); return len(p), nil }

// An upload holds a few pieces and never the file. The node here throws
// everything away as it comes, so that what is counted is the client's.
func TestMemoryOfAnUpload(t *testing.T) {
	limit := int64(sessionMemory)
	if client.UnderRace {
		limit *= 2 // pools give buffers up at random then
	}
	const size = 4*wire.UploadPiece + 1000
	var end, peak atomic.Int64
	var signed atomic.Bool
	live := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := make([]byte, 80)
		_, _ = io.ReadFull(r.Body, head)
		_, id, _ := strings.Cut(string(head), `"id":`)
		id, method, _ := strings.Cut(id, `,"method":"`)
		method, _, _ = strings.Cut(method, `"`)
		if method == wire.MethodUploadData {
			peak.Store(max(peak.Load(), live()))
		}
		_, _ = io.Copy(io.Discard, r.Body)
		result := `{"return":"0"}`
		switch method {
		case wire.MethodGetOzone:
			result = `{"return":"0","ozone":"1000000000000","sequencynumber":"SN:1"}`
		case wire.MethodUpload, wire.MethodUploadData:
			if from, to := wire.UploadRange(end.Load(), size); from < to {
				end.Store(to)
				result = fmt.Sprintf(`{"return":"1","offsetstart":%d,"offsetend":%d}`, from, to)
			}
		case wire.MethodUploadSign:
			signed.Store(true)
		case wire.MethodFileStatus:
			if result = `{"return":"0","error":"file not found"}`; signed.Load() {
				result = `{"return":"0","file_upload_state":3,"user_has_file":true,"replicas":5}`
			}
		}
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s}`, id, result)
	}))
	defer srv.Close()
	c := newClient(t, network.Network{Gateways: []network.Gateway{{RPC: srv.URL}}}, testnet.NewKey(t))
	before := live()
	u, err := c.Upload(t.Context(), "x", zeros{}, size, client.UploadOptions{})
	if err != nil || u.Replicas != 5 {
		t.Fatalf("%+v, %v", u, err)
	}
	held := peak.Load() - before
	t.Logf("%.1f MiB at most", float64(held)/(1<<20))
	if held > limit || peak.Load() == 0 {
		t.Errorf("%d bytes were held", held)
	}
}
