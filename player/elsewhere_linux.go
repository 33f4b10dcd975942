package player

// others are players that take an address, those that seek best first.
var others = []string{"mpv", "vlc", "celluloid", "haruna", "smplayer", "totem", "mplayer", "ffplay"}
