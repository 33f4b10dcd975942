package memstate

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/pack"
	"github.com/stratosdrive/stratosdrive/sync/state"
	"github.com/stratosdrive/stratosdrive/sync/tree"
)

// Get returns a value that was set, or [state.ErrNotFound].
func (s *State) Get(_ context.Context, key string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.meta[key]
	if !ok {
		return nil, state.ErrNotFound
	}
	return slices.Clone(v), nil
}

// Heads returns all stored heads.
func (s *State) Heads(context.Context) ([]state.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.heads), func(a, b state.Head) int { return cmp.Compare(a.File, b.File) }), nil
}

// Indexes returns the indexes in use.
func (s *State) Indexes(context.Context) ([]object.IndexRef, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []object.IndexRef
	for _, x := range s.indexes {
		if !x.replaced {
			out = append(out, x.ref)
		}
	}
	slices.SortFunc(out, func(a, b object.IndexRef) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out, nil
}

// HasIndex reports whether an index was read, in use or replaced.
func (s *State) HasIndex(_ context.Context, id pack.ID) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.indexes[id]
	return ok, nil
}

// Object returns the content of a metadata blob, or [state.ErrNotFound].
func (s *State) Object(_ context.Context, kind pack.Kind, id pack.ID) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, ok := s.objects[blobKey{kind, id}]
	if !ok {
		return nil, state.ErrNotFound
	}
	return slices.Clone(body), nil
}

// Packs returns the packs of one stage.
func (s *State) Packs(_ context.Context, stage state.Stage) ([]state.Pack, error) {
	return s.some(func(r *packRow) bool { return r.Stage == stage }), nil
}

// Loose returns the committed packs that no index names.
func (s *State) Loose(context.Context) ([]state.Pack, error) {
	return s.some(func(r *packRow) bool { return r.Stage == state.Committed && r.index == nil }), nil
}

// IndexedBy returns the packs that an index names.
func (s *State) IndexedBy(_ context.Context, index pack.ID) ([]state.Pack, error) {
	return s.some(func(r *packRow) bool { return r.index != nil && *r.index == index }), nil
}

func (s *State) some(which func(*packRow) bool) []state.Pack {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []state.Pack
	for _, num := range slices.Sorted(maps.Keys(s.packs)) {
		if r := s.packs[num]; which(r) {
			p := r.Pack
			p.Blobs = slices.Clone(p.Blobs)
			out = append(out, p)
		}
	}
	return out
}

// Has reports whether a blob lies in a pack that can be relied on.
func (s *State) Has(_ context.Context, kind pack.Kind, id pack.ID) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.has(kind, id), nil
}

func (s *State) has(kind pack.Kind, id pack.ID) bool {
	return slices.ContainsFunc(s.blobs[blobKey{kind, id}], func(l place) bool { return s.doomed[s.packs[l.pack].File] == 0 })
}

// HasAny reports whether any blob is known.
func (s *State) HasAny(context.Context) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, places := range s.blobs {
		if len(places) > 0 {
			return true, nil
		}
	}
	return false, nil
}

// Doomed returns what SetDoomed said last.
func (s *State) Doomed(context.Context) (map[string]state.Doom, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.doomed), nil
}

// OnlyDoomed returns the blobs that lie in doomed packs and nowhere else.
func (s *State) OnlyDoomed(context.Context) ([]state.Location, error) {
	packs := s.some(func(r *packRow) bool { return s.doomed[r.File] != 0 })
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []state.Location
	for _, p := range packs {
		blobs := p.Blobs
		p.Blobs = nil
		for _, b := range blobs {
			if s.has(b.Kind, b.ID) {
				continue
			}
			l, err := s.find(b.Kind, b.ID)
			if err != nil {
				l = state.Location{Pack: p, Blob: b}
			}
			out = append(out, l)
		}
	}
	return out, nil
}

// Find returns where a blob lies, or [state.ErrNotFound]: in a large pack
// rather than in a small one, in any rather than in a head, and in one that is
// condemned last.
func (s *State) Find(_ context.Context, kind pack.Kind, id pack.ID) (state.Location, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(kind, id)
}

// Places returns all places where a blob lies, the best one first.
func (s *State) Places(_ context.Context, kind pack.Kind, id pack.ID) ([]state.Location, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.places(kind, id), nil
}

func (s *State) find(kind pack.Kind, id pack.ID) (state.Location, error) {
	if all := s.places(kind, id); len(all) > 0 {
		return all[0], nil
	}
	return state.Location{}, fmt.Errorf("blob %s: %w", id, state.ErrNotFound)
}

func (s *State) places(kind pack.Kind, id pack.ID) []state.Location {
	var out []state.Location
	for _, l := range s.blobs[blobKey{kind, id}] {
		p := s.packs[l.pack].Pack
		p.Blobs = nil
		if s.doomed[p.File] == state.Gone {
			continue
		}
		out = append(out, state.Location{Pack: p, Blob: l.blob})
	}
	slices.SortFunc(out, func(a, b state.Location) int {
		if c := cmp.Compare(s.doomed[a.Pack.File], s.doomed[b.Pack.File]); c != 0 {
			return c
		}
		if inHead := a.Pack.Use == pack.Head; inHead != (b.Pack.Use == pack.Head) {
			if inHead {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Pack.Size, a.Pack.Size), cmp.Compare(a.Pack.Num, b.Pack.Num))
	})
	return out
}

// OnlyInHeads returns where chunks lie that no pack but heads holds.
func (s *State) OnlyInHeads(context.Context) ([]state.Location, error) {
	heads := s.some(func(r *packRow) bool { return r.Use == pack.Head && r.Stage == state.Committed })
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []state.Location
	for _, h := range heads {
		for _, b := range h.Blobs {
			if b.Kind != pack.Data {
				continue
			}
			l, err := s.find(b.Kind, b.ID)
			if err != nil {
				continue // it is gone
			}
			if l.Pack.Use == pack.Head && l.Pack.Num == h.Num {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// Synced returns all nodes that disk and network agree on.
func (s *State) Synced(context.Context) (map[tree.ID]tree.Node, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.synced), nil
}

// Disk returns all nodes that lie on the disk.
func (s *State) Disk(context.Context) (map[tree.ID]tree.OnDisk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.disk), nil
}
