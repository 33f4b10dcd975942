package main

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Three devices whose people work in the same places at once, while their
// syncs are killed again and again, end with the same folder. Nothing that
// somebody wrote is missing unless somebody let it go, and what a sync reported
// as saved can be brought back even then.
func TestThreeDevicesKilledAtAnyMoment(t *testing.T) {
	w := newCrashWorld(t)
	s := newSharedModel(w)
	devices := []*device{w.device("home"), w.device("laptop"), w.device("phone")}
	for _, v := range devices {
		s.edit(v, 6, false)
	}
	s.agree(devices)
	n := 0
	w.rounds(20, 500, func() {
		for _, v := range devices {
			s.edit(v, 1+w.rand.IntN(3), false)
		}
		s.killedSyncs(devices)
		if n++; n%7 == 0 {
			s.agree(devices)
		}
	})
	s.agree(devices)
	s.checkVersions(devices[0])
}

// killedSyncs syncs all devices at the same time, kills most of the syncs
// somewhere, and lets people edit meanwhile.
func (s *sharedModel) killedSyncs(devices []*device) {
	s.w.t.Helper()
	type one struct {
		v      *device
		before map[string]sum
		run    *running
		killed bool
	}
	all := make([]one, len(devices))
	for i, v := range devices {
		all[i] = one{v, s.read(v.folder), s.w.start(v.profile, "sync", "--once", v.folder), s.w.rand.IntN(3) > 0}
	}
	moment := s.w.moment(devices[0].took)
	time.Sleep(moment / 2)
	s.edit(devices[s.w.rand.IntN(len(devices))], 1, true)
	for _, x := range all {
		if !x.killed {
			continue
		}
		time.Sleep(s.w.moment(moment) / 4)
		x.run.kill()
	}
	for _, x := range all {
		if r := x.run.wait(); r.code == 0 && r.out["waiting"] == 0.0 {
			s.saw(x.v, x.before)
		}
		s.checkWhole(x.v.folder)
	}
}

// agree syncs all devices in turn until none has anything new, and checks that
// they have the same, and all that they must have.
func (s *sharedModel) agree(devices []*device) {
	s.w.t.Helper()
	const most = 6
	for round := 0; ; round++ {
		busy := false
		for _, v := range devices {
			before := s.read(v.folder)
			r := s.w.again(v.profile, "sync", "--once", v.folder)
			v.took = r.took
			for _, field := range []string{"sent", "received", "moved", "removed", "waiting"} {
				busy = busy || r.out[field] != 0.0
			}
			if r.out["waiting"] == 0.0 {
				s.saw(v, before)
			}
		}
		if !busy {
			break
		}
		if round == most {
			s.w.t.Fatal("the devices do not come to an end")
		}
	}
	for _, v := range devices {
		s.check(v.folder)
		s.same(devices[0].folder, v.folder)
	}
}

// checkVersions makes sure that all that was reported as saved and was let go
// since can be found, and brings some of it back.
func (s *sharedModel) checkVersions(v *device) {
	s.w.t.Helper()
	all := s.versions(v)
	left := 5
	if os.Getenv("STOS_NIGHTLY") != "" {
		left = 200
	}
	for content, size := range s.saved {
		if !s.gone[content] {
			continue
		}
		found := all[size]
		if len(found) == 0 {
			s.w.t.Errorf("nothing brings back %d bytes, which were reported as saved", size)
		}
		if left--; len(found) > 0 && left >= 0 {
			s.bringBack(v, found, content)
		}
	}
}

// bringBack fails the test unless one of the versions has the content.
func (s *sharedModel) bringBack(v *device, found []versionOf, content sum) {
	s.w.t.Helper()
	to := filepath.Join(s.w.dir, "back.bin")
	for _, f := range found {
		s.w.must(v.profile, "drive", "restore", f.path, "--version", f.id, "-o", to)
		body, err := os.ReadFile(to)
		s.must(err)
		s.must(os.Remove(to))
		if sha256.Sum256(body) == content {
			return
		}
	}
	s.w.t.Errorf("%v brings back other content", found)
}
