package mpv

// libraryNames are the names of libmpv by its interface version, newest first.
var libraryNames = []string{"libmpv.so.2", "libmpv.so.1"}

const howToInstall = "Playing needs libmpv, which is not installed: install the package libmpv2 (Debian and Ubuntu), mpv-libs (Fedora) or mpv (Arch), or open the video in another player."

// numericCategory is LC_NUMERIC of locale.h.
const numericCategory = 1
