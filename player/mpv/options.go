package mpv

import (
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// setting is one option of libmpv.
type setting struct{ name, value string }

// fixed are the settings of every player. The reason stands beside each group;
// all names are of mpv's manual.
var fixed = []setting{
	// Nothing from the user's own mpv, and nothing that listens.
	{"config", "no"},
	{"terminal", "no"},
	{"input-default-bindings", "no"},
	{"input-vo-keyboard", "no"},
	{"osc", "no"},
	{"osd-level", "0"},
	{"idle", "yes"},
	{"resume-playback", "no"},
	{"save-position-on-quit", "no"},
	// Nothing but the one address that was asked for.
	{"load-unsafe-playlists", "no"},
	{"autoload-files", "no"},
	{"sub-auto", "no"},
	{"audio-file-auto", "no"},
	{"ordered-chapters", "no"},
	{"demuxer", "lavf"}, // no playlists, archives and edit lists of mpv's own
	{"sub-demuxer", "lavf"},
	{"audio-demuxer", "lavf"},
	{"stream-lavf-o", "http_proxy=,recv_buffer_size=262144"}, // more in flight would be lost with a jump
	// At the end stay on the last picture, and play on after a jump back.
	{"keep-open", "yes"},
	{"keep-open-pause", "no"},
	// Every byte fetched ahead costs ozone, and package fetch keeps the window:
	// libmpv has a few seconds of its own, at most
	// 48 MiB, and 16 MiB behind for jumps back.
	{"cache", "yes"},
	{"cache-secs", "6"},
	{"demuxer-readahead-secs", "6"},
	{"demuxer-max-bytes", "48MiB"},
	{"demuxer-max-back-bytes", "16MiB"},
	{"network-timeout", "30"},
	// The painter scales; libmpv fills the picture that it is given.
	{"keepaspect", "no"},
	{"video-rotate", "no"}, // see turn
	{"sws-fast", "yes"},
	{"sws-scaler", "bilinear"},
	{"zimg-scaler", "bilinear"},
	// A picture is handed over so much before its time: it still has to be
	// drawn and painted.
	{"video-timing-offset", "0.02"},
	{"hr-seek", "yes"},
	{"audio-client-name", "Stratos Drive"},
	{"volume-max", "130"},
}

// optional are settings that only some builds of libmpv know.
var optional = []setting{
	{"ytdl", "no"},
	{"load-scripts", "no"},
	{"load-stats-overlay", "no"},
	{"load-osd-console", "no"},
	{"load-console", "no"},
	{"load-commands", "no"},
	{"load-select", "no"},
	{"load-positioning", "no"},
	{"load-auto-profiles", "no"},
	{"input-media-keys", "no"},
	{"cover-art-auto", "no"},
	{"audio-fallback-to-null", "yes"},
}

// settings lists what a player with these options is started with.
func (o Options) settings() []setting {
	list := append([]setting{}, fixed...)
	switch {
	case o.Window:
		list = append(list, ownWindow...)
	case o.Pictures:
		list = append(list, setting{"vo", "libmpv"})
	default:
		list = append(list, setting{"vo", "null"})
	}
	if !o.Sound {
		list = append(list, setting{"ao", "null"})
	}
	if o.small {
		list = append(list, smallOnly...)
	}
	return list
}

// smallOnly are the settings of a player that makes thumbnails: one picture at
// a time, from as few bytes and with as little work as can be.
var smallOnly = []setting{
	{"aid", "no"},
	{"sid", "no"},
	{"hr-seek", "no"},
	{"cache", "no"},
	{"demuxer-readahead-secs", "0"},
	{"demuxer-max-bytes", "1MiB"},
	{"demuxer-max-back-bytes", "0"},
	{"network-timeout", "3"},
	{"vd-lavc-threads", "1"},
	{"vd-lavc-fast", "yes"},
	{"vd-lavc-skiploopfilter", "all"},
}

// ownWindow are the settings of a player with a window of its own.
var ownWindow = []setting{
	{"force-window", "yes"},
	{"keepaspect", "yes"},
	{"osc", "yes"},
	{"osd-level", "1"},
	{"input-default-bindings", "yes"},
	{"input-vo-keyboard", "yes"},
}

// containers are the formats that a file may have. Formats that name other
// files (playlists, DASH, concat scripts, image sequences) are not among
// them: a video must not make the player fetch anything else.
const containers = subtitles + ",mov,matroska,mpegts,mpeg,mpegvideo,avi,flv,asf,ogg,mp3,aac,ac3,eac3,flac,wav,aiff,w64,caf,amr,ape,wv,tta,mxf,nut,rm,ivf,h264,hevc,m4v,obu,av1,dv,gif,apng,3g2"

// stream is what a stream's playlist and its segments may be.
const stream = subtitles + ",hls,mpegts,mov,aac,mp3"

// subtitles are the formats of a file with subtitles beside a video.
const subtitles = "srt,ass,webvtt"

// target is an address that may be played, with the limits that go with it.
type target struct {
	address   string
	protocols string // what may be opened by name while it plays
	formats   string
	parts     bool // consists of several addresses, as a stream does
}

// admit decides whether address may be played: http on this computer, or the
// absolute path of a file that the user opened.
func admit(address string) (target, error) {
	if filepath.IsAbs(address) {
		return target{address: filepath.Clean(address), protocols: "file", formats: containers}, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.User != nil || !onThisComputer(u.Hostname()) {
		return target{}, fault.Wrong(fmt.Errorf("%w: not http on this computer", ErrAddress), "This address cannot be played.")
	}
	t := target{address: address, protocols: "http,tcp", formats: containers}
	if strings.EqualFold(path.Ext(u.Path), ".m3u8") {
		t.formats, t.parts = stream, true
	}
	return t, nil
}

func onThisComputer(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// demuxer spells the limits as the value of the option demuxer-lavf-o.
func (t target) demuxer() string {
	limits := fmt.Sprintf("protocol_whitelist=%s,format_whitelist=%s", quoted(t.protocols), quoted(t.formats))
	if t.parts {
		limits += ",http_multiple=0" // the next segment would take half of the line from the one that is waited for
	}
	return limits
}

// quoted protects commas: "%LENGTH%VALUE" of mpv's manual.
func quoted(value string) string { return fmt.Sprintf("%%%d%%%s", len(value), value) }
