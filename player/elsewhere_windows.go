package player

// others are players that take an address, those that seek best first.
var others = []string{
	"mpv.exe", `C:\Program Files\mpv\mpv.exe`, `C:\Program Files\VideoLAN\VLC\vlc.exe`, `C:\Program Files (x86)\VideoLAN\VLC\vlc.exe`, "vlc.exe", "ffplay.exe",
}
