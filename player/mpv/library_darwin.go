package mpv

// libraryNames are where Homebrew (Apple and Intel machines), MacPorts and an
// app bundle keep libmpv.
var libraryNames = []string{
	"@executable_path/../Frameworks/libmpv.2.dylib", "libmpv.2.dylib",
	"/opt/homebrew/lib/libmpv.2.dylib", "/usr/local/lib/libmpv.2.dylib", "/opt/local/lib/libmpv.2.dylib",
}

const howToInstall = "Playing needs libmpv, which is not installed: run \"brew install mpv\", or open the video in another player."

// numericCategory is LC_NUMERIC of locale.h.
const numericCategory = 4
