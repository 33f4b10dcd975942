package gateway

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func TestCallsAreCountedByTheReferencesNames(t *testing.T) {
	g := &Gateway{clock: systemClock{}, counts: newCounters(map[string]method{
		wire.MethodUpload: nil, wire.MethodUploadStream: nil, wire.MethodFileStatus: nil, wire.MethodModules: nil, wire.MethodShare: nil,
	})}
	g.openSessions()
	for _, name := range []string{
		wire.MethodUpload, wire.MethodUploadStream, wire.MethodFileStatus, wire.MethodModules, "user_none",
	} {
		g.counts.count(name)
	}
	f := g.Figures()
	if len(f.Calls) != 2 || f.Calls["RequestUpload"] != 2 || f.Calls["GetFileStatus"] != 1 {
		t.Errorf("calls %v", f.Calls)
	}
	if f.Uploads != 0 || f.Downloads != 0 {
		t.Errorf("figures %+v", f)
	}
	g.uploads = map[string]*upload{"h": nil}
	g.reads.add(nil)
	if f := g.Figures(); f.Uploads != 1 || f.Downloads != 1 {
		t.Errorf("figures %+v", f)
	}
}
