package source

import (
	"path"
	"strings"
)

// contentTypes are the types of what players open, by ending.
var contentTypes = map[string]string{
	".mp4": "video/mp4", ".m4v": "video/mp4", ".mov": "video/quicktime", ".mkv": "video/x-matroska", ".webm": "video/webm",
	".avi": "video/x-msvideo", ".flv": "video/x-flv", ".wmv": "video/x-ms-wmv", ".mpg": "video/mpeg", ".mpeg": "video/mpeg",
	".ts": "video/mp2t", ".m2ts": "video/mp2t", ".mts": "video/mp2t", ".ogv": "video/ogg", ".3gp": "video/3gpp", ".m3u8": "application/vnd.apple.mpegurl",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac", ".ac3": "audio/ac3", ".flac": "audio/flac", ".wav": "audio/wav",
	".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".weba": "audio/webm", ".wma": "audio/x-ms-wma", ".aiff": "audio/aiff",
}

// ContentType returns the media type of a file by the ending of its name,
// application/octet-stream where it is not known.
func ContentType(name string) string {
	if known, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return known
	}
	return "application/octet-stream"
}

// Playable tells by its ending whether a file is something to watch or hear.
func Playable(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	_, known := contentTypes[ending]
	return known && ending != ".m3u8"
}
