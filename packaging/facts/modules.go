package main

import (
	"cmp"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
)

// module is a module of which at least one package is linked.
type module struct {
	Path, Version string
	Sum           string // SHA-256 of the module's files as Go counts it, in hex
}

// programs is what several programs of one package say of themselves.
type programs struct {
	Go      string            // version of the compiler and standard library
	Main    string            // path of our own module
	Modules []module          // of others, sorted by path
	Build   map[string]string // GOOS, GOARCH, CGO_ENABLED, ...; empty where the programs differ
	Each    []program
}

// program is one of the programs, and how it was built.
type program struct {
	Path  string // of its package
	Build map[string]string
}

// inspect reads the programs, which must be built for one system.
func inspect(paths []string) (programs, error) {
	p := programs{Build: map[string]string{}}
	found := map[string]module{}
	for _, path := range paths {
		info, err := buildinfo.ReadFile(path)
		if err != nil {
			return p, fmt.Errorf("read %s: %w", path, err)
		}
		p.Go, p.Main = info.GoVersion, info.Main.Path
		if err := p.add(info); err != nil {
			return p, fmt.Errorf("read %s: %w", path, err)
		}
		for _, dep := range info.Deps {
			m, err := linked(dep)
			if err != nil {
				return p, fmt.Errorf("read %s: %w", path, err)
			}
			found[m.Path] = m
		}
	}
	p.Modules = slices.SortedFunc(maps.Values(found), func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return p, nil
}

// add keeps how one program was built.
func (p *programs) add(info *debug.BuildInfo) error {
	one := program{Path: info.Path, Build: map[string]string{}}
	for _, s := range info.Settings {
		one.Build[s.Key] = s.Value
		old, known := p.Build[s.Key]
		switch {
		case !known:
			p.Build[s.Key] = s.Value
		case old != s.Value && s.Key == "GOOS":
			return fmt.Errorf("it is for %s, the others are for %s", s.Value, old)
		case old != s.Value:
			p.Build[s.Key] = ""
		}
	}
	p.Each = append(p.Each, one)
	return nil
}

// linked is the module that was really used: the one in place of another.
func linked(dep *debug.Module) (module, error) {
	if dep.Replace != nil {
		dep = dep.Replace
	}
	m := module{Path: dep.Path, Version: dep.Version}
	if dep.Sum == "" {
		return m, nil
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(dep.Sum, "h1:"))
	if err != nil {
		return m, fmt.Errorf("checksum of %s: %w", dep.Path, err)
	}
	m.Sum = hex.EncodeToString(raw)
	return m, nil
}
