package main

import (
	"io"
	"slices"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
)

// pack is the package that the programs are in.
type pack struct {
	Name, Version string
	Time          time.Time // of the source: the list must not change by itself
}

// writeSBOM writes the parts of the programs as CycloneDX 1.6 in JSON.
func writeSBOM(out io.Writer, of pack, paths []string) error {
	p, err := inspect(paths)
	if err != nil {
		return err
	}
	found, err := p.licences()
	if err != nil {
		return err
	}
	e := cyclonedx.NewBOMEncoder(out, cyclonedx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false)
	return e.EncodeVersion(p.bom(of, found), cyclonedx.SpecVersion1_6)
}

func (p programs) bom(of pack, found map[string][]licence) *cyclonedx.BOM {
	parts := []cyclonedx.Component{part(module{Path: "std", Version: p.Go}, found[""])}
	for _, m := range p.Modules {
		parts = append(parts, part(m, found[m.Path]))
	}
	refs := make([]string, len(parts))
	for i, c := range parts {
		refs[i] = c.BOMRef
	}
	parts = append(parts, libmpv())
	main := "pkg:golang/" + p.Main + "@" + of.Version
	b := cyclonedx.NewBOM()
	b.Metadata = &cyclonedx.Metadata{
		Timestamp: of.Time.UTC().Format(time.RFC3339),
		Component: &cyclonedx.Component{
			BOMRef: main, Type: cyclonedx.ComponentTypeApplication, Name: of.Name, Version: of.Version, PackageURL: main,
			Licenses: &cyclonedx.Licenses{{License: &cyclonedx.License{ID: "Apache-2.0"}}},
		},
		Properties: p.build(),
	}
	b.Components = &parts
	b.Dependencies = &[]cyclonedx.Dependency{{Ref: main, Dependencies: &refs}}
	return b
}

// part describes a module.
func part(m module, texts []licence) cyclonedx.Component {
	url := "pkg:golang/" + m.Path + "@" + m.Version
	c := cyclonedx.Component{BOMRef: url, Type: cyclonedx.ComponentTypeLibrary, Name: m.Path, Version: m.Version, PackageURL: url, Scope: cyclonedx.ScopeRequired}
	if m.Sum != "" {
		c.Hashes = &[]cyclonedx.Hash{{Algorithm: cyclonedx.HashAlgoSHA256, Value: m.Sum}}
	}
	var ids []string
	for _, l := range texts {
		ids = append(ids, l.IDs...)
	}
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) > 0 {
		list := cyclonedx.Licenses{}
		for _, id := range ids {
			list = append(list, cyclonedx.LicenseChoice{License: &cyclonedx.License{Name: id}})
		}
		c.Licenses = &list
	}
	return c
}

// libmpv is not in the package, but playing needs it.
func libmpv() cyclonedx.Component {
	return cyclonedx.Component{
		BOMRef: "libmpv", Type: cyclonedx.ComponentTypeLibrary, Name: "libmpv", Scope: cyclonedx.ScopeOptional,
		Description: "Loaded when a video is played, from the system; not part of the package.",
		Licenses:    &cyclonedx.Licenses{{Expression: "GPL-2.0-or-later OR LGPL-2.1-or-later"}},
	}
}

// build is how the programs were built.
func (p programs) build() *[]cyclonedx.Property {
	var list []cyclonedx.Property
	for _, key := range []string{"GOOS", "GOARCH", "CGO_ENABLED", "-trimpath", "-buildmode"} {
		if p.Build[key] != "" {
			list = append(list, cyclonedx.Property{Name: "go:" + key, Value: p.Build[key]})
		}
	}
	return &list
}
