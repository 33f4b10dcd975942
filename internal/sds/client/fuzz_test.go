package client

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// An address that is taken is https, loopback or confirmed, and has a host.
func FuzzGatewayAddress(f *testing.F) {
	for _, seed := range []string{"http://localhost:18281/a", "https://gw.example.org/p/TOKEN?x=y", "http://[::1%25lo]:1", "http://127.0.0.1.example.org", "HTTP://0x7f.1", "https://u:p@h"} {
		f.Add(seed, "h")
	}
	f.Fuzz(func(t *testing.T, rpc, plain string) {
		e, err := newEndpoint(network.Gateway{RPC: rpc, REST: rpc, Token: plain}, []string{plain})
		if err != nil {
			return
		}
		u, err := url.Parse(e.rpc)
		if err != nil || u.Host == "" || u.Path == "" {
			t.Fatalf("%q became %q, %v", rpc, e.rpc, err)
		}
		if u.Scheme != "https" && !isLoopback(u.Hostname()) && plain != rpc && plain != u.Host && plain != u.Hostname() {
			t.Errorf("%q is plain http to another machine", rpc)
		}
		if got := e.restURL(wire.RESTSegment, "id", "a/b"); !strings.Contains(got, "a%2Fb") {
			t.Errorf("a part of %q reaches out of its place", got)
		}
	})
}

// Numbers are opaque; whatever comes, they are compared without harm.
func FuzzNumbers(f *testing.F) {
	f.Add("SN:0000000000000000009", "SN:0000000000000000010")
	f.Add("", "99999999999999999999999")
	f.Fuzz(func(t *testing.T, before, after string) {
		steps, ok := stepsBetween(before, after)
		if follows(before, after) && (!ok || steps != 1 || before == after) {
			t.Errorf("%q follows %q", after, before)
		}
	})
}

// Every kind of answer, from whatever bytes, is an error or a result that
// keeps to its bounds.
func FuzzAnswers(f *testing.F) {
	f.Add([]byte(`{"id":1,"result":{"return":"0","ozone":"5","sequencynumber":"7","fileinfo":[{"filehash":"v","filesize":-1}],"totalnumber":3}}`))
	f.Add([]byte(`{"id":1,"result":{"return":"2","filehash":"v05j1m57qcikfuml651d72i46kheh67eeils9qlg","filesize":9,"filename":"../x","sharelink":"a"}}`))
	f.Add([]byte(`{"id":2,"error":{"code":-32601,"message":"m"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var file wire.Result
		if decodeAnswer(raw, 1, &file) == nil {
			if d, err := describe(file); err == nil && (d.Size <= 0 || d.Size > maxFile || d.Name != SafeName(d.Name) || !wire.CanonicalFileHash(d.ID)) {
				t.Errorf("took %+v", d)
			}
			s := &uploadSession{upload: &upload{size: 10}}
			if start, end, done, err := s.asked(file); err == nil && !done && (start < 0 || end <= start || end > 10) {
				t.Errorf("would send [%d, %d)", start, end)
			}
			_ = refused("m", file.Return, file.Detail, wire.Success)
		}
		var share wire.ShareResult
		if decodeAnswer(raw, 1, &share) == nil {
			for _, i := range share.Files {
				if s := shareOf(i); !strings.HasPrefix(s.Link, wire.LinkScheme) {
					t.Errorf("link %q", s.Link)
				}
			}
		}
		for _, into := range []any{new(wire.OzoneResult), new(wire.ListResult), new(wire.FileStatusResult), new(wire.ReturnResult), new(wire.ClearExpiredResult)} {
			_ = decodeAnswer(raw, 1, into)
		}
	})
}

// What people paste is a link or an error.
func FuzzPastedLink(f *testing.F) {
	f.Add(" 87bc03261cae4d93_aabf6e6991_caadf4/m216\n")
	f.Add("sds://RHumTB_78a8fe38a826fed4")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := parseLink(text)
		if err == nil && (l.ShareID == "" || len(l.Full()) < 6 || strings.Contains(l.Link, "/")) {
			t.Errorf("%q became %+v", text, l)
		}
	})
}
