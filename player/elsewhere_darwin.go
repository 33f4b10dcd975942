package player

// others are players that take an address, those that seek best first.
var others = []string{
	"mpv", "/Applications/IINA.app/Contents/MacOS/iina-cli", "/Applications/VLC.app/Contents/MacOS/VLC", "ffplay",
}
