package network

import (
	"errors"
	"testing"
)

func TestAudienceIsChecked(t *testing.T) {
	good := func() Audience {
		return Audience{Version: 1, Files: []AudienceFile{{
			Hash: "h", Payers: 1, Parts: []int64{2, 1}, Days: []AudienceDay{{Plays: 2, Ends: 1, Bytes: 3}}, Links: []AudienceLink{{"s", 2, 3}},
		}}}
	}
	if err := good().Check(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*Audience){
		"version": func(a *Audience) { a.Version = 2 },
		"payers":  func(a *Audience) { a.Files[0].Payers = -1 },
		"stored":  func(a *Audience) { a.Files[0].Stored = -1 },
		"part":    func(a *Audience) { a.Files[0].Parts[1] = -1 },
		"parts":   func(a *Audience) { a.Files[0].Parts = make([]int64, mostParts+1) },
		"plays":   func(a *Audience) { a.Files[0].Days[0].Plays = 1<<60 + 1 },
		"ends":    func(a *Audience) { a.Files[0].Days[0].Ends = -1 },
		"bytes":   func(a *Audience) { a.Files[0].Days[0].Bytes = -1 },
		"by link": func(a *Audience) { a.Files[0].Links[0].Plays = -1 },
		"of link": func(a *Audience) { a.Files[0].Links[0].Bytes = -1 },
	} {
		a := good()
		spoil(&a)
		if err := a.Check(); !errors.Is(err, ErrAudience) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
