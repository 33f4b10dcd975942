// Command facts writes what a package has to say about the programs in it: the
// notices of third parties, the list of its parts (SBOM) and what weighs what;
// and the icons, in all sizes.
//
// What is linked is read from the programs themselves, which name the modules
// that they were made from, and from the sources of those modules. The same
// programs always give the same bytes.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

const usage = `facts notices PROGRAM...                                 licences of what is linked
facts sbom -name N -version V -time SECONDS PROGRAM...   CycloneDX of what is linked
facts sizes PROGRAM...                                   what weighs what, of programs with symbols
facts icons -name NAME FOLDER                            the icon in all sizes, for an icon theme`

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "facts:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("what is wanted?\n%s", usage)
	}
	fs := flag.NewFlagSet(args[0], flag.ContinueOnError)
	name := fs.String("name", "stratosdrive", "name of the package")
	version := fs.String("version", "dev", "version of the package")
	seconds := fs.Int64("time", 0, "when the source was last changed, in seconds since 1970")
	if err := fs.Parse(args[1:]); err != nil {
		return err
	}
	if fs.NArg() == 0 {
		return fmt.Errorf("of what?\n%s", usage)
	}
	switch args[0] {
	case "notices":
		return writeNotices(out, fs.Args())
	case "sbom":
		return writeSBOM(out, pack{Name: *name, Version: *version, Time: time.Unix(*seconds, 0)}, fs.Args())
	case "sizes":
		return writeSizes(out, fs.Args())
	case "icons":
		return writeIcons(fs.Arg(0), *name)
	}
	return fmt.Errorf("there is no %q\n%s", args[0], usage)
}
