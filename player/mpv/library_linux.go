package mpv

// libraryNames are the names of libmpv by its interface version, newest first.
var libraryNames = []string{"libmpv.so.2", "libmpv.so.1"}

const howToInstall = "Playing needs libmpv, which is not installed: run \"sudo apt install libmpv2\" (Debian, Ubuntu), \"sudo dnf install mpv-libs\" (Fedora) or \"sudo pacman -S mpv\" (Arch), or open the video in another player."

// numericCategory is LC_NUMERIC of locale.h.
const numericCategory = 1
